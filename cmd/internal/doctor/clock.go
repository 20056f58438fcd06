package doctor

import (
	"fmt"
	"time"
)

const (
	// oddSkew is more than a clock that something keeps is ever off.
	oddSkew = 2 * time.Minute
	// badSkew is what sign-ins by a signed token and fresh certificates do not
	// forgive.
	badSkew = 5 * time.Minute
	// dateStep is the precision of a Date header.
	dateStep = time.Second
)

// Ahead returns how far the server's clock is ahead of ours; half of the time
// between question and answer is taken for the way back.
func (s Sample) Ahead() time.Duration {
	return s.Server.Add(dateStep / 2).Sub(s.Here.Add(-s.Took / 2))
}

// CheckClock judges this machine's clock by the server's.
func CheckClock(s Sample, goos string) []Finding {
	r := report{group: GroupNetwork}
	if s.Server.IsZero() {
		r.note("clock", "", "no answer told the server's time")
		return r.all
	}
	ahead := s.Ahead()
	off, word := ahead.Abs(), "behind"
	if ahead < 0 {
		word = "ahead of"
	}
	text := fmt.Sprintf("this machine's clock is %v %s the server's", off.Round(time.Second), word)
	switch {
	case off > badSkew:
		r.fail("clock", Problem{Text: text + ": sign-ins and certificates fail by that", Mend: clockMend(goos)})
	case off > oddSkew:
		r.warn("clock", clockMend(goos), "%s", text)
	default:
		r.ok("clock", "within %v of the server's", max(off, dateStep).Round(time.Second))
	}
	return r.all
}

func clockMend(goos string) string {
	switch goos {
	case "windows":
		return "let it be set by the network: w32tm /resync"
	case "darwin":
		return "let it be set by the network: sudo sntp -sS time.apple.com"
	}
	return "let it be set by the network: sudo timedatectl set-ntp true, or sudo chronyc makestep"
}
