package style

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func TestASpellingKeepsTheWidth(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, in, signs, ascii string }{
		{"plain text", "eu-west-1 52/60", "eu-west-1 52/60", "eu-west-1 52/60"},
		{"signs of ours", "a · b… 1–9 •• x → y 40×8", "a - b~ 1-9 ** x > y 40x8", "a - b~ 1-9 ** x > y 40x8"},
		{"a name", "café 日本-1", "café 日本-1", "caf? ????-1"},
		{"a mark on a letter", "e\u0301x", "e\u0301x", "?x"},
		{"styled", "\x1b[1;31m·\x1b[m é\x1b[m", "\x1b[1;31m-\x1b[m é\x1b[m", "\x1b[1;31m-\x1b[m ?\x1b[m"},
		{"lines", "·\n日\n", "-\n日\n", "-\n??\n"},
		{"an emoji", "👍🏽 ok", "👍🏽 ok", "?? ok"},
		{"nothing", "", "", ""},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			for spelling, want := range map[Spelling]string{SpellAll: tc.in, SpellSigns: tc.signs, SpellASCII: tc.ascii} {
				got := spelling.Cells(tc.in)
				if got != want || ansi.StringWidth(got) != ansi.StringWidth(tc.in) {
					t.Errorf("spelling %d: %q, want %q", spelling, got, want)
				}
			}
		})
	}
}

func TestASentenceMayGetLonger(t *testing.T) {
	t.Parallel()
	if got := SpellASCII.Words("Checking a… 10 → 12 é"); got != "Checking a... 10 -> 12 é" {
		t.Errorf("%q", got)
	}
	if got := SpellAll.Words("a…"); got != "a…" {
		t.Errorf("%q", got)
	}
}
