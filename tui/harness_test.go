package tui_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/vt"

	"provkeys/client"
	"provkeys/mockserver"
	"provkeys/tui"
	"provkeys/tui/clipboard"
)

// console is a console under test: a real program, the real client over the mock's
// in-memory transport, all on fake time. What a person sees is read from the program's
// view, or with setup.terminal from an emulated screen: drawing on that, cell by cell
// under the race detector, takes a hundred times as long as everything else.
type console struct {
	t       *testing.T
	mock    *mockserver.Server
	clip    *fakeClipboard
	journal *fakeJournal
	wire    *switchboard
	waits   chan client.Wait
	done    chan error
	// farewell is what Run returned beside the error that came by done.
	farewell string

	drawn bool // on the emulator

	mu     sync.Mutex // the screen is written by the program and read by the test
	viewed tea.Model  // the program's, where nothing is drawn on the emulator
	screen *vt.Emulator
	raw    strings.Builder // every byte that went to the terminal
	told   doings
	in     *io.PipeWriter
	sigs   chan tui.Signal

	maySignIn func() error // as setup has it
}

// setup is what a test wants to be different.
type setup struct {
	w, h   int
	mock   mockserver.Options
	opts   tui.Options
	copies clipboard.Outcome                           // what a copy says of itself; verified on the desktop for none
	deps   func(*console, *tui.Deps)                   // changes what the console gets from outside
	refuse bool                                        // the credentials are wrong
	before func(*http.Request) (*http.Response, error) // answers calls in the mock's stead from the start
	beside *console                                    // whose mock it shares; nil for one of its own
	// maySignIn keeps sign-ins back, as one that was refused before; nil lets all go.
	maySignIn func() error
	// terminal draws on an emulated screen: for what goes to the terminal besides text,
	// and for what a terminal makes of it.
	terminal bool
}

// run starts a console inside a bubble of fake time and hands it to body.
func run(t *testing.T, s setup, body func(*console)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		c := start(t, s)
		defer func() {
			if err := c.stop(); err != nil && !t.Failed() {
				t.Errorf("the console ended with: %v", err)
			}
		}()
		body(c)
	})
}

func start(t *testing.T, s setup) *console {
	t.Helper()
	if s.w == 0 {
		s.w, s.h = 120, 35
	}
	if s.copies == (clipboard.Outcome{}) {
		s.copies = clipboard.Outcome{Route: clipboard.RouteNative, Evidence: clipboard.EvidenceVerified}
	}
	mock, err := mockserver.New(s.mock)
	if err != nil {
		t.Fatal(err)
	}
	if s.beside != nil {
		mock = s.beside.mock
	}
	c := &console{
		t: t, mock: mock, done: make(chan error, 1),
		clip: newFakeClipboard(s.copies, s.opts.ClearAfter), journal: &fakeJournal{},
		wire:  &switchboard{RoundTripper: mock.Transport(), fault: s.before},
		waits: make(chan client.Wait, 16), sigs: make(chan tui.Signal, 1), maySignIn: s.maySignIn,
	}
	c.screen = vt.NewEmulator(1, 1) // for what is no drawing
	if c.drawn = s.terminal || s.copies.Route == clipboard.RouteOSC52; c.drawn {
		c.screen = vt.NewEmulator(s.w, s.h)
	}
	c.told.listen(c.screen)
	go func() { _, _ = io.Copy(io.Discard, c.screen) }() // answers to the program's questions must be drained
	in, out := io.Pipe()
	c.in = out
	opts := s.opts
	opts.Input, opts.Output = in, c
	opts.Environ = []string{"TERM=xterm-256color"}
	opts.Extra = append(opts.Extra, tea.WithWindowSize(s.w, s.h))
	if opts.Undrawn = !c.drawn; opts.Undrawn {
		opts.Extra = append(opts.Extra, tea.WithoutRenderer(), tea.WithFilter(c.look))
	}
	if opts.Tenant == "" {
		opts.Tenant = "acme-test"
	}
	deps := tui.Deps{Client: c.client(s.refuse), Clipboard: c.clip, Now: time.Now, Waits: c.waits, Signals: c.sigs, Journal: c.journal}
	if s.deps != nil {
		s.deps(c, &deps)
	}
	go func() {
		var err error
		c.farewell, err = tui.Run(t.Context(), deps, opts)
		c.done <- err
	}()
	c.settle()
	return c
}

// look remembers the program's model, which has the frame that was drawn last. What
// the program does after it comes after everything that the test has read so far.
func (c *console) look(m tea.Model, msg tea.Msg) tea.Msg {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.viewed = m
	return msg
}

func (c *console) client(refuse bool) *client.Client {
	c.t.Helper()
	creds := c.mock.Credentials()
	secret := creds.ClientSecret
	if refuse {
		secret = "wrong"
	}
	api, err := client.New(client.Config{
		Endpoints: client.Endpoints{API: "http://127.0.0.1", Token: "http://127.0.0.1/signin", SignOut: "http://127.0.0.1/signout"},
		ClientID:  creds.ClientID, ClientSecret: client.NewSecret(secret), CustomerID: creds.CustomerID,
		Transport: c.wire, MaySignIn: c.maySignIn,
		OnWait: func(w client.Wait) {
			select {
			case c.waits <- w:
			default:
			}
		},
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return api
}

// stop leaves the console by ctrl+c and waits for its end.
func (c *console) stop() error {
	go func() { _, _ = io.WriteString(c.in, "\x03") }() // nobody reads once the console is gone
	err := <-c.done
	_ = c.in.Close()
	_ = c.screen.Close()
	// Timers that nobody waits for any more must run out within the bubble.
	time.Sleep(5 * time.Minute)
	synctest.Wait()
	return err
}

// leave presses q and returns the farewell and the error.
func (c *console) leave() (string, error) {
	c.t.Helper()
	c.write("q")
	return c.ended()
}

// ended waits until the console has ended, and returns the farewell and the
// error.
func (c *console) ended() (string, error) {
	err := <-c.done
	c.done <- nil // for stop
	return c.farewell, err
}

// Write feeds the emulator. With an input that is no terminal the renderer
// leaves "\n" to be mapped, as a cooked terminal would.
func (c *console) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.raw.Write(b)
	_, err := c.screen.Write([]byte(strings.ReplaceAll(string(b), "\n", "\r\n")))
	return len(b), err
}

// settle lets every command finish and one frame be drawn.
func (c *console) settle() {
	time.Sleep(50 * time.Millisecond)
	synctest.Wait()
}

// pass lets time go by.
func (c *console) pass(d time.Duration) {
	time.Sleep(d)
	c.settle()
}

// write sends bytes as a terminal does, without waiting for what they do.
func (c *console) write(bytes string) {
	c.t.Helper()
	if _, err := io.WriteString(c.in, bytes); err != nil {
		c.t.Fatalf("the console is gone: %v", err)
	}
}

// press types keys one after another, as a person does.
func (c *console) press(keys ...string) {
	c.t.Helper()
	for _, k := range keys {
		c.write(k)
		if strings.HasPrefix(k, "\x1b") {
			time.Sleep(100 * time.Millisecond) // v2 waits to tell esc from alt
		}
		c.settle()
	}
}

// typed types a text into a field, its letters in one piece, as a slow line brings
// them, and takes a person's time for it: a frame for each letter would make up
// most of what the tests cost.
func (c *console) typed(text string) {
	c.t.Helper()
	c.write(text)
	c.pass(time.Duration(len(text)) * 50 * time.Millisecond)
}

const (
	enter    = "\r"
	esc      = "\x1b"
	tab      = "\t"
	shiftTab = "\x1b[Z"
	space    = " "
	down     = "\x1b[B"
	up       = "\x1b[A"
)
