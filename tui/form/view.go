package form

import "provkeys/tui/style"

const (
	gutter   = 2  // the glyph of the field that takes the keys, and a space
	gap      = 2  // between label and text, and between text and message
	leastBox = 12 // cells of text that a label may not take away
	mostBox  = 40 // cells of text that are enough for any field
)

// View returns the form in at most h lines, none wider than w. A field is one
// line where label, text and message fit side by side; a longer message goes on
// below, whole. Where not even label and text fit, the label goes above. If
// there are more lines than h, those of the field that takes the keys show.
func (f Form) View(w, h int, th style.Theme) []string {
	if w <= 0 || h <= 0 {
		return nil
	}
	var lines []string
	first, end := 0, 0 // the lines of the field that takes the keys
	s := f.sheet(w, th)
	for i := range f.fields {
		if i == f.focus {
			first = len(lines) + s.above
		}
		lines = append(lines, s.field(&f.fields[i], i == f.focus)...)
		if i == f.focus {
			end = len(lines)
		}
	}
	if len(lines) <= h {
		return lines
	}
	top := min(max(end-h, 0), first) // the text itself before its message
	return lines[top:min(top+h, len(lines))]
}

// sheet is how the fields share the width.
type sheet struct {
	width  int
	labels int // cells for labels beside the text, 0 when they stand above
	above  int // lines that a label takes above its text
	indent int // cells before the text
	theme  style.Theme
}

// sheet returns the layout for a width. It depends on the labels alone, so that
// nothing jumps while one types.
func (f Form) sheet(w int, th style.Theme) sheet {
	widest := 0
	for i := range f.fields {
		widest = max(widest, style.Width(f.fields[i].spec.Label))
	}
	s := sheet{width: w, labels: widest, indent: gutter + widest + gap, theme: th}
	if widest == 0 {
		s.indent = gutter
	}
	if w-s.indent < leastBox {
		s.labels, s.indent = 0, min(gutter, w-1)
		if widest > 0 {
			s.above = 1
		}
	}
	return s
}

// field returns the lines of one field.
func (s sheet) field(fl *field, focus bool) []string {
	label, glyph := s.theme.Label, ""
	if focus {
		label, glyph = s.theme.LabelActive, s.theme.Glyphs.Cursor
	}
	glyph = s.theme.LabelActive.Render(style.Fit(glyph, min(gutter-1, s.indent)))
	if s.indent >= gutter {
		glyph += " "
	}

	var lines []string
	line := glyph
	switch {
	case s.above > 0:
		text := style.Truncate(fl.spec.Label, s.width-s.indent)
		lines = append(lines, glyph+label.Render(text))
		line = style.Fit("", s.indent)
	case s.labels > 0:
		line += label.Render(style.Fit(fl.spec.Label, s.labels)) + style.Fit("", gap)
	}
	box := min(s.boxWidth(fl), s.width-s.indent)
	if fl.chooses() {
		line += fl.choiceLine(box, focus, s.theme)
	} else {
		line += fl.line.View(box, focus, s.theme.Input, s.theme.InputCursor)
	}

	message, bad := fl.message(focus)
	look := s.theme.Faint
	switch {
	case bad:
		look = s.theme.InputError
	case fl.edited:
		look = s.theme.Text
	}
	switch used := s.indent + box; {
	case message == "":
		lines = append(lines, line)
	case used+gap+style.Width(message) <= s.width:
		lines = append(lines, line+style.Fit("", gap)+look.Render(message))
	default:
		lines = append(lines, line)
		for _, part := range style.Wrap(message, s.width-s.indent) {
			lines = append(lines, style.Fit("", s.indent)+look.Render(part))
		}
	}
	if focus && fl.lists() {
		for _, option := range fl.listView(s.width-s.indent, s.theme) {
			lines = append(lines, style.Fit("", s.indent)+option)
		}
	}
	return lines
}

// boxWidth returns the cells that a field's text needs: all it may hold and the
// cursor behind it.
func (s sheet) boxWidth(fl *field) int {
	if fl.chooses() {
		widest := 1
		for _, o := range fl.spec.Options {
			widest = max(widest, style.Width(style.Sanitize(o.Label)))
		}
		if fl.spec.Switch {
			return widest
		}
		return min(max(widest+1, leastBox), mostBox)
	}
	if limit := fl.spec.CharLimit; limit > 0 {
		return min(limit+1, mostBox)
	}
	return mostBox
}
