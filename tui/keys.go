package tui

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/tui/style"
	"provkeys/tui/table"
)

// keysScreen is the page of keys. It holds ids; the catalog owns the keys.
type keysScreen struct {
	catalog *catalog.Catalog
	rows    []client.Ref // what shows, in order
	table   table.Model
	// anchor is the key that the cursor belongs to, which a reload or a filter
	// may move or hide; the cursor is back on it as soon as it shows.
	anchor  client.Ref
	under   client.Ref  // the key that the cursor is on
	kind    client.Kind // "" for all
	filter  filterBar
	sort    catalog.Column
	reverse bool
	// A row is open when openAll differs from its being flipped.
	openAll bool
	flipped map[client.Ref]bool
	// marks are the keys that the next action is for; a range begins at lastMark.
	marks    marks
	lastMark client.Ref
}

// isOpen reports whether the details of a key show.
func (s *keysScreen) isOpen(ref client.Ref) bool { return s.openAll != s.flipped[ref] }

func (s *keysScreen) setOpen(ref client.Ref, open bool) {
	if s.isOpen(ref) == open {
		return
	}
	if s.flipped == nil {
		s.flipped = map[client.Ref]bool{}
	}
	s.flipped[ref] = !s.flipped[ref]
}

// current returns the key under the cursor; false when no key shows.
func (s *keysScreen) current() (client.Key, bool) {
	i := s.table.Cursor()
	if i >= len(s.rows) {
		return client.Key{}, false
	}
	return s.catalog.Get(s.rows[i])
}

// keyRows is the table's source: it makes the rows in the window, no others.
type keyRows struct {
	screen *keysScreen
	look   look
	dim    func(client.Kind) bool
	// revealed is the key whose text shows, in these lines.
	revealed client.Ref
	text     []string
}

// Len returns the number of keys that show.
func (r keyRows) Len() int { return len(r.screen.rows) }

// Height returns the number of lines of a key, its details included.
func (r keyRows) Height(i int) int {
	ref := r.screen.rows[i]
	if !r.screen.isOpen(ref) {
		return 1
	}
	k, _ := r.screen.catalog.Get(ref)
	return 1 + len(r.textOf(ref)) + len(r.details(k))
}

// details returns the lines of an open row, and before them why the last action
// failed on a marked key.
func (r keyRows) details(k client.Key) []detail {
	lines := details(k, r.look)
	if why := r.screen.marks[k.Ref()]; why != "" {
		lines = append([]detail{{"marked", style.Sanitize(why)}}, lines...)
	}
	return lines
}

// textOf returns the lines of a key's text, none unless it is revealed.
func (r keyRows) textOf(ref client.Ref) []string {
	if ref != r.revealed {
		return nil
	}
	return r.text
}

// Row returns a key as the table shows it.
func (r keyRows) Row(i int) table.Row {
	ref := r.screen.rows[i]
	k, _ := r.screen.catalog.Get(ref)
	shown := table.Row{Cells: cells(k, r.look), Open: r.screen.isOpen(ref), Marked: r.screen.marked(ref), Dim: r.dim(ref.Kind)}
	if shown.Open {
		for _, d := range r.details(k) {
			shown.Details = append(shown.Details, table.Line{
				{Text: style.Fit(d.label, 13), Style: r.look.theme.Faint},
				{Text: d.text, Style: r.look.theme.Text},
			})
		}
	}
	for _, line := range r.textOf(ref) {
		shown.Plain = append(shown.Plain, table.Cell{Text: line, Style: r.look.theme.Text})
	}
	return shown
}

// source returns the rows as they look now.
func (m *Model) source() keyRows {
	return keyRows{
		screen: &m.keys, look: m.look(), dim: func(k client.Kind) bool { return m.loads.kinds[k].stale() },
		revealed: m.reveal.key.Ref(), text: m.reveal.lines(m.width),
	}
}

func (m *Model) look() look {
	return look{theme: m.theme, now: m.now, near: m.opts.Near, narrow: m.width < 80, uses: usesWidth(m.width)}
}

// reselect filters and sorts again, as after a load, and keeps the cursor on
// its key.
func (m *Model) reselect() {
	s := &m.keys
	s.rows = s.catalog.Select(catalog.Query{
		Kind: s.kind, Filter: s.filter.valid, Sort: s.sort, Reverse: s.reverse, Now: m.now, Near: m.opts.Near, Marked: s.marked,
	})
	at, stays := s.place()
	if stays {
		s.table.Follow(at, m.source())
	} else {
		s.table.MoveTo(at, m.source())
	}
	// Until everything has come once, rows still stream in above the first.
	if i := s.table.Cursor(); i < len(s.rows) && m.loads.rounds > 0 {
		s.under = s.rows[i]
	}
}

// refilter selects after a person changed what shows: a cursor whose key is
// hidden goes to the first row.
func (m *Model) refilter() tea.Cmd {
	m.keys.under = client.Ref{}
	m.reselect()
	return nil
}

// place returns the row for the cursor: its anchor's, else that of the key it
// stands on for want of the anchor, else the neighbour of a key that is gone,
// else the first; and whether it stays on the key that it is on.
func (s *keysScreen) place() (at int, stays bool) {
	under := -1
	for i, ref := range s.rows {
		switch ref {
		case s.anchor:
			return i, ref == s.under
		case s.under:
			under = i
		}
	}
	if under >= 0 {
		return under, true
	}
	if _, held := s.catalog.Get(s.under); !held && s.under != (client.Ref{}) {
		// It is gone for good: its neighbour takes the cursor.
		return min(s.table.Cursor(), max(len(s.rows)-1, 0)), false
	}
	return 0, false
}

// settle fits the window to the rows and the screen.
func (m *Model) settle() {
	l := m.layout()
	m.keys.table.SetSize(l.table.w, l.table.h)
	m.keys.table.Clamp(m.source())
}

// took remembers that a person moved the cursor: it belongs to that key now.
func (m *Model) took() tea.Cmd {
	if i := m.keys.table.Cursor(); i < len(m.keys.rows) {
		m.keys.anchor, m.keys.under = m.keys.rows[i], m.keys.rows[i]
	}
	return nil
}

func (m *Model) move(rows int) tea.Cmd {
	m.keys.table.Move(rows, m.source())
	return m.took()
}

// jump is one way to move by more than a row.
type jump func(*table.Model, table.Source)

func halfUp(t *table.Model, s table.Source)   { t.HalfUp(s) }
func halfDown(t *table.Model, s table.Source) { t.HalfDown(s) }
func pageUp(t *table.Model, s table.Source)   { t.PageUp(s) }
func pageDown(t *table.Model, s table.Source) { t.PageDown(s) }
func toFirst(t *table.Model, s table.Source)  { t.Home(s) }
func toLast(t *table.Model, s table.Source)   { t.End(s) }

func (m *Model) moveBy(j jump) tea.Cmd {
	j(&m.keys.table, m.source())
	return m.took()
}

func (m *Model) toggleDetails() tea.Cmd {
	k, _ := m.keys.current()
	m.keys.setOpen(k.Ref(), !m.keys.isOpen(k.Ref()))
	return m.took()
}

func (m *Model) openDetails() tea.Cmd { return m.showDetails(true) }

func (m *Model) closeDetails() tea.Cmd { return m.showDetails(false) }

func (m *Model) showDetails(open bool) tea.Cmd {
	k, _ := m.keys.current()
	m.keys.setOpen(k.Ref(), open)
	return m.took()
}

// toggleAllDetails opens everything, or closes everything if all was open.
func (m *Model) toggleAllDetails() tea.Cmd {
	m.keys.openAll, m.keys.flipped = !m.keys.openAll, nil
	return nil
}

func (m *Model) walkKinds(step int) tea.Cmd {
	stops := append([]client.Kind{""}, client.Kinds()...)
	at := 0
	for i, k := range stops {
		if k == m.keys.kind {
			at = i
		}
	}
	m.hide()
	m.keys.kind = stops[(at+step+len(stops))%len(stops)]
	return m.refilter()
}

func (m *Model) reverseSort() tea.Cmd {
	m.keys.reverse = !m.keys.reverse
	m.reselect()
	return m.say(toneInfo, "Sorted by "+m.sortWords())
}

func (m *Model) sortBy(c catalog.Column) tea.Cmd {
	m.keys.sort = c
	m.reselect()
	return m.say(toneInfo, "Sorted by "+m.sortWords())
}

func (m *Model) sortWords() string {
	if m.keys.reverse {
		return m.keys.sort.String() + ", turned round"
	}
	return m.keys.sort.String()
}

func (m *Model) whyNoKey() string {
	if _, ok := m.keys.current(); ok {
		return ""
	}
	switch {
	case m.keys.filter.text() != "":
		return "No key matches the filter: esc takes it away."
	case m.silent():
		return "The backend does not answer, so that there are no keys yet: r tries again."
	case m.loads.asking():
		return "The keys are still loading."
	}
	return "There is no key here."
}

// silent reports whether there are no keys because the backend does not answer.
func (m *Model) silent() bool {
	waiting := m.now.Before(m.waitUntil) && m.waitWhy == noAnswer
	return m.keys.catalog.Len() == 0 && (waiting || errors.Is(m.loads.failed(), client.ErrUnavailable))
}
