package headroom

import (
	"testing"

	"provkeys/client"
)

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

func TestNearIsReachedWhenTheStateSaysSo(t *testing.T) {
	t.Parallel()
	for _, near := range []client.Threshold{{}, {Percent: 97}, {Percent: 100}, {Percent: 100, Left: 5}, {Percent: 50, Left: 3}} {
		l := NearLimit(near)
		for _, maxUses := range []int64{1, 2, 3, 5, 10, 11, 40, 60, 101} {
			for uses := range maxUses {
				k := key("k", uses, maxUses)
				if got, want := l.reached(k), k.State(noon, near) == client.NearlyUsedUp; got != want {
					t.Errorf("%v: %d of %d is reached %v, want %v", near, uses, maxUses, got, want)
				}
			}
		}
	}
}

func TestLimitThatComesTooSoonFollows(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ crit, warn, want Limit }{
		{Limit{percent: 95}, Limit{percent: 100}, Limit{percent: 100}},
		{Limit{percent: 95}, NearLimit(client.Threshold{Percent: 97}), Limit{percent: 97}},
		{Limit{percent: 95}, Limit{percent: 80}, Limit{percent: 95}},
		{Limit{percent: 95}, Limit{left: 1}, Limit{percent: 95}},
	} {
		if got := tc.crit.NotBefore(tc.warn); got != tc.want {
			t.Errorf("critical at %v behind a warning at %v is %v, want %v", tc.crit, tc.warn, got, tc.want)
		}
	}
}
