package clipboard

import (
	"strconv"
	"strings"
	"time"
)

// Evidence is what is known of a copy.
type Evidence int

// The evidences.
const (
	EvidenceSent     Evidence = iota // handed over; nobody can tell what became of it
	EvidenceDiffers                  // the tool reported success, and the read-back was not equal
	EvidenceBuffer                   // tmux holds it, read back equal; the clipboard beyond cannot be read
	EvidenceVerified                 // read back from the clipboard and equal to the byte
)

// String returns the evidence's word, as JSON output writes it.
func (e Evidence) String() string {
	switch e {
	case EvidenceDiffers:
		return "differs"
	case EvidenceBuffer:
		return "buffer"
	case EvidenceVerified:
		return "verified"
	}
	return "sent"
}

// Outcome is what is known after a copy that brought no error.
type Outcome struct {
	Route    Route
	Also     Route // RouteNative where the desktop got it beside tmux
	Evidence Evidence
	PassedOn bool // tmux passed it on to its terminal
	Top      bool // tmux pastes it by prefix ]; newer versions want named buffers picked
	Form     Form // of OSC 52
	Writes   bool // the terminal says that it takes clipboard writes
}

// Confirmed reports whether a read-back from the clipboard was equal.
func (o Outcome) Confirmed() bool { return o.Evidence == EvidenceVerified }

// Beyond reports whether the text may be on a clipboard that nothing but this
// program, while it runs, can take it off from, if anything can.
func (o Outcome) Beyond() bool {
	switch o.Route {
	case RouteOSC52, RouteCommand:
		return true
	case RouteTmux:
		return o.PassedOn && o.Also == RouteNone // the desktop's is the terminal's too
	}
	return false
}

// Clearable reports whether the copy can be cleared from here at all.
func (o Outcome) Clearable() bool { return o.Route != RouteNone && o.Route != RouteCommand }

// RouteWords names the route or routes: "tmux", or "tmux+native" where both
// hold it.
func (o Outcome) RouteWords() string {
	if o.Also == RouteNone {
		return o.Route.String()
	}
	return o.Route.String() + "+" + o.Also.String()
}

// Words says what is known, and no more, for a person. Life is how long the
// copy stays, 0 for as long as nobody clears it; standing says that this program
// runs on and clears what only a running program can.
func (o Outcome) Words(life time.Duration, standing bool) string {
	return o.WordsOr(life, standing, "")
}

// WordsOr says the same and, where the terminal may have copied nothing, what
// else brings the text: instead is a clause such as "o downloads, V shows", or ""
// for nothing.
func (o Outcome) WordsOr(life time.Duration, standing bool, instead string) string {
	words, promise := o.known(instead), ""
	if life > 0 {
		promise = o.promise(standing)
	}
	if promise == "" {
		return words
	}
	return words + " " + strings.ReplaceAll(promise, "LIFE", lifeWords(life))
}

// known says what is known of the copy.
func (o Outcome) known(instead string) string {
	switch o.Route {
	case RouteNone:
		return "Not copied."
	case RouteCommand:
		return "Handed to your clipboard command."
	case RouteNative:
		if o.Evidence == EvidenceVerified {
			return "Copied and verified."
		}
		return differs
	case RouteTmux:
		return o.inTmux()
	}
	return o.sent(instead)
}

// sent says what is known of a text that was sent to the terminal.
func (o Outcome) sent(instead string) string {
	const paste = ", which cannot confirm: paste to check. Nothing there? "
	allow := "Allow clipboard writes (OSC 52) in "
	if instead != "" {
		instead, allow = instead+"; or ", "allow clipboard writes (OSC 52) in "
	}
	switch {
	case o.Form == FormScreen:
		return "Sent through GNU screen" + paste + instead + allow + "the terminal around it."
	case o.Form == FormTmux:
		return "Sent through tmux" + paste + instead + "set -g set-clipboard on in that tmux."
	case o.Writes:
		return "Sent; your terminal accepts clipboard writes. Paste to check."
	}
	return "Sent to your terminal" + paste + instead + allow + "its settings."
}

const differs = "Not confirmed: the clipboard tool reported success, but reading back gave something else."

func (o Outcome) inTmux() string {
	switch {
	case o.Also == RouteNative && o.Evidence == EvidenceVerified:
		return "Copied and verified, and in the tmux buffer (" + o.prefix() + ")."
	case o.PassedOn:
		return "In the tmux buffer, verified, and passed to your terminal."
	}
	return "In the tmux buffer only (" + o.prefix() + ")."
}

// prefix names the keys that paste tmux's buffer.
func (o Outcome) prefix() string {
	if o.Top {
		return "prefix ]"
	}
	return "prefix = picks it"
}

// promise says what clears, "" where nothing will.
func (o Outcome) promise(standing bool) string {
	switch {
	case o.Route == RouteNative && o.Evidence == EvidenceVerified:
		return "Clears in LIFE if unchanged."
	case o.Route == RouteTmux && o.Also == RouteNative:
		return "Both clear in LIFE if unchanged."
	case o.Route == RouteTmux && o.PassedOn && standing:
		return "The buffer clears in LIFE, the terminal's clipboard too while provkeys runs."
	case o.Route == RouteTmux && o.PassedOn:
		return "The buffer clears in LIFE; what your terminal holds, provkeys cannot clear from here."
	case o.Route == RouteTmux:
		return "It clears in LIFE."
	case o.Route == RouteOSC52 && standing:
		return "Clears in LIFE while provkeys runs."
	case o.Route == RouteOSC52:
		return "provkeys cannot clear it from here."
	}
	return ""
}

// lifeWords writes a time as people do: "45 s", "2 min", "1 h 30 min".
func lifeWords(d time.Duration) string {
	d = max(d.Round(time.Second), time.Second)
	var parts []string
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}} {
		if n := d / unit.size; n > 0 {
			parts = append(parts, strconv.Itoa(int(n))+" "+unit.name)
			d -= n * unit.size
		}
	}
	return strings.Join(parts, " ")
}
