package catalog

import (
	"strings"

	"provkeys/client"
)

// Filter is a parsed filter text. The zero value matches every key.
type Filter struct{ terms []term }

// FilterError says what is wrong with a filter text, or what is missing from
// an unfinished one.
type FilterError struct {
	Position int    // where the fault begins, in bytes from 0
	Reason   string // a sentence without a full stop that also says what would be right
}

// Error returns the reason.
func (e *FilterError) Error() string { return e.Reason }

// Match reports whether the filter lets the key through, wherever it comes
// from. Of the query it takes Now, Near and Marked alone.
func (f Filter) Match(k client.Key, q Query) bool {
	return f.matches(newRow(k), &q)
}

func (f Filter) matches(r *row, q *Query) bool {
	for i := range f.terms {
		if t := &f.terms[i]; t.holds(r, q) == t.excludes {
			return false
		}
	}
	return true
}

// String returns a text that parses to the same filter; "" for the zero value.
func (f Filter) String() string {
	words := make([]string, len(f.terms))
	for i, t := range f.terms {
		words[i] = t.String()
	}
	return strings.Join(words, " ")
}

// AsksForMarks reports whether the filter depends on which keys are marked.
func (f Filter) AsksForMarks() bool {
	for i := range f.terms {
		if f.terms[i].field == flagField && f.terms[i].flag == isMarked {
			return true
		}
	}
	return false
}
