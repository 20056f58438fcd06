// Package order puts rows into an order: texts as people count, and rows by one
// value each. It is pure and knows no row.
package order

import (
	"cmp"
	"slices"
)

// By returns rows in the order of one value each, rows without one last, whichever
// way round; equal ones keep the order in which they came.
func By[R any, V cmp.Ordered](rows []R, reverse bool, value func(R) (V, bool)) []R {
	type item struct {
		value V
		at    int
	}
	items := make([]item, 0, len(rows))
	var blank []R
	for i, r := range rows {
		if v, ok := value(r); ok {
			items = append(items, item{v, i})
		} else {
			blank = append(blank, r)
		}
	}
	slices.SortFunc(items, func(a, b item) int {
		c := cmp.Compare(a.value, b.value)
		if c == 0 {
			return a.at - b.at
		}
		if reverse {
			return -c
		}
		return c
	})
	sorted := make([]R, 0, len(rows))
	for _, it := range items {
		sorted = append(sorted, rows[it.at])
	}
	return append(sorted, blank...)
}
