// Package rows reads a list of rows, each of named values, from a CSV or a YAML
// file.
//
// It knows the two formats and where in the file a value stands. It must never
// know what the rows are about.
package rows

import (
	"fmt"
	"slices"
)

// Fields are the names that a row may have. Of those in Lists a value may be a
// list.
type Fields struct {
	Names []string
	Lists []string
}

// Row is one row. A name that is not in Values was left out.
type Row struct {
	Line   int // where it begins, from 1
	Values map[string]Value
}

// Value is one value as it is written.
type Value struct {
	Line  int
	Texts []string // one, but of a list
}

// Text returns a single value, "" where it was left out.
func (r Row) Text(name string) string {
	if v := r.Values[name]; len(v.Texts) == 1 {
		return v.Texts[0]
	}
	return ""
}

// LineOf returns where a value stands, or the row where it was left out.
func (r Row) LineOf(name string) int {
	if v, given := r.Values[name]; given {
		return v.Line
	}
	return r.Line
}

// Error is what is wrong in a line of a file.
type Error struct {
	Line int // 0 when unknown
	What string
}

// Error returns line and fault.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.What
	}
	return fmt.Sprintf("line %d: %s", e.Line, e.What)
}

func (f Fields) unknown(line int, what, name string) error {
	if slices.Contains(f.Names, name) {
		return nil
	}
	return &Error{line, fmt.Sprintf("there is no %s %q", what, name)}
}
