package style

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"provkeys/tui/internal/watched"
	"provkeys/tui/style/hostile"
)

func TestTextIsCutAndFilledToItsCells(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, in string
		w        int
		want     string
	}{
		{"exact", "abc", 3, "abc"},
		{"filled", "abc", 5, "abc  "},
		{"cut", "abcdef", 4, "abc…"},
		{"one cell", "abcdef", 1, "…"},
		{"one cell, one character", "a", 1, "a"},
		{"no cells", "abc", 0, ""},
		{"fewer than none", "abc", -3, ""},
		{"empty", "", 3, "   "},
		{"wide, exact", "日本", 4, "日本"},
		{"wide, filled", "日本", 5, "日本 "},
		{"wide, cut in the middle of a character", "日本語", 4, "日… "},
		{"wide, cut", "日本語", 5, "日本…"},
		{"wide, one cell", "日", 1, "…"},
		{"marks stay with their base", "e\u0301e\u0301e\u0301", 2, "e\u0301…"},
		{"control characters are made visible first", "a\x1b[2Jb", 20, `a\x1b[2Jb           `},
		{"C1 controls too", "é\u009b2J", 10, `é\u009b2J `},
		{"but not what merely shares their first byte", "©»", 3, "©» "},
		{"a letter that joins what follows does not shrink the gap", "ab\u0d4e", 3, "ab…"},
		{"bars", "█████████░ 52/60", 12, "█████████░ …"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if got := Fit(tc.in, tc.w); got != tc.want {
				t.Errorf("Fit(%q, %d) = %q, want %q", tc.in, tc.w, got, tc.want)
			}
			if got, want := Truncate(tc.in, tc.w), strings.TrimRight(tc.want, " "); got != want {
				t.Errorf("Truncate(%q, %d) = %q, want %q", tc.in, tc.w, got, want)
			}
		})
	}
}

func TestNumbersStandOnTheRight(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"8": "   8", "1234": "1234", "12345": "123…", "日": "  日", "": "    "} {
		if got := FitRight(in, 4); got != want {
			t.Errorf("FitRight(%q, 4) = %q, want %q", in, got, want)
		}
	}
	if got := FitRight("8", 0); got != "" {
		t.Errorf("FitRight in no cells = %q", got)
	}
}

// TestEveryCharacterKeepsTheGapBehindIt walks all of Unicode: a fitted cell
// followed by a gap and the next cell has the width that the table reckons with.
func TestEveryCharacterKeepsTheGapBehindIt(t *testing.T) {
	t.Parallel()
	for r := rune(0xa0); r <= unicode.MaxRune; r += rune(watched.Step(11)) {
		if !Printable(r) || clings(r) {
			continue
		}
		cell := Fit(string(r), 2)
		if got := ansi.StringWidth(cell + "  |"); got != 5 {
			t.Errorf("%U: two cells, a gap and a bar are %d cells wide, want 5", r, got)
		}
	}
}

func TestAppendTruncateSaysWhatItAppended(t *testing.T) {
	t.Parallel()
	for _, tc := range hostile.Names() {
		for w := range 12 {
			out, used := AppendTruncate([]byte("> "), Sanitize(tc.Text), w)
			text, found := strings.CutPrefix(string(out), "> ")
			if !found || ansi.StringWidth(text) != used || used > w {
				t.Errorf("AppendTruncate(%q, %d) = %q and %d cells", tc.Text, w, out, used)
			}
		}
	}
}

func TestSpacesOfAnyLength(t *testing.T) {
	t.Parallel()
	for _, n := range []int{-1, 0, 1, 63, 64, 65, 300} {
		if got := string(AppendSpaces(nil, n)); got != strings.Repeat(" ", max(n, 0)) {
			t.Errorf("AppendSpaces(%d) gave %d spaces", n, len(got))
		}
	}
}

func FuzzFit(f *testing.F) {
	for i, tc := range hostile.Names() {
		f.Add(tc.Text, i%20)
	}
	f.Add("ab\u0d4e", 3)
	f.Add("\ufe0f", 1)
	f.Fuzz(func(t *testing.T, in string, w int) {
		w %= 200
		for _, text := range []string{in, Sanitize(in)} {
			for name, got := range map[string]string{"Fit": Fit(text, w), "FitRight": FitRight(text, w)} {
				if width := ansi.StringWidth(got); width != max(w, 0) {
					t.Errorf("%s(%+q, %d) = %+q: %d cells", name, text, w, got, width)
				}
				if strings.ContainsFunc(got, unicode.IsControl) {
					t.Errorf("%s(%+q, %d) = %+q lets a control character through", name, text, w, got)
				}
			}
			short := Truncate(text, w)
			if Width(short) > max(w, 0) {
				t.Errorf("Truncate(%+q, %d) = %+q: %d cells", text, w, short, Width(short))
			}
			for _, line := range Wrap(text, w) {
				if Width(line) > w {
					t.Errorf("Wrap(%+q, %d) has the line %+q", text, w, line)
				}
			}
		}
	})
}

func BenchmarkFitPlain(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Fit("eu-west-1-production-blue", 20)
	}
}

func BenchmarkFitBar(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Fit("█████████░ 52/60", 18)
	}
}

func TestCountingSignsComesToWhatClustersTake(t *testing.T) {
	t.Parallel()
	ours := []string{"·", "•", "…", "–", "→", "×", "█", "░", "▸", "▾", "✓", "⊘", "↑", "↓", "│", "─"}
	for _, sign := range ours {
		for _, text := range []string{sign, "a" + sign, sign + "a", sign + sign + " b", "12 " + sign + " 3" + sign} {
			if got, want := Width(text), ansi.StringWidth(text); got != want {
				t.Errorf("%q is %d cells, want %d", text, got, want)
			}
			for w := range 6 {
				if got, want := Truncate(text, w), ansi.Truncate(text, w, "…"); ansi.StringWidth(got) > w || w > 0 && got != want {
					t.Errorf("%q in %d cells is %q, want %q", text, w, got, want)
				}
			}
		}
		if joined := "e\u0301 " + sign; Width(joined) != ansi.StringWidth(joined) || Width(sign+"\u0301") != ansi.StringWidth(sign+"\u0301") {
			t.Errorf("a mark beside %q is counted", sign)
		}
	}
}
