// Package headroom judges what is left of provisioning keys, and says it as monitoring
// systems read it: as a Monitoring Plugins' text with performance data, and as
// Prometheus metrics.
//
// It knows keys, limits and those two forms. It must never know files, flags, the API
// or the time of day: whoever calls it says when now is.
package headroom

import (
	"fmt"
	"slices"
	"time"

	"provkeys/client"
)

// Status is a verdict. Its number is the exit code of a monitoring plug-in.
type Status int

// The verdicts, as the Monitoring Plugins' guidelines number them.
const (
	OK Status = iota
	Warning
	Critical
	Unknown
)

// String returns the word that monitoring systems show.
func (s Status) String() string {
	switch s {
	case OK:
		return "OK"
	case Warning:
		return "WARNING"
	case Critical:
		return "CRITICAL"
	}
	return "UNKNOWN"
}

// Reason is why a key is not OK.
type Reason struct {
	Status Status // Warning or Critical
	Words  string // behind the key's name, such as: 1 left (9/10)
}

// Verdict is what is to be said about one key.
type Verdict struct {
	Key     client.Key
	State   client.State
	Status  Status   // the worst of the reasons', OK without any
	Reasons []Reason // worst first
}

// Lack is a part of the tenant that could not be judged.
type Lack struct {
	Part   string // a kind, or "signing certificates"
	Denied bool   // the role may not read it; else it failed, and may be read another time
	Why    string // a safe text for people, in which no secret is quoted
}

// Report is a verdict on many keys.
type Report struct {
	Now     time.Time
	Limits  Limits
	Keys    []Verdict // those that count: critical, warning, OK, and as given among themselves
	Skipped int       // how many do not count
	Lacks   []Lack
	// Profile tells the samples of several tenants apart; "" for none.
	Profile string
}

// Judge judges keys at a time. The ends of their certificates have to be joined in;
// one that is unknown is no reason for anything.
func Judge(keys []client.Key, limits Limits, now time.Time) Report {
	r := Report{Now: now, Limits: limits}
	for _, k := range keys {
		if !limits.counts(k, now) {
			r.Skipped++
			continue
		}
		r.Keys = append(r.Keys, limits.judge(k, now))
	}
	slices.SortStableFunc(r.Keys, func(a, b Verdict) int { return int(b.Status) - int(a.Status) })
	return r
}

// Status returns the worst verdict of all keys. It is not known where something failed
// that could be worse.
func (r Report) Status() Status {
	worst := OK
	if len(r.Keys) > 0 {
		worst = r.Keys[0].Status
	}
	failed := func(l Lack) bool { return !l.Denied }
	if worst != Critical && slices.ContainsFunc(r.Lacks, failed) {
		return Unknown
	}
	return worst
}

// Count returns how many keys have a verdict.
func (r Report) Count(s Status) int {
	n := 0
	for _, v := range r.Keys {
		if v.Status == s {
			n++
		}
	}
	return n
}

// Totals are the uses of all keys together.
type Totals struct {
	Uses, MaxUses, Left int64
	Least               int64 // of the key that has the least left; 0 without keys
}

// Totals adds up the keys of the report. A sum that no number can hold is the largest
// one, so that a hostile count overflows into nothing.
func (r Report) Totals() Totals {
	var t Totals
	for i, v := range r.Keys {
		left := v.Key.Left()
		t.Uses, t.MaxUses, t.Left = client.AddUses(t.Uses, v.Key.Uses), client.AddUses(t.MaxUses, v.Key.MaxUses), client.AddUses(t.Left, left)
		if i == 0 || left < t.Least {
			t.Least = left
		}
	}
	return t
}

// judge returns the verdict on one key that counts.
func (l Limits) judge(k client.Key, now time.Time) Verdict {
	v := Verdict{Key: k, State: k.State(now, l.Near)}
	add := func(s Status, format string, args ...any) {
		v.Reasons = append(v.Reasons, Reason{s, fmt.Sprintf(format, args...)})
		v.Status = max(v.Status, s)
	}
	if expired(k, now) {
		add(Critical, "expired on %s", date(k.Expires))
	}
	if !k.Enabled {
		add(Critical, "disabled")
	}
	switch {
	case k.Uses >= k.MaxUses:
		add(Critical, "used up (%d/%d)", k.Uses, k.MaxUses)
	case l.Crit.reached(k):
		add(Critical, "%d left (%d/%d)", k.Left(), k.Uses, k.MaxUses)
	case l.Warn.reached(k):
		add(Warning, "%d left (%d/%d)", k.Left(), k.Uses, k.MaxUses)
	}
	switch end := k.CertificateEnd; {
	case end.IsZero():
	case !now.Before(end):
		add(Critical, "signing certificate ended on %s", date(end))
	case end.Sub(now) <= l.Certificate:
		add(Warning, "signing certificate ends in %s", ahead(end.Sub(now)))
	}
	if left := k.Expires.Sub(now); !k.Expires.IsZero() && left > 0 && left <= l.Expiry {
		add(Warning, "expires in %s", ahead(left))
	}
	slices.SortStableFunc(v.Reasons, func(a, b Reason) int { return int(b.Status) - int(a.Status) })
	return v
}

func expired(k client.Key, now time.Time) bool { return !k.Expires.IsZero() && !now.Before(k.Expires) }

func date(t time.Time) string { return t.UTC().Format(time.DateOnly) }

// ahead returns a length of time in whole days, or hours where it is less than one.
func ahead(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= day:
		return fmt.Sprintf("%dd", d/day)
	case d >= time.Hour:
		return fmt.Sprintf("%dh", d/time.Hour)
	}
	return "less than 1h"
}
