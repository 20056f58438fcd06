package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui/form"
	"provkeys/tui/style"
)

// helpDialog is the page of all actions, made from the bindings.
type helpDialog struct {
	top       int
	search    form.Line // what narrows it
	searching bool      // that is being typed
}

func (m *Model) openHelp() tea.Cmd {
	m.open, m.help = helpOpen, helpDialog{}
	return nil
}

// helpKey hands a key to the page, which is closed by the key that opens it too.
func (m *Model) helpKey(key tea.KeyPressMsg) tea.Cmd {
	opens := !m.help.searching && slices.Contains(m.keymap.action("help").keys, key.String())
	if opens || !m.help.press(key, m.helpLines(), m.helpHeight()) {
		m.closeDialog()
	}
	return nil
}

// press scrolls or searches; it returns false when the page is closed.
func (d *helpDialog) press(key tea.KeyPressMsg, lines, height int) bool {
	switch pressed := key.String(); {
	case pressed == "esc" && (d.searching || d.search.Value() != ""):
		*d = helpDialog{}
		return true
	case d.searching && pressed == "enter":
		d.searching = false
		return true
	case d.searching && !slices.Contains([]string{"up", "down", "pgup", "pgdown"}, pressed):
		d.update(key)
		return true
	case pressed == "/":
		d.searching = true
		return true
	case slices.Contains([]string{"esc", "q", "enter"}, pressed):
		return false
	}
	d.top = scrolled(d.top, key, lines, height)
	return true
}

// update hands a key or a paste to the line that narrows the page.
func (d *helpDialog) update(msg tea.Msg) {
	if d.search.Update(msg) {
		d.top = 0
	}
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

func (d *helpDialog) view(w, h int, text []string, th style.Theme) []string {
	if h < 3 {
		return nil
	}
	body := h - 2
	lines := []string{" " + th.DialogTitle.Render(style.Truncate("Help", w-1))}
	top := min(d.top, max(len(text)-body, 0)) // the screen may have grown
	last := min(top+body, len(text))
	lines = append(lines, text[top:last]...)
	for len(lines) <= body {
		lines = append(lines, "")
	}
	where := fmt.Sprintf("%d–%d of %d", top+1, last, len(text))
	switch {
	case d.searching:
		room := max(w-4-style.Width(where), 1)
		line := " " + th.Filter.Render("/ ") + d.search.View(room, true, th.Filter, th.InputCursor)
		return append(lines, line+th.Faint.Render(style.FitRight(where, w-3-room)))
	case d.search.Value() != "":
		return append(lines, " "+keysLine(w-1, th, th.Glyphs.Arrows(), where, "/", "search", "esc", "all of it", "q", "close"))
	}
	return append(lines, " "+keysLine(w-1, th, th.Glyphs.Arrows(), where, "/", "search", "esc", "close"))
}
