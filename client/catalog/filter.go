package catalog

import (
	"provkeys/client"
	"provkeys/client/internal/filter"
)

// Filter is a parsed filter text. The zero value matches every key.
type Filter struct{ terms []filter.Term }

// FilterError says what is wrong with a filter text, or what is missing from
// an unfinished one: where it begins, in bytes from 0, and a sentence without a
// full stop that also says what would be right.
type FilterError = filter.Fault

// ParseFilter reads a filter text; the empty text gives the zero Filter. The
// error is a *FilterError.
//
//	filter   = { term }                        all have to hold
//	term     = ["!"] ( word | column operator value )
//	word     = any characters but spaces | '"' any characters '"'
//	operator = ":" | "=" | "<" | "<=" | ">" | ">="
//
// Between quotation marks, two of them stand for one.
func ParseFilter(text string) (Filter, error) {
	terms, err := language().Parse(text)
	return Filter{terms}, err
}

// Match reports whether the filter lets the key through, wherever it comes
// from. Of the query it takes Now, Near and Marked alone.
func (f Filter) Match(k client.Key, q Query) bool {
	return f.matches(newRow(k), &q)
}

func (f Filter) matches(r *row, q *Query) bool {
	for i := range f.terms {
		if t := &f.terms[i]; holds(t, r, q) == t.Excludes {
			return false
		}
	}
	return true
}

// String returns a text that parses to the same filter; "" for the zero value.
func (f Filter) String() string { return language().Print(f.terms) }

// AsksForMarks reports whether the filter depends on which keys are marked.
func (f Filter) AsksForMarks() bool {
	for _, t := range f.terms {
		if field(t.Column) == flagField && flag(t.Choice) == isMarked {
			return true
		}
	}
	return false
}
