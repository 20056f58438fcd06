package catalog

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// The haystack's border rests on this: a byte that is no UTF-8 cannot come out
// of folding, neither in a name nor in a word.
func TestFoldedTextIsValidUTF8(t *testing.T) {
	for _, text := range []string{"", "a", "\xff", "A\xffB", "é\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", border} {
		if got := fold(text); !utf8.ValidString(got) || strings.Contains(got, border) {
			t.Errorf("fold(%q) = %q", text, got)
		}
	}
}

func TestNaturalOrderComparesAsNumbers(t *testing.T) {
	ascending := []string{"", "0", "1", "9", "10", "99", "100", strings.Repeat("9", 254), "1" + strings.Repeat("0", 254),
		strings.Repeat("9", 255), "1" + strings.Repeat("0", 255), strings.Repeat("9", 510), "1" + strings.Repeat("0", 510), "a"}
	for i := 1; i < len(ascending); i++ {
		if a, b := ascending[i-1], ascending[i]; naturalOrder(a) >= naturalOrder(b) {
			t.Errorf("%d digits do not sort before %d digits", len(a), len(b))
		}
	}
	for _, pair := range [][2]string{{"0", "000"}, {"7", "007"}, {"a01b2", "a1b02"}} {
		if naturalOrder(pair[0]) != naturalOrder(pair[1]) {
			t.Errorf("leading zeros tell %q from %q", pair[0], pair[1])
		}
	}
}
