package table

import "provkeys/tui/style"

// Column is one column of a table. The zero value is a column of one cell that
// never leaves.
type Column struct {
	Title    string // sanitised; cut to the column's width
	Min      int    // the least width in cells, 1 if it is less
	Max      int    // the greatest width in cells; 0 is no limit
	Weight   int    // the share of the room that is left over; 0 stays at Min
	Priority int    // who leaves first when there is no room: the higher number. 0 never leaves
	Right    bool   // whether the text stands on the right, as numbers do
}

// Widths returns the width of each column in cells, 0 for a dropped one. The
// widths and a gap between every two shown columns never add up to more than
// total.
//
// Every shown column has its Min. What is left over goes to the columns by
// Weight, up to the widest text there (content, measured by the caller, and the
// title) or, where content is missing or 0, up to Max. If the columns do not fit, those
// with the highest Priority leave, the right one first; if those with priority 0
// do not fit either, they shrink from the right, and vanish only when there is
// not one cell for each.
func Widths(cols []Column, content []int, total, gap int) []int {
	widths := make([]int, len(cols))
	for i, c := range cols {
		widths[i] = min(max(c.Min, 1), max(total, 0)+1)
	}
	gap = max(gap, 0)
	for over := excess(widths, total, gap); over > 0; over = excess(widths, total, gap) {
		if i := leastImportant(cols, widths); i >= 0 {
			widths[i] = 0
			continue
		}
		if !shrink(widths, over) {
			break
		}
	}
	limits := make([]int, len(cols))
	for i, c := range cols {
		limits[i] = limit(c, contentOf(content, i), total)
	}
	grow(cols, widths, limits, -excess(widths, total, gap))
	return widths
}

// excess returns by how many cells the shown columns and their gaps are too
// wide; it is negative while there is room.
func excess(widths []int, total, gap int) int {
	sum := -gap
	for _, w := range widths {
		if w > 0 {
			sum += w + gap
		}
	}
	return max(sum, 0) - max(total, 0)
}

// leastImportant returns the shown column that leaves next, -1 if none may.
func leastImportant(cols []Column, widths []int) int {
	found := -1
	for i, c := range cols {
		if widths[i] > 0 && c.Priority > 0 && (found < 0 || c.Priority >= cols[found].Priority) {
			found = i
		}
	}
	return found
}

// shrink takes up to over cells from the columns, from the right and down to
// one cell each; if all have one cell already, the last shown column goes. It
// says whether there was anything to take.
func shrink(widths []int, over int) bool {
	last, took := -1, false
	for i := len(widths) - 1; i >= 0 && over > 0; i-- {
		if widths[i] == 0 {
			continue
		}
		last = max(last, i)
		if take := min(widths[i]-1, over); take > 0 {
			widths[i], over, took = widths[i]-take, over-take, true
		}
	}
	if !took && last >= 0 {
		widths[last], took = 0, true
	}
	return took
}

// contentOf returns the measured width of column i, 0 if nobody measured it.
func contentOf(content []int, i int) int {
	if i >= len(content) {
		return 0
	}
	return content[i]
}

// limit returns the width that a column can use.
func limit(c Column, content, total int) int {
	most := total
	if content > 0 {
		most = max(content, style.Width(c.Title))
	}
	if c.Max > 0 {
		most = min(most, c.Max)
	}
	return most
}

// grow hands out room by weight until it is used up or every column is at its
// limit.
func grow(cols []Column, widths, limits []int, room int) {
	for room > 0 {
		weights := 0
		for i, c := range cols {
			if hungry(c, widths[i], limits[i]) {
				weights += c.Weight
			}
		}
		if weights == 0 {
			return
		}
		share := room
		for i, c := range cols {
			if !hungry(c, widths[i], limits[i]) {
				continue
			}
			// At least one cell each, from the left, so that the last ones go somewhere.
			give := min(max(share*c.Weight/weights, 1), limits[i]-widths[i], room)
			widths[i] += give
			room -= give
		}
	}
}

// hungry says whether a shown column can use more room.
func hungry(c Column, width, limit int) bool { return width > 0 && c.Weight > 0 && width < limit }
