// Package doctor says what keeps provkeys from working on a machine, and of each
// fault what mends it.
//
//	facts: a folder, a TLS handshake, the answers of the API, tmux   Look…, Connect, Watch, Ask…
//	findings: what the facts mean, and what to do                    Check…, which are pure
//
// It knows files, connections and terminals from the outside. It must never know
// a flag, an exit code, a key text or a credential, it leaves nothing behind, and
// by itself it sends a server no more than the beginning of a TLS handshake.
package doctor

import (
	"cmp"
	"fmt"
	"strings"
)

// Group is a part of what is looked at. Its text is shown and a promise.
type Group string

// The groups, in the order in which they are shown.
const (
	GroupConfiguration Group = "configuration"
	GroupNetwork       Group = "network"
	GroupAPI           Group = "API"
	GroupClipboard     Group = "clipboard"
	GroupTerminal      Group = "terminal"
)

// Status is how bad a finding is. Its text is shown and a promise.
type Status string

// The statuses.
const (
	OK   Status = "ok"
	Note Status = "note" // nothing is wrong, and it is good to know
	Warn Status = "warn" // it works, and something will be missed
	Fail Status = "FAIL" // something does not work
)

// Fault is what kind of failure a finding is. The zero value is none that an
// exit code of its own tells.
type Fault int

// The faults; of several the greater one tells for all, since it is the cause or
// stands before the others.
const (
	FaultOther Fault = iota
	FaultClipboard
	FaultUnavailable
	FaultSignIn
	FaultConfiguration
)

// Finding is what came of one check.
type Finding struct {
	Group  Group
	Check  string
	Status Status
	Text   string // what was found
	Mend   string // what to do about it; "" for nothing
	Fault  Fault  // of a failure
}

// Problem is an error in the words that a person reads.
type Problem struct {
	Text  string
	Mend  string
	Fault Fault
}

// Failures returns the failures among findings, and the worst of their faults.
func Failures(all []Finding) (failed []Finding, worst Fault) {
	for _, f := range all {
		if f.Status == Fail {
			failed, worst = append(failed, f), max(worst, f.Fault)
		}
	}
	return failed, worst
}

// Skipped is a finding about what was not looked at.
func Skipped(group Group, check, why string) Finding {
	return Finding{Group: group, Check: check, Status: Note, Text: why}
}

// report collects the findings of a group.
type report struct {
	group Group
	all   []Finding
}

func (r *report) add(s Status, check, mend, format string, args ...any) {
	r.all = append(r.all, Finding{Group: r.group, Check: check, Status: s, Text: fmt.Sprintf(format, args...), Mend: mend})
}

func (r *report) ok(check, format string, args ...any) { r.add(OK, check, "", format, args...) }

func (r *report) note(check, mend, format string, args ...any) {
	r.add(Note, check, mend, format, args...)
}

func (r *report) warn(check, mend, format string, args ...any) {
	r.add(Warn, check, mend, format, args...)
}

func (r *report) fail(check string, p Problem) {
	r.all = append(r.all, Finding{Group: r.group, Check: check, Status: Fail, Text: p.Text, Mend: p.Mend, Fault: p.Fault})
}

// shellWord returns a path as a shell takes it.
func shellWord(path string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+,@%:=", r)
	}
	if path != "" && strings.IndexFunc(path, func(r rune) bool { return !plain(r) }) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// orUnset returns a variable's value, or a word for none.
func orUnset(value string) string { return cmp.Or(value, "not set") }
