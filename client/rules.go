package client

import (
	"errors"
	"fmt"
	"math"
	"net/netip"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxNameLength is how many characters a new name may have.
const maxNameLength = 255

// FieldError is a value that a field of a key cannot have; nothing was sent.
type FieldError struct {
	Field   Field
	Problem string // behind the field's name it makes a sentence
}

// Error returns field and problem.
func (e *FieldError) Error() string { return string(e.Field) + " " + e.Problem }

// CheckName returns nil for a name that the portal would take for a new key,
// else a *FieldError. Existing names break the rule and are never refused.
func CheckName(name string) error {
	switch odd := strings.IndexFunc(name, func(r rune) bool { return !inNewName(r) }); {
	case strings.Trim(name, " ") == "":
		return &FieldError{FieldName, "is missing"}
	case strings.Trim(name, " ") != name:
		return &FieldError{FieldName, "cannot begin or end with a blank"}
	case odd >= 0:
		r, _ := utf8.DecodeRuneInString(name[odd:])
		return &FieldError{FieldName, fmt.Sprintf("cannot hold %q: letters, digits, blank, . - and _ are allowed", r)}
	case len(name) > maxNameLength:
		return &FieldError{FieldName, fmt.Sprintf("is longer than %d characters", maxNameLength)}
	}
	return nil
}

// inNewName is the portal's rule for the characters of a new name.
func inNewName(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune(" .-_", r)
}

// CheckExpiry returns nil for an end of life after now and for the zero time,
// which is none, else a *FieldError.
func CheckExpiry(t, now time.Time) error {
	switch {
	case t.IsZero() || t.After(now) && t.Unix() <= lastSecond:
		return nil
	case t.After(now):
		return &FieldError{FieldExpires, "is too far away"}
	}
	return &FieldError{FieldExpires, "is in the past: a key that is to enrol nobody is better disabled"}
}

// CheckAddresses returns nil for addresses and networks such as 192.0.2.7 and
// 2001:db8::/32, else a *FieldError that names the first that is neither.
func CheckAddresses(addresses []string) error {
	for _, a := range addresses {
		// A zone is a name on one machine alone, and may hold anything.
		if address, err := netip.ParseAddr(a); err == nil && address.Zone() == "" {
			continue
		}
		if _, err := netip.ParsePrefix(a); err != nil {
			return &FieldError{FieldAllowedAddresses, fmt.Sprintf("cannot hold %q: write 192.0.2.7 or 192.0.2.0/24", a)}
		}
	}
	return nil
}

// ParseExpiry reads an end of life as a person writes it: "never" or nothing,
// "2027-01-31" for the end of that day, "2027-01-31 14:30", or a time from now such
// as "12h", "30d" and "2w". Days and times are those of now's time zone. The error
// is a *FieldError, also for what is not after now.
func ParseExpiry(text string, now time.Time) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" || text == "never" {
		return time.Time{}, nil
	}
	t, ok := parseMoment(text, now)
	if !ok {
		return time.Time{}, &FieldError{FieldExpires, fmt.Sprintf("cannot be %q: write never, 2027-01-31, 2027-01-31 14:30, 30d or 12h", text)}
	}
	return t, CheckExpiry(t, now)
}

func parseMoment(text string, now time.Time) (time.Time, bool) {
	if t, err := time.ParseInLocation("2006-01-02", text, now.Location()); err == nil {
		return t.AddDate(0, 0, 1).Add(-time.Second), true
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02 15:04:05", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, text, now.Location()); err == nil {
			return t, true
		}
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		return t, true
	}
	n, unit, ok := parsePeriod(text)
	switch {
	case !ok:
		return time.Time{}, false
	case unit == 'h':
		return now.Add(time.Duration(n) * time.Hour).Truncate(time.Second), true
	case unit == 'w':
		n *= 7
	}
	return now.AddDate(0, 0, n).Truncate(time.Second), true
}

// ParsePeriod reads a length of time such as "36h", "30d" or "2w"; "0" is none. A day
// has 24 hours. The error goes on behind the name of what was read.
func ParsePeriod(text string) (time.Duration, error) {
	text = strings.TrimSpace(text)
	if text == "0" {
		return 0, nil
	}
	n, unit, ok := parsePeriod(text)
	if !ok {
		return 0, errors.New("is no length of time such as 36h, 30d or 2w")
	}
	hours := n * map[byte]int{'h': 1, 'd': 24, 'w': 7 * 24}[unit]
	// No key lasts the 292 years after which a length of time overflows.
	return time.Duration(min(hours, int(math.MaxInt64/time.Hour))) * time.Hour, nil
}

// parsePeriod reads a number of hours (h), days (d) or weeks (w); false for anything
// else.
func parsePeriod(text string) (n int, unit byte, ok bool) {
	if text == "" {
		return 0, 0, false
	}
	digits, unit := text[:len(text)-1], text[len(text)-1]
	u, err := strconv.ParseUint(digits, 10, 16)
	return int(u), unit, err == nil && strings.IndexByte("hdw", unit) >= 0
}

// ParseAddresses reads addresses and networks between commas or blanks; "none" and
// nothing are none. The error is that of CheckAddresses.
func ParseAddresses(text string) ([]string, error) {
	addresses := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' })
	if len(addresses) == 1 && addresses[0] == "none" {
		addresses = nil
	}
	return addresses, CheckAddresses(addresses)
}
