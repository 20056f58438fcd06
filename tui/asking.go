package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"provkeys/tui/clipboard"
)

// question is put to the terminal once: who it is, so that a copy through it
// is written in a form that arrives. A copy may wait for the answer.
type question struct {
	terminal clipboard.Terminal
	settled  chan struct{} // closed once terminal is final
}

// unasked returns a question that is settled already: nothing is known.
func unasked() *question {
	q := &question{settled: make(chan struct{})}
	close(q.settled)
	return q
}

// answer returns what the terminal is, as soon as that is known or will not be.
func (q *question) answer(ctx context.Context) clipboard.Terminal {
	select {
	case <-q.settled:
		return q.terminal
	case <-ctx.Done():
		return clipboard.Terminal{}
	}
}

// askTerminal asks where a copy may go through the terminal.
func (m *Model) askTerminal() tea.Cmd {
	if !m.plan.Asks() {
		return nil
	}
	m.question = &question{settled: make(chan struct{})}
	return m.effects.ask()
}

// terminalSaid takes in what the terminal answered, or that it kept silent.
func (m *Model) terminalSaid(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case uv.SecondaryDeviceAttributesEvent:
		m.terminal = m.terminal.WithSecondary(msg)
		if !m.question.isSettled() {
			return nil // the primary attributes end the question
		}
	case uv.PrimaryDeviceAttributesEvent:
		m.terminal = m.terminal.WithPrimary(msg)
	}
	m.question = m.question.settle(m.terminal)
	if m.phase == leaving {
		return tea.Quit
	}
	return nil
}

func (q *question) isSettled() bool {
	select {
	case <-q.settled:
		return true
	default:
		return false
	}
}

// settle ends the question. A late answer is still one: it makes a new
// question, since a copy may be reading the old.
func (q *question) settle(t clipboard.Terminal) *question {
	if q.isSettled() {
		return &question{terminal: t, settled: q.settled}
	}
	q.terminal = t
	close(q.settled)
	return q
}
