package keytext

import (
	"slices"
	"strings"
)

// Event is what a line of a connector's log tells, in one word for programs.
// Its words are a promise.
type Event string

// The events; the zero value is a line that is not known.
const (
	EventNone          Event = ""
	EventEnrolling     Event = "enrolling"         // No valid certificate. Attempting to enroll
	EventRefused       Event = "key-refused"       // http status(401) nonce(<V|host|7 characters...>)
	EventLoginFailed   Event = "login-failed"      // the same line with another status or none: the lines behind it say why
	EventUsedUp        Event = "used-up"           // "id": "nonce.usage.exceeded"
	EventNotYetValid   Event = "clock"             // certificate is not yet valid
	EventDNS           Event = "dns"               // DNS resolution failed for HOST
	EventIntercepted   Event = "tls-interception"  // self signed certificate in certificate chain
	EventMoved         Event = "machine-moved"     // Cannot decrypt data from instance_id.crypt
	EventNoKey         Event = "no-key"            // Started provisioning this device using OAuth2.0 method
	EventEnrolmentDead Event = "enrollment-failed" // Certificate enrollment failed.
)

// LogLine is what one line tells. Its texts are pieces of the line, not yet safe
// to print: who keeps them longer than the line copies them.
type LogLine struct {
	Event       Event
	Status      int       // of the http answer; 0 for none
	Version     string    // of the nonce: "1" to "4"; "" where it has none
	Host        string    // of the nonce, or the one that was not resolved; always with a dot
	Prefix      string    // the 7 characters of the nonce, as they stand there
	Damage      FaultKind // what is wrong with the nonce or the host as far as they show; "" for nothing
	Fingerprint string    // the 10 characters of the machine's
	Process     string    // what wrote it, "zpa-connector-child[1234]" or the like; "" when the line does not say
	Source      string    // the machine or container that the line names in front of that; "" when it does not
	// Front is what else stands in front of the message of a login or an answer,
	// such as a pod's name, where the line names neither. It is only to be compared.
	Front  string
	Second int64 // when an event or login was, in seconds from anywhere, to be compared with others of the log; 0 where it is not told
	Login  bool  // it tells of a login, of one without a fault too
	Apart  bool  // it begins an entry of which other lines tell who wrote it
	Boot   bool  // it says that another boot begins
}

// longestLine is how much of a line is read. A journal breaks its lines at
// 48 KiB; what is longer was not written by a connector.
const longestLine = 64 << 10

// ReadLog reads one line of a connector's log, as journalctl, rsyslog, docker or
// kubectl show it. Of a key text that stands in the line it returns no more than
// a connector logs of it.
func ReadLog(line string) LogLine {
	line = withoutColours(strings.TrimRight(line[:min(len(line), longestLine)], "\r\n"))
	var l LogLine
	l.Boot, l.Apart = hasPrefix(line, "-- Boot ", "-- Reboot "), beginsEntry(line)
	l.Source, l.Process = origin(line)
	if quotesOthers(l.Process) {
		return l
	}
	entry := line
	line = messageOf(entry)
	l.Event = phraseIn(line)
	// Logins and answers are nobody else's, whatever a container is called.
	if l.Event != EventUsedUp && strange(l.Process) {
		l.Event = EventNone
	}
	readNonce(&l, line)
	if l.Event == EventDNS {
		readUnresolved(&l, line)
	}
	if l.Event != EventNone || l.Login {
		l.Second = secondOf(entry)
	}
	if l.Source == "" && l.Process == "" && (l.Login || l.Event == EventUsedUp) {
		l.Front = front(line)
	}
	return l
}

// phraseIn returns the event of the first phrase that the line holds, whatever
// the case of its letters.
func phraseIn(line string) Event {
	switch {
	case hasAnswerID(line, "nonce.usage.exceeded"):
		return EventUsedUp
	case has(line, "certificate is not yet valid"):
		return EventNotYetValid
	case has(line, dnsPhrase):
		return EventDNS
	// OpenSSL 3 writes it with a hyphen.
	case has(line, "self signed certificate in certificate chain"), has(line, "self-signed certificate in certificate chain"):
		return EventIntercepted
	case has(line, "cannot decrypt data from instance_id.crypt"):
		return EventMoved
	case has(line, "started provisioning this device using oauth2.0 method"):
		return EventNoKey
	case has(line, "no valid certificate. attempting to enroll"):
		return EventEnrolling
	case has(line, "certificate enrollment failed"):
		return EventEnrolmentDead
	}
	return EventNone
}

// hasAnswerID reports whether the line holds a whole JSON string, perhaps inside
// another one or as HTML has it. Unquoted it would be what somebody searched for.
func hasAnswerID(line, lower string) bool {
	for {
		at := find(line, lower)
		if at < 0 {
			return false
		}
		before, behind := line[:at], line[at+len(lower):]
		if hasSuffix(before, `"`, "&quot;", "&QUOT;", "&#34;") && hasPrefix(behind, `"`, `\`, "&quot;", "&QUOT;", "&#34;") {
			return true
		}
		line = behind
	}
}

// hasPrefix is strings.HasPrefix for any of several prefixes.
func hasPrefix(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(s, prefix) })
}

// hasSuffix is strings.HasSuffix for any of several suffixes.
func hasSuffix(s string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(suffix string) bool { return strings.HasSuffix(s, suffix) })
}

func has(line, lower string) bool { return find(line, lower) >= 0 }

// find returns where the line holds a phrase of small letters, -1 for nowhere.
// It folds ASCII alone: a folding of all Unicode would allocate for every line.
func find(line, lower string) int {
	for i := 0; i+len(lower) <= len(line); i++ {
		if small(line[i]) == lower[0] && beginsWith(line[i:], lower) {
			return i
		}
	}
	return -1
}

// beginsWith is strings.HasPrefix without regard to the case of ASCII letters.
func beginsWith(s, lower string) bool {
	if len(s) < len(lower) {
		return false
	}
	for i := range len(lower) {
		if small(s[i]) != lower[i] {
			return false
		}
	}
	return true
}

func small(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
