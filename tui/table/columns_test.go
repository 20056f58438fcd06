package table

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWidthsShareTheRoom(t *testing.T) {
	t.Parallel()
	cols := []Column{
		{Title: "NAME", Min: 8, Max: 20, Weight: 3},
		{Title: "GROUP", Min: 6, Weight: 1, Priority: 2},
		{Title: "LEFT", Min: 4, Priority: 1},
	}
	cases := []struct {
		name    string
		content []int
		total   int
		want    []int
	}{
		{"unmeasured: weights share, up to the limit", nil, 40, []int{20, 12, 4}},
		{"unmeasured: by weight", nil, 30, []int{14, 8, 4}},
		{"measured: no wider than the content", []int{12, 7, 2}, 60, []int{12, 7, 4}},
		{"measured: the title counts", []int{2, 2, 2}, 60, []int{8, 6, 4}},
		{"just fits", nil, 22, []int{8, 6, 4}},
		{"the highest number leaves first", nil, 21, []int{15, 0, 4}},
		{"then the next", nil, 13, []int{13, 0, 0}},
		{"the last one shrinks", nil, 5, []int{5, 0, 0}},
		{"one cell", nil, 1, []int{1, 0, 0}},
		{"no cells", nil, 0, []int{0, 0, 0}},
		{"fewer than none", nil, -7, []int{0, 0, 0}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, Widths(cols, tc.content, tc.total, 2)); diff != "" {
				t.Errorf("Widths(%d) (-want +got):\n%s", tc.total, diff)
			}
		})
	}
}

func TestColumnsThatNeverLeaveShrinkFromTheRight(t *testing.T) {
	t.Parallel()
	cols := []Column{{Min: 6}, {Min: 6}, {Min: 6}}
	for total, want := range map[int][]int{
		22: {6, 6, 6}, 20: {6, 6, 4}, 15: {6, 4, 1}, 9: {3, 1, 1}, 7: {1, 1, 1}, 6: {1, 1, 0}, 4: {1, 1, 0}, 3: {1, 0, 0},
	} {
		if diff := cmp.Diff(want, Widths(cols, nil, total, 2)); diff != "" {
			t.Errorf("Widths(%d) (-want +got):\n%s", total, diff)
		}
	}
}

func TestWidthsNeverExceedTheTotal(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		cols := make([]Column, rng.IntN(9))
		content := make([]int, rng.IntN(10))
		for i := range cols {
			cols[i] = Column{Min: rng.IntN(40) - 2, Max: rng.IntN(50) - 2, Weight: rng.IntN(5) - 1, Priority: rng.IntN(4)}
		}
		for i := range content {
			content[i] = rng.IntN(60) - 1
		}
		total, gap := rng.IntN(220)-10, rng.IntN(4)
		widths := Widths(cols, content, total, gap)
		if problem := widthsProblem(cols, widths, total, gap); problem != "" {
			t.Fatalf("Widths(%+v, %v, %d, %d) = %v: %s", cols, content, total, gap, widths, problem)
		}
	}
}

// widthsProblem returns which promise of Widths is broken, "" for none.
func widthsProblem(cols []Column, widths []int, total, gap int) string {
	if len(widths) != len(cols) {
		return "not one width a column"
	}
	sum, shown, minSum := -gap, 0, 0
	leaving, staying := 1<<30, 0 // the lowest priority dropped, the highest kept
	for i, w := range widths {
		switch {
		case w < 0:
			return "a negative width"
		case w > 0:
			sum += w + gap
			shown++
			staying = max(staying, cols[i].Priority)
			minSum += max(cols[i].Min, 1)
		case cols[i].Priority > 0:
			leaving = min(leaving, cols[i].Priority)
		case total >= len(cols)*(1+gap):
			return "a column that never leaves is gone though there was a cell for each"
		}
		if cols[i].Max > 0 && w > max(cols[i].Max, cols[i].Min, 1) {
			return "a column is wider than its limit"
		}
	}
	switch {
	case shown > 0 && sum > total:
		return "wider than the total"
	case leaving < staying:
		return "a column left before one with a higher priority number"
	case shown > 0 && minSum+gap*(shown-1) > total && staying > 0:
		return "columns shrank while one could have left"
	}
	return ""
}

func BenchmarkWidths(b *testing.B) {
	_, cols, content := manyKeys(0)
	b.ReportAllocs()
	for b.Loop() {
		_ = Widths(cols, content, 197, Gap)
	}
}
