package catalog

import (
	"strings"
	"testing"
	"unicode/utf8"

	"provkeys/client/internal/filter"
)

// The haystack's border rests on this: a byte that is no UTF-8 cannot come out
// of folding, neither in a name nor in a word.
func TestFoldedTextIsValidUTF8(t *testing.T) {
	for _, text := range []string{"", "a", "\xff", "A\xffB", "é\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", border} {
		if got := filter.Fold(text); !utf8.ValidString(got) || strings.Contains(got, border) {
			t.Errorf("fold(%q) = %q", text, got)
		}
	}
}
