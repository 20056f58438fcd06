package table

// place is one line of the window: a line of a row, 0 being the row's own.
type place struct{ row, line int }

// layout returns the lines of the window from top to bottom, fewer than there
// is room for where the rows end.
func (m *Model) layout(src Source) []place {
	body, n := m.body(), src.Len()
	if body <= 0 || n == 0 {
		return nil
	}
	cursor, top, skip := m.settled(src)
	lines := make([]place, 0, body)
	line := skip
	if top == cursor {
		lines = append(lines, place{row: top})
		line = skip + 1
	}
	for row := top; row < n && len(lines) < body; row, line = row+1, 0 {
		for h := height(src, row); line < h && len(lines) < body; line++ {
			lines = append(lines, place{row: row, line: line})
		}
	}
	return lines
}

// height returns a row's lines, at least its own.
func height(src Source, row int) int { return max(src.Height(row), 1) }

// settled returns cursor, top row and hidden lines moved as little as needed,
// so that all of them exist, the cursor's row shows, and no line stays empty
// while there are rows above. It asks for the heights of the rows in the window
// and of two more at most.
func (m *Model) settled(src Source) (cursor, top, skip int) {
	n, body := src.Len(), max(m.body(), 1)
	if n == 0 {
		return 0, 0, 0
	}
	cursor = min(m.cursor, n-1)
	own := height(src, cursor)
	top, skip, above := m.above(src, cursor, own, body)

	used := above + min(own, body)
	for row := cursor + 1; row < n && used < body; row++ {
		used += height(src, row)
	}
	// Rows ended before the window did: lines come back from above.
	missing := body - used
	if missing > 0 && skip > 0 {
		back := min(skip, missing)
		skip, missing = skip-back, missing-back
	}
	for missing > 0 && top > 0 {
		top--
		h := height(src, top)
		skip = max(h-missing, 0)
		missing -= h
	}
	return cursor, top, skip
}

// above returns the top of a window that shows the cursor's row, which is own
// lines high, and the number of lines in it before that row. It counts upwards
// from the cursor, so that a jump over many rows costs nothing.
func (m *Model) above(src Source, cursor, own, body int) (top, skip, lines int) {
	switch {
	case cursor < m.top:
		return cursor, 0, 0
	case cursor == m.top:
		// What may be hidden of the cursor's own row are the details that do not fit.
		return cursor, min(max(m.skip, 0), max(own-body, 0)), 0
	}
	room := body - min(own, body)
	top = cursor
	for top > 0 && top > m.top && lines < room {
		top--
		shown := height(src, top)
		if top == m.top {
			skip = min(max(m.skip, 0), shown-1)
			shown -= skip
		}
		if over := lines + shown - room; over > 0 {
			skip, shown = skip+over, shown-over
		}
		lines += shown
	}
	return top, skip, lines
}
