package tui

import (
	"errors"
	"fmt"
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

func (m *Model) whyNoUndo() string {
	switch {
	case m.undo.until.IsZero():
		return "There is no edit to undo."
	case !m.now.Before(m.undo.until):
		return fmt.Sprintf("The last edit, of %s, was more than 30 s ago: %s changes it again.", called(m.undo.done.After.Name), m.keymap.of("edit"))
	}
	return ""
}

// undoEdit puts back what the last edit changed, unless somebody changed the key
// since.
func (m *Model) undoEdit() tea.Cmd {
	u := m.undo.done
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
		return m.say(toneBad, fmt.Sprintf("Not undone, it was changed elsewhere meanwhile: %s.", m.conflictWords(msg.done.After, conflict)))
	case msg.err != nil:
		return m.changeFailed(msg.done.After, "put back", msg.err)
	}
	_, done := m.wroteKey(msg.updated)
	m.undo = undo{} // it is over
	words := "Undone: " + editedWords(called(msg.updated.Before.Name), msg.updated, m.now)
	if msg.done.Before.Exportable && !msg.done.After.Exportable {
		words += " Its text stays hidden."
	}
	k, _ := m.keys.catalog.Get(msg.updated.After.Ref())
	if b := k.CopyBlock(m.now); b != nil && m.held.there() && m.held.ref == k.Ref() {
		words += " What you copied would not enrol any more: " + m.keymap.of("clear") + " clears it."
	}
	return tea.Batch(done, m.say(toneGood, words))
}
