package table

import "provkeys/tui/style"

const (
	// Gutter is the width in cells before the first column: the cursor's glyph,
	// the glyph of an open row, and the glyph of a marked row or a space.
	Gutter = 3
	// Gap is the width in cells between two columns.
	Gap = 2
	// DetailIndent puts detail lines a little to the right of the first column.
	DetailIndent = Gutter + 2
)

// View returns exactly as many lines as the window is high, none wider than it:
// the head, the rows in the window, and empty lines where there are no rows.
// What to say about an empty table is the caller's affair. In a window of one
// line the cursor's row takes the head's place. Content is measured by the
// caller, see Widths; nil will do.
func (m *Model) View(src Source, cols []Column, content []int, th style.Theme) []string {
	if m.height <= 0 {
		return nil
	}
	p := painter{
		cols:   cols,
		widths: Widths(cols, content, m.width-Gutter, Gap),
		width:  m.width,
		theme:  th,
	}
	view := make([]string, 0, m.height)
	if m.headLines() > 0 {
		view = append(view, p.head())
	}
	shown, row := -1, Row{}
	for _, at := range m.layout(src) {
		if at.row != shown {
			shown, row = at.row, src.Row(at.row)
		}
		if at.line == 0 {
			view = append(view, p.row(row, at.row == min(m.cursor, src.Len()-1)))
		} else {
			view = append(view, p.below(row, at.line-1))
		}
	}
	for len(view) < m.height {
		view = append(view, "")
	}
	return view
}
