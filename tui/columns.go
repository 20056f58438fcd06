package tui

import (
	"strconv"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/tui/style"
	"provkeys/tui/table"
)

// columnsOf returns the columns of the keys table for a screen of that width.
// Where it narrows, what is asked for least leaves first, then what the state also
// tells.
func columnsOf(shown catalog.Layout, width int) []table.Column {
	cols := make([]table.Column, 0, len(shown))
	for _, s := range shown {
		c := columnOf(s.Column, width)
		if s.Width > 0 {
			c.Min, c.Max, c.Weight = s.Width, s.Width, 0
		}
		cols = append(cols, c)
	}
	return cols
}

func columnOf(c catalog.Column, width int) table.Column {
	name, state, group := 20, 19, 14
	if width < 60 {
		name, state, group = 12, 14, 10
	}
	switch c {
	case catalog.ByName:
		return table.Column{Title: "NAME", Min: name, Max: 48, Weight: 3}
	case catalog.ByGroup:
		return table.Column{Title: "GROUP", Min: group, Max: 28, Weight: 2, Priority: 1}
	case catalog.ByUses:
		return table.Column{Title: "USES", Min: usesWidth(width)}
	case catalog.ByLeft:
		return table.Column{Title: "LEFT", Min: 5, Priority: 2, Right: true}
	case catalog.ByMax:
		return table.Column{Title: "MAX", Min: 5, Priority: 3, Right: true}
	case catalog.ByCertificate:
		return table.Column{Title: "CERT", Min: 5, Priority: 5, Right: true}
	case catalog.ByKey:
		return table.Column{Title: "KEY", Min: 10, Max: 13, Weight: 1, Priority: 4}
	case catalog.ByState:
		return table.Column{Title: "STATE", Min: state, Max: 29, Weight: 1}
	case catalog.ByKind:
		return table.Column{Title: "KIND", Min: 17, Priority: 6}
	case catalog.ByExpires:
		return table.Column{Title: "EXPIRES", Min: 10, Priority: 7}
	case catalog.ByModified:
		return table.Column{Title: "MODIFIED", Min: 16, Priority: 8}
	case catalog.ByCreated:
		return table.Column{Title: "CREATED", Min: 16, Priority: 9}
	case catalog.ByModifier:
		return table.Column{Title: "BY", Min: 8, Max: 20, Weight: 1, Priority: 10}
	case catalog.ByMicrotenant:
		return table.Column{Title: "MICROTENANT", Min: 11, Max: 24, Weight: 1, Priority: 11}
	case catalog.ByAddresses:
		return table.Column{Title: "ADDRESSES", Min: 12, Max: 40, Weight: 1, Priority: 12}
	}
	return table.Column{Title: "ID", Min: 6, Max: 20, Weight: 1, Priority: 13}
}

// cells returns a key's row, one cell a column.
func cells(k client.Key, l look) []table.Cell {
	row := make([]table.Cell, 0, len(l.layout))
	for _, s := range l.layout {
		row = append(row, cell(s.Column, k, l))
	}
	return row
}

// cell returns what stands in a key's row under a column.
func cell(c catalog.Column, k client.Key, l look) table.Cell {
	plain := func(text string) table.Cell { return table.Cell{Text: style.Sanitize(text), Style: l.theme.Text} }
	switch c {
	case catalog.ByName:
		return plain(k.Name)
	case catalog.ByGroup:
		return plain(k.Group)
	case catalog.ByUses:
		return table.Cell{Text: uses(k, l), Style: l.stateStyle(k.State(l.now, l.near))}
	case catalog.ByLeft:
		return plain(short(k.Left()))
	case catalog.ByMax:
		return plain(short(k.MaxUses))
	case catalog.ByCertificate:
		return table.Cell{Text: certificateDays(k, l.now), Style: l.certificateStyle(k.CertificateEnd)}
	case catalog.ByKey:
		state := k.State(l.now, l.near)
		return table.Cell{Text: keyCell(k, state, l), Style: l.stateStyle(state)}
	case catalog.ByState:
		return stateCell(k, l)
	case catalog.ByKind:
		return table.Cell{Text: k.Kind.Title(), Style: l.theme.Faint}
	case catalog.ByExpires:
		return plain(dayOf(k.Expires, l.now))
	case catalog.ByModified:
		return plain(momentOf(k.Modified, l.now))
	case catalog.ByCreated:
		return plain(momentOf(k.Created, l.now))
	case catalog.ByModifier:
		return plain(strings.TrimPrefix(who(k.ModifiedBy), " by "))
	case catalog.ByMicrotenant:
		return plain(k.Microtenant)
	case catalog.ByAddresses:
		return plain(strings.Join(k.AllowedAddresses, " "))
	}
	return plain(string(k.ID))
}

func stateCell(k client.Key, l look) table.Cell {
	state := k.State(l.now, l.near)
	words := state.String()
	if k.Managed() {
		words += " " + l.theme.Glyphs.Separator + " managed"
	}
	return table.Cell{Text: words, Style: l.stateStyle(state)}
}

// dayOf returns the day of a time, "" for none.
func dayOf(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(now.Location()).Format(datePlain)
}

// momentOf returns a time to the minute, "" for none.
func momentOf(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	return moment(t, now)
}

// short writes a number in at most five cells.
func short(n int64) string {
	switch {
	case n >= 100_000_000:
		return strconv.FormatInt(n/1_000_000, 10) + "M"
	case n >= 100_000:
		return strconv.FormatInt(n/1000, 10) + "k"
	}
	return strconv.FormatInt(n, 10)
}
