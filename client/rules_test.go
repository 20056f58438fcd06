package client

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"
)

// problemOf returns what an error says of the field, "" for none.
func problemOf(t *testing.T, err error, field Field) string {
	t.Helper()
	if err == nil {
		return ""
	}
	var wrong *FieldError
	if !errors.As(err, &wrong) || wrong.Field != field || wrong.Error() != string(field)+" "+wrong.Problem {
		t.Errorf("not about %s: %v", field, err)
		return ""
	}
	return wrong.Problem
}

func TestNamesFollowThePortalsRule(t *testing.T) {
	for _, c := range []struct{ name, say string }{
		{"bkk-dc1", ""}, {"EU West_1.blue", ""}, {"7", ""}, {".-_", ""}, {strings.Repeat("x", 255), ""},
		{"", "missing"}, {"   ", "missing"}, {" a", "blank"}, {"a ", "blank"}, {strings.Repeat("x", 256), "255"},
		{"a&b", `'&'`}, {"a\tb", `'\t'`}, {"a\n", `'\n'`}, {"東京", `'東'`}, {"é", `'é'`}, {"a\u202eb", `'\u202e'`},
		{"a\x1b[2J", `'\x1b'`}, {"\xff", `'�'`}, {"a/b", `'/'`}, {"a\u00a0b", `'\u00a0'`},
	} {
		if got := problemOf(t, CheckName(c.name), FieldName); (got == "") != (c.say == "") || !strings.Contains(got, c.say) {
			t.Errorf("%q: %q, want %q", c.name, got, c.say)
		}
	}
}

func TestEndOfLifeLiesAhead(t *testing.T) {
	for _, c := range []struct {
		end time.Time
		say string
	}{
		{time.Time{}, ""}, {testNow.Add(time.Second), ""}, {time.Unix(lastSecond, 0), ""},
		{testNow, "past"}, {testNow.Add(-time.Second), "past"}, {time.Unix(0, 0), "past"}, {time.Unix(lastSecond+1, 0), "far"},
	} {
		if got := problemOf(t, CheckExpiry(c.end, testNow), FieldExpires); (got == "") != (c.say == "") || !strings.Contains(got, c.say) {
			t.Errorf("%v: %q, want %q", c.end, got, c.say)
		}
	}
}

func TestAddressesAreAddressesOrNetworks(t *testing.T) {
	for _, good := range [][]string{
		nil, {}, {"192.0.2.7"}, {"192.0.2.0/24"}, {"192.0.2.7/24"}, {"2001:db8::1", "2001:db8::/32"}, {"::ffff:192.0.2.7"}, {"0.0.0.0/0"},
	} {
		if err := CheckAddresses(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", " ", "mock.example", "192.0.2", "192.0.2.256", "192.0.2.0/33", "192.0.2.0/", "192.0.2.7 ", "192.0.2.1-192.0.2.9",
		"192.0.2.7:443", "[2001:db8::1]", "fe80::1%eth0", "fe80::1%\x1b[2J", "fe80::/10%eth0",
	} {
		got := problemOf(t, CheckAddresses([]string{"192.0.2.7", bad, "worse"}), FieldAllowedAddresses)
		if !strings.Contains(got, "192.0.2.7") || strings.Contains(got, "worse") || strings.Contains(got, "\x1b") {
			t.Errorf("%q: %q", bad, got)
		}
	}
}

func TestPeriodsAreHoursDaysOrWeeks(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"0": 0, "0d": 0, "36h": 36 * time.Hour, "30d": 30 * day, "2w": 14 * day,
		"65535w": math.MaxInt64 / time.Hour * time.Hour, // it overflows into nothing
	} {
		if got, err := ParsePeriod(text); err != nil || got != want {
			t.Errorf("%q is %v (%v), want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "d", "30", "-1d", "1.5d", "30m", "30 d", "2027-01-31", "never", "65536d"} {
		if got, err := ParsePeriod(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}
