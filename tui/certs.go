package tui

import (
	"fmt"
	"strconv"

	"provkeys/client"
	"provkeys/client/estate"
	"provkeys/tui/style"
	"provkeys/tui/table"
)

// certificateColumns are the columns of the page of signing certificates.
func certificateColumns(width int) []table.Column {
	name := 20
	if width < 60 {
		name = 14
	}
	return []table.Column{
		{Title: "NAME", Min: name, Max: 40, Weight: 3},
		{Title: "LEFT", Min: 6, Right: true},
		{Title: "KEYS", Min: 4, Right: true},
		{Title: "STATE", Min: 13},
		{Title: "VALID UNTIL", Min: 11, Priority: 1},
		{Title: "ISSUER", Min: 12, Max: 32, Weight: 2, Priority: 2},
		{Title: "SERIAL", Min: 10, Max: 24, Weight: 1, Priority: 3},
	}
}

func (m *Model) certificateRows() table.Source {
	return otherRows[estate.Certificate]{
		screen: &m.certs, look: m.look(), cells: m.certificateCells, details: m.certificateDetails,
		dim: func(client.Kind) bool { return m.loads.certsErr != nil && !m.loads.certs.IsZero() },
	}
}

// certificateCells returns a certificate's row, one cell a column.
func (m *Model) certificateCells(c estate.Certificate, l look) []table.Cell {
	plain := func(text string) table.Cell { return table.Cell{Text: style.Sanitize(text), Style: l.theme.Text} }
	return []table.Cell{
		plain(c.Name),
		{Text: daysLeft(c), Style: l.certificateStyle(c.ValidTo)},
		plain(countOf(len(c.Keys), c.KeysKnown)),
		{Text: c.Validity.String(), Style: validityStyle(c.Validity, l.theme)},
		plain(dayOf(c.ValidTo, l.now)), plain(c.IssuedBy), plain(c.Serial),
	}
}

// daysLeft returns the days left of a certificate, "ended" after its end and nothing
// while it is unknown.
func daysLeft(c estate.Certificate) string {
	days, known := c.Days()
	switch {
	case !known:
		return ""
	case c.Validity == estate.Ended:
		return "ended"
	}
	return strconv.Itoa(days) + "d"
}

func validityStyle(v estate.Validity, th style.Theme) style.Style {
	switch v {
	case estate.Valid:
		return th.StateOK
	case estate.Ended, estate.NotYetValid:
		return th.StateBad
	case estate.EndsSoon:
		return th.StateWarn
	}
	return th.StateOff
}

// certificateDetails returns the lines of an open certificate. It is shown here and
// not changed: which one signs a key is a field of the key.
func (m *Model) certificateDetails(c estate.Certificate, l look) []detail {
	var lines []detail
	add := func(label, text string) {
		if text != "" {
			lines = append(lines, detail{label, style.Sanitize(text)})
		}
	}
	add("validity", validityWords(c, l))
	if !c.AllowSigning {
		add("signs", "no: it may not sign what keys enrol")
	}
	add("common name", c.CommonName)
	add("issued to", c.IssuedTo)
	add("issued by", c.IssuedBy)
	add("serial", c.Serial)
	lines = append(lines, m.keyLines("signs for", c.Keys, l)...)
	if c.Derived {
		add("from keys", "no list has it: keys name it")
	}
	id := "id " + string(c.ID)
	if c.ZscalerManaged || c.ReadOnly {
		id += " " + l.theme.Glyphs.Separator + " managed"
	}
	add("certificate", id)
	return lines
}

func validityWords(c estate.Certificate, l look) string {
	days, known := c.Days()
	switch {
	case !known:
		return "its end is not known"
	case c.Validity == estate.Ended:
		return fmt.Sprintf("ended %s: what its keys enrol would be refused", dayOf(c.ValidTo, l.now))
	case c.Validity == estate.NotYetValid:
		return fmt.Sprintf("not valid before %s", momentOf(c.ValidFrom, l.now))
	case c.ValidFrom.IsZero():
		return fmt.Sprintf("until %s (%d days)", dayOf(c.ValidTo, l.now), days)
	}
	return fmt.Sprintf("%s to %s (%d days)", dayOf(c.ValidFrom, l.now), dayOf(c.ValidTo, l.now), days)
}
