package tui

import (
	"errors"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
)

// undoFor is how long the last edit can be undone.
const undoFor = 30 * time.Second

// undo is the last edit, for as long as it can be taken back. The zero value is
// none.
type undo struct {
	done  client.Updated
	until time.Time
}

// mayUndo remembers an edit that can be taken back, and says whether it is one. A
// text that was hidden stays so.
func (m *Model) mayUndo(u client.Updated) bool {
	if u.Taken().IsZero() {
		return false
	}
	m.undo = undo{u, m.now.Add(undoFor)}
	return true
}

func (m *Model) whyNoUndo() string {
	switch {
	case m.undo.until.IsZero():
		return "There is no edit to undo."
	case !m.now.Before(m.undo.until):
		return fmt.Sprintf("The last edit, of %s, was more than 30 s ago: e changes it again.", called(m.undo.done.After.Name))
	}
	return ""
}

// undoEdit puts back what the last edit changed, unless somebody changed the key
// since.
func (m *Model) undoEdit() tea.Cmd {
	u := m.undo.done
	m.undo = undo{}
	m.sends(u.After.Name)
	return tea.Batch(m.sayUntil(toneInfo, "Undoing the edit of "+called(u.After.Name)+"…", actionTimeout), m.effects.undoChange(m.ctx, u))
}

// undone says what became of it.
func (m *Model) undone(msg keyUndoneMsg) tea.Cmd {
	m.heard(msg.done.After.Name)
	var conflict *client.ConflictError
	switch {
	case errors.As(msg.err, &conflict):
		m.takeIn(conflict.Now)
		return m.say(toneBad, fmt.Sprintf("Not undone, it was changed elsewhere meanwhile: %s.", strings.Join(conflictWords(conflict.Fields), "; ")))
	case msg.err != nil:
		return m.changeFailed(msg.done.After, "put back", msg.err)
	}
	m.takeIn(msg.updated.After)
	m.follow(msg.updated.After)
	words := "Undone: " + editedWords(called(msg.updated.Before.Name), msg.updated, m.now)
	if msg.done.Before.Exportable && !msg.done.After.Exportable {
		words += " Its text stays hidden."
	}
	return tea.Batch(m.recordEdit(msg.updated), m.say(toneGood, words))
}
