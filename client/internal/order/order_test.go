package order_test

import (
	"slices"
	"testing"

	"provkeys/client/internal/order"
)

func TestEqualRowsKeepTheirOrderEitherWay(t *testing.T) {
	rows := make([]int, 200)
	for i := range rows {
		rows[i] = i
	}
	half := func(i int) (string, bool) { return []string{"a", "b"}[i%2], i%50 != 0 }
	var a, b, blank []int
	for _, i := range rows {
		switch text, known := half(i); {
		case !known:
			blank = append(blank, i)
		case text == "a":
			a = append(a, i)
		default:
			b = append(b, i)
		}
	}
	if got, want := order.By(rows, false, half), slices.Concat(a, b, blank); !slices.Equal(got, want) {
		t.Errorf("%v\nwant %v", got, want)
	}
	if got, want := order.By(rows, true, half), slices.Concat(b, a, blank); !slices.Equal(got, want) {
		t.Errorf("reversed %v\nwant %v", got, want)
	}
}
