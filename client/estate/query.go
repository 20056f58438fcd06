package estate

import (
	"provkeys/client"
	"provkeys/client/internal/filter"
	"provkeys/client/internal/order"
)

// Filter is a parsed filter text for one page. The zero value lets every row
// through.
type Filter[R Row] struct{ terms []filter.Term }

// ParseFilter reads a filter text in the language of keys, whose columns are the
// page's own; the empty text gives the zero Filter. Bare words are looked for in a
// group's name and id, in the name, group, key and id of a connector, and in a
// certificate's name, common name and id. The error is a *catalog.FilterError.
func ParseFilter[R Row](text string) (Filter[R], error) {
	terms, err := of(new(R)).language().Parse(text)
	return Filter[R]{terms}, err
}

// Match reports whether the filter lets the row through.
func (f Filter[R]) Match(r R) bool { return f.matches(of(&r)) }

func (f *Filter[R]) matches(r row) bool {
	for i := range f.terms {
		if t := &f.terms[i]; r.holds(t) == t.Excludes {
			return false
		}
	}
	return true
}

// String returns a text that parses to the same filter; "" for the zero value.
func (f Filter[R]) String() string {
	return of(new(R)).language().Print(f.terms)
}

// Query says which rows to select and in which order. The zero value selects every
// row, by name.
type Query[R Row] struct {
	Kind    client.Kind // "" for all; certificates are of no kind
	Filter  Filter[R]
	Sort    Column // one of the page's Columns
	Reverse bool   // turns the column round, but not the ties within it
}

// Select returns the rows that the query asks for, in its order, out of rows as
// Groups, Connectors and Certificates return them. Rows equal in the column go by
// name, kind and id; those without a value there come last, whichever way round.
func Select[R Row](rows []R, q Query[R]) []R {
	found := make([]*R, 0, len(rows))
	for i := range rows {
		r := of(&rows[i])
		if (q.Kind == "" || r.Ref().Kind == q.Kind) && q.Filter.matches(r) {
			found = append(found, &rows[i])
		}
	}
	switch {
	case q.Sort == ByName && !q.Reverse:
	case q.Sort.isText():
		found = order.By(found, q.Reverse, func(r *R) (string, bool) {
			text := of(r).text(q.Sort)
			return natural(text), text != "" || q.Sort == ByName
		})
	default:
		found = order.By(found, q.Reverse, func(r *R) (int64, bool) { return of(r).number(q.Sort) })
	}
	selected := make([]R, 0, len(found))
	for _, r := range found {
		selected = append(selected, *r)
	}
	return selected
}

// among looks for the term's text in any of the texts.
func among(t *filter.Term, texts ...string) bool {
	for _, text := range texts {
		if t.Within(filter.Fold(text)) {
			return true
		}
	}
	return false
}
