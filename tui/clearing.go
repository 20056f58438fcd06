package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// holding is the copy that was made last from here. It ends when the copy is
// cleared, or when something else was copied since as far as anybody can tell.
type holding struct {
	number  int // of the copy; what is told of another one is dropped
	name    string
	ref     client.Ref
	outcome clipboard.Outcome // RouteNone once nothing is held
	until   time.Time         // when it is cleared; zero for never
	blank   string            // what the terminal is sent to clear it; "" elsewhere
	lease   Lease             // the helper that clears it; nil elsewhere
}

func (h holding) there() bool { return h.outcome.Route != clipboard.RouteNone }

// sure reports whether the copy is known not to have failed.
func (h holding) sure() bool { return h.outcome.Evidence != clipboard.EvidenceDiffers }

// canClear reports whether anything can take the copy off.
func (h holding) canClear() bool { return h.lease != nil || h.blank != "" }

// hold takes over a copy that succeeded. Copies that were handed over one after
// another may be told of in another order.
func (m *Model) hold(msg textCopiedMsg) tea.Cmd {
	c := msg.copied
	if msg.number < m.held.number {
		return m.effects.supersede(c.Lease)
	}
	before := m.held
	m.held = holding{number: msg.number, name: msg.key.Name, ref: msg.key.Ref(), outcome: c.Outcome, blank: c.Blank, lease: c.Lease}
	if m.opts.ClearAfter > 0 && m.held.canClear() {
		m.held.until = m.now.Add(m.opts.ClearAfter)
	}
	ending := m.effects.awaitEnding(m.ctx, msg.number, c.Lease)
	if !m.held.sure() {
		return ending // the older copy may still be there: its helper goes on looking
	}
	return tea.Batch(m.effects.supersede(before.lease), ending)
}

// letGo forgets the copy that is held.
func (m *Model) letGo() { m.held = holding{number: m.held.number} }

// clearDue clears what nobody but the console clears, once its time is up; a
// helper looks after the rest by itself. A copy under way comes first: it may
// have reached the clipboard already.
func (m *Model) clearDue() tea.Cmd {
	h := m.held
	if h.blank == "" || h.until.IsZero() || m.now.Before(h.until) || m.writes > 0 {
		return nil
	}
	return m.sendBlank()
}

func (m *Model) sendBlank() tea.Cmd {
	h := m.held
	m.letGo()
	return tea.Batch(m.effects.send(h.blank), m.mention(toneInfo, called(h.name)+": your terminal was asked to clear its clipboard."))
}

func (m *Model) whyNoClear() string {
	switch h := m.held; {
	case !h.there():
		return "Nothing that was copied from here waits to be cleared."
	case !h.outcome.Clearable():
		return "provkeys cannot clear what your clipboard command copied."
	case !h.canClear():
		return called(h.name) + " cannot be cleared from here any more: copy something else over it."
	}
	return ""
}

// clearNow clears the clipboard at a person's wish.
func (m *Model) clearNow() tea.Cmd {
	if m.held.lease == nil {
		return m.sendBlank()
	}
	m.held.until = m.now
	return tea.Batch(m.say(toneInfo, "Clearing "+called(m.held.name)+"…"), m.effects.clear(m.held.lease))
}

// leaseEnded says what became of the copy that a helper looked after.
func (m *Model) leaseEnded(msg leaseEndedMsg) tea.Cmd {
	if msg.number != m.held.number {
		return nil
	}
	name, o := called(m.held.name), m.held.outcome
	switch msg.ending {
	case clipboard.EndingChanged:
		sure := m.held.sure()
		m.letGo()
		if !sure {
			return m.mention(toneInfo, name+" is not on the clipboard.")
		}
		if o.Also != clipboard.RouteNone {
			return m.mention(toneInfo, name+": the tmux buffer was cleared; the desktop's clipboard holds something else.")
		}
		return m.mention(toneInfo, name+" was left alone: something else was copied since.")
	case clipboard.EndingGone:
		m.letGo()
		return m.mention(toneInfo, name+" is not on the clipboard any more.")
	case clipboard.EndingCleared:
		m.letGo()
		if o.Beyond() {
			return m.mention(toneInfo, name+": the tmux buffer was cleared, and your terminal asked to clear its clipboard.")
		}
		return m.mention(toneInfo, name+" was cleared from "+where(o)+".")
	}
	// It is still there, and there is nobody left to clear it.
	m.held.lease, m.held.until = nil, time.Time{}
	if o.Route == clipboard.RouteTmux {
		return m.mention(toneBad, name+" could not be cleared for sure: copy something else over it. The next copy takes an old tmux buffer away too.")
	}
	return m.mention(toneBad, name+" could not be cleared from the clipboard: copy something else over it.")
}

// heldWords says for the status line when the copy is cleared, in at most w
// cells; "" where there is nothing to say.
func (m *Model) heldWords(w int) string {
	h := m.held
	if !h.there() || !h.canClear() || !h.sure() {
		return ""
	}
	name := called(h.name)
	short := "clears in " + span(max(h.until.Sub(m.now).Round(time.Second), time.Second))
	long := name + " " + short
	switch {
	case h.until.IsZero():
		short = m.keymap.of("clear") + " clears"
		long = short + " " + name
	case !m.now.Before(h.until):
		short, long = "clearing", "clearing "+name
	}
	if style.Width(long) <= w {
		return long
	}
	return style.Truncate(short, w)
}

// farewell says what stays on a clipboard when the console is left.
func (m *Model) farewell() string {
	if m.phase == hungUp {
		return ""
	}
	return join(m.create.farewell(), m.heldFarewell())
}

// heldFarewell says what is still on a clipboard.
func (m *Model) heldFarewell() string {
	h := m.held
	left := h.until.Sub(m.now).Round(time.Second)
	switch name := style.Sanitize(h.name); {
	case h.outcome.Route == clipboard.RouteCommand:
		return name + " went to your clipboard command; provkeys cannot clear it from here."
	case h.there() && h.sure() && (h.outcome.Beyond() || !h.canClear()):
		return name + " is still on your clipboard; provkeys cannot clear it from here."
	case m.writes > 0:
		return style.Sanitize(m.handed.name) + " may still reach your clipboard: you left while it was being copied."
	case !h.there():
		return ""
	case !h.sure():
		return name + " may be on your clipboard; provkeys could not read it back."
	case h.until.IsZero() && where(h.outcome) == tmuxBuffer:
		return name + " stays in " + tmuxBuffer + " until another key is copied."
	case h.until.IsZero():
		return name + " stays on your clipboard until something else is copied."
	case h.lease != nil && left > 0:
		return fmt.Sprintf("%s clears from %s in %d s.", name, where(h.outcome), int(left.Seconds()))
	}
	return ""
}

// tmuxBuffer is the place of a copy that went nowhere else.
const tmuxBuffer = "the tmux buffer"

// where names the place of a copy.
func where(o clipboard.Outcome) string {
	if o.Route == clipboard.RouteTmux && !o.PassedOn && o.Also == clipboard.RouteNone {
		return tmuxBuffer
	}
	return "your clipboard"
}
