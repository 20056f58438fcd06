package tui

const (
	// leastWidth and leastHeight are the smallest screen that shows the keys.
	leastWidth  = 40
	leastHeight = 8
)

// rect is a part of the screen, in cells.
type rect struct{ y, w, h int }

// has reports whether a line is in it.
func (r rect) has(y int) bool { return r.y <= y && y < r.y+r.h }

// layout is where everything stands. A part without room has no height.
type layout struct {
	tooSmall bool
	header   rect
	pages    rect
	kinds    rect
	filter   rect
	table    rect
	count    rect
	toast    rect
	footer   rect
}

// wants are the parts that are not always there.
type wants struct {
	bar       bool // the filter bar
	oneStatus bool // the header says what pages, kinds and count would
}

// arrange divides a screen of w by h cells among the parts, from top to
// bottom. The table has what the others leave, its head and one row at least;
// where that is little, the pages go first, then the footer, then the count. A
// message may take from the table, since a reason is never cut.
func arrange(w, h, toast int, want wants) layout {
	if w < leastWidth || h < leastHeight {
		return layout{tooSmall: true}
	}
	l := layout{}
	y := 0
	put := func(lines int) rect {
		r := rect{y: y, w: w, h: lines}
		y += lines
		return r
	}
	pages, kinds, filter, count, footer := 1, 1, 1, 1, 1
	if !want.bar {
		filter = 0
	}
	if want.oneStatus {
		pages, kinds, count = 0, 0, 0
	}
	if h < leastHeight+4 {
		pages = 0
	}
	if h < leastHeight+2 {
		footer = 0
	}
	if h < leastHeight+1 {
		count = 0
	}
	others := 1 + pages + kinds + filter + count + footer
	toast = min(max(toast, 1), h-others-2)
	l.header = put(1)
	l.pages = put(pages)
	l.kinds = put(kinds)
	l.filter = put(filter)
	l.table = put(h - others - toast)
	l.count = put(count)
	l.toast = put(toast)
	l.footer = put(footer)
	return l
}
