package table

// Move moves the cursor by delta rows, down if it is positive. On a row taller
// than the window it first scrolls through the row's details.
func (m *Model) Move(delta int, src Source) {
	if m.scrollDetails(delta, src) {
		return
	}
	m.MoveTo(min(m.cursor, src.Len()-1)+delta, src)
}

// MoveTo moves the cursor to row i, or to the nearest row that exists, and the
// window as little as needed.
func (m *Model) MoveTo(i int, src Source) {
	m.SetCursor(i)
	m.Clamp(src)
}

// Home moves the cursor to the first row.
func (m *Model) Home(src Source) {
	m.top, m.skip = 0, 0
	m.MoveTo(0, src)
}

// End moves the cursor to the last row.
func (m *Model) End(src Source) { m.MoveTo(src.Len()-1, src) }

// PageDown moves cursor and window down by the window's height less one line.
func (m *Model) PageDown(src Source) { m.scroll(max(m.body()-1, 1), src) }

// PageUp moves cursor and window up by the window's height less one line.
func (m *Model) PageUp(src Source) { m.scroll(-max(m.body()-1, 1), src) }

// HalfDown moves cursor and window down by half the window's height.
func (m *Model) HalfDown(src Source) { m.scroll(max(m.body()/2, 1), src) }

// HalfUp moves cursor and window up by half the window's height.
func (m *Model) HalfUp(src Source) { m.scroll(-max(m.body()/2, 1), src) }

// scroll moves cursor and window by a number of lines, but not 0, and the
// cursor by one row at least.
func (m *Model) scroll(lines int, src Source) {
	m.Clamp(src)
	if src.Len() == 0 || m.scrollDetails(lines, src) {
		return
	}
	target := walk(src, place{row: m.cursor}, lines)
	if lines > 0 && target.row == m.cursor {
		target.row++ // an open row can be taller than the way to go
	}
	edge := walk(src, place{row: m.top, line: m.skip}, lines)
	m.top, m.skip = edge.row, edge.line
	m.MoveTo(target.row, src)
}

// scrollDetails scrolls inside the cursor's row if that is taller than the
// window and has hidden lines in that direction. It says whether it did.
func (m *Model) scrollDetails(lines int, src Source) bool {
	if m.cursor >= src.Len() {
		return false
	}
	hidden := height(src, m.cursor) - max(m.body(), 1)
	if hidden <= 0 {
		return false
	}
	if m.top != m.cursor {
		// The row was opened after the window was last brought into order.
		m.Clamp(src)
	}
	next := min(max(m.skip+lines, 0), hidden)
	if next == m.skip {
		return false
	}
	m.skip = next
	return true
}

// walk returns the place a number of lines further, or the first or last row's
// own line where the rows end.
func walk(src Source, from place, lines int) place {
	row, line := from.row, from.line+lines
	for line < 0 {
		if row == 0 {
			return place{}
		}
		row--
		line += height(src, row)
	}
	for h := height(src, row); line >= h; h = height(src, row) {
		if row == src.Len()-1 {
			return place{row: row}
		}
		row++
		line -= h
	}
	return place{row: row, line: line}
}
