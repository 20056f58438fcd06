package table

import "provkeys/tui/style"

// painter makes lines out of rows. Neighbouring pieces of one style are styled
// once, and spaces are styled only inside such a run, so that a line is short
// and a moved cursor changes few cells.
type painter struct {
	cols   []Column
	widths []int
	width  int
	theme  style.Theme
	line   []byte      // the line so far; kept from line to line for its memory
	on     style.Style // the style that is switched on
	spaces int         // spaces owed: written with what follows, or never
	used   int         // cells so far, the spaces owed included
}

// start begins a line.
func (p *painter) start() { p.line, p.on, p.spaces, p.used = p.line[:0], style.Style{}, 0, 0 }

// finish returns the line, without spaces at its end.
func (p *painter) finish() string {
	p.line = append(p.line, p.on.Off()...)
	return string(p.line)
}

// pad adds spaces.
func (p *painter) pad(n int) {
	n = max(min(n, p.width-p.used), 0)
	p.spaces += n
	p.used += n
}

// text adds text in at most w cells and returns how many it took.
func (p *painter) text(s string, st style.Style, w int) int {
	w = min(w, p.width-p.used)
	if s == "" || w <= 0 {
		return 0
	}
	if st != p.on {
		p.line = append(p.line, p.on.Off()...)
		p.line = style.AppendSpaces(p.line, p.spaces)
		p.line = append(p.line, st.On()...)
		p.on = st
	} else {
		p.line = style.AppendSpaces(p.line, p.spaces)
	}
	p.spaces = 0
	var took int
	p.line, took = style.AppendTruncate(p.line, s, w)
	p.used += took
	return took
}

// glyph adds one cell: the sign, or a space.
func (p *painter) glyph(s string, st style.Style, shown bool) {
	took := 0
	if shown {
		took = p.text(s, st, 1)
	}
	p.pad(1 - took)
}

// head returns the table's head.
func (p *painter) head() string {
	p.start()
	p.pad(Gutter)
	p.columns(func(i int) Cell { return Cell{Text: p.cols[i].Title, Style: p.theme.Header} })
	return p.finish()
}

// row returns a row's own line. The cursor changes its glyph and the first
// column shown, and nothing else.
func (p *painter) row(r Row, cursor bool) string {
	p.start()
	glyphs, open := p.theme.Glyphs, p.theme.Text
	if cursor {
		open = p.theme.Cursor
	}
	p.glyph(glyphs.Cursor, p.theme.Cursor, cursor)
	p.glyph(glyphs.Open, open, r.Open)
	p.glyph(glyphs.Mark, p.theme.Mark, r.Marked)
	// Here the run ends, or the moved cursor would repaint the spaces between.
	p.line = append(p.line, p.on.Off()...)
	p.on = style.Style{}
	first := true
	p.columns(func(i int) Cell {
		cell := Cell{}
		if i < len(r.Cells) {
			cell = r.Cells[i]
		}
		cell.Style = p.styleOf(r, cell)
		if first && cursor {
			cell.Style = p.theme.Cursor
		}
		first = false
		return cell
	})
	return p.finish()
}

// columns adds the cell of every shown column, from left to right.
func (p *painter) columns(cell func(i int) Cell) {
	first := true
	for i, w := range p.widths {
		if w == 0 {
			continue
		}
		if !first {
			p.pad(Gap)
		}
		first = false
		c := cell(i)
		if p.cols[i].Right {
			p.pad(w - style.Width(c.Text))
			p.text(c.Text, c.Style, w)
			continue
		}
		p.pad(w - p.text(c.Text, c.Style, w))
	}
}

// below returns line i below a row: the plain ones come before the details.
func (p *painter) below(r Row, i int) string {
	if i >= len(r.Plain) {
		return p.detail(r, i-len(r.Plain))
	}
	p.start()
	p.text(r.Plain[i].Text, p.styleOf(r, r.Plain[i]), p.width)
	return p.finish()
}

// detail returns detail line i of a row, empty where the row has fewer than its
// height said.
func (p *painter) detail(r Row, i int) string {
	if i >= len(r.Details) {
		return ""
	}
	p.start()
	p.pad(DetailIndent)
	room, total := p.width-p.used, 0
	for _, piece := range r.Details[i] {
		total += style.Width(piece.Text)
	}
	for _, piece := range r.Details[i] {
		st := p.styleOf(r, piece)
		w := style.Width(piece.Text)
		if total > room && w >= room {
			// The line ends here. The space makes the piece too long in any case,
			// so that it ends in an ellipsis even if it would fit exactly.
			p.text(piece.Text+" ", st, room)
			break
		}
		room -= p.text(piece.Text, st, room)
		total -= w
	}
	return p.finish()
}

// styleOf returns the style of a piece of a row.
func (p *painter) styleOf(r Row, c Cell) style.Style {
	if r.Dim {
		return p.theme.Stale
	}
	return c.Style
}
