package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/tui/style"
)

// tableLook is what a table for people depends on besides keys.
type tableLook struct {
	width   int // cells of the terminal; 0 is no limit
	theme   style.Theme
	colour  bool
	secrets bool // the key column is never cut
}

func (a *app) tableLook() tableLook {
	look := tableLook{colour: a.colour(), secrets: a.global.withSecrets}
	if a.isTerminal(stdout) {
		look.width = a.width()
	}
	// Red, yellow and green of the dark theme can be read on most grounds; a
	// command that prints and leaves cannot ask the terminal for its own.
	look.theme = style.New(style.ModeDark, true)
	return look
}

// column is one column of the table.
type column struct {
	title string
	right bool
	least int // cells that it may be shrunk to; 0 never shrinks
}

const gap = 2 // cells between columns

func columns() []column {
	return []column{
		{title: "NAME", least: 24},
		{title: "KIND"},
		{title: "GROUP", least: 12},
		{title: "USES", right: true},
		{title: "LEFT", right: true},
		{title: "CERT", right: true},
		{title: "KEY"},
		{title: "STATE"},
	}
}

// dropped are the columns that a narrow terminal does without, first first.
func dropped() []string { return []string{"KEY", "CERT", "KIND", "GROUP", "LEFT", "USES"} }

// cells returns what a key shows in each column, safe for any terminal.
func cells(k client.Key, v view) []string {
	return []string{
		style.Sanitize(k.Name),
		style.Sanitize(string(k.Kind)),
		style.Sanitize(k.Group),
		fmt.Sprintf("%d/%d", k.Uses, k.MaxUses),
		fmt.Sprint(k.Left()),
		daysLeft(k.CertificateEnd, v.now),
		style.Sanitize(keyOf(k, v).plain),
		k.State(v.now, v.near).String(),
	}
}

// daysLeft returns whole days, "ended", or nothing when the end is unknown.
func daysLeft(end, now time.Time) string {
	switch {
	case end.IsZero():
		return ""
	case !now.Before(end):
		return "ended"
	}
	return fmt.Sprintf("%dd", int64(end.Sub(now)/(24*time.Hour)))
}

// table writes keys for people: aligned under a header, inside the width.
func table(keys []client.Key, v view, look tableLook) string {
	cols := columns()
	rows := make([][]string, 0, len(keys))
	for _, k := range keys {
		row := cells(k, v)
		if k.Managed() {
			row[len(row)-1] += ", managed"
		}
		rows = append(rows, row)
	}
	widths := columnWidths(cols, rows, look)
	var b strings.Builder
	header := make([]string, 0, len(cols))
	for _, c := range cols {
		header = append(header, c.title)
	}
	b.WriteString(look.render(look.theme.Header, line(cols, header, widths)) + "\n")
	for i, row := range rows {
		last := len(row) - 1
		// The state is the last column, so that its colour pads nothing.
		state := style.Truncate(row[last], widths[last]) // nothing at a width of 0
		row[last] = ""
		start := line(cols, row, widths)
		b.WriteString(start + look.render(stateStyle(look.theme, keys[i].State(v.now, v.near)), state) + "\n")
	}
	return b.String()
}

// line fits cells into their widths and joins them; a width of 0 leaves a
// column out. The last column is not padded, and the space before it stays.
func line(cols []column, row []string, widths []int) string {
	var b strings.Builder
	for i, w := range widths {
		if w == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(strings.Repeat(" ", gap))
		}
		switch {
		case i == len(widths)-1:
			b.WriteString(style.Truncate(row[i], w))
		case cols[i].right:
			b.WriteString(style.FitRight(row[i], w))
		default:
			b.WriteString(style.Fit(row[i], w))
		}
	}
	return b.String()
}

// columnWidths gives every column what it needs. Where that is more than the
// terminal has, names and groups shrink to their least, then columns go until
// the rest fits, and what is spare then goes back to names and groups.
func columnWidths(cols []column, rows [][]string, look tableLook) []int {
	need := make([]int, len(cols))
	for i, c := range cols {
		need[i] = style.Width(c.title)
		for _, row := range rows {
			need[i] = max(need[i], style.Width(row[i]))
		}
	}
	// A key text that was asked for is worth nothing once it is cut.
	if look.width <= 0 || look.secrets {
		return need
	}
	widths := slices.Clone(need)
	for i, c := range cols {
		if c.least > 0 {
			widths[i] = min(need[i], c.least)
		}
	}
	over := func() int { return total(widths) - look.width }
	for _, title := range dropped() {
		for i := range cols {
			if over() > 0 && cols[i].title == title {
				widths[i] = 0
			}
		}
	}
	name, state := 0, len(cols)-1
	for _, i := range []int{name, state} {
		widths[i] -= max(0, min(over(), widths[i]-1))
	}
	if over() > 0 {
		widths[state] = 0
	}
	for i, c := range cols {
		if c.least > 0 && widths[i] > 0 {
			widths[i] += max(0, min(-over(), need[i]-widths[i]))
		}
	}
	return widths
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
// has a dash.
func block(r record, state client.State, look tableLook) string {
	widest := 0
	for _, f := range r {
		widest = max(widest, len(f.name))
	}
	var b strings.Builder
	for _, f := range r {
		value := style.Sanitize(f.plain)
		switch {
		case value == "":
			value = "-"
		case f.name == "state":
			value = look.render(stateStyle(look.theme, state), value)
		}
		b.WriteString(style.Fit(f.name+":", widest+1) + " " + value + "\n")
	}
	return b.String()
}
