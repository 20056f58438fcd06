package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"provkeys/client"
	"provkeys/tui/style"
)

// lineOf joins pieces in styles of their own into a line of w cells.
type lineOf struct {
	b     strings.Builder
	w     int
	used  int
	parts []part // what a mouse may click on
}

// part is where something stands in a line: from that cell to before that one.
type part struct{ from, to int }

// addPart adds something that a mouse may click on.
func (l *lineOf) addPart(text string, st style.Style) {
	from := l.used
	l.add(text, st)
	l.parts = append(l.parts, part{from, l.used})
}

// partAt returns which part, counted from 0, has cell x; false for none.
func (l *lineOf) partAt(x int) (int, bool) {
	i := slices.IndexFunc(l.parts, func(p part) bool { return p.from <= x && x < p.to })
	return i, i >= 0
}

func (l *lineOf) add(text string, st style.Style) {
	if room := l.w - l.used; room > 0 {
		text = style.Truncate(text, room)
		l.b.WriteString(st.Render(text))
		l.used += style.Width(text)
	}
}

// line returns what was added, with blanks up to its end.
func (l *lineOf) line() string { return l.b.String() + style.Fit("", l.w-l.used) }

// pagesLine shows the pages with their keys and how many rows they have, each a
// part of the line.
func (m *Model) pagesLine(w int) *lineOf {
	l := &lineOf{w: w}
	for p := range pageCount {
		st := m.theme.Tab
		if p == m.page {
			st = m.theme.TabActive
		}
		l.add(" ", m.theme.Text)
		l.addPart(m.pageWords(p, w), st)
		l.add("  ", m.theme.Text)
	}
	return l
}

// pageWords names a page, with its key and, as soon as that is known, its rows.
func (m *Model) pageWords(p page, w int) string {
	words := p.title()
	if w < barFrom && p == certificatesPage {
		words = "Certs"
	}
	if key := m.keymap.action(action(p.String())).key(); key != "" {
		words = key + " " + words
	}
	if n, known := m.counted(p); known {
		words += fmt.Sprintf(" %d", n)
	}
	return words
}

// counted returns how many rows a page has; false while nobody knows.
func (m *Model) counted(p page) (n int, known bool) {
	switch p {
	case groupsPage:
		return m.groups.count(""), m.fleet.groupsKnown()
	case connectorsPage:
		return m.connectors.count(""), m.fleet.machinesKnown()
	case certificatesPage:
		return max(len(m.certs.all), len(m.certificates)), !m.loads.certs.IsZero()
	}
	return m.keys.catalog.Len(), true
}

// kindStops are what the kinds' line shows: all, then each of them.
func kindStops() []client.Kind { return append([]client.Kind{""}, client.Kinds()...) }

// kindsLine shows the kinds with their counts, and what keeps those that did not
// answer, each a part of the line.
func (m *Model) kindsLine(w int) *lineOf {
	l := &lineOf{w: w}
	l.add(" ", m.theme.Text)
	if m.page == certificatesPage {
		l.add("certificates belong to no kind: any of them may sign any key", m.theme.Faint)
		return l
	}
	separator := " " + m.theme.Glyphs.Separator + " "
	from := m.firstKind(w, style.Width(separator))
	for i, kind := range kindStops() {
		if i < from {
			l.parts = append(l.parts, part{})
			continue
		}
		if i > 0 {
			l.add(separator, m.theme.Faint)
		}
		text, st := m.kindWords(kind, w)
		if kind == m.list().kind {
			st = m.theme.KindActive
		}
		l.addPart(text, st)
	}
	return l
}

// firstKind returns which of the kinds' line comes first, so that the one that shows
// is not cut off.
func (m *Model) firstKind(w, separator int) int {
	stops := kindStops()
	at := max(slices.Index(stops, m.list().kind), 0)
	from, room := at, w-1
	for ; from >= 0; from-- {
		text, _ := m.kindWords(stops[from], w)
		if room -= style.Width(text) + separator; room < 0 {
			break
		}
	}
	return min(from+1, at)
}

func (m *Model) kindWords(kind client.Kind, w int) (string, style.Style) {
	count := m.countOf(kind)
	if kind == "" {
		return fmt.Sprintf("all %d", count), m.theme.Kind
	}
	title := kind.Title()
	if w < 100 {
		title = shortTitle(kind)
	}
	switch waits, err := m.loadOf(kind); {
	case err != nil:
		return title + ": " + shortFailure(err), m.theme.KindFailed
	case waits && count == 0:
		return title + " " + m.theme.Glyphs.Ellipsis, m.theme.Faint
	case m.page == connectorsPage && !kind.Listed():
		return title + ": no list", m.theme.Faint
	}
	return fmt.Sprintf("%s %d", title, count), m.theme.Kind
}

// countOf returns how many rows of a kind the page has; of all for "".
func (m *Model) countOf(kind client.Kind) int {
	switch m.page {
	case groupsPage:
		return m.groups.count(kind)
	case connectorsPage:
		return m.connectors.count(kind)
	}
	return m.keys.catalog.Count(kind)
}

// loadOf returns whether a kind's rows are asked for and have never come yet, and what
// ended their last load.
func (m *Model) loadOf(kind client.Kind) (waits bool, err error) {
	switch m.page {
	case groupsPage:
		return m.fleet.groups[kind].state()
	case connectorsPage:
		return m.fleet.machines[kind].state()
	}
	l := m.loads.kinds[kind]
	return l.asked && l.loaded.IsZero(), l.err
}

// shortFailure is why something did not answer, in two words.
func shortFailure(err error) string {
	var answer *client.APIError
	switch {
	case errors.As(err, &answer) && errors.Is(err, client.ErrSignIn):
		return "token refused"
	case errors.Is(err, client.ErrSignIn):
		return "sign-in refused"
	case errors.Is(err, client.ErrPermission):
		return "no permission"
	case errors.As(err, &answer):
		return fmt.Sprintf("failed (%d)", answer.Status)
	}
	return "no answer"
}

// shortTitle is a kind's word where a line is short.
func shortTitle(kind client.Kind) string {
	switch kind {
	case client.AppConnector:
		return "app"
	case client.NetworkConnector:
		return "network"
	case client.ServiceEdge:
		return "edge"
	}
	return "controller"
}
