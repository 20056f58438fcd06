package main

import (
	"slices"
	"strings"

	"provkeys/client"
	"provkeys/tui/style"
)

// tableLook is what a table for people depends on besides keys.
type tableLook struct {
	width  int // cells of the terminal; 0 is no limit
	theme  style.Theme
	colour bool
}

func (a *app) tableLook() tableLook {
	look := tableLook{colour: a.colour()}
	if a.isTerminal(stdout) {
		look.width = a.width()
	}
	// Red, yellow and green of the dark theme can be read on most grounds; a
	// command that prints and leaves cannot ask the terminal for its own.
	look.theme = style.New(style.ModeDark, true)
	return look
}

const gap = 2 // cells between columns

// table writes rows for people: aligned under a header, inside the width. Of no rows
// there is nothing. The heads of columns that found no room are left.
func table[R any](cols []column[R], rows []R, v view, look tableLook) (text string, left []string) {
	if len(rows) == 0 {
		return "", nil
	}
	frames := make([]frame, 0, len(cols))
	header := make([]cell, 0, len(cols))
	for _, c := range cols {
		frames = append(frames, c.frame)
		header = append(header, cell{text: c.head})
	}
	lines := make([][]cell, 0, len(rows)+1)
	lines = append(lines, header)
	for i := range rows {
		line := make([]cell, 0, len(cols))
		for j := range cols {
			line = append(line, cols[j].inTable(&rows[i], v, look.theme))
		}
		lines = append(lines, line)
	}
	if v.secrets && hasSecret(cols) {
		look.width = 0 // a key text that was asked for is worth nothing once it is cut
	}
	widths := columnWidths(frames, lines, look.width)
	var b strings.Builder
	b.WriteString(look.render(look.theme.Header, look.line(frames, header, widths)) + "\n")
	for _, line := range lines[1:] {
		b.WriteString(look.line(frames, line, widths) + "\n")
	}
	for i, w := range widths {
		if w == 0 {
			left = append(left, frames[i].head)
		}
	}
	return b.String(), left
}

// line fits cells into their widths and joins them; a width of 0 leaves a column out.
// Nothing is written behind the last text, and a colour pads nothing.
func (l tableLook) line(frames []frame, row []cell, widths []int) string {
	var b strings.Builder
	spaces := 0 // before the next text
	for i, w := range widths {
		if w == 0 {
			continue
		}
		text, used := style.AppendTruncate(nil, row[i].text, w)
		before, behind := 0, w-used
		if frames[i].right {
			before, behind = behind, 0
		}
		if used == 0 {
			spaces += w + gap
			continue
		}
		b.WriteString(strings.Repeat(" ", spaces+before))
		b.WriteString(l.render(row[i].style, string(text)))
		spaces = behind + gap
	}
	return b.String()
}

// columnWidths gives every column what it needs. Where that is more than the terminal
// has, names and groups shrink to their least, then columns go until the rest fits,
// and what is spare then goes back to names and groups. A width of 0 is no limit.
func columnWidths(frames []frame, lines [][]cell, width int) []int {
	need := make([]int, len(frames))
	for i, f := range frames {
		for _, line := range lines {
			need[i] = max(need[i], style.Width(line[i].text))
		}
		if f.width > 0 {
			need[i] = f.width
		}
	}
	if width <= 0 {
		return need
	}
	widths := slices.Clone(need)
	for i, f := range frames {
		if f.shrinks() {
			widths[i] = min(need[i], f.least)
		}
	}
	over := func() int { return total(widths) - width }
	for over() > 0 {
		i := firstToLeave(frames, widths)
		if i < 0 {
			break
		}
		widths[i] = 0
	}
	squeeze(widths, width)
	for i, f := range frames {
		if f.shrinks() && widths[i] > 0 {
			widths[i] += max(0, min(-over(), need[i]-widths[i]))
		}
	}
	return widths
}

// shrinks reports whether the column may be less wide than it needs.
func (f frame) shrinks() bool { return f.least > 0 && f.width == 0 }

// firstToLeave returns which column goes next, less than 0 for none: one stays.
func firstToLeave(frames []frame, widths []int) int {
	next, there := -1, 0
	for i, f := range frames {
		if widths[i] == 0 {
			continue
		}
		there++
		if f.leave > 0 && (next < 0 || f.leave >= frames[next].leave) {
			next = i
		}
	}
	if there < 2 {
		return -1
	}
	return next
}

// squeeze cuts the columns that stay, down to one cell each, and then leaves them out
// from the last.
func squeeze(widths []int, width int) {
	for i, w := range widths {
		widths[i] -= max(0, min(total(widths)-width, w-1))
	}
	for i := len(widths) - 1; i > 0 && total(widths) > width; i-- {
		widths[i] = 0
	}
}

func total(widths []int) int {
	sum := -gap
	for _, w := range widths {
		if w > 0 {
			sum += w + gap
		}
	}
	return sum
}

func (l tableLook) render(s style.Style, text string) string {
	if !l.colour {
		return text
	}
	return s.Render(text)
}

// paragraph writes a sentence in a style, in lines that fit.
func (l tableLook) paragraph(s style.Style, text string) string {
	var b strings.Builder
	for _, line := range wrapped(text, l.width) {
		b.WriteString(l.render(s, line) + "\n")
	}
	return b.String()
}

func stateStyle(th style.Theme, s client.State) style.Style {
	switch s {
	case client.OK:
		return th.StateOK
	case client.NearlyUsedUp:
		return th.StateWarn
	case client.Disabled, client.Hidden:
		return th.StateOff
	}
	return th.StateBad
}

// block writes one record for people, a field a line; a field without a value
// has a dash. Values have the styles, nil for none.
func block(r record, styles []style.Style, look tableLook) string {
	widest := 0
	for _, f := range r {
		widest = max(widest, len(f.name))
	}
	var b strings.Builder
	for i, f := range r {
		value := style.Sanitize(f.words())
		switch {
		case value == "":
			value = "-"
		case styles != nil:
			value = look.render(styles[i], value)
		}
		b.WriteString(style.Fit(f.name+":", widest+1) + " " + value + "\n")
	}
	return b.String()
}
