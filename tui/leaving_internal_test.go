package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui/clipboard"
)

func TestWhatFellDueWhileSuspendedIsClearedOnReturn(t *testing.T) {
	t.Parallel()
	m := loaded(t, 8)
	m.opts.ClearAfter = 45 * time.Second
	k, _ := m.keys.catalog.Get(m.keys.rows[0])
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 20})
	m.Update(textCopiedMsg{number: 1, key: k, copied: Copied{Outcome: clipboard.Outcome{Route: clipboard.RouteOSC52}, Blank: "blank"}})
	m.suspend()
	m.now = m.now.Add(time.Hour) // no tick comes while the process is stopped
	if !m.held.there() {
		t.Fatal("nothing is held")
	}
	m.Update(tea.ResumeMsg{})
	if m.held.there() {
		t.Error("the copy is still held after the return")
	}
}

// TestWhereNothingSuspendsTheScreenComesBack is about Windows, where the
// message comes without a suspension, and terminals that do not let go.
func TestWhereNothingSuspendsTheScreenComesBack(t *testing.T) {
	t.Parallel()
	m := loaded(t, 8)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 20})
	m.suspend()
	if m.View().Content != "" {
		t.Fatal("the screen is not blank")
	}
	m.Update(tea.SuspendMsg{})
	if m.View().Content == "" {
		t.Error("the screen stays blank")
	}
}
