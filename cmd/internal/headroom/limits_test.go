package headroom

import "testing"

func TestLimitsAreSharesOrNumbersLeft(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		back string
		uses int64 // that reach it, of 40
	}{
		"80%": {"80%", 32}, " 95 %": {"95%", 38}, "100%": {"100%", 40}, "1%": {"1%", 1},
		"5": {"5 left", 35}, "5 left": {"5 left", 35}, "0": {"0 left", 40}, "41": {"41 left", -1},
	} {
		l, err := ParseLimit(text)
		if err != nil || l.String() != want.back || l.uses(40) != want.uses {
			t.Errorf("%q is %v, reached at %d of 40 uses (%v), want %v at %d", text, l, l.uses(40), err, want.back, want.uses)
		}
		if again, err := ParseLimit(l.String()); err != nil || again != l {
			t.Errorf("%q does not parse to the same limit", l)
		}
	}
	for _, text := range []string{"", "%", "0%", "101%", "-1", "half", "1.5", "80%left", "99999999999999999999"} {
		if l, err := ParseLimit(text); err == nil {
			t.Errorf("%q is read as %v", text, l)
		}
	}
}

func TestCriticalComesNoSoonerThanWarning(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		warn, crit string
		ok         bool
	}{
		{"80%", "95%", true}, {"80%", "80%", true}, {"95%", "80%", false},
		{"5", "1", true}, {"5", "5", true}, {"1", "5", false},
		{"80%", "5", true}, {"1", "10%", true}, // which comes first depends on the key
	} {
		warn, _ := ParseLimit(tc.warn)
		crit, _ := ParseLimit(tc.crit)
		if err := (Limits{Warn: warn, Crit: crit}).Check(); (err == nil) != tc.ok {
			t.Errorf("warning at %s, critical at %s: %v", tc.warn, tc.crit, err)
		}
	}
}
