package table

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"provkeys/tui/style"
)

func TestWholeTableReadsAsColumns(t *testing.T) {
	t.Parallel()
	src := &rows{n: 3, details: only(1, 2)}
	m := sized(60, 8)
	m.MoveTo(1, src)

	var got []string
	for _, line := range m.View(src, columns(), []int{4, 10, 1, 2}, style.New(style.ModeDark, true)) {
		got = append(got, ansi.Strip(line))
	}

	want := []string{
		"   NAME    GROUP       LEFT  STATE",
		"   row0    group row0     0  ok",
		"▸▾ row1    group row1     1  ok",
		"     d1.0 row1",
		"     d1.1 row1",
		"   row2    group row2     2  ok",
		"",
		"",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("view (-want +got):\n%s", diff)
	}
}

func TestOpeningARowAtTheBottomShowsItsDetails(t *testing.T) {
	t.Parallel()
	src := &rows{n: 9}
	m := sized(20, 6)
	m.MoveTo(4, src)
	assertScreen(t, m, src, "   row0", "   row1", "   row2", "   row3", "▸  row4")

	src.details = only(4, 2)
	m.Clamp(src)

	assertScreen(t, m, src, "   row2", "   row3", "▸▾ row4", "     d4.0 row4", "     d4.1 row4")
}

func TestViewIsRightEvenWithoutClamp(t *testing.T) {
	t.Parallel()
	src := &rows{n: 9}
	m := sized(20, 6)
	m.MoveTo(8, src)

	src.n = 3

	assertScreen(t, m, src, "   row0", "   row1", "▸  row2", "", "")
	m.Move(-1, src)
	assertScreen(t, m, src, "   row0", "▸  row1", "   row2", "", "")
}

func TestTallRowKeepsItsOwnLineAndScrollsItsDetails(t *testing.T) {
	t.Parallel()
	src := &rows{n: 3, details: only(1, 5)}
	m := sized(20, 5)
	m.MoveTo(1, src)
	assertScreen(t, m, src, "▸▾ row1", "     d1.0 row1", "     d1.1 row1", "     d1.2 row1")

	m.Move(1, src)
	assertScreen(t, m, src, "▸▾ row1", "     d1.1 row1", "     d1.2 row1", "     d1.3 row1")
	m.PageDown(src)
	assertScreen(t, m, src, "▸▾ row1", "     d1.2 row1", "     d1.3 row1", "     d1.4 row1")
	m.Move(1, src)
	assertScreen(t, m, src, "     d1.2 row1", "     d1.3 row1", "     d1.4 row1", "▸  row2")

	m.Move(-1, src)
	if m.Cursor() != 1 || screen(m, src)[0] != "▸▾ row1" {
		t.Errorf("moving back shows %q", screen(m, src))
	}
	for range 4 {
		m.Move(-1, src)
	}
	assertScreen(t, m, src, "▸  row0", " ▾ row1", "     d1.0 row1", "     d1.1 row1")
}

func TestTallRowOpenedUnderTheCursorScrollsAtOnce(t *testing.T) {
	t.Parallel()
	src := &rows{n: 9}
	m := sized(20, 5)
	m.MoveTo(3, src)
	src.details = only(3, 9)

	m.Move(1, src)

	assertScreen(t, m, src, "▸▾ row3", "     d3.1 row3", "     d3.2 row3", "     d3.3 row3")
}

func TestWindowCountsRowsWhoseNameShows(t *testing.T) {
	t.Parallel()
	src := &rows{n: 12, details: only(0, 2)}
	m := sized(20, 6)
	if first, last := m.Window(src); first != 1 || last != 3 {
		t.Errorf("rows %d–%d, want 1–3", first, last)
	}
	m.MoveTo(3, src)
	if first, last := m.Window(src); first != 2 || last != 4 {
		t.Errorf("rows %d–%d, want 2–4", first, last)
	}
	src.n = 0
	if first, last := m.Window(src); first != 0 || last != 0 {
		t.Errorf("rows %d–%d of none, want 0–0", first, last)
	}
}

func TestClickFindsTheRowItHits(t *testing.T) {
	t.Parallel()
	src := &rows{n: 3, details: only(1, 1)}
	m := sized(20, 8)
	want := [][2]int{{-1, 0}, {0, 0}, {1, 0}, {1, 1}, {2, 0}, {-1, 0}, {-1, 0}, {-1, 0}}
	for y, at := range want {
		row, line, ok := m.RowAt(y, src)
		if ok != (at[0] >= 0) || ok && [2]int{row, line} != at {
			t.Errorf("line %d is line %d of row %d (%v), want %v", y, line, row, ok, at)
		}
	}
	if _, _, ok := m.RowAt(-1, src); ok {
		t.Error("a line above the table is a row")
	}
}

func TestClickFindsTheColumnItHits(t *testing.T) {
	t.Parallel()
	cols := []Column{{Title: "A", Min: 4}, {Title: "B", Min: 40, Priority: 1}, {Title: "C", Min: 2}}
	m := sized(20, 8) // too narrow for B
	want := map[int]int{-1: -1, 0: -1, 2: -1, 3: 0, 6: 0, 8: 0, 9: 2, 10: 2, 12: 2, 13: -1, 99: -1}
	for x, column := range want {
		got, ok := m.ColumnAt(x, cols, nil)
		if ok != (column >= 0) || ok && got != column {
			t.Errorf("cell %d is column %d (%v), want %d", x, got, ok, column)
		}
	}
}

func TestEmptyTableShowsItsHeadAlone(t *testing.T) {
	t.Parallel()
	src := &rows{}
	m := sized(20, 3)
	for _, press := range []func(Source){m.PageDown, m.PageUp, m.HalfDown, m.HalfUp, m.Home, m.End, m.Clamp} {
		press(src)
		m.Move(1, src)
		m.Move(-1, src)
	}
	got := m.View(src, columns()[:1], nil, style.New(style.ModeMono, true))
	if len(got) != 3 || !strings.Contains(got[0], "NAME") || got[1] != "" || got[2] != "" {
		t.Errorf("view = %q", got)
	}
	if src.rendered+src.heights != 0 || m.Cursor() != 0 {
		t.Errorf("an empty source was asked for rows; cursor %d", m.Cursor())
	}
}

func TestOneLineShowsTheCursorsRow(t *testing.T) {
	t.Parallel()
	src := &rows{n: 5, details: every(2)}
	m := sized(20, 1)
	m.MoveTo(3, src)
	got := m.View(src, columns()[:1], nil, style.New(style.ModeMono, true))
	if len(got) != 1 || ansi.Strip(got[0]) != "▸▾ row3" {
		t.Errorf("view = %q", got)
	}
}

func TestZeroModelShowsNothing(t *testing.T) {
	t.Parallel()
	var m Model
	src := &rows{n: 5}
	m.Move(1, src)
	if got := m.View(src, columns(), nil, style.Theme{}); got != nil || m.Cursor() != 1 {
		t.Errorf("view = %q, cursor %d", got, m.Cursor())
	}
}
