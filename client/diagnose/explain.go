package diagnose

import (
	"cmp"
	"slices"
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
)

// Explainer reads a log line by line. It keeps what it needs to explain it and
// no line. Its zero value is not usable: NewExplainer makes one.
type Explainer struct {
	known  Known
	index  index
	line   int // the number of the last line that was read
	told   map[tells]*group
	order  []*group // by first appearance
	origin origin   // of the last line that names one; a line that names none goes on with its message
	login  login
	shown  map[speaker]shown  // by whom an answer alone does not tell from others
	failed map[origin]failure // the last known failure of what each writer has under way
}

// tells is what lines have in common that tell the same.
type tells struct {
	event       keytext.Event
	kind        client.Kind // of the service that wrote them; "" where that is not known
	status      int
	nonce       keytext.Hint
	damage      keytext.FaultKind
	fingerprint string
}

// group is the lines that tell the same. Those of failed logins whose answer
// tells more are not among them.
type group struct {
	tells
	first, last, count int
	source             string // the machine or container of the first; "" where that is not known
	scattered          bool   // another one wrote the same
	reason             int    // of failed enrolments: the line that may say why the last one failed
	unexplained        bool   // of failed enrolments: before one there is no known failure
	crowd              bool   // it stands for all that were too many to tell apart
}

// failure is a line that says why an enrolment fails, and its entry as origin has
// it.
type failure struct{ line, entry int }

// NewExplainer returns an explainer that compares with what is known.
func NewExplainer(known Known) *Explainer {
	return &Explainer{known: known, index: newIndex(known), told: map[tells]*group{}, shown: map[speaker]shown{}, failed: map[origin]failure{}}
}

// Read reads the next line, without its break, and reports whether it says
// anything that is known.
func (e *Explainer) Read(line string) bool {
	e.line++
	l := keytext.ReadLog(line)
	e.turnTo(l)
	if l.Login {
		e.show(l)
		e.login = login{}
	}
	if l.Event == keytext.EventNone {
		return false
	}
	if l.Event == keytext.EventEnrolmentDead && e.endsKnownFailure() {
		e.await(l, nil, 0)
		return true
	}
	g := e.group(e.complete(l))
	before := g.last
	g.add(e.line, e.origin.source)
	e.await(l, g, before)
	e.follow(g)
	return true
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
	t.nonce = cloned(t.nonce)
	t.fingerprint = strings.Clone(t.fingerprint)
	g := &group{tells: t, crowd: crowd}
	e.told[t] = g
	e.order = append(e.order, g)
	return g
}

func cloned(h keytext.Hint) keytext.Hint {
	return keytext.Hint{Version: strings.Clone(h.Version), Host: strings.Clone(h.Host), LogPrefix: strings.Clone(h.LogPrefix)}
}

// add counts a line.
func (g *group) add(line int, source string) {
	if g.count == 0 {
		g.first = line
	}
	if g.last == 0 {
		g.source = source
	}
	g.scattered = g.scattered || g.source != source
	g.last = line
	g.count++
}

// takeBack takes the last line out, before which the last one was that given.
func (g *group) takeBack(before int) {
	g.last = before
	g.count--
}

// endsKnownFailure reports whether a failed enrolment is the end of a failure that
// the same process told before, and takes that as ended. Both are one failure, and
// told once.
func (e *Explainer) endsKnownFailure() bool {
	by := e.origin.writer()
	f, known := e.failed[by]
	if !known || f.entry != e.origin.entry {
		return false
	}
	delete(e.failed, by)
	return true
}

// follow keeps what the lines behind this one need to be understood.
func (e *Explainer) follow(g *group) {
	by := e.origin.writer()
	switch g.event {
	case keytext.EventEnrolling:
		delete(e.failed, by)
	case keytext.EventEnrolmentDead:
		if f, known := e.failed[by]; known {
			g.reason = f.line
		} else {
			g.unexplained = true
		}
		delete(e.failed, by)
	default:
		if len(e.failed) >= mostTold {
			clear(e.failed)
		}
		e.failed[by] = failure{line: e.line, entry: e.origin.entry}
	}
}

// Explanations returns what was read so far, by first appearance.
func (e *Explainer) Explanations() []Explanation {
	var all []Explanation
	for _, g := range e.order {
		if g.count > 0 {
			all = append(all, e.explain(g))
		}
	}
	slices.SortStableFunc(all, func(a, b Explanation) int { return cmp.Compare(a.First, b.First) })
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
