package table

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"provkeys/tui/style"
)

// cells returns each cell of a line with its style, as a terminal would hold it.
func cells(line string, w int) []string {
	var out []string
	state, sgr := byte(0), ""
	for len(line) > 0 {
		seq, width, n, next := ansi.DecodeSequence(line, state, nil)
		switch {
		case width > 0:
			out = append(out, sgr+seq)
			out = append(out, make([]string, width-1)...)
		case seq == "\x1b[m":
			sgr = ""
		default:
			sgr += seq
		}
		line, state = line[n:], next
	}
	for len(out) < w {
		out = append(out, " ")
	}
	return out
}

func TestMovedCursorChangesGlyphAndNameAlone(t *testing.T) {
	t.Parallel()
	for _, mode := range []style.Mode{style.ModeDark, style.ModeMono} {
		const w, h = 80, 12
		src := &rows{n: 30, details: only(2, 2)}
		m, th := sized(w, h), style.New(mode, true)
		m.MoveTo(4, src)
		before := m.View(src, columns(), nil, th)
		m.Move(1, src)
		after := m.View(src, columns(), nil, th)

		changed := 0
		for y := range before {
			was, is := cells(before[y], w), cells(after[y], w)
			for x := range was {
				if was[x] == is[x] {
					continue
				}
				changed++
				if x >= Gutter+len("row4") {
					t.Errorf("%v: cell %d of line %d changed from %q to %q", mode, x, y, was[x], is[x])
				}
			}
		}
		if want := 2 * (1 + len("row4")); changed != want {
			t.Errorf("%v: %d cells changed, want %d", mode, changed, want)
		}
	}
}

func TestCursorShowsWithoutAnyStyle(t *testing.T) {
	t.Parallel()
	src := &rows{n: 3, details: only(1, 1), marked: true}
	m := sized(20, 6)
	m.MoveTo(1, src)
	got := m.View(src, columns()[:1], nil, style.Theme{Glyphs: style.Unicode()})
	want := []string{"   NAME", "  ✓row0", "▸▾✓row1", "     d1.0 row1", "  ✓row2", ""}
	for y := range want {
		if ansi.Strip(got[y]) != want[y] {
			t.Errorf("line %d is %q, want %q", y, got[y], want[y])
		}
	}
}

func TestStaleRowsHaveOneStyle(t *testing.T) {
	t.Parallel()
	th := style.New(style.ModeDark, true)
	src := &rows{n: 2, details: every(1), dim: true}
	m := sized(60, 6)
	view := m.View(src, columns(), nil, th)
	for _, y := range []int{2, 4} {
		for x, cell := range cells(view[y], 0) {
			if !strings.HasSuffix(cell, " ") && !strings.HasPrefix(cell, th.Stale.On()) {
				t.Errorf("line %d cell %d is %q, want the stale style", y, x, cell)
			}
		}
	}
	if n := strings.Count(view[4], th.Stale.On()); n != 1 {
		t.Errorf("a stale row switches its style on %d times: %q", n, view[4])
	}
}

func TestLongDetailsEndInAnEllipsis(t *testing.T) {
	t.Parallel()
	bold := style.New(style.ModeDark, true).Header
	cases := []struct {
		name string
		line Line
		want string
	}{
		{"fits", Line{{Text: "abcde"}, {Text: "fghij"}}, "     abcdefghij"},
		{"cut in the first piece", Line{{Text: "abcdefghijkl"}, {Text: "x"}}, "     abcdefghi…"},
		{"cut between two pieces", Line{{Text: "abcdefghij"}, {Text: "x", Style: bold}}, "     abcdefghi…"},
		{"cut in the second piece", Line{{Text: "abcde"}, {Text: "fghijk", Style: bold}}, "     abcdefghi…"},
		{"empty pieces", Line{{Text: "abcdefghij"}, {Text: ""}}, "     abcdefghij"},
		{"no pieces", nil, ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := painter{width: 15}
			got := ansi.Strip(p.detail(Row{Details: []Line{tc.line}}, 0))
			if got != tc.want {
				t.Errorf("detail = %q, want %q", got, tc.want)
			}
		})
	}
}

func TestMissingCellsAndDetailsAreBlank(t *testing.T) {
	t.Parallel()
	m := sized(40, 5)
	got := m.View(short{}, columns(), nil, style.Theme{})
	want := []string{"   NAME    GROUP   LEFT  STATE", "   a", "", "", ""}
	for i := range got {
		got[i] = strings.TrimRight(got[i], " ")
	}
	if fields := strings.Fields(got[0]); len(fields) != 4 || !slices.Equal(got[1:], want[1:]) {
		t.Errorf("view = %q", got)
	}
}

// short is a source whose row has fewer cells and details than it promised.
type short struct{}

func (short) Len() int       { return 1 }
func (short) Height(int) int { return 4 }
func (short) Row(int) Row    { return Row{Cells: []Cell{{Text: "a"}}, Open: true} }

// ten thousand keys as a console shows them.
func manyKeys(details int) (*ready, []Column, []int) {
	th := style.New(style.ModeDark, true)
	g := style.Unicode()
	src := &ready{details: details, rows: make([]Row, 10_000)}
	for i := range src.rows {
		full, empty := style.Bar(g, float64(i%60)/60, 10)
		src.rows[i].Cells = []Cell{
			{Text: fmt.Sprintf("eu-west-%d-asg", i)},
			{Text: "EU West 1"},
			{Text: full + empty + " 52/60", Style: th.BarFull},
			{Text: "8"},
			{Text: "212d"},
			{Text: "••••••••", Style: th.Faint},
			{Text: "nearly used up", Style: th.StateWarn},
		}
		for d := range details {
			src.rows[i].Details = append(src.rows[i].Details, Line{{Text: "certificate  ", Style: th.Faint}, {Text: fmt.Sprint("Connector, valid until 2027-06-21 ", d)}})
		}
	}
	cols := []Column{
		{Title: "NAME", Min: 12, Max: 40, Weight: 3}, {Title: "GROUP", Min: 10, Max: 30, Weight: 1, Priority: 3},
		{Title: "USES", Min: 18, Priority: 2}, {Title: "LEFT", Min: 5, Right: true, Priority: 1},
		{Title: "CERT", Min: 5, Priority: 5}, {Title: "KEY", Min: 11, Priority: 4}, {Title: "STATE", Min: 14, Weight: 1, Max: 20},
	}
	return src, cols, []int{17, 9, 16, 1, 4, 8, 14}
}

// ready is a source whose rows are made beforehand, so that the table alone is
// measured.
type ready struct {
	rows    []Row
	details int
}

func (r *ready) Len() int       { return len(r.rows) }
func (r *ready) Height(int) int { return 1 + r.details }
func (r *ready) Row(i int) Row  { return r.rows[i] }

func BenchmarkView(b *testing.B) {
	for _, details := range []int{0, 5} {
		b.Run(fmt.Sprintf("details=%d", details), func(b *testing.B) {
			src, cols, content := manyKeys(details)
			m, th := sized(200, 50), style.New(style.ModeDark, true)
			m.MoveTo(5_000, src)
			b.ReportAllocs()
			for b.Loop() {
				_ = m.View(src, cols, content, th)
			}
		})
	}
}

func BenchmarkMove(b *testing.B) {
	for _, details := range []int{0, 5} {
		b.Run(fmt.Sprintf("details=%d", details), func(b *testing.B) {
			src, _, _ := manyKeys(details)
			m := sized(200, 50)
			delta := 1
			b.ReportAllocs()
			for b.Loop() {
				m.Move(delta, src)
				if m.Cursor() == 0 || m.Cursor() == src.Len()-1 {
					delta = -delta
				}
			}
		})
	}
}

func TestPlainLinesFillTheWindowAboveTheDetails(t *testing.T) {
	t.Parallel()
	text := strings.Repeat("A", 20)
	r := Row{Plain: []Cell{{Text: text}, {Text: "B"}}, Details: []Line{{{Text: "detail"}}}}
	p := painter{width: 20}
	for i, want := range []string{text, "B", "     detail", ""} {
		if got := ansi.Strip(p.below(r, i)); got != want {
			t.Errorf("line %d is %q, want %q", i, got, want)
		}
	}
}
