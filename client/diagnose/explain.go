package diagnose

import (
	"strings"

	"provkeys/client"
	"provkeys/client/keytext"
)

// Explanation is what lines of a log that tell the same say. Its texts are safe
// to print only after sanitising: names are the server's and hosts the log's.
type Explanation struct {
	Event    keytext.Event
	First    int // the number of the first line that says so, counted from 1
	Last     int
	Count    int
	Cause    string   // one sentence
	Match    *Match   // the key, where it is proved
	Machine  string   // the connector of the fingerprint, where it is proved
	Prefix   string   // V|host|7 characters, as logged, the host in small letters; "" where a part is missing
	Notes    []string // the key's uses and state, other candidates, a sentence each
	Next     string   // what to do; "" for nothing
	Harmless bool     // normal in its place
}

const (
	// mostTold is how many different things of a log are told apart, so that a
	// hostile one costs no more than a long one.
	mostTold = 1000
	// answerReach is how many lines of the same process may stand between a login
	// and the answer that belongs to it: such an answer is JSON of ten lines.
	answerReach = 12
)

// Explainer reads a log line by line. It keeps what it needs to explain it and
// no line. Its zero value is not usable: NewExplainer makes one.
type Explainer struct {
	known  Known
	index  index
	line   int // the number of the last line that was read
	told   map[tells]*group
	order  []*group // by first appearance
	writer writer   // of the last line that names one; a line that names none goes on with its message
	login  login
	failed failure
}

// tells is what lines have in common that tell the same.
type tells struct {
	event       keytext.Event
	status      int
	nonce       keytext.Hint
	damage      keytext.FaultKind
	fingerprint string
}

// group is the lines that tell the same.
type group struct {
	tells
	kind               client.Kind // of the service that wrote the first; "" where that is not known
	first, last, count int
	answered           int  // of failed logins: how many are told by the answer behind them
	reason             int  // of failed enrolments: the line of the last known failure before one
	unexplained        bool // of failed enrolments: before one there is no known failure
	crowd              bool // it stands for all that were too many to tell apart
}

// writer is who wrote a line.
type writer struct{ source, process string }

// login is a login whose answer is still to come; group is nil for none.
type login struct {
	group    *group
	writer   writer
	distance int // in lines of the same writer
	answered bool
}

// failure is the last known failure of the enrolment that is under way; line is 0
// for none.
type failure struct {
	line   int
	writer writer
}

// NewExplainer returns an explainer that compares with what is known.
func NewExplainer(known Known) *Explainer {
	return &Explainer{known: known, index: newIndex(known), told: map[tells]*group{}}
}

// Read reads the next line, without its break, and reports whether it says
// anything that is known.
func (e *Explainer) Read(line string) bool {
	e.line++
	l := keytext.ReadLog(line)
	if w := (writer{l.Source, l.Process}); w != (writer{}) && w != e.writer {
		e.writer = writer{strings.Clone(l.Source), strings.Clone(l.Process)}
	}
	if e.login.writer == e.writer {
		e.login.distance++
	}
	if l.Event == keytext.EventNone {
		return false
	}
	g := e.group(e.complete(l))
	g.last = e.line
	g.count++
	e.follow(g)
	return true
}

// complete returns what a line tells. An answer of the server names no key: it
// is taken to be about the login right before it, of the same process, and only
// where that login has no other end.
func (e *Explainer) complete(l keytext.LogLine) tells {
	t := tells{
		event: l.Event, status: l.Status, damage: l.Damage, fingerprint: l.Fingerprint,
		nonce: keytext.Hint{Version: l.Version, Host: strings.ToLower(l.Host), LogPrefix: l.Prefix},
	}
	before := &e.login
	if t.event != keytext.EventUsedUp || t.nonce != (keytext.Hint{}) || t.damage != "" ||
		before.group == nil || before.writer != e.writer || before.distance > answerReach {
		return t
	}
	if !before.answered {
		before.answered = true
		before.group.answered++
	}
	t.nonce, t.damage, t.fingerprint = before.group.nonce, before.group.damage, before.group.fingerprint
	return t
}

// group returns the group of lines that tell t, a new one for the first.
func (e *Explainer) group(t tells) *group {
	// The answer and its login have different statuses, and tell the same.
	if t.event == keytext.EventUsedUp {
		t.status = 0
	}
	crowd := e.told[t] == nil && len(e.told) >= mostTold
	if crowd {
		t = tells{event: t.event}
	}
	if g := e.told[t]; g != nil {
		g.crowd = g.crowd || crowd
		return g
	}
	t.nonce = keytext.Hint{
		Version: strings.Clone(t.nonce.Version), Host: strings.Clone(t.nonce.Host), LogPrefix: strings.Clone(t.nonce.LogPrefix),
	}
	t.fingerprint = strings.Clone(t.fingerprint)
	g := &group{tells: t, kind: kindOf(e.writer.process), first: e.line, crowd: crowd}
	e.told[t] = g
	e.order = append(e.order, g)
	return g
}

// follow keeps what the lines behind this one need to be understood.
func (e *Explainer) follow(g *group) {
	mine := e.login.writer == e.writer
	switch g.event {
	case keytext.EventLoginFailed:
		e.login = login{}
		// Only a refused request, or one whose status is not told, can be followed
		// by this answer.
		if g.status == 0 || g.status == 400 {
			e.login = login{group: g, writer: e.writer}
		}
	case keytext.EventUsedUp:
	default:
		if mine {
			e.login = login{}
		}
	}
	switch g.event {
	case keytext.EventEnrolling:
		if e.failed.writer == e.writer {
			e.failed = failure{}
		}
	case keytext.EventEnrolmentDead:
		if e.failed.line > 0 && e.failed.writer == e.writer {
			g.reason = e.failed.line
		} else {
			g.unexplained = true
		}
		e.failed = failure{}
	default:
		e.failed = failure{line: e.line, writer: e.writer}
	}
}

// Explanations returns what was read so far, by first appearance.
func (e *Explainer) Explanations() []Explanation {
	var all []Explanation
	for _, g := range e.order {
		// The answer behind a failed login tells more than the login.
		if g.answered < g.count {
			all = append(all, e.explain(g))
		}
	}
	return all
}

// LooksLikeLog reports whether pasted text is a log rather than a key text: one
// line of it is known, or several name the process that wrote them.
func LooksLikeLog(text string) bool {
	named := 0
	for line := range strings.Lines(text) {
		l := keytext.ReadLog(line)
		if l.Process != "" {
			named++
		}
		if l.Event != keytext.EventNone || named > 1 {
			return true
		}
	}
	return false
}
