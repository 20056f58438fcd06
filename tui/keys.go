package tui

import (
	"errors"
	"slices"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/tui/style"
	"provkeys/tui/table"
)

// keysScreen is the page of keys. It holds ids; the catalog owns the keys.
type keysScreen struct {
	listing
	catalog  *catalog.Catalog
	filtered catalog.Filter // the last one that means something
	sort     catalog.Column
	layout   catalog.Layout // what shows, never empty
	// marks are the keys that the next action is for; a range begins at lastMark.
	marks    marks
	lastMark client.Ref
}

// read takes the filter's text in.
func (s *keysScreen) read(text string) error {
	parsed, err := catalog.ParseFilter(text)
	if err == nil {
		s.filtered = parsed
	}
	return err
}

// current returns the key under the cursor; false when no key shows.
func (s *keysScreen) current() (client.Key, bool) {
	ref, ok := s.cursor()
	if !ok {
		return client.Key{}, false
	}
	return s.catalog.Get(ref)
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
		shown.Details = detailLines(r.details(k), r.look.theme)
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
	return look{
		theme: m.theme, now: m.now, near: m.opts.Near, layout: m.keys.layout,
		room: m.width - table.DetailIndent - detailLabel, uses: usesCellsOf(m.keys.layout, m.width), bare: m.opts.Plain,
	}
}

// reselect filters and sorts again, as after a load, and keeps the cursor on
// its key.
func (m *Model) reselect() {
	s := &m.keys
	s.rows = s.catalog.Select(catalog.Query{
		Kind: m.keys.kind, Filter: s.filtered, Sort: s.sort, Reverse: s.reverse, Now: m.now, Near: m.opts.Near, Marked: s.marked,
	})
	s.follow(m.source(), s.held)
	// Until everything has come once, rows still stream in above the first.
	if m.loads.rounds > 0 {
		s.rest()
	}
}

func (s *keysScreen) held(ref client.Ref) bool {
	_, held := s.catalog.Get(ref)
	return held
}

func (m *Model) walkKinds(step int) tea.Cmd {
	stops := kindStops()
	at := max(slices.Index(stops, m.list().kind), 0)
	return m.showKind(stops[(at+step+len(stops))%len(stops)])
}

// showKind shows the rows of one kind, or all for "".
func (m *Model) showKind(kind client.Kind) tea.Cmd {
	m.hide()
	m.list().kind = kind
	return m.refilter()
}

func (m *Model) whyNoKey() string {
	if _, ok := m.keys.current(); ok {
		return ""
	}
	switch {
	case m.effects.client == nil:
		return "There is no tenant yet."
	case m.keys.filter.text() != "":
		return "No key matches the filter: esc takes it away."
	case m.silent():
		return "The backend does not answer, so that there are no keys yet: " + m.keymap.of("refresh") + " tries again."
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
