package headroom

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"provkeys/client"
)

// Limit says from when on a key has been used too much. The zero value is reached by
// a key that is used up.
type Limit struct {
	percent int64 // uses as a share of max uses, 1 to 100; 0 where left alone counts
	left    int64 // uses left; beside a share, whichever is reached first
}

// NearLimit returns the limit from which on a key is nearly used up.
func NearLimit(t client.Threshold) Limit {
	l := Limit{percent: int64(cmp.Or(t.Percent, 80)), left: cmp.Or(t.Left, 1)}
	if l.percent == 100 { // with none left it comes last
		l.percent = 0
	}
	return l
}

// ParseLimit reads a share of the uses such as "80%", or what is left such as "5" or
// "5 left". The error goes on behind the name of what was read.
func ParseLimit(text string) (Limit, error) {
	if digits, ok := strings.CutSuffix(text, "%"); ok {
		n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
		if err != nil || n < 1 || n > 100 {
			return Limit{}, errors.New("is not a share from 1% to 100%")
		}
		return Limit{percent: n}, nil
	}
	n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(text, "left")), 10, 64)
	if err != nil || n < 0 {
		return Limit{}, errors.New("is neither a share such as 80% nor a number of uses left")
	}
	return Limit{left: n}, nil
}

// String returns a text that parses to the same limit, but for that of a NearLimit with a
// share, which is the share.
func (l Limit) String() string {
	if l.percent > 0 {
		return strconv.FormatInt(l.percent, 10) + "%"
	}
	return strconv.FormatInt(l.left, 10) + " left"
}

// uses returns the number of uses that reaches the limit, which is less than 1 for a
// key that never has so many left.
func (l Limit) uses(maxUses int64) int64 {
	maxUses = max(maxUses, 0)
	if l.percent == 0 {
		return maxUses - l.left
	}
	// In two parts, so that a hostile number does not overflow; what is broken is
	// rounded up, since 8 of 11 are less than 80 %.
	return min(maxUses-l.left, maxUses/100*l.percent+(maxUses%100*l.percent+99)/100)
}

func (l Limit) reached(k client.Key) bool { return k.Uses >= l.uses(k.MaxUses) }

// milder reports whether the limit is reached later than the other. A share and a
// number cannot be compared.
func (l Limit) milder(than Limit) bool {
	switch {
	case (l.percent > 0) != (than.percent > 0):
		return false
	case l.percent > 0:
		return l.percent > than.percent
	}
	return l.left < than.left
}

// NotBefore returns the limit, or the other one's share or number where that is reached
// later.
func (l Limit) NotBefore(other Limit) Limit {
	if !other.milder(l) {
		return l
	}
	if other.percent > 0 {
		other.left = 0
	}
	return other
}

// Limits say which keys count and when one is bad news. With the zero value a key is
// that once it is used up or its signing certificate has ended.
type Limits struct {
	Warn, Crit  Limit            // of the uses
	Certificate time.Duration    // a signing certificate that ends within it is a warning
	Expiry      time.Duration    // a key that expires within it is a warning
	All         bool             // managed, disabled and expired keys count, too
	Near        client.Threshold // of the state that is reported; it decides nothing
}

// Check returns an error where a key would be critical before it is worth a warning.
func (l Limits) Check() error {
	if l.Warn.milder(l.Crit) {
		return fmt.Errorf("critical at %s would come before the warning at %s", l.Crit, l.Warn)
	}
	return nil
}

// counts reports whether a key is judged: one that takes no newcomers on purpose, or
// that Zscaler looks after, runs nobody short.
func (l Limits) counts(k client.Key, now time.Time) bool {
	return l.All || !k.Managed() && k.Enabled && !expired(k, now)
}
