package main

import (
	"slices"
	"strings"

	"provkeys/client"
	"provkeys/tui/style"
)

// sheet is what is known of the rows of one resource, and how it is written: every
// format, --columns, --field and the help read it from here.
type sheet[R any] struct {
	noun    string              // one row in words
	columns []column[R]         // in the order of JSON, which is a promise
	usual   []string            // the fields that a table and TSV have by themselves
	name    func(*R) string     // what a NAME means, beside the id
	ref     func(*R) client.Ref // of no kind where a name says enough
}

// column is one thing that is known of a row.
type column[R any] struct {
	frame
	name   string // in JSON, YAML, CSV and --field: a promise
	word   string // the console's, by which views show it and rows are sorted; "" where it has none
	secret bool   // it may hold a key text
	value  func(*R, view) scalar
	cell   func(*R, view) string            // in TSV and tables; nil for the value's text
	shown  func(*R, view, style.Theme) cell // in tables alone; nil for that cell
}

// frame is how a column stands in a table.
type frame struct {
	head  string
	right bool
	least int // cells that it may be shrunk to; 0 never shrinks
	leave int // a narrow terminal does without the largest first; 0 stays
	width int // cells that somebody gave it; 0 is as wide as it needs
}

// cell is what stands in a table.
type cell struct {
	text  string
	style style.Style
}

// choice is the columns that a command line asks for. The zero value is what each
// format has by itself.
type choice struct {
	columns []chosen
	asked   bool // by --columns, which is for every format; a view's are for people
}

// chosen is one of them.
type chosen struct {
	field string
	width int // cells in a table; 0 is as wide as it needs
}

// find returns the column that somebody means: by its field, by the console's word or
// by its head in the table. Where two are called the same it is the field.
func (s sheet[R]) find(word string) (column[R], bool) {
	word = strings.ToLower(word)
	for _, called := range []func(column[R]) string{
		func(c column[R]) string { return c.name },
		func(c column[R]) string { return c.word },
		func(c column[R]) string { return strings.ToLower(c.head) },
	} {
		if i := slices.IndexFunc(s.columns, func(c column[R]) bool { return called(c) == word }); i >= 0 {
			return s.columns[i], true
		}
	}
	return column[R]{}, false
}

// sortWord returns the console's word for what rows are to be sorted by: the word
// itself, or that of a column which is called so. Where rows cannot be sorted by it,
// that is said of the word as it was given.
func (s sheet[R]) sortWord(word string) string {
	if slices.ContainsFunc(s.columns, func(c column[R]) bool { return c.word == word }) {
		return word
	}
	if c, known := s.find(word); known && c.word != "" {
		return c.word
	}
	return word
}

// in returns the columns that a format has, in their order.
func (s sheet[R]) in(f format, c choice) []column[R] {
	table := f == formatTable || f == formatTSV
	chosenHere := c.columns
	switch {
	case len(chosenHere) > 0 && (c.asked || table):
	case table:
		for _, name := range s.usual {
			chosenHere = append(chosenHere, chosen{field: name})
		}
	default:
		return s.columns
	}
	cols := make([]column[R], 0, len(chosenHere))
	for _, of := range chosenHere {
		col, _ := s.find(of.field)
		col.width = of.width
		cols = append(cols, col)
	}
	return cols
}

// title returns what -o name writes of a row: kind/name. A name that could not be
// written as it is, and so not be given back, makes way for the id.
func (s sheet[R]) title(row *R) string {
	ref, name := s.ref(row), s.name(row)
	if name == "" || style.Sanitize(name) != name {
		name = string(ref.ID)
	}
	if ref.Kind != "" {
		return string(ref.Kind) + "/" + name
	}
	return name
}

// fields returns the names of all columns, in their order.
func (s sheet[R]) fields() []string { return namesOf(s.columns) }

// namesOf returns the names of columns, in their order.
func namesOf[R any](cols []column[R]) []string {
	names := make([]string, 0, len(cols))
	for _, c := range cols {
		names = append(names, c.name)
	}
	return names
}

// hasSecret reports whether key texts are among the columns.
func hasSecret[R any](cols []column[R]) bool {
	return slices.ContainsFunc(cols, func(c column[R]) bool { return c.secret })
}

// recordOf returns a row as a program reads it.
func recordOf[R any](cols []column[R], row *R, v view) record {
	r := make(record, 0, len(cols))
	for _, c := range cols {
		r = append(r, field{c.name, c.value(row, v)})
	}
	return r
}

// plain returns what TSV has of a row, safe for any terminal.
func (c *column[R]) plain(row *R, v view) string {
	if c.cell != nil {
		return style.Sanitize(c.cell(row, v))
	}
	return style.Sanitize(c.value(row, v).words())
}

// inTable returns what a table has of a row, safe for any terminal.
func (c *column[R]) inTable(row *R, v view, th style.Theme) cell {
	if c.shown == nil {
		return cell{text: c.plain(row, v)}
	}
	is := c.shown(row, v, th)
	is.text = style.Sanitize(is.text)
	return is
}

// stylesOf returns how a table shows each column of a row.
func stylesOf[R any](cols []column[R], row *R, v view, th style.Theme) []style.Style {
	styles := make([]style.Style, 0, len(cols))
	for i := range cols {
		styles = append(styles, cols[i].inTable(row, v, th).style)
	}
	return styles
}
