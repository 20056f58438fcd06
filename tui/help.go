package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui/style"
)

// helpDialog is the page of all actions, made from the bindings.
type helpDialog struct{ top int }

func (m *Model) openHelp() tea.Cmd {
	m.open, m.help = helpOpen, helpDialog{}
	return nil
}

// press scrolls; it returns false when the page is closed.
func (d *helpDialog) press(key tea.KeyPressMsg, lines, height int) bool {
	switch key.String() {
	case "esc", "q", "?", "enter":
		return false
	}
	d.top = scrolled(d.top, key, lines, height)
	return true
}

// scrolled returns the first line that shows of so many in so much height, after
// a key.
func scrolled(top int, key tea.KeyPressMsg, lines, height int) int {
	last := max(lines-height, 0)
	switch key.String() {
	case "down", "j":
		top++
	case "up", "k":
		top--
	case "pgdown", "space", "ctrl+f", "ctrl+d":
		top += height
	case "pgup", "ctrl+b", "ctrl+u":
		top -= height
	case "home", "g":
		top = 0
	case "end", "G":
		top = last
	}
	return min(max(top, 0), last)
}

// helpHeight returns how many lines of help fit the screen.
func (m *Model) helpHeight() int { return max(m.height-2, 0) }

func (m *Model) helpLines() int { return len(m.helpText(m.width)) }

// helpText returns every action: its keys, what it does, and why it is not
// possible now, if it is not.
func (m *Model) helpText(w int) []string {
	th := m.theme
	list, hidden := m.listed()
	var lines []string
	for _, b := range list {
		keys := style.Fit(strings.Join(b.keys, " "), 14)
		words := style.Wrap(b.does+" · :"+string(b.action), max(w-17, 1))
		for i, part := range words {
			if i > 0 {
				keys = style.Fit("", 14)
			}
			lines = append(lines, " "+th.HelpKey.Render(keys)+"  "+th.Text.Render(part))
		}
		if why := m.impossible(b); why != "" {
			for _, part := range style.Wrap("not now: "+why, max(w-17, 1)) {
				lines = append(lines, style.Fit("", 17)+th.Faint.Render(part))
			}
		}
	}
	if hidden > 0 {
		lines = append(lines, "", " "+style.Truncate(fmt.Sprintf("%d actions that change something are hidden: this console is read-only.", hidden), w-1))
	}
	return lines
}

func (d helpDialog) view(w, h int, text []string, th style.Theme) []string {
	if h < 3 {
		return nil
	}
	body := h - 2
	lines := []string{" " + th.DialogTitle.Render(style.Truncate("Keys", w-1))}
	for i := d.top; i < len(text) && len(lines) <= body; i++ {
		lines = append(lines, text[i])
	}
	for len(lines) <= body {
		lines = append(lines, "")
	}
	last := min(d.top+body, len(text))
	where := fmt.Sprintf("%d–%d of %d", d.top+1, last, len(text))
	return append(lines, " "+keysLine(w-1, th, "esc", "close", th.Glyphs.Arrows(), where))
}
