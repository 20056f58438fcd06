package tui

import (
	"fmt"
	"slices"

	"provkeys/tui/style"
)

// footerLine shows the keys that are needed most, help among them however
// narrow the screen is.
func (m *Model) footerLine(w int) string {
	if m.effects.client == nil {
		return ""
	}
	list := m.atHome()
	if m.page == keysPage && len(m.keys.marks) > 0 {
		list = markedFooter(list)
	}
	line := footerPairs(list, w, true)
	if pairsWidth(line) >= w {
		line = footerPairs(list, w, false)
	}
	return " " + keysLine(w-1, m.theme, line...)
}

// atHome returns the actions of this page that have a key.
func (m *Model) atHome() []binding {
	list, _ := m.listed()
	return slices.DeleteFunc(list, func(b binding) bool { return !b.on.has(m.page) || b.key() == "" })
}

// pairsWidth returns the cells that keysLine would need for all of its pairs.
func pairsWidth(pairs []string) int {
	n := 0
	for i, word := range pairs {
		n += style.Width(word)
		if i > 0 {
			n += 1 + 2*(1-i%2) // a blank, or a separator between two
		}
	}
	return n
}

// markedFooter returns what can be done with marked keys, and the last actions of a
// footer.
func markedFooter(list []binding) []binding {
	words := map[action]string{
		"edit": "change all", "raise": "raise all", "copy": "copy all", "download": "download all", "delete": "delete all",
		"mark": "mark", "back": "unmark all", "help": "help", "quit": "quit",
	}
	var marked []binding
	for _, b := range list {
		if b.footer, b.wide = words[b.action], ""; b.footer != "" {
			marked = append(marked, b)
		}
	}
	return marked
}

// footerPairs returns the keys of the footer and their words: with wide all that
// have one, else as many as w cells hold.
func footerPairs(list []binding, w int, wide bool) []string {
	var pairs, more []string
	used, reserved := 0, 0
	for _, b := range list {
		switch {
		case b.action == "help":
			reserved = len(" · ") + len(b.key()) + 1 + len(b.footer)
		case wide && b.wide != "":
			more = append(more, b.key(), b.wide)
		}
	}
	for _, b := range list {
		n := style.Width(b.key() + " " + b.footer + " · ")
		if b.action == "help" {
			reserved = 0
			pairs = append(pairs, more...)
		}
		if b.footer == "" || !wide && used+n+reserved > w {
			continue
		}
		pairs = append(pairs, b.key(), b.footer)
		used += n
	}
	return pairs
}

// countLine is the status line below the table.
func (m *Model) countLine(w int) string {
	return m.theme.Faint.Render(style.Fit(" "+m.countWords(w-1), w))
}

// countWords says which rows show, and what else is to be known of them, the most
// important first. Room is for how many cells.
func (m *Model) countWords(room int) string {
	s, separator := m.list(), " "+m.theme.Glyphs.Separator+" "
	first, last := s.table.Window(m.rows())
	text := fmt.Sprintf("rows %d–%d of %d", first, last, len(s.rows))
	if len(s.rows) == 0 {
		text = "no rows"
	}
	add := func(note string) {
		if note != "" {
			text += separator + note
		}
	}
	if !m.barShows() {
		if !m.opts.Plain || s.filter.text() != "" {
			add(m.shownWords())
		}
		if s.filter.text() != "" {
			add("filter " + style.Sanitize(s.filter.text()))
		}
		add(m.viewWords(room))
	}
	if m.page == keysPage {
		add(m.markedWords())
		if m.reveal.there() {
			add(m.revealedWords())
		}
	}
	add(m.heldWords(room - style.Width(text+separator)))
	if err := m.loads.certsErr; err != nil && m.loads.certs.IsZero() {
		add("when certificates end is not known: " + shortFailure(err))
	}
	add(m.pageNote())
	if m.sorted() != 0 || s.reverse {
		add("sorted by " + m.sortWords())
	}
	return text
}
