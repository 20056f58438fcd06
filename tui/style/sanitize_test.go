package style

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"provkeys/tui/internal/watched"
	"provkeys/tui/style/hostile"
)

func TestHostileNamesShowAsVisibleEscapes(t *testing.T) {
	t.Parallel()
	for _, name := range hostile.Names() {
		t.Run(name.What, func(t *testing.T) {
			t.Parallel()
			if got := Sanitize(name.Text); got != name.Shown {
				t.Errorf("Sanitize(%+q) = %+q, want %+q", name.Text, got, name.Shown)
			}
			assertSafe(t, name.Text)
		})
	}
}

func TestDifferentHostileNamesStayDifferent(t *testing.T) {
	t.Parallel()
	names := []string{
		"key", "key\x1b", "key\u200b", "key\u200c", "key\u200d", "key\u202e", "key\u00a0", "key ", "key\u3164",
		"key\x80", "key\u0080", "key\x9b", "key\u009b", "key\ufe0f", "key\u0301", "key\u0301\u0301", "key\u0301\u0301\u0301",
		"key\u0301\u0301\u0301\u0301", "key\ufffd", "key\xff", "key\ue000", "key\ue001", "k\u0435y", "key\n", "key\r", "key\t",
	}
	seen := map[string]string{}
	for _, name := range names {
		shown := Sanitize(name)
		if other, dup := seen[shown]; dup {
			t.Errorf("%+q and %+q both show as %q", name, other, shown)
		}
		seen[shown] = name
	}
}

// TestNothingKeptJoinsTheCellBefore walks all of Unicode: whatever Sanitize
// leaves at the start of a text must not melt into a space before it, or the
// table's gaps would shrink.
func TestNothingKeptJoinsTheCellBefore(t *testing.T) {
	t.Parallel()
	for r := rune(0); r <= unicode.MaxRune; r += rune(watched.Step(11)) {
		if r >= 0xd800 && r <= 0xdfff {
			continue
		}
		shown := Sanitize(string(r))
		if shown[0] < utf8.RuneSelf {
			continue
		}
		if joined, _ := ansi.FirstGraphemeCluster(" "+shown, ansi.GraphemeWidth); joined != " " {
			t.Errorf("%U is kept at the start of a text and joins the space before it", r)
		}
	}
}

func TestPlainNamesCostNothing(t *testing.T) {
	name := strings.Repeat("eu-west-1 ", 10)
	if n := testing.AllocsPerRun(100, func() { _ = Sanitize(name) }); n != 0 {
		t.Errorf("Sanitize allocates %v times for plain text, want 0", n)
	}
	name = strings.Repeat("キー", 10)
	if n := testing.AllocsPerRun(100, func() { _ = Sanitize(name) }); n != 0 {
		t.Errorf("Sanitize allocates %v times for clean wide text, want 0", n)
	}
}

func TestOnlyWhatDrawsSomethingIsPrintable(t *testing.T) {
	t.Parallel()
	for _, r := range "a ~é日́█" {
		if !Printable(r) {
			t.Errorf("%U is refused", r)
		}
	}
	for _, r := range "\x00\x1b\n\t\x7f\u0085\u00a0\u00ad\u200b\u202e\u2028\u3164\ue000\ufe0f\u2800\u0378" {
		if Printable(r) {
			t.Errorf("%U is let through", r)
		}
	}
	if Printable(utf8.MaxRune+1) || Printable(-1) {
		t.Error("a number that is no character is let through")
	}
}

func FuzzSanitize(f *testing.F) {
	for _, name := range hostile.Names() {
		f.Add(name.Text)
	}
	f.Fuzz(assertSafe)
}

// assertSafe checks every promise of Sanitize on one text.
func assertSafe(t *testing.T, in string) {
	t.Helper()
	got := Sanitize(in)
	if again := Sanitize(got); again != got {
		t.Errorf("Sanitize is not idempotent: %+q, then %+q", got, again)
	}
	if !utf8.ValidString(got) {
		t.Errorf("%+q is not valid UTF-8", got)
	}
	if utf8.RuneCountInString(got) < utf8.RuneCountInString(in) {
		t.Errorf("%+q lost characters of %+q", got, in)
	}
	marks := 2
	for _, r := range got {
		switch {
		case r < 0x20, r == 0x7f, 0x80 <= r && r < 0xa0:
			t.Errorf("%+q holds the control character %U", got, r)
		case unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Bidi_Control, unicode.Variation_Selector):
			t.Errorf("%+q holds %U", got, r)
		case !unicode.IsPrint(r): // assigned, visible, and no space but ASCII's
			t.Errorf("%+q holds the unprintable %U", got, r)
		}
		if unicode.In(r, unicode.M) {
			marks++
		} else {
			marks = 0
		}
		if marks > 2 {
			t.Errorf("%+q has a mark too many at %U", got, r)
		}
	}
}

func BenchmarkSanitizePlain(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Sanitize("eu-west-1-production-blue")
	}
}

func BenchmarkSanitizeHostile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		_ = Sanitize("key\u202egpj\x1b]52;c;cHc=\x07日本語\u0301\u0302\u0303")
	}
}
