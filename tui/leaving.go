package tui

import (
	"context"
	"errors"

	tea "charm.land/bubbletea/v2"
)

// phase says whether there is anybody to draw for. In every phase but running
// the screen is blank, so that nothing stays on a terminal without an alternate
// screen.
type phase int

const (
	running phase = iota
	suspended
	leaving
	hungUp // leaving, and nobody is at the terminal any more
)

func (m *Model) quit() tea.Cmd { return m.leave(nil) }

// leave blanks the screen and quits. What the terminal is about to answer would
// be typed into the shell: that is awaited before, unless nobody is there, or it
// is the second time that a person asks.
func (m *Model) leave(err error) tea.Cmd {
	if m.phase == leaving && !m.question.isSettled() && !errors.As(err, new(*Fault)) {
		return nil
	}
	if u := m.unfinished(); u != nil && !errors.As(err, new(*Fault)) {
		err = u
	}
	if m.phase != hungUp {
		m.phase = leaving
	}
	m.fatal = err
	if m.phase == leaving && !m.question.isSettled() {
		return leaveSoon()
	}
	return tea.Quit
}

// unfinished returns what is under way and can no longer be told of, nil for
// nothing.
func (m *Model) unfinished() error {
	u := UnfinishedError{Names: m.sending}
	if m.download.stage == downloadWriting {
		u.File = m.download.path
	}
	if d := &m.bulk; d.stage == bulkRunning {
		u.Bulk = d.summary()
		if done, _, _ := d.counts(); done > 0 && !d.job.made.IsZero() {
			u.Bulk += " The passphrase of the files was not shown yet: they cannot be opened."
		}
	}
	if len(u.Names) == 0 && u.File == "" && u.Bulk == "" {
		return nil
	}
	return &u
}

// signalled does what the world outside asks for.
func (m *Model) signalled(s Signal) tea.Cmd {
	switch {
	case s == SignalHangup:
		m.phase = hungUp
	case m.phase == leaving:
		return tea.Quit
	case s == SignalSuspend:
		return m.suspend()
	}
	return m.leave(context.Canceled)
}

// suspend blanks the screen and stops the program. What a person typed behind
// it is meant for the shell.
func (m *Model) suspend() tea.Cmd {
	if m.phase != running {
		return nil
	}
	m.phase = suspended
	return m.effects.suspend()
}

// resume goes on after a suspension, or where there was none to be had. What
// fell due meanwhile is made up for.
func (m *Model) resume() tea.Cmd {
	if m.phase != suspended {
		return nil
	}
	m.phase = running
	m.forgetAlternate()
	return tea.Batch(tea.ClearScreen, m.clearDue(), m.refresh(false))
}
