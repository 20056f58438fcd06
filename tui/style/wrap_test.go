package style

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWordsWrapBetweenWords(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, in string
		w        int
		want     []string
	}{
		{"fits", "one two", 7, []string{"one two"}},
		{"breaks", "one two three", 7, []string{"one two", "three"}},
		{"long word", "a abcdefgh b", 3, []string{"a", "abc", "def", "gh", "b"}},
		{"rest of a long word takes the next", "abcd e", 3, []string{"abc", "d e"}},
		{"wide", "日本語 キー", 5, []string{"日本", "語", "キー"}},
		{"wider than a line", "日x", 1, []string{"…", "x"}},
		{"paragraphs", "one\n\ntwo", 9, []string{"one", "", "two"}},
		{"spaces fold", "  one   two  ", 9, []string{"one two"}},
		{"empty", "", 9, []string{""}},
		{"no room", "one", 0, nil},
		{"control characters", "a\x1b[2J", 9, []string{`a\x1b[2J`}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tc.want, Wrap(tc.in, tc.w)); diff != "" {
				t.Errorf("Wrap(%q, %d) (-want +got):\n%s", tc.in, tc.w, diff)
			}
		})
	}
}
