package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
	"provkeys/tui/style"
)

// statusLine is all that a plain screen says above its rows: a screen reader reads a
// line that changed from its beginning, so that there is one, which changes seldom.
func (m *Model) statusLine(w int) string {
	badge, _ := m.badge()
	parts := []string{style.Truncate(style.Sanitize(m.opts.Tenant), w/3) + " " + strings.Trim(badge, "[]")}
	if age := m.seldomAge(); age != "" {
		parts = append(parts, age)
	}
	parts = append(parts, m.page.title())
	if m.page != certificatesPage {
		parts = append(parts, m.kindsInWords()...)
	}
	separator := " " + m.theme.Glyphs.Separator + " "
	text := " " + strings.Join(parts, separator) + separator
	return style.Fit(text+m.countWords(w-style.Width(text)), w)
}

// seldomAge says how old the rows are where that needs an eye: in whole minutes,
// and not while they are younger than one.
func (m *Model) seldomAge() string {
	age, next, _ := m.ageWords()
	switch l := &m.loads; {
	case l.failed() != nil:
		return age + next
	case m.now.Before(m.waitUntil), l.oldest().IsZero(), m.now.Sub(l.oldest()) >= time.Minute:
		return age
	}
	return ""
}

// kindsInWords names the kind that shows, and those that did not answer.
func (m *Model) kindsInWords() []string {
	words := []string{"all kinds"}
	if m.list().kind != "" {
		words[0] = m.list().kind.Title()
	}
	for _, kind := range client.Kinds() {
		if _, err := m.loadOf(kind); err != nil {
			failed, _ := m.kindWords(kind, m.width)
			words = append(words, failed)
		}
	}
	return words
}

// caret returns where the terminal's own cursor stands, which screen readers and
// magnifiers follow: in the text that is being typed, else on the row or the choice
// that the keys act on, else at the top. The frame tells by the styles of those two,
// which nothing else on a plain screen has.
func (m *Model) caret(drawn string) *tea.Cursor {
	lines := strings.Split(drawn, "\n")
	for _, look := range []style.Style{m.theme.InputCursor, m.theme.Cursor} {
		for y, line := range lines {
			if before, _, found := strings.Cut(line, look.On()); found {
				return still(ansi.StringWidth(before), y)
			}
		}
	}
	return still(0, 0)
}

// still returns a cursor that does not blink.
func still(x, y int) *tea.Cursor {
	c := tea.NewCursor(x, y)
	c.Blink = false
	return c
}
