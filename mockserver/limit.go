package mockserver

import (
	"net/http"
	"time"
)

const (
	limitWindow  = 10 * time.Second
	readsAllowed = 20
	// writesAllowed counts POST, PUT and DELETE together.
	writesAllowed = 10
)

// limiter refuses calls beyond the tenant's limits. A refused call is not
// counted, so that waiting as long as told is enough.
type limiter struct {
	on            bool
	reads, writes window
}

func newLimiter(on bool) *limiter {
	return &limiter{on: on, reads: window{allowed: readsAllowed}, writes: window{allowed: writesAllowed}}
}

// take counts a call and returns zero, or returns how long to wait.
func (l *limiter) take(method string, now time.Time) time.Duration {
	if !l.on {
		return 0
	}
	switch method {
	case http.MethodPost, http.MethodPut, http.MethodDelete:
		return l.writes.take(now)
	default:
		return l.reads.take(now)
	}
}

// window remembers the times of the calls that are younger than limitWindow.
type window struct {
	allowed int
	times   []time.Time
}

func (w *window) take(now time.Time) time.Duration {
	for len(w.times) > 0 && now.Sub(w.times[0]) >= limitWindow {
		w.times = w.times[1:]
	}
	if len(w.times) >= w.allowed {
		return limitWindow - now.Sub(w.times[0])
	}
	w.times = append(w.times, now)
	return 0
}

func tooMany(wait time.Duration) answer {
	r := &Refusal{
		Status: http.StatusTooManyRequests, ID: "invalid.toomanyrequests",
		Reason: "too many requests: 20 reads and 10 writes in 10 seconds",
	}
	a := r.answer()
	a.retryAfter = wait
	return a
}
