package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui/form"
	"provkeys/tui/style"
)

// commandLine is where an action or a command is typed, with what may be meant.
type commandLine struct {
	line   form.Line
	fault  string
	offers []offer // what the text may become
	at     int     // which of them stands in the line, -1 for none
	// past are the lines that were run, the newest last; back is how far one went
	// back in them, and typed what stood in the line before.
	past  []string
	back  int
	typed string
}

// offer is what the line may become.
type offer struct {
	text  string // the whole line
	shown string // what of it is offered
	does  string // what it does, as help says it
}

// commandAnswer is what the command line returns.
type commandAnswer int

const (
	commandWaits  commandAnswer = iota
	commandEdited               // what it may become is to be looked up
	commandLeft
	commandEntered
)

func (m *Model) openCommand() tea.Cmd {
	m.open, m.command = commandOpen, commandLine{past: m.commands}
	m.command.offer(m.completions(""))
	return m.effects.readNames()
}

// tookNames offers what was read meanwhile.
func (m *Model) tookNames(msg namesReadMsg) {
	m.viewing.took(msg.views, msg.viewsErr)
	m.profileNames = nil
	for _, p := range msg.profiles {
		if p.Name != "" { // else it is what the console was started with
			m.profileNames = append(m.profileNames, p.Name)
		}
	}
	if c := &m.command; m.open == commandOpen && c.at < 0 {
		c.offer(m.completions(c.line.Value()))
	}
}

// text returns the line without the blanks round it.
func (c *commandLine) text() string { return strings.TrimSpace(c.line.Value()) }

// offer takes in what the line may become.
func (c *commandLine) offer(offers []offer) { c.offers, c.at = offers, -1 }

func (c *commandLine) press(key tea.KeyPressMsg) commandAnswer {
	switch key.String() {
	case "esc":
		return commandLeft
	case "enter":
		return commandEntered
	case "tab":
		return c.step(1)
	case "shift+tab":
		return c.step(-1)
	case "up":
		return c.recall(1)
	case "down":
		return c.recall(-1)
	case "backspace":
		if c.line.Value() == "" {
			return commandLeft
		}
	}
	return c.update(key)
}

// update hands a key or a paste to the line.
func (c *commandLine) update(msg tea.Msg) commandAnswer {
	c.fault = ""
	if !c.line.Update(msg) {
		return commandWaits
	}
	c.back = 0
	return commandEdited
}

// step puts the next of what is offered into the line. Of a single one it goes on to
// what may stand behind it.
func (c *commandLine) step(by int) commandAnswer {
	c.fault = ""
	n := len(c.offers)
	if n == 0 {
		return commandWaits
	}
	if c.at < 0 && by < 0 {
		c.at = 0
	}
	c.at = (c.at + by + n) % n
	c.line.SetValue(c.offers[c.at].text)
	if n == 1 {
		return commandEdited
	}
	return commandWaits
}

// recall goes back to what was run before, or forth again.
func (c *commandLine) recall(by int) commandAnswer {
	to := c.back + by
	if to < 0 || to > len(c.past) {
		return commandWaits
	}
	if c.back == 0 {
		c.typed = c.line.Value()
	}
	c.fault, c.back = "", to
	text := c.typed
	if to > 0 {
		text = c.past[len(c.past)-to]
	}
	c.line.SetValue(text)
	return commandEdited
}

// afterCommand acts on what the command line returned.
func (m *Model) afterCommand(a commandAnswer) tea.Cmd {
	switch a {
	case commandEdited:
		m.command.offer(m.completions(m.command.line.Value()))
	case commandLeft:
		m.closeDialog()
	case commandEntered:
		return m.runLine(m.command.text())
	}
	return nil
}

// runLine runs what was typed. Where that cannot be, the line stays and says why.
func (m *Model) runLine(text string) tea.Cmd {
	m.closeDialog()
	if text == "" {
		return nil
	}
	cmd, why := m.runText(text)
	if why != "" {
		m.open, m.command.fault = commandOpen, why
		return nil
	}
	if n := len(m.commands); n == 0 || m.commands[n-1] != text {
		m.commands = append(slices.Clip(m.commands), text)
	}
	return cmd
}

// commandOver lays the command line over the last line of the screen, and what it
// says over those above.
func (m *Model) commandOver(lines []string) {
	c, last := &m.command, len(lines)-1
	lines[last] = " " + m.theme.HelpKey.Render(":") + c.line.View(m.width-2, true, m.theme.Text, m.theme.InputCursor)
	above := []string{m.offersLine(m.width)}
	if c.fault != "" {
		above = nil
		for _, part := range style.Wrap(style.Sanitize(c.fault), m.width-2) {
			above = append(above, " "+m.theme.InputError.Render(style.Fit(part, m.width-1)))
		}
	}
	above = above[:min(len(above), last-1)] // the header stays
	copy(lines[last-len(above):], above)
}

// offersLine shows what the line may become, around the one that it is, and behind
// a single one what it does.
func (m *Model) offersLine(w int) string {
	c, l := &m.command, lineOf{w: w}
	from := c.firstOffer(w)
	l.add(" ", m.theme.Text)
	for i, o := range c.offers[from:] {
		look := m.theme.Help
		if from+i == c.at {
			look = m.theme.Cursor
		}
		shown := style.Sanitize(o.shown)
		if i > 0 {
			l.add("  ", m.theme.Help)
		}
		l.add(shown, look)
	}
	if len(c.offers) == 1 {
		l.add("  "+c.offers[0].does, m.theme.Faint)
	}
	return l.line()
}

// firstOffer returns the first that shows, so that in w cells the one in the line
// shows too.
func (c *commandLine) firstOffer(w int) int {
	from := max(c.at, 0)
	for used := 1; from > 0; from-- {
		used += 2 + style.Width(style.Sanitize(c.offers[from-1].shown))
		if used+2+style.Width(style.Sanitize(c.offers[max(c.at, 0)].shown)) > w {
			break
		}
	}
	return from
}
