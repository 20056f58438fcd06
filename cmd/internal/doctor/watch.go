package doctor

import (
	"mime"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Watch is a transport that looks at answers on their way: when they were made,
// and whether they are the API's at all. Next and Now are required.
type Watch struct {
	Next http.RoundTripper
	Now  func() time.Time

	mu     sync.Mutex
	sample Sample
	last   Answer
}

// Sample is a server's clock beside ours. The zero value is none.
type Sample struct {
	Server time.Time     // its Date header, in whole seconds
	Here   time.Time     // when the answer arrived
	Took   time.Duration // since the question left
}

// Answer is what the last answer looked like. The zero value is none.
type Answer struct {
	Status int
	Page   bool // a web page, which the API never sends
}

// RoundTrip sends a request on.
func (w *Watch) RoundTrip(r *http.Request) (*http.Response, error) {
	start := w.Now()
	resp, err := w.Next.RoundTrip(r)
	here := w.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		w.last = Answer{}
		return resp, err
	}
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	w.last = Answer{Status: resp.StatusCode, Page: strings.Contains(kind, "html")}
	s := Sample{Here: here, Took: here.Sub(start)}
	// The quickest answer tells the time best.
	if s.Server, err = http.ParseTime(resp.Header.Get("Date")); err == nil && (w.sample.Server.IsZero() || s.Took < w.sample.Took) {
		w.sample = s
	}
	return resp, nil
}

// Sample returns the best look at the server's clock so far.
func (w *Watch) Sample() Sample {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sample
}

// Last returns what the last answer looked like.
func (w *Watch) Last() Answer {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.last
}
