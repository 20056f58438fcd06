// Package table knows how to show a window over rows of any height, and how
// columns share a width. It asks its source for the rows in the window and no
// others, however many there are and however many of them are open. It must
// never know what a row is about, do I/O, or keep a row from one call to the
// next.
package table

import "provkeys/tui/style"

// Cell is a piece of text in one style. The text must have gone through
// style.Sanitize already.
type Cell struct {
	Text  string
	Style style.Style
}

// Line is one detail line: its pieces stand side by side without a gap.
type Line []Cell

// Row is what one row shows.
type Row struct {
	Cells []Cell // one a column; the first is the row's name
	// Plain are lines below the row, above its details, that begin in the window's
	// first cell: what a person selects there with a mouse has no blanks before it.
	Plain   []Cell
	Details []Line // the lines below the row while it is open
	Open    bool   // whether the row is open, which its glyph says
	Marked  bool   // whether the row is marked, which its glyph says
	Dim     bool   // whether the row is stale: it is drawn in one faint style
}

// Source has the rows. Its user answers from memory: the calls come while a
// frame is drawn.
type Source interface {
	// Len returns the number of rows.
	Len() int
	// Height returns the number of lines that row i takes: 1, and one for each
	// plain and each detail line that Row will return.
	Height(i int) int
	// Row returns row i.
	Row(i int) Row
}

// Model is the window: its size, the cursor's row, and the line at its top. The
// zero value is a window of no lines with the cursor on the first row.
//
// The cursor's own line always shows. Its details show as far as they fit; of a
// row taller than the window the own line stays at the top, and moving on
// scrolls the details beneath it before it leaves the row.
type Model struct {
	width, height int
	cursor        int
	top           int // the row at the top of the window
	skip          int // its lines that are hidden above; detail lines alone where it is the cursor's
}

// SetSize sets the size in cells, the table's head included.
func (m *Model) SetSize(w, h int) { m.width, m.height = max(w, 0), max(h, 0) }

// SetCursor puts the cursor on row i and leaves the window alone as far as it can.
func (m *Model) SetCursor(i int) { m.cursor = max(i, 0) }

// Cursor returns the row that the cursor is on; 0 for an empty source.
func (m *Model) Cursor() int { return m.cursor }

// Follow says that the cursor's row is now row i, as after a reload that put
// rows before it: the window moves along, so that the row stays where it was on
// the screen.
func (m *Model) Follow(i int, src Source) {
	i = max(i, 0)
	m.top += i - m.cursor
	m.cursor = i
	m.Clamp(src)
}

// Clamp brings cursor and window back into the source after the source or the
// size changed, and shows what can be shown of a row that was just opened.
func (m *Model) Clamp(src Source) {
	m.cursor, m.top, m.skip = m.settled(src)
}

// Window returns the first and the last row whose own line shows, counted from
// 1 as the status line counts; both are 0 if there is none.
func (m *Model) Window(src Source) (first, last int) {
	for _, l := range m.layout(src) {
		if l.line > 0 {
			continue
		}
		if first == 0 {
			first = l.row + 1
		}
		last = l.row + 1
	}
	return first, last
}

// RowAt returns the row drawn on line y of the view, which of the row's lines that
// is, 0 being its own, and whether there is one.
func (m *Model) RowAt(y int, src Source) (row, line int, ok bool) {
	lines := m.layout(src)
	y -= m.headLines()
	if y < 0 || y >= len(lines) {
		return 0, 0, false
	}
	return lines[y].row, lines[y].line, true
}

// ColumnAt returns the column that has cell x of every line of the view, the gap
// behind it included, and whether there is one. Content is as for View.
func (m *Model) ColumnAt(x int, cols []Column, content []int) (column int, ok bool) {
	end := Gutter
	if x < end {
		return 0, false
	}
	for i, w := range Widths(cols, content, m.width-Gutter, Gap) {
		if w > 0 {
			end += w + Gap
		}
		if x < end {
			return i, true
		}
	}
	return 0, false
}

// headLines returns how many lines the head takes: none in a window of one
// line, where the cursor's row is worth more.
func (m *Model) headLines() int {
	if m.height < 2 {
		return 0
	}
	return 1
}

// body returns the number of lines there are for rows.
func (m *Model) body() int { return m.height - m.headLines() }
