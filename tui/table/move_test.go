package table

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPagesMoveCursorAndWindowTogether(t *testing.T) {
	t.Parallel()
	src := &rows{n: 20}
	m := sized(20, 6)
	m.MoveTo(1, src)
	steps := []struct {
		name        string
		press       func(Source)
		cursor, top int
	}{
		{"page down", m.PageDown, 5, 4},
		{"half page down", m.HalfDown, 7, 6},
		{"half page up", m.HalfUp, 5, 4},
		{"page up", m.PageUp, 1, 0},
		{"page up at the start", m.PageUp, 0, 0},
		{"page up on the first row", m.PageUp, 0, 0},
		{"end", m.End, 19, 15},
		{"page down at the end", m.PageDown, 19, 15},
		{"home", m.Home, 0, 0},
	}
	for _, step := range steps {
		step.press(src)
		first, _ := m.Window(src)
		if m.Cursor() != step.cursor || first != step.top+1 {
			t.Errorf("%s: cursor %d, first row shown %d, want %d and %d", step.name, m.Cursor(), first, step.cursor, step.top+1)
		}
	}
}

func TestEveryPageKeyMakesProgressOverOpenRows(t *testing.T) {
	t.Parallel()
	for h := 1; h <= 8; h++ {
		src := &rows{n: 30, details: every(5)}
		m := sized(20, h)
		for name, press := range map[string]func(Source){"page down": m.PageDown, "half down": m.HalfDown} {
			m.Home(src)
			presses := 0
			for ; m.Cursor() < src.n-1 && presses < 1000; presses++ {
				press(src)
			}
			if presses == 1000 {
				t.Errorf("%s in %d lines never reaches the last row", name, h)
			}
		}
		for name, press := range map[string]func(Source){"page up": m.PageUp, "half up": m.HalfUp} {
			m.End(src)
			presses := 0
			for ; m.Cursor() > 0 && presses < 1000; presses++ {
				press(src)
			}
			if presses == 1000 {
				t.Errorf("%s in %d lines never reaches the first row", name, h)
			}
		}
	}
}

func TestFollowKeepsTheRowOnItsLine(t *testing.T) {
	t.Parallel()
	src := &rows{n: 40}
	m := sized(20, 6)
	m.MoveTo(20, src)
	m.Move(-2, src)
	before := screen(m, src)

	src.n, src.name = 43, func(i int) string { return fmt.Sprintf("row%d", i-3) }
	m.Follow(21, src)

	if diff := cmp.Diff(before, screen(m, src)); diff != "" {
		t.Errorf("the screen moved (-before +after):\n%s", diff)
	}
}

func TestFollowToTheFirstRowsShowsThem(t *testing.T) {
	t.Parallel()
	src := &rows{n: 40}
	m := sized(20, 4)
	m.MoveTo(30, src)
	m.Follow(1, src)
	assertScreen(t, m, src, "   row0", "▸  row1", "   row2")
}
