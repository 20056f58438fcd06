package tui

import (
	tea "charm.land/bubbletea/v2"

	"provkeys/tui/form"
	"provkeys/tui/style"
)

// filterBar is the filter above the table: the text, and why it means nothing yet.
// An unfinished or wrong text leaves the last one that meant something.
type filterBar struct {
	line   form.Line
	take   func(text string) error // gives the page a text that means something
	kept   string                  // the last such text
	fault  string
	typing bool
	// What stood before the typing, for esc: the text, and what counted then.
	before, keptBefore string
}

func (f *filterBar) text() string { return f.line.Value() }

// set replaces the text and takes it in as far as it is valid.
func (f *filterBar) set(text string) {
	f.line.SetValue(text)
	f.read()
}

// restore goes back to what stood before the typing, and ends it.
func (f *filterBar) restore() {
	f.typing = false
	f.set(f.keptBefore)
	f.set(f.before)
}

// read parses the text.
func (f *filterBar) read() {
	text := f.line.Value()
	f.fault = ""
	if err := f.take(text); err != nil {
		f.fault = err.Error()
		return
	}
	f.kept = text
}

// view returns the bar in w cells, count at its right end; opens is the key that one
// begins to filter with.
func (f *filterBar) view(w int, th style.Theme, opens, count string) string {
	const lead = 3 // " / "
	room := w - style.Width(count) - 1 - lead
	if room < 8 {
		return style.Fit(count, w)
	}
	gap := style.Fit("", 1)
	switch {
	case !f.typing && f.text() == "":
		return th.Faint.Render(style.Fit(" "+opens+" filters", lead+room)) + gap + th.Faint.Render(count)
	case f.fault == "":
		return th.Filter.Render(" / ") + f.look(room, th) + gap + th.Faint.Render(count)
	}
	text := min(room/2, style.Width(f.text())+3)
	why := style.Fit(style.Sanitize(f.fault), room-text)
	return th.Filter.Render(" / ") + f.look(text, th) + th.FilterError.Render(why) + gap + th.Faint.Render(count)
}

// filterLine shows the filter of the page, and at its end which view is picked and
// how many rows show. The view takes no more than half of what the filter would have.
func (m *Model) filterLine(w int) string {
	const gap = "   "
	end := m.shownWords() + " "
	if view := m.viewWords((w-style.Width(end))/2 - len(gap)); view != "" {
		end = view + gap + end
	}
	return m.list().filter.view(w, m.theme, m.keymap.of("filter"), end)
}

func (f *filterBar) look(w int, th style.Theme) string {
	return f.line.View(w, f.typing, th.Filter, th.InputCursor)
}

func (m *Model) openFilter() tea.Cmd {
	f := &m.list().filter
	f.typing, f.before, f.keptBefore = true, f.text(), f.kept
	f.line.SetValue(f.before)
	return nil
}

// typeFilter acts on a key while the filter is being typed.
func (m *Model) typeFilter(key tea.KeyPressMsg) tea.Cmd {
	m.wanted = nil
	f := &m.list().filter
	switch key.String() {
	case "enter":
		f.typing = false
		return nil
	case "esc":
		f.restore()
		return m.refilter()
	case "up":
		return m.move(-1)
	case "down":
		return m.move(1)
	case "pgup":
		return m.moveBy(pageUp)
	case "pgdown":
		return m.moveBy(pageDown)
	case "ctrl+u":
		f.line.SetValue("")
	default:
		f.line.Update(key)
	}
	return m.readFilter()
}

// readFilter selects by the text as it is now.
func (m *Model) readFilter() tea.Cmd {
	m.list().filter.read()
	return m.refilter()
}

// toggleFilterBar hides the filter bar or shows it again. What filters counts
// either way, and the status line says so.
func (m *Model) toggleFilterBar() tea.Cmd {
	m.barHidden = !m.barHidden
	if m.barHidden {
		return m.say(toneInfo, "The filter bar is hidden: "+m.keymap.of("filter-bar")+" shows it again, "+m.keymap.of("filter")+" filters as ever.")
	}
	return nil
}
