package tui

import (
	"slices"

	"provkeys/client"
	"provkeys/client/estate"
	"provkeys/tui/style"
	"provkeys/tui/table"
)

// otherScreen is a page beside the keys: rows that the estate makes out of keys and
// of lists that come seldom.
type otherScreen[R estate.Row] struct {
	listing
	all      []R
	index    map[client.Ref]int // which of all
	sort     estate.Column
	filtered estate.Filter[R] // the last one that means something
}

// read takes the filter's text in.
func (s *otherScreen[R]) read(text string) error {
	parsed, err := estate.ParseFilter[R](text)
	if err == nil {
		s.filtered = parsed
	}
	return err
}

// take replaces the rows there are.
func (s *otherScreen[R]) take(all []R) {
	s.all, s.index = all, make(map[client.Ref]int, len(all))
	for i := range all {
		s.index[estate.RefOf(&all[i])] = i
	}
}

// choose selects what shows. The cursor is brought back to its row by follow.
func (s *otherScreen[R]) choose(kind client.Kind) {
	s.rows = s.rows[:0:0]
	chosen := estate.Select(s.all, estate.Query[R]{Kind: kind, Filter: s.filtered, Sort: s.sort, Reverse: s.reverse})
	for i := range chosen {
		s.rows = append(s.rows, estate.RefOf(&chosen[i]))
	}
}

func (s *otherScreen[R]) held(ref client.Ref) bool {
	_, held := s.index[ref]
	return held
}

// get returns a row; the zero one where it is not there.
func (s *otherScreen[R]) get(ref client.Ref) (row R, ok bool) {
	i, ok := s.index[ref]
	if !ok {
		return row, false
	}
	return s.all[i], true
}

// current returns the row under the cursor; false when none shows.
func (s *otherScreen[R]) current() (row R, ok bool) {
	ref, ok := s.cursor()
	if !ok {
		return row, false
	}
	return s.get(ref)
}

// count returns how many rows of a kind there are; of all for "".
func (s *otherScreen[R]) count(kind client.Kind) int {
	if kind == "" {
		return len(s.all)
	}
	n := 0
	for i := range s.all {
		if estate.RefOf(&s.all[i]).Kind == kind {
			n++
		}
	}
	return n
}

// sorts returns how the page can be sorted, and sortedBy which of those it is.
func (s *otherScreen[R]) sorts() []string {
	var words []string
	for _, c := range estate.Columns[R]() {
		words = append(words, c.String())
	}
	return words
}

func (s *otherScreen[R]) sortedBy() int { return max(slices.Index(estate.Columns[R](), s.sort), 0) }

func (s *otherScreen[R]) sortTo(choice int) { s.sort = estate.Columns[R]()[choice] }

// sortable is a page whose order is one of its choices.
type sortable interface {
	sorts() []string
	sortedBy() int
	sortTo(choice int)
}

// other returns the page that shows; the page of keys is none of these.
func (m *Model) other() sortable {
	switch m.page {
	case groupsPage:
		return &m.groups
	case connectorsPage:
		return &m.connectors
	}
	return &m.certs
}

// otherRows is the table's source on those pages: it makes the rows in the window,
// no others.
type otherRows[R estate.Row] struct {
	screen  *otherScreen[R]
	look    look
	cells   func(R, look) []table.Cell
	details func(R, look) []detail
	dim     func(client.Kind) bool
}

// Len returns the number of rows that show.
func (r otherRows[R]) Len() int { return len(r.screen.rows) }

// Height returns the number of lines of a row, its details included.
func (r otherRows[R]) Height(i int) int {
	ref := r.screen.rows[i]
	if !r.screen.isOpen(ref) {
		return 1
	}
	row, _ := r.screen.get(ref)
	return 1 + len(r.below(row))
}

// Row returns a row as the table shows it.
func (r otherRows[R]) Row(i int) table.Row {
	ref := r.screen.rows[i]
	row, _ := r.screen.get(ref)
	shown := table.Row{Cells: r.cells(row, r.look), Open: r.screen.isOpen(ref), Dim: r.dim(ref.Kind)}
	if shown.Open {
		shown.Details = detailLines(r.below(row), r.look.theme)
	}
	return shown
}

// below returns the lines of an open row. What does not fit into one goes on in the
// next: none of it is said elsewhere.
func (r otherRows[R]) below(row R) []detail {
	var lines []detail
	for _, d := range r.details(row, r.look) {
		for i, part := range style.Wrap(d.text, max(r.look.room, 1)) {
			if i > 0 {
				d.label = ""
			}
			lines = append(lines, detail{d.label, part})
		}
	}
	return lines
}

// detailLines returns the labelled lines of an open row as the table takes them.
func detailLines(details []detail, th style.Theme) []table.Line {
	lines := make([]table.Line, 0, len(details))
	for _, d := range details {
		lines = append(lines, table.Line{
			{Text: style.Fit(d.label, detailLabel), Style: th.Faint},
			{Text: d.text, Style: th.Text},
		})
	}
	return lines
}
