package client

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"provkeys/client/keytext"
)

var (
	testNow  = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	testText = "3|mock.example|" + strings.Repeat("MOCKmock", 48)
)

// sound returns a key in the state ok, after the edits.
func sound(edits ...func(*Key)) Key {
	k := Key{
		Kind: AppConnector, ID: "58856", Name: "bkk-dc1", Enabled: true, Exportable: true, Uses: 1, MaxUses: 10,
		CertificateEnd: testNow.Add(time.Hour), Text: NewSecret(testText),
	}
	for _, edit := range edits {
		edit(&k)
	}
	return k
}

func used(uses, limit int64) func(*Key) { return func(k *Key) { k.Uses, k.MaxUses = uses, limit } }
func expires(t time.Time) func(*Key)    { return func(k *Key) { k.Expires = t } }
func certEnds(t time.Time) func(*Key)   { return func(k *Key) { k.CertificateEnd = t } }
func text(s string) func(*Key)          { return func(k *Key) { k.Text = NewSecret(s) } }
func disabled(k *Key)                   { k.Enabled = false }
func unexportable(k *Key)               { k.Exportable = false }
func readOnly(k *Key)                   { k.ReadOnly = true }
func managed(k *Key)                    { k.ZscalerManaged = true }

func TestStateIsTheWorstThatHolds(t *testing.T) {
	past, future := testNow.Add(-time.Nanosecond), testNow.Add(time.Nanosecond)
	cases := []struct {
		what string
		key  Key
		near Threshold
		want []State
	}{
		{"nothing wrong", sound(), Threshold{}, []State{OK}},
		{"no expiry, certificate unknown", sound(certEnds(time.Time{})), Threshold{}, []State{OK}},
		{"expired", sound(expires(past)), Threshold{}, []State{Expired}},
		{"expires this very moment", sound(expires(testNow)), Threshold{}, []State{Expired}},
		{"expires in a moment", sound(expires(future)), Threshold{}, []State{OK}},
		{"disabled", sound(disabled), Threshold{}, []State{Disabled}},
		{"used up", sound(used(10, 10)), Threshold{}, []State{UsedUp}},
		{"used beyond its limit", sound(used(12, 10)), Threshold{}, []State{UsedUp}},
		{"no limit was sent", sound(used(0, 0)), Threshold{}, []State{UsedUp}},
		{"not exportable", sound(unexportable), Threshold{}, []State{Hidden}},
		{"no text", sound(text("")), Threshold{}, []State{Hidden}},
		{"certificate ended", sound(certEnds(past)), Threshold{}, []State{CertificateExpired}},
		{"certificate ends this very moment", sound(certEnds(testNow)), Threshold{}, []State{CertificateExpired}},
		{"certificate ends in a moment", sound(certEnds(future)), Threshold{}, []State{OK}},
		{"one left of two", sound(used(1, 2)), Threshold{}, []State{NearlyUsedUp}},
		{"one left of one", sound(used(0, 1)), Threshold{}, []State{NearlyUsedUp}},
		{"80 %", sound(used(80, 100)), Threshold{}, []State{NearlyUsedUp}},
		{"below 80 %", sound(used(79, 100)), Threshold{}, []State{OK}},
		{"below 80 % by a fraction", sound(used(799, 999)), Threshold{}, []State{OK}},
		{"half, with 50 % set", sound(used(50, 100)), Threshold{Percent: 50}, []State{NearlyUsedUp}},
		{"80 %, with 90 % set", sound(used(80, 100)), Threshold{Percent: 90}, []State{OK}},
		{"five left, with five set", sound(used(5, 10)), Threshold{Left: 5}, []State{NearlyUsedUp}},
		{"everything", sound(expires(past), disabled, used(10, 10), unexportable, text(""), certEnds(past)), Threshold{},
			[]State{Expired, Disabled, UsedUp, Hidden, CertificateExpired}},
		{"disabled and nearly used up", sound(disabled, used(9, 10)), Threshold{}, []State{Disabled, NearlyUsedUp}},
		{"used up and its certificate ended", sound(used(10, 10), certEnds(past)), Threshold{}, []State{UsedUp, CertificateExpired}},
		{"managed is no state", sound(managed, readOnly), Threshold{}, []State{OK}},
		{"the highest count", sound(used(math.MaxInt64, math.MaxInt64)), Threshold{}, []State{UsedUp}},
		{"hardly used of the highest limit", sound(used(1, math.MaxInt64)), Threshold{}, []State{OK}},
		{"a share that overflows", sound(used(math.MaxInt64/100*81, math.MaxInt64)), Threshold{}, []State{NearlyUsedUp}},
		{"a negative count", sound(used(math.MinInt64, math.MaxInt64)), Threshold{}, []State{OK}},
		{"a negative limit", sound(used(0, math.MinInt64)), Threshold{}, []State{UsedUp}},
	}
	for _, c := range cases {
		if got := c.key.States(testNow, c.near); !slices.Equal(got, c.want) {
			t.Errorf("%s: states %v, want %v", c.what, got, c.want)
		}
		if got := c.key.State(testNow, c.near); got != c.want[0] {
			t.Errorf("%s: state %v, want %v", c.what, got, c.want[0])
		}
	}
}

func TestLeftNeverOverflows(t *testing.T) {
	for _, c := range []struct{ uses, limit, want int64 }{
		{3, 10, 7}, {10, 10, 0}, {12, 10, 0}, {0, math.MaxInt64, math.MaxInt64}, {-1, math.MaxInt64, math.MaxInt64},
		{math.MinInt64, math.MaxInt64, math.MaxInt64}, {math.MaxInt64, math.MinInt64, 0},
	} {
		if got := sound(used(c.uses, c.limit)).Left(); got != c.want {
			t.Errorf("%d of %d used: %d left, want %d", c.uses, c.limit, got, c.want)
		}
	}
}

func TestStatesHaveTheirWords(t *testing.T) {
	words := []string{"expired", "disabled", "used up", "hidden", "certificate expired", "nearly used up", "ok"}
	for s := Expired; s <= OK; s++ {
		encoded, err := json.Marshal(s)
		if err != nil || s.String() != words[s] || string(encoded) != `"`+words[s]+`"` {
			t.Errorf("state %d is %q, in JSON %s: %v", s, s, encoded, err)
		}
		if back, ok := ParseState(words[s]); !ok || back != s {
			t.Errorf("%q is read as %v", words[s], back)
		}
		if s.Blocks() != (s < NearlyUsedUp) {
			t.Errorf("%v blocks: %v", s, s.Blocks())
		}
	}
	if _, ok := ParseState("usedup"); ok {
		t.Error("a word that names no state is read as one")
	}
}

func TestCopyIsBlockedByEverythingThatWouldNotEnrol(t *testing.T) {
	past := testNow.Add(-time.Hour)
	cases := []struct {
		what   string
		key    Key
		words  string // "" where nothing blocks
		raises bool
	}{
		{"ok", sound(), "", false},
		{"nearly used up", sound(used(9, 10)), "", false},
		{"managed", sound(managed), "", false},
		{"expired", sound(expires(past)), "expired", false},
		{"disabled", sound(disabled), "disabled", false},
		{"used up", sound(used(10, 10)), "used up", true},
		{"used up at the first limit", sound(used(0, 0)), "used up", true},
		{"used up at the highest limit", sound(used(MaxMaxUses, MaxMaxUses)), "used up", false},
		{"used beyond its limit: one more is too few", sound(used(12, 10)), "used up", false},
		{"used up, read-only", sound(used(10, 10), readOnly), "used up", false},
		{"used up, managed", sound(used(10, 10), managed), "used up", false},
		{"not exportable", sound(unexportable), "hidden", false},
		{"no text", sound(text("")), "hidden", false},
		{"certificate ended", sound(certEnds(past)), "certificate expired", false},
		{"used up and hidden", sound(used(10, 10), unexportable), "used up and hidden", false},
		{"expired and used up", sound(expires(past), used(10, 10)), "expired and used up", false},
		{"disabled and nearly used up", sound(disabled, used(9, 10)), "disabled", false},
		{"damaged text", sound(text(testText + "\n")), "the key text is damaged: a line break at character 400", false},
		{"used up, damaged text", sound(used(10, 10), text("3|é")), "used up and the key text is damaged: a character outside ASCII at character 3", false},
		{"everything", sound(expires(past), disabled, used(10, 10), unexportable, certEnds(past)),
			"expired and disabled and used up and hidden and certificate expired", false},
	}
	for _, c := range cases {
		b := c.key.CopyBlock(testNow)
		if b == nil {
			if c.words != "" {
				t.Errorf("%s: may be copied", c.what)
			}
			continue
		}
		if b.Words() != c.words || b.RaiseHelps != c.raises {
			t.Errorf("%s: blocked by %q, raising helps: %v; want %q, %v", c.what, b.Words(), b.RaiseHelps, c.words, c.raises)
		}
		if len(b.States) > 0 && (b.Worst() != b.States[0] || !b.Has(b.States[0])) || b.Has(OK) {
			t.Errorf("%s: the worst is %v of %v", c.what, b.Worst(), b.States)
		}
	}
}

func TestRaisingWhereItHelpsMakesTheKeyCopyable(t *testing.T) {
	for _, k := range []Key{sound(used(10, 10)), sound(used(0, 0)), sound(used(MaxMaxUses-1, MaxMaxUses-1))} {
		if b := k.CopyBlock(testNow); b == nil || !b.RaiseHelps {
			t.Fatalf("raising %d of %d is said not to help", k.Uses, k.MaxUses)
		}
		k.MaxUses++
		if err := CheckMaxUses(k.MaxUses, k.Uses); err != nil || k.CopyBlock(testNow) != nil {
			t.Errorf("raised to %d it is still blocked: %v", k.MaxUses, err)
		}
	}
}

func TestWorstOfADamagedTextIsHidden(t *testing.T) {
	b := sound(text("a\tb")).CopyBlock(testNow)
	if b == nil || b.Worst() != Hidden || b.Has(Hidden) || keytext.Check("a\tb") == nil {
		t.Errorf("%+v", b)
	}
}

func TestHostileTimesStayWithinTheCalendar(t *testing.T) {
	for seconds, year := range map[integer]int{0: 1, -1: 1, math.MinInt64: 1, 1790000000: 2026, 1790000000000: 9999, math.MaxInt64: 9999} {
		if got := seconds.time().Year(); got != year {
			t.Errorf("%d seconds are in the year %d, want %d", seconds, got, year)
		}
	}
	if k := sound(expires(integer(math.MaxInt64).time())); k.State(testNow, Threshold{}) != OK {
		t.Error("a key that expires at the end of time is expired")
	}
}
