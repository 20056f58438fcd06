package clipboard

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
)

// fakeText holds every character that a shell would act on and a key may have.
const fakeText = `3|mock.example|abc+/$HOME'"\` + "`id`"

// fakeDesktop is a desktop's clipboard with switches.
type fakeDesktop struct {
	mu       sync.Mutex
	held     string
	writeErr error
	readErr  error
	lies     bool
	hangs    chan struct{} // nil: answers at once
	stalls   int           // how many readings more never answer, until late is closed
	late     chan struct{}
	slow     time.Duration // what writing takes
}

func (d *fakeDesktop) WriteAll(text string) error {
	if d.hangs != nil {
		<-d.hangs
	}
	time.Sleep(d.slow)
	if !d.lies {
		d.set(text)
	}
	return d.writeErr
}

func (d *fakeDesktop) set(text string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.held = text
}

func (d *fakeDesktop) holds() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.held
}

func (d *fakeDesktop) ReadAll() (string, error) {
	if d.hangs != nil {
		<-d.hangs
	}
	if d.stall() {
		<-d.late
	}
	return d.holds(), d.readErr
}

// stall reports whether this reading never answers.
func (d *fakeDesktop) stall() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.stalls == 0 {
		return false
	}
	d.stalls--
	return true
}

// nobodyElse is a place on a desktop that no other helper copies to.
func nobodyElse(d desktop) *desktopPlace {
	return &desktopPlace{desktop: d, take: func() turn { return turn{} }}
}

// fakeTmux is a tmux server; the terminal around it holds what was passed on.
type fakeTmux struct {
	mu       sync.Mutex
	names    []string // newest first
	texts    map[string]string
	terminal string
	client   attached // the terminal that is attached
	remote   bool
	named    bool // newer versions paste no named buffer by themselves
	err      error
}

// atPTS is a terminal that takes clipboards.
var atPTS = attached{client: "/dev/pts/7", pid: "4711"}

func (f *fakeTmux) Load(_ context.Context, name, text string, to attached) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return f.err
	}
	if f.texts == nil {
		f.texts = map[string]string{}
	}
	if _, there := f.texts[name]; !there {
		f.names = append([]string{name}, f.names...)
	}
	f.texts[name] = text
	if to.there() && to == f.client {
		f.terminal = text
	}
	return nil
}

func (f *fakeTmux) Save(_ context.Context, name string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	text, there := f.texts[name]
	if !there {
		return "", errors.New("no buffer")
	}
	return text, nil
}

func (f *fakeTmux) List(context.Context) (names []string, pasted string, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.names) > 0 && !f.named {
		pasted = f.texts[f.names[0]]
	}
	return slices.Clone(f.names), pasted, nil
}

func (f *fakeTmux) Delete(_ context.Context, name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if _, there := f.texts[name]; !there {
		return errors.New("no buffer")
	}
	delete(f.texts, name)
	f.names = slices.DeleteFunc(f.names, func(n string) bool { return n == name })
	return nil
}

func (f *fakeTmux) Terminal(context.Context) attached { return f.client }

func (f *fakeTmux) Shows(_ context.Context, a attached) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return a == f.client
}

func (f *fakeTmux) Remote(context.Context) bool { return f.remote }

// attach changes who is attached.
func (f *fakeTmux) attach(a attached) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.client = a
}

// buffers returns the names of the buffers, newest first.
func (f *fakeTmux) buffers() []string {
	names, _, _ := f.List(context.Background())
	return names
}

// served is a helper that runs inside a test, on fake time.
type served struct {
	t       *testing.T
	in      *io.PipeWriter
	answers *json.Decoder
	report  report
	done    chan bool // whether a tool hung
	stop    context.CancelFunc
}

// serveFor starts a helper with a job and reads its report.
func serveFor(t *testing.T, s server, j job) *served {
	t.Helper()
	if s.limit == 0 {
		s.limit = nativeTimeout
	}
	in, w := io.Pipe()
	r, out := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	h := &served{t: t, in: w, answers: json.NewDecoder(r), done: make(chan bool, 1), stop: stop}
	go func() {
		hung, err := s.serve(ctx, in, out)
		if err != nil {
			t.Error(err)
		}
		_ = out.Close()
		h.done <- hung
	}()
	go func() { _ = writeJob(w, j, client.NewSecret(fakeText)) }()
	if err := h.answers.Decode(&h.report); err != nil {
		t.Fatal(err)
	}
	return h
}

// ending reads the last word and frees the helper's goroutines.
func (h *served) ending() Ending {
	h.t.Helper()
	var last farewell
	if err := h.answers.Decode(&last); err != nil {
		h.t.Fatal(err)
	}
	<-h.done
	_ = h.in.Close()
	synctest.Wait()
	return endingOf(last.Ended)
}

func (h *served) tell(c command) {
	h.t.Helper()
	if _, err := io.WriteString(h.in, string(c)+"\n"); err != nil {
		h.t.Fatal(err)
	}
}
