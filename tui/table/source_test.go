package table

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"provkeys/tui/style"
)

// rows is a source that counts how often it is asked.
type rows struct {
	n       int
	details func(i int) int // nil: every row is closed
	name    func(i int) string
	dim     bool
	marked  bool

	heights, rendered int
}

func (r *rows) Len() int { return r.n }

func (r *rows) Height(i int) int {
	r.heights++
	return 1 + r.detailsOf(i)
}

func (r *rows) detailsOf(i int) int {
	if i < 0 || i >= r.n {
		panic(fmt.Sprintf("row %d of %d was asked for", i, r.n))
	}
	if r.details == nil {
		return 0
	}
	return r.details(i)
}

func (r *rows) Row(i int) Row {
	r.rendered++
	th := style.New(style.ModeDark, true)
	name := fmt.Sprintf("row%d", i)
	if r.name != nil {
		name = r.name(i)
	}
	row := Row{
		Cells:  []Cell{{Text: name}, {Text: "group " + name}, {Text: fmt.Sprint(i), Style: th.Faint}, {Text: "ok", Style: th.StateOK}},
		Dim:    r.dim,
		Marked: r.marked,
	}
	for d := range r.detailsOf(i) {
		row.Open = true
		row.Details = append(row.Details, Line{{Text: fmt.Sprintf("d%d.%d ", i, d), Style: th.Faint}, {Text: name}})
	}
	return row
}

// every opens all rows with the same number of detail lines.
func every(details int) func(int) int { return func(int) int { return details } }

// only opens one row.
func only(row, details int) func(int) int {
	return func(i int) int {
		if i == row {
			return details
		}
		return 0
	}
}

func columns() []Column {
	return []Column{
		{Title: "NAME", Min: 6, Max: 24, Weight: 3},
		{Title: "GROUP", Min: 6, Max: 24, Weight: 1, Priority: 3},
		{Title: "LEFT", Min: 4, Max: 6, Priority: 2, Right: true},
		{Title: "STATE", Min: 6, Max: 16, Priority: 1},
	}
}

func sized(w, h int) *Model {
	m := &Model{}
	m.SetSize(w, h)
	return m
}

// screen returns the view without styles and without the table's head.
func screen(m *Model, src Source) []string {
	var lines []string
	for _, line := range m.View(src, columns()[:1], nil, style.New(style.ModeMono, true))[1:] {
		lines = append(lines, strings.TrimRight(ansi.Strip(line), " "))
	}
	return lines
}

func assertScreen(t *testing.T, m *Model, src Source, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, screen(m, src)); diff != "" {
		t.Errorf("screen (-want +got):\n%s", diff)
	}
}
