package tui

import (
	tea "charm.land/bubbletea/v2"

	"provkeys/client"
)

// alternate is what the tmux around the console says of its alternate screen. The
// zero value is not asked yet.
type alternate struct {
	known, there bool
	asks         int // so far; only the last answer counts
}

// tmuxUnasked reports whether a tmux is to be asked before a secret shows.
func (m *Model) tmuxUnasked() bool { return m.plan.Tmux && !m.alternate.known }

// askAlternate asks the tmux. With a key, what shows its text goes on afterwards.
func (m *Model) askAlternate(reveal client.Ref) tea.Cmd {
	m.alternate.asks++
	return m.effects.askAlternate(m.ctx, m.alternate.asks, reveal)
}

// forgetAlternate makes the tmux be asked again: its settings may have changed,
// and count from the next time that the screen is taken.
func (m *Model) forgetAlternate() { m.alternate = alternate{asks: m.alternate.asks + 1} }

// tookAlternate takes the answer in, and goes on with what waited for it.
func (m *Model) tookAlternate(msg alternateMsg) tea.Cmd {
	if msg.number != m.alternate.asks {
		return nil
	}
	m.alternate.known, m.alternate.there = true, msg.there
	if m.open == downloadOpen && m.download.stage == downloadChoosing {
		m.download.offers = protections(m.whyNoMadePassphrase())
	}
	k, _ := m.keys.current()
	if msg.reveal != k.Ref() || m.phase != running || m.open != noDialog || m.typing() || m.reveal.there() {
		return nil
	}
	if why := m.whyNoReveal(); why != "" {
		return m.say(toneBad, why)
	}
	return m.revealText()
}
