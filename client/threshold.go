package client

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
)

// Threshold says when a key counts as nearly used up. The zero value is 80 %
// or one use left.
type Threshold struct {
	Percent int   // uses as a share of max uses, 1 to 100; 0 means 80
	Left    int64 // uses left; 0 means 1
}

// ParseThreshold reads a share such as "80%", or a number of uses such as "5 left" or
// "5". The error goes on behind the name of what was read.
func ParseThreshold(text string) (Threshold, error) {
	if digits, ok := strings.CutSuffix(text, "%"); ok {
		n, err := strconv.Atoi(strings.TrimSpace(digits))
		if err != nil || n < 1 || n > 100 {
			return Threshold{}, errors.New("is not a share from 1% to 100%")
		}
		return Threshold{Percent: n}, nil
	}
	n, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(text, "left")), 10, 64)
	if err != nil || n < 1 {
		return Threshold{}, errors.New("is neither a share nor a number of uses from 1")
	}
	// Of all its uses a key has none left, so that the share never comes first.
	return Threshold{Percent: 100, Left: n}, nil
}

// String returns a text that parses to the same threshold.
func (t Threshold) String() string {
	if t.Left > 0 {
		return strconv.FormatInt(t.Left, 10) + " left"
	}
	return strconv.Itoa(cmp.Or(t.Percent, 80)) + "%"
}

func (t Threshold) reached(k Key) bool {
	if t.Percent == 0 {
		t.Percent = 80
	}
	if t.Left == 0 {
		t.Left = 1
	}
	// A float keeps a hostile count from overflowing; no real one loses a digit.
	return k.Left() <= t.Left || float64(k.Uses)*100 >= float64(k.MaxUses)*float64(t.Percent)
}
