package diagnose

import (
	"strings"

	"provkeys/client/keytext"
)

const (
	// answerReach is how many lines of the same origin may stand between a login
	// and the answer that belongs to it: such an answer is JSON of ten lines.
	answerReach = 12
	// answerTime is how many seconds may: a number of a process comes again.
	answerTime = 120
)

// origin is who wrote a line, as far as it is told.
type origin struct {
	source, process string
	entry           int // the line of an entry whose writer is told elsewhere; 0 for none
}

// writer returns what all lines of a process have in common. Of entries whose
// writer is told elsewhere it is the same, although they may be of several.
func (o origin) writer() origin {
	o.entry = min(o.entry, 1)
	return o
}

// sure reports whether all lines of an origin are of one process, one after the
// other: that of a machine, that of a container, or an entry alone.
func (o origin) sure() bool {
	return o.entry > 0 || o.source != "" && (o.process == "" || strings.HasSuffix(o.process, "]"))
}

// speaker is an origin, and for one without a name what stands in front of its
// messages.
type speaker struct {
	origin
	front string
}

// speaker returns who speaks in a line of the present origin.
func (e *Explainer) speaker(l keytext.LogLine) speaker {
	if e.origin != (origin{}) {
		return speaker{origin: e.origin}
	}
	return speaker{front: l.Front}
}

// shown is what the logins of a speaker that may be several showed.
type shown struct {
	nonce         keytext.Hint
	fingerprint   string
	severalKeys   bool
	severalPrints bool
}

// login is a login whose answer is still to come; group is nil for none.
type login struct {
	group    *group
	before   int // the last line of the group before it
	speaker  speaker
	second   int64
	distance int // in lines of the same origin
	answered bool
}

// turnTo notes who wrote a line. What no line names goes on with what was named
// before, but not into another boot or another entry.
func (e *Explainer) turnTo(l keytext.LogLine) {
	o := origin{source: l.Source, process: l.Process}
	switch {
	case l.Boot:
		e.login = login{}
		clear(e.failed)
		e.origin = origin{}
	case l.Apart:
		e.origin = origin{entry: e.line}
	case o != origin{} && o != e.origin:
		e.origin = origin{source: strings.Clone(o.source), process: strings.Clone(o.process)}
	}
	if e.login.speaker.origin == e.origin {
		e.login.distance++
	}
}

// show notes what a login shows, where more than one machine may go by the same
// name or by none.
func (e *Explainer) show(l keytext.LogLine) {
	by := e.speaker(l)
	if by.sure() {
		return
	}
	nonce := nonceOf(l)
	s, known := e.shown[by]
	switch {
	case known:
		s.severalKeys = s.severalKeys || s.nonce != nonce
		s.severalPrints = s.severalPrints || s.fingerprint != l.Fingerprint
	case len(e.shown) >= mostTold:
		return
	default:
		s = shown{nonce: cloned(nonce), fingerprint: strings.Clone(l.Fingerprint)}
	}
	e.shown[by] = s
}

// nonceOf returns what a line shows of a text, the host in small letters.
func nonceOf(l keytext.LogLine) keytext.Hint {
	return keytext.Hint{Version: l.Version, Host: strings.ToLower(l.Host), LogPrefix: l.Prefix}
}

// complete returns what a line tells. An answer of the server names no key: it
// is taken to be about the login right before it, of the same speaker, and only
// where no other login can be meant.
func (e *Explainer) complete(l keytext.LogLine) tells {
	t := tells{
		event: l.Event, kind: kindOf(e.origin.process), status: l.Status, nonce: nonceOf(l), damage: l.Damage, fingerprint: l.Fingerprint,
	}
	before := &e.login
	if t.event != keytext.EventUsedUp || l.Login || !before.reaches(e.speaker(l), l.Second) {
		return t
	}
	several := shown{}
	if !before.speaker.sure() {
		var noted bool
		if several, noted = e.shown[before.speaker]; !noted || several.severalKeys {
			return t
		}
	}
	t.nonce, t.damage = before.group.nonce, before.group.damage
	if several.severalPrints {
		return t
	}
	t.fingerprint = before.group.fingerprint
	if !before.answered {
		before.answered = true
		before.group.takeBack(before.before)
	}
	return t
}

// reaches reports whether an answer may belong to the login.
func (l *login) reaches(answer speaker, second int64) bool {
	if l.group == nil || l.speaker != answer || l.distance > answerReach {
		return false
	}
	return l.second == 0 || second == 0 || max(l.second-second, second-l.second) <= answerTime
}

// await keeps a login until its answer, and gives up waiting where the enrolment
// went on without one.
func (e *Explainer) await(l keytext.LogLine, g *group, before int) {
	switch {
	case l.Event == keytext.EventUsedUp:
	// Only a refused request, or one whose status is not told, can be followed by
	// this answer.
	case l.Event == keytext.EventLoginFailed && (l.Status == 0 || l.Status == 400):
		e.login = login{group: g, before: before, speaker: e.speaker(l), second: l.Second}
	case e.login.speaker.origin == e.origin:
		e.login = login{}
	}
}
