package tui_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/tui"
	"provkeys/tui/clipboard"
)

// What a copy may say of itself.
var (
	byOSC52   = clipboard.Outcome{Route: clipboard.RouteOSC52}
	byCommand = clipboard.Outcome{Route: clipboard.RouteCommand}
	byTmux    = clipboard.Outcome{Route: clipboard.RouteTmux, Evidence: clipboard.EvidenceBuffer}
	passedOn  = clipboard.Outcome{Route: clipboard.RouteTmux, Evidence: clipboard.EvidenceBuffer, PassedOn: true}
	unequal   = clipboard.Outcome{Route: clipboard.RouteNative, Evidence: clipboard.EvidenceDiffers}
)

// fakeClipboard keeps what was copied. By OSC 52 it is the real one, which
// touches nothing but the terminal that the console owns.
type fakeClipboard struct {
	outcome clipboard.Outcome // what a copy says of itself
	life    time.Duration
	osc     tui.Clipboard

	mu     sync.Mutex
	text   client.Secret
	err    error
	broken string        // a copy panics with that
	slow   time.Duration // how long the next copy takes
	n      int
	leases []*fakeLease
}

func newFakeClipboard(outcome clipboard.Outcome, life time.Duration) *fakeClipboard {
	env := func(name string) (string, bool) {
		value, ok := map[string]string{"TERM": "xterm-256color"}[name]
		return value, ok
	}
	return &fakeClipboard{
		outcome: outcome, life: life,
		osc: tui.OnClipboard(clipboard.Clipboard{Mode: clipboard.OSC52, Session: clipboard.Session{Lookup: env, GOOS: "linux"}}),
	}
}

func (f *fakeClipboard) Plan(t clipboard.Terminal) clipboard.Plan {
	if f.outcome.Route == clipboard.RouteOSC52 {
		return f.osc.Plan(t)
	}
	return clipboard.Plan{Steps: []clipboard.Step{{Route: f.outcome.Route}}}
}

func (f *fakeClipboard) Alternate(context.Context) bool { return true }

func (f *fakeClipboard) Copy(ctx context.Context, text client.Secret, ask func() clipboard.Terminal) (tui.Copied, error) {
	f.mu.Lock()
	slow := f.slow
	f.slow = 0
	f.mu.Unlock()
	time.Sleep(slow)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.broken != "" {
		panic(f.broken)
	}
	if f.err != nil {
		return tui.Copied{}, f.err
	}
	f.n++
	if f.outcome.Route == clipboard.RouteOSC52 {
		f.mu.Unlock()
		defer f.mu.Lock()
		return f.osc.Copy(ctx, text, ask)
	}
	f.text = text
	copied := tui.Copied{Outcome: f.outcome}
	if f.outcome.Clearable() {
		copied.Lease = f.lease(text)
	}
	return copied, nil
}

func (f *fakeClipboard) copied() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.text.Reveal()
}

func (f *fakeClipboard) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

// put is somebody who copies something else.
func (f *fakeClipboard) put(text string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.text = client.NewSecret(text)
}

// fakeLease is the helper of one copy: it clears when the time is up or when it
// is told to, and only what is still its own.
type fakeLease struct {
	clip   *fakeClipboard
	text   client.Secret
	ended  chan clipboard.Ending
	fate   leaseFate
	ending clipboard.Ending // instead of clearing
}

// leaseFate is what became of a fake helper.
type leaseFate int

const (
	looking leaseFate = iota
	over
	superseded
)

// was reports whether the helper is at least that far.
func (l *fakeLease) was(fate leaseFate) bool {
	l.clip.mu.Lock()
	defer l.clip.mu.Unlock()
	return l.fate >= fate
}

func (f *fakeClipboard) lease(text client.Secret) *fakeLease {
	l := &fakeLease{clip: f, text: text, ended: make(chan clipboard.Ending, 1)}
	f.leases = append(f.leases, l)
	if f.life > 0 {
		time.AfterFunc(f.life, l.Clear)
	}
	return l
}

func (l *fakeLease) Clear() { l.end(over) }

func (l *fakeLease) Supersede() { l.end(superseded) }

func (l *fakeLease) Ended() <-chan clipboard.Ending { return l.ended }

// willEnd makes the helper end like that instead of clearing.
func (l *fakeLease) willEnd(ending clipboard.Ending) {
	l.clip.mu.Lock()
	defer l.clip.mu.Unlock()
	l.ending = ending
}

// vanish ends the helper without a word.
func (l *fakeLease) vanish() {
	l.clip.mu.Lock()
	defer l.clip.mu.Unlock()
	l.fate = over
	close(l.ended)
}

func (l *fakeLease) end(fate leaseFate) {
	l.clip.mu.Lock()
	defer l.clip.mu.Unlock()
	if l.fate != looking {
		return
	}
	l.fate = fate
	ending := clipboard.EndingChanged
	switch {
	case l.ending != 0:
		ending = l.ending
	case fate != superseded && l.clip.text.Equal(l.text):
		ending = clipboard.EndingCleared
		l.clip.text = client.NewSecret("")
	}
	l.ended <- ending
	close(l.ended)
}

// fakeJournal keeps what was recorded.
type fakeJournal struct {
	mu    sync.Mutex
	deeds []tui.Deed
	err   error
	slow  time.Duration
}

func (j *fakeJournal) Record(d tui.Deed) error {
	time.Sleep(j.slow)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.deeds = append(j.deeds, d)
	return j.err
}

// last returns the newest deed, and how many there are.
func (j *fakeJournal) last() (tui.Deed, int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.deeds) == 0 {
		return tui.Deed{}, 0
	}
	return j.deeds[len(j.deeds)-1], len(j.deeds)
}

// of returns the deeds of one kind.
func (j *fakeJournal) of(action tui.DeedAction) (deeds []tui.Deed) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, d := range j.deeds {
		if d.Action == action {
			deeds = append(deeds, d)
		}
	}
	return deeds
}

// fakeMemory keeps which keys were remembered.
type fakeMemory struct {
	slow time.Duration // how long it takes to remember

	mu   sync.Mutex
	refs []client.Ref
	err  error
}

func (f *fakeMemory) Remember(k client.Key) error {
	time.Sleep(f.slow)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.refs = append(f.refs, k.Ref())
	return f.err
}

func (f *fakeMemory) Recall() (diagnose.Memory, error) { return nil, nil }

func (f *fakeMemory) remembered() []client.Ref {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.refs)
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

// losing lets the calls of a method through and loses the first answer.
func (s *switchboard) losing(method string) {
	lost := false
	s.breakWith(func(r *http.Request) (*http.Response, error) {
		if lost || r.Method != method {
			return nil, nil
		}
		lost = true
		resp, err := s.RoundTripper.RoundTrip(r)
		if err == nil {
			err = errors.Join(resp.Body.Close(), errors.New("the connection was cut"))
		}
		return nil, err
	})
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

// cutAll is a backend that breaks off in the middle of every call.
func cutAll(*http.Request) (*http.Response, error) { return nil, io.ErrUnexpectedEOF }

// refuseAll is a backend that is not there.
func refuseAll(*http.Request) (*http.Response, error) {
	return nil, errors.New("connection refused")
}
