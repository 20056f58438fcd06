package tui

import (
	"provkeys/client"
	"provkeys/tui/table"
)

// listing is what every page of rows has: which rows show and in what order, the
// window over them, and the row that the cursor belongs to. It holds references and
// knows nothing of what they stand for.
type listing struct {
	rows  []client.Ref // what shows, in order
	table table.Model
	// anchor is the row that the cursor belongs to, which a reload or a filter
	// may move or hide; the cursor is back on it as soon as it shows.
	anchor  client.Ref
	under   client.Ref // the row that the cursor is on
	filter  filterBar
	kind    client.Kind // whose rows show; "" for all
	reverse bool
	// A row is open when openAll differs from its being flipped.
	openAll bool
	flipped map[client.Ref]bool
}

// isOpen reports whether the details of a row show.
func (s *listing) isOpen(ref client.Ref) bool { return s.openAll != s.flipped[ref] }

func (s *listing) setOpen(ref client.Ref, open bool) {
	if s.isOpen(ref) == open {
		return
	}
	if s.flipped == nil {
		s.flipped = map[client.Ref]bool{}
	}
	s.flipped[ref] = !s.flipped[ref]
}

// cursor returns the row under the cursor; false when none shows.
func (s *listing) cursor() (ref client.Ref, ok bool) {
	i := s.table.Cursor()
	if i >= len(s.rows) {
		return client.Ref{}, false
	}
	return s.rows[i], true
}

// rowOf returns the row that shows a reference, -1 for none.
func (s *listing) rowOf(ref client.Ref) int {
	for i, shown := range s.rows {
		if shown == ref {
			return i
		}
	}
	return -1
}

// took remembers that a person moved the cursor: it belongs to that row now.
func (s *listing) took() {
	if ref, ok := s.cursor(); ok {
		s.anchor, s.under = ref, ref
	}
}

// show opens or closes the row under the cursor.
func (s *listing) show(open bool) {
	if ref, ok := s.cursor(); ok {
		s.setOpen(ref, open)
		s.took()
	}
}

// follow brings the cursor back to its row after other rows came to show; held says
// which are there, shown or not.
func (s *listing) follow(src table.Source, held func(client.Ref) bool) {
	at, stays := s.place(held)
	if stays {
		s.table.Follow(at, src)
	} else {
		s.table.MoveTo(at, src)
	}
}

// rest remembers the row that the cursor came to stand on.
func (s *listing) rest() {
	if ref, ok := s.cursor(); ok {
		s.under = ref
	}
}

// place returns the row for the cursor: its anchor's, else that of the row it
// stands on for want of the anchor, else the neighbour of a row that is gone,
// else the first; and whether it stays on the row that it is on.
func (s *listing) place(held func(client.Ref) bool) (at int, stays bool) {
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
	if s.under != (client.Ref{}) && !held(s.under) {
		// It is gone for good: its neighbour takes the cursor.
		return min(s.table.Cursor(), max(len(s.rows)-1, 0)), false
	}
	return 0, false
}
