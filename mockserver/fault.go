package mockserver

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Effect is what a fault does to a call, named by its word in a fault's line.
type Effect string

// The effects. Those up to CutBefore leave the call undone unless Fault.Done says
// otherwise; all others do it.
const (
	// HTML is the page of a proxy with Fault.Status, 200 when zero.
	HTML Effect = "html"
	// Refuse is a connection that is not accepted.
	Refuse Effect = "refuse"
	// Hang is no answer for as long as the caller waits.
	Hang Effect = "hang"
	// CutBefore ends the connection before the call is done.
	CutBefore Effect = "cut=before"

	// CutAfter ends the connection when the call is done, before its answer.
	CutAfter Effect = "cut=after"
	// CutHeaders ends it in the middle of the answer's headers.
	CutHeaders Effect = "cut=headers"
	// CutBody ends it in the middle of the body.
	CutBody Effect = "cut=body"
	// CutEnd ends it after the body, of which the headers promised more.
	CutEnd Effect = "cut=end"
	// CutChunk ends it after the body, whose last chunk never comes.
	CutChunk Effect = "cut=chunk"

	// Truncated is half the body, with the right length for that half.
	Truncated Effect = "truncated"
	// Malformed is a body that is not JSON any more.
	Malformed Effect = "malformed"
	// Empty is the status without the body.
	Empty Effect = "empty"
	// Endless is a body that goes on for as long as the caller reads.
	Endless Effect = "endless"
	// Trickle is the body, a byte each Fault.Every.
	Trickle Effect = "trickle"
	// Bomb is a compressed megabyte that becomes a gigabyte of page.
	Bomb Effect = "bomb"
	// RowTwice moves the rows of a list down by one, as a newcomer does between two
	// pages: the last row of the page before comes again.
	RowTwice Effect = "row=twice"
	// RowGone moves them up by one, as a deletion does: a row is on neither page.
	RowGone Effect = "row=gone"
	// Other is the answer for another key of the same kind.
	Other Effect = "other"
)

// effects returns all of them in the order of their constants.
func effects() []Effect {
	return []Effect{
		HTML, Refuse, Hang, CutBefore, CutAfter, CutHeaders, CutBody, CutEnd, CutChunk, Truncated,
		Malformed, Empty, Endless, Trickle, Bomb, RowTwice, RowGone, Other,
	}
}

// Fault is something that goes wrong: for which calls, how often, and what.
// Zero fields ask for nothing, so that every call is matched every time.
type Fault struct {
	// Method is GET, POST, PUT or DELETE; "read" for GET and HEAD, or "write" for
	// the others, both of them without signing in and out.
	Method string
	// Route is the name of a part of the API, such as "keys", or a path behind the
	// front door, in which * stands for anything.
	Route string
	// Kind is one of the kinds of this package.
	Kind string

	// After is how many matching calls go well first, and Count how often the
	// fault then fires at most; 0 is without end.
	After, Count int
	// Chance is how likely it fires, above 0 to 1; 0 is as good as 1.
	Chance float64
	// Seed gives the same fault other luck.
	Seed int64

	// Latency and up to Jitter more pass before the call, in addition to all else.
	Latency, Jitter time.Duration
	// Status is what is answered in place of the call, or that of HTML.
	Status int
	// Code is the error code of a Status in place of the usual one.
	Code string
	// RetryAfter is sent with Status as it is, several headers parted by |; "none"
	// for no header, "date+30s" and "date-30s" for an HTTP date so far from now.
	// Empty, 429 comes with 4s and 503 with 10s, as recorded from the API.
	RetryAfter string
	// Effect is what else happens.
	Effect Effect
	// Done says that the call is done before Status, HTML or Hang.
	Done bool
	// Every is how long each byte of a Trickle takes, a second when zero.
	Every time.Duration

	// ContentType, TotalPages and TotalCount change the answer of the API. The
	// totals are any text; "none" removes them, "+2" and "-2" add to the truth.
	ContentType, TotalPages, TotalCount string
	// Clock is how far the Date header and the life of a new token are off.
	Clock time.Duration
}

// methods are the words that Fault.Method knows.
func methods() []string {
	return []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete, anyRead, anyWrite}
}

// statuses are those the API and the gateways in front of it answer with.
func statuses() []int {
	return []int{
		http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusConflict,
		http.StatusTooManyRequests, http.StatusInternalServerError, http.StatusBadGateway,
		http.StatusServiceUnavailable, http.StatusGatewayTimeout,
	}
}

// check returns what is wrong with the fault, and what would be right.
func (f Fault) check() error {
	switch {
	case f.Method != "" && !slices.Contains(methods(), f.Method):
		return fmt.Errorf("%q is no method: it is one of %s", f.Method, strings.Join(methods(), ", "))
	case f.Route != "" && !isRoute(f.Route):
		return fmt.Errorf("%q is no part of the API: it is one of %s, or a path such as /*/connector/*",
			f.Route, strings.Join(routeNames(), ", "))
	case f.Kind != "" && !slices.Contains(kinds(), f.Kind):
		return fmt.Errorf("%q is no kind: it is one of %s", f.Kind, strings.Join(kinds(), ", "))
	case f.Effect != "" && !slices.Contains(effects(), f.Effect):
		return fmt.Errorf("%q is no effect: it is one of %s", f.Effect, join(effects()))
	case f.After < 0 || f.Count < 0:
		return errors.New("after and count are whole numbers from 0")
	case f.Latency < 0 || f.Jitter < 0 || f.Every < 0:
		return errors.New("latency, jitter and trickle are times such as 50ms, none of them negative")
	}
	if err := checkChance(f.Chance); err != nil {
		return err
	}
	if err := f.checkTexts(); err != nil {
		return err
	}
	return f.checkTogether()
}

func checkChance(p float64) error {
	if math.IsNaN(p) || p < 0 || p > 1 {
		return errors.New("p is a number above 0, at most 1")
	}
	return nil
}

// checkTexts looks at what would be sent in headers or parted by blanks.
func (f Fault) checkTexts() error {
	for _, text := range []string{f.Route, f.Code, f.RetryAfter, f.ContentType, f.TotalPages, f.TotalCount} {
		if strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return fmt.Errorf("%q may hold visible ASCII characters only", text)
		}
	}
	for _, value := range strings.Split(f.RetryAfter, "|") {
		if date, isDate := strings.CutPrefix(value, datePrefix); isDate {
			if _, err := time.ParseDuration(date); err != nil {
				return fmt.Errorf("retry-after=%s is no date: write date+30s or date-1h", value)
			}
		}
	}
	return nil
}

// checkTogether refuses what cannot hold for one and the same call.
func (f Fault) checkTogether() error {
	edits := f.ContentType != "" || f.TotalPages != "" || f.TotalCount != "" || f.Clock != 0
	switch {
	case f.Status != 0 && f.Effect != HTML && !slices.Contains(statuses(), f.Status):
		return fmt.Errorf("%d is no status of a fault: it is one of %s", f.Status, join(statuses()))
	case f.Effect == HTML && f.Status != 0 && (f.Status < 200 || f.Status > 599 || noBody(f.Status)):
		return fmt.Errorf("html=%d is no status that has a page: write html=200, html=403 or html=502", f.Status)
	case f.Status != 0 && f.Effect != "" && f.Effect != HTML:
		return fmt.Errorf("%d and %s cannot both be the answer: write two faults", f.Status, f.Effect)
	case f.Done && f.Status == 0 && f.Effect != HTML && f.Effect != Hang:
		return errors.New("done goes with a status, html or hang: all else is done anyway, or never")
	case (f.Code != "" || f.RetryAfter != "") && (f.Status == 0 || f.Effect == HTML):
		return errors.New("id and retry-after go with a status such as 429")
	case f.Every != 0 && f.Effect != Trickle:
		return errors.New("the time between two bytes goes with trickle")
	case edits && (f.standsIn() || f.Effect == CutAfter || f.Effect == CutHeaders):
		return errors.New("content-type, total-pages, total-count and clock change an answer of the API, and here there is none")
	case f.readsOnly() && f.Method != "" && f.Method != http.MethodGet && f.Method != anyRead:
		return fmt.Errorf("row, other, total-pages and total-count are for reads: leave %s out", f.Method)
	case !f.acts() && f.Latency == 0 && f.Jitter == 0:
		return errors.New("nothing happens: add a status such as 503, a cut such as cut=after, or a latency")
	}
	return nil
}

// acts says whether the fault does more than let time pass.
func (f Fault) acts() bool {
	return f.Effect != "" || f.Status != 0 || f.ContentType != "" || f.TotalPages != "" || f.TotalCount != "" || f.Clock != 0
}

// standsIn says whether something else comes in place of the API's answer.
func (f Fault) standsIn() bool {
	return f.Status != 0 || slices.Contains([]Effect{HTML, Refuse, Hang, CutBefore}, f.Effect)
}

// breaksConnections says whether a caller may see its connection end.
func (f Fault) breaksConnections() bool {
	return f.Effect == Refuse || f.Effect == Hang || strings.HasPrefix(string(f.Effect), "cut=")
}

// readsOnly says whether the effect makes sense for reads alone.
func (f Fault) readsOnly() bool {
	return f.Effect == RowTwice || f.Effect == RowGone || f.Effect == Other || f.TotalPages != "" || f.TotalCount != ""
}

func join[T any](list []T) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ", "), "[]")
}
