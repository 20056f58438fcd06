package mockserver

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// begin marks the object of a write as being written until done is called, and
// reports whether another write was under way to it: then this one is late, marks
// nothing and is refused. Without latency a write takes no time, so that none is.
func (s *Server) begin(r *http.Request) (late bool, done func()) {
	if s.latency == 0 || r.Method != http.MethodPut && r.Method != http.MethodDelete {
		return false, func() {}
	}
	object := strings.TrimPrefix(r.URL.Path, oneAPIPath) // either door leads to it
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.writing[object] {
		return true, func() {}
	}
	s.writing[object] = true
	ended := false
	return false, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		if !ended {
			ended = true
			delete(s.writing, object)
		}
	}
}

// delay lets the latency pass. A caller that leaves meanwhile finds its call not
// done, and gets a cut connection instead of an answer.
func (s *Server) delay(r *http.Request) {
	if err := pause(r.Context(), s.latency); err != nil {
		panic(http.ErrAbortHandler)
	}
}

// pause lets time pass, or returns the context's error if that ends first.
func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// concurrent refuses a write that came while another was under way.
func concurrent() *Refusal {
	return &Refusal{
		Status: http.StatusConflict, ID: "api.concurrent.access.error",
		Reason: "another change of the same object is under way: try again",
	}
}
