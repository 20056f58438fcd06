package tui_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"provkeys/client"
	"provkeys/tui/clipboard"
)

// fakeClipboard keeps what was copied.
type fakeClipboard struct {
	plan clipboard.Plan
	mu   sync.Mutex
	text client.Secret
	err  error
	slow time.Duration // how long the next copy takes
	n    int
}

func (f *fakeClipboard) Plan() clipboard.Plan { return f.plan }
func (f *fakeClipboard) Sent() clipboard.Outcome {
	return clipboard.Outcome{Route: clipboard.RouteOSC52}
}
func (f *fakeClipboard) Fallback() clipboard.Plan { return clipboard.Plan{} }

func (f *fakeClipboard) Copy(_ context.Context, text client.Secret) (clipboard.Outcome, error) {
	f.mu.Lock()
	slow := f.slow
	f.slow = 0
	f.mu.Unlock()
	time.Sleep(slow)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return clipboard.Outcome{}, f.err
	}
	f.text = text
	f.n++
	return clipboard.Outcome{Route: clipboard.RouteNative, Verified: true}, nil
}

func (f *fakeClipboard) copied() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text.Reveal()
}

// switchboard is a transport that a test can break.
type switchboard struct {
	http.RoundTripper
	mu    sync.Mutex
	fault func(*http.Request) (*http.Response, error)
	sent  int
}

func (s *switchboard) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	s.sent++
	fault := s.fault
	s.mu.Unlock()
	if fault != nil {
		if resp, err := fault(r); resp != nil || err != nil {
			return resp, err
		}
	}
	return s.RoundTripper.RoundTrip(r)
}

func (s *switchboard) breakWith(fault func(*http.Request) (*http.Response, error)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fault = fault
}

// answer makes calls whose path contains part fail with a status and a body.
func answer(part string, status int, body string) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		if !strings.Contains(r.URL.Path, part) {
			return nil, nil
		}
		return &http.Response{
			StatusCode: status, Header: http.Header{}, Request: r,
			Body: io.NopCloser(strings.NewReader(body)),
		}, nil
	}
}

// refuseAll is a backend that is not there.
func refuseAll(*http.Request) (*http.Response, error) {
	return nil, errors.New("connection refused")
}
