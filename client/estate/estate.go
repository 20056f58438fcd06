// Package estate knows what keys belong to: the groups that newcomers join, the
// connectors that enrolled, the certificates that sign. It joins them to the keys
// and selects rows by a filter in a chosen order, as the pages beside the keys and
// the commands of the same names show them.
//
// It is pure. It never does I/O, reads no clock and knows no screen, and it never
// looks into a key's text. Rows are as of the moment of their Source: what has
// become of them since, new rows say.
package estate

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/client/internal/filter"
	"provkeys/client/internal/order"
)

// Source is what rows are made of. A list that is not at hand is nil, and what the
// others say of it is shown in its place.
type Source struct {
	Groups       []client.Group
	Keys         []client.Key // with the certificates' ends joined in
	Connectors   []client.Connector
	Certificates []client.Certificate
	// KeysUnknown and ConnectorsUnknown are the kinds whose list is not at hand, or
	// not whole: nothing is said to be gone from it, and nothing in it is counted
	// for certain. Kinds that have no list of connectors need not be named.
	KeysUnknown       map[client.Kind]bool
	ConnectorsUnknown map[client.Kind]bool
	Now               time.Time
	Near              client.Threshold
}

// Row is what a page shows.
type Row interface {
	Group | Connector | Certificate
}

// row is what selecting has to know of a Row.
type row interface {
	Ref() client.Ref
	title() string
	language() filter.Language
	holds(*filter.Term) bool
	columns() []Column
	text(Column) string
	number(Column) (n int64, known bool)
}

// of returns the row behind a pointer: rows are too large to be handed about.
func of[R Row](r *R) row { return any(r).(row) }

// RefOf returns what names a row for good, within its page. A certificate's has no
// kind.
func RefOf[R Row](r *R) client.Ref { return of(r).Ref() }

// keysByName returns the keys in natural order of their names, others as they come.
func (s *Source) keysByName() []*client.Key {
	keys := make([]*client.Key, len(s.Keys))
	for i := range s.Keys {
		keys[i] = &s.Keys[i]
	}
	return order.By(keys, false, func(k *client.Key) (string, bool) { return natural(k.Name), true })
}

// arranged returns rows by name, kind and id, so that their order never depends on
// how lists came.
func arranged[R Row](rows []*R) []R {
	type place struct {
		name string
		kind int
		id   client.ID
		at   int
	}
	places := make([]place, 0, len(rows))
	for i, r := range rows {
		ref := of(r).Ref()
		places = append(places, place{natural(of(r).title()), slices.Index(client.Kinds(), ref.Kind), ref.ID, i})
	}
	slices.SortFunc(places, func(a, b place) int {
		if c := cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.kind, b.kind)); c != 0 {
			return c
		}
		return cmp.Or(strings.Compare(natural(string(a.id)), natural(string(b.id))), strings.Compare(string(a.id), string(b.id)))
	})
	list := make([]R, 0, len(rows))
	for _, p := range places {
		list = append(list, *rows[p.at])
	}
	return list
}

func natural(text string) string { return order.Natural(filter.Fold(text)) }
