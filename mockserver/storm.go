package mockserver

import (
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	stormLatency = 5 * time.Millisecond
	stormJitter  = 45 * time.Millisecond
)

// Storm returns a mix of all faults that a client can recover from by asking again
// or by looking what became of a write. At about rate of the calls, above 0 to 1,
// one of them happens, and every other call is a little late. None of them waits
// for longer than a second, tells an untruth in a whole answer, or refuses to sign
// in for good. The seed chooses whom it strikes. The line "storm p=RATE seed=SEED"
// is the same; a rate of 0 is no faults.
func Storm(seed int64, rate float64) []Fault {
	if rate <= 0 {
		return nil
	}
	var list []Fault
	for _, part := range []struct {
		about  Fault
		faults []Fault
	}{
		{Fault{Method: anyRead}, slices.Concat(undone(), tornAnswers())},
		{Fault{Method: anyWrite}, slices.Concat(undone(), doneUnheard(), tornAnswers())},
		{Fault{Route: routeSignIn}, atSignIn()},
	} {
		// Each is drawn for itself; together they strike at the rate.
		chance := threeDigits(1 - math.Pow(1-min(rate, 1), 1/float64(len(part.faults))))
		for _, f := range part.faults {
			f.Method, f.Route, f.Chance, f.Seed = part.about.Method, part.about.Route, chance, seed
			list = append(list, f)
		}
	}
	return append(list, Fault{Latency: stormLatency, Jitter: stormJitter, Chance: 0.5, Seed: seed})
}

// threeDigits keeps a number readable where faults are listed, and never makes 0 of it.
func threeDigits(x float64) float64 {
	// What was written as a number is one.
	short, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 3, 64), 64)
	return short
}

// undone are the refusals and broken connections after which nothing was done.
func undone() []Fault {
	return []Fault{
		{Status: http.StatusUnauthorized},
		{Status: http.StatusConflict},
		{Status: http.StatusTooManyRequests, RetryAfter: "1s"},
		{Status: http.StatusTooManyRequests, RetryAfter: noValue},
		{Status: http.StatusInternalServerError},
		{Status: http.StatusBadGateway},
		{Status: http.StatusServiceUnavailable, RetryAfter: "1"},
		{Status: http.StatusServiceUnavailable, RetryAfter: noValue},
		{Status: http.StatusGatewayTimeout},
		{Effect: HTML, Status: http.StatusBadGateway},
		{Effect: Refuse},
		{Effect: CutBefore},
	}
}

// doneUnheard are those after which a write was done and its caller told otherwise.
func doneUnheard() []Fault {
	return []Fault{
		{Status: http.StatusInternalServerError, Done: true},
		{Status: http.StatusBadGateway, Done: true},
		{Status: http.StatusServiceUnavailable, RetryAfter: noValue, Done: true},
		{Status: http.StatusGatewayTimeout, Done: true},
		{Effect: HTML, Status: http.StatusBadGateway, Done: true},
		{Effect: CutAfter},
	}
}

// tornAnswers are those of which a part arrives.
func tornAnswers() []Fault {
	return []Fault{
		{Effect: CutHeaders}, {Effect: CutBody}, {Effect: CutEnd}, {Effect: CutChunk},
		{Effect: Truncated}, {Effect: Malformed}, {Effect: Empty},
	}
}

// atSignIn has no refusal: three of those lock the client.
func atSignIn() []Fault {
	return []Fault{
		{Status: http.StatusTooManyRequests, RetryAfter: "1s"},
		{Status: http.StatusServiceUnavailable, RetryAfter: noValue},
		{Status: http.StatusBadGateway},
		{Effect: Refuse},
		{Effect: CutBefore},
	}
}
