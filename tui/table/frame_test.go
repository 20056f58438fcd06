package table

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"provkeys/tui/internal/watched"
	"provkeys/tui/style"
)

func TestNoCallTouchesMoreThanTheWindow(t *testing.T) {
	t.Parallel()
	const h = 50
	src := &rows{n: 10_000, details: every(5)}
	m := sized(200, h)
	th := style.New(style.ModeDark, true)
	count := func(name string, limit int, call func()) {
		t.Helper()
		src.heights, src.rendered = 0, 0
		call()
		if src.heights > limit {
			t.Errorf("%s asked for %d heights, want at most %d", name, src.heights, limit)
		}
		if src.rendered > h+1 {
			t.Errorf("%s rendered %d rows, want at most %d", name, src.rendered, h+1)
		}
	}
	view := func() { m.View(src, columns(), nil, th) }
	for _, details := range []int{0, 1, 5, 70} {
		src.details = every(details)
		for _, at := range []int{0, 1, 37, 5_000, 9_990, 9_999} {
			count("MoveTo", h+4, func() { m.MoveTo(at, src) })
			count("View", 2*h+8, view)
			count("Move down", h+4, func() { m.Move(1, src) })
			count("Move up", h+4, func() { m.Move(-1, src) })
			count("Move far", h+4, func() { m.Move(-3_000, src) })
			count("PageDown", 6*h, func() { m.PageDown(src) })
			count("PageUp", 6*h, func() { m.PageUp(src) })
		}
		count("End", h+4, func() { m.End(src) })
		count("View", 2*h+8, view)
		count("Home", h+4, func() { m.Home(src) })
		count("Follow", h+4, func() { m.Follow(7_777, src) })
	}
}

// hostile are names as they come out of style.Sanitize, and some that never
// went through it.
func hostile(i int) string {
	names := []string{
		"eu-west-1-asg", "日本語キー日本語キー", "e\u0301e\u0301e\u0301", "\u0d4e", "ab\u0d4e", "👍🏽🏽", "🇩🇪🇩🇪🇩🇪", "", " ",
		"क्षत्रिय", "น้ำ", "\u1112\u1161\u11ab", style.Sanitize("\x1b]52;c;\x07\u202e"), "\u0301x", "\ufe0fx", "a\x1b[2Jb\nc", "\xff",
	}
	return names[i%len(names)]
}

func TestEverySizeAndEveryMoveKeepsTheFrame(t *testing.T) {
	t.Parallel()
	th := style.New(style.ModeDark, true)
	for w := 1; w <= 60; w += watched.Step(7) {
		for h := 1; h <= 20; h++ {
			rng := rand.New(rand.NewPCG(uint64(w), uint64(h)))
			tall := rng.IntN(30)
			src := &rows{n: rng.IntN(60), name: hostile, details: func(i int) int {
				if i%3 == 0 {
					return (i * 7) % (tall + 1)
				}
				return 0
			}}
			m := sized(w, h)
			for range 12 {
				what := press(m, src, rng)
				view := m.View(src, columns(), nil, th)
				if problem := frameProblem(m, src, view, w, h); problem != "" {
					t.Fatalf("%d×%d after %s, %d rows, cursor %d: %s\n%s", w, h, what, src.n, m.Cursor(), problem, strings.Join(view, "\n"))
				}
			}
		}
	}
}

// press does one random thing and returns its name.
func press(m *Model, src *rows, rng *rand.Rand) string {
	switch rng.IntN(10) {
	case 0:
		m.PageDown(src)
		return "page down"
	case 1:
		m.PageUp(src)
		return "page up"
	case 2:
		m.HalfDown(src)
		return "half down"
	case 3:
		m.HalfUp(src)
		return "half up"
	case 4:
		m.End(src)
		return "end"
	case 5:
		src.n = rng.IntN(60)
		return "a reload"
	case 6:
		m.Follow(rng.IntN(70), src)
		return "follow"
	case 7:
		m.Move(-1, src)
		return "up"
	default:
		m.Move(rng.IntN(4), src)
		return "down"
	}
}

// frameProblem returns which promise of the view is broken, "" for none.
func frameProblem(m *Model, src *rows, view []string, w, h int) string {
	if len(view) != h {
		return fmt.Sprintf("%d lines, want %d", len(view), h)
	}
	for y, line := range view {
		if got := ansi.StringWidth(line); got > w {
			return fmt.Sprintf("line %d is %d cells wide, want at most %d", y, got, w)
		}
	}
	if src.n == 0 {
		return ""
	}
	lines := m.layout(src)
	cursor, shown := min(m.Cursor(), src.n-1), 0
	for _, l := range lines {
		if l.row == cursor {
			shown++
		}
	}
	body := max(m.body(), 1)
	if want := min(src.Height(cursor), body); shown != want {
		return fmt.Sprintf("%d lines of the cursor's row show, want %d", shown, want)
	}
	glyphs := 0
	for _, line := range view {
		if strings.HasPrefix(ansi.Strip(line), "▸") {
			glyphs++
		}
	}
	if glyphs != 1 {
		return fmt.Sprintf("%d cursors show", glyphs)
	}
	if first := lines[0]; len(lines) < body && (first.row > 0 || first.line > 0) {
		return fmt.Sprintf("%d lines are empty while row %d line %d is at the top", body-len(lines), first.row, first.line)
	}
	return ""
}
