package tui

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

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

// TestLeavingWaitsForTheTerminalsAnswer keeps the answer from being typed into the
// shell.
func TestLeavingWaitsForTheTerminalsAnswer(t *testing.T) {
	t.Parallel()
	quits := func(cmd tea.Cmd) bool {
		if cmd == nil {
			return false
		}
		_, quit := cmd().(tea.QuitMsg)
		return quit
	}
	for name, end := range map[string]tea.Msg{
		"an answer":  uv.PrimaryDeviceAttributesEvent{1, 2},
		"its time":   leaveDueMsg{},
		"ctrl+c":     tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl},
		"a signal":   signalMsg(SignalLeave),
		"the hangup": signalMsg(SignalHangup),
	} {
		m := loaded(t, 4)
		m.question = &question{settled: make(chan struct{})}
		m.Update(tea.WindowSizeMsg{Width: 80, Height: 20})
		if m.quit() == nil || m.View().Content != "" {
			t.Fatal("it does not leave")
		}
		if m.leave(nil) != nil {
			t.Error("a second reason to leave does not wait")
		}
		if !quits(m.route(end)) {
			t.Errorf("%s does not end the wait", name)
		}
	}
}
