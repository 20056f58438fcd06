package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/journal"
	"provkeys/mockserver"
	"provkeys/tui/clipboard"
)

// What every seed of the mock serves: the first ok and the first used-up key.
const (
	okKey     = "ap-east-1-asg"
	usedUpKey = "ap-east-1-blue"
	appKind   = "CONNECTOR_GRP"
)

// fixture is an app over a mock in memory.
type fixture struct {
	t         *testing.T
	mock      *mockserver.Server
	vars      map[string]string
	home      string
	terminals map[stream]bool
	cells     int
	transport http.RoundTripper
	board     *board          // nil: the real clipboard
	ctx       context.Context // ends as if interrupted
	in        string          // standard input
	stdin     io.Reader       // in its place; nil for none
	pasted    string          // what somebody types at a terminal, until ctrl+d
	stdout    io.Writer       // in place of out; nil for none
	keyring   fakeKeyring     // nil: there is none

	out, err bytes.Buffer // of the last run
	tty      fakeTerminal // the terminal itself
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	mock, err := mockserver.New(mockserver.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	c := mock.Credentials()
	return &fixture{
		t: t, mock: mock, home: t.TempDir(), transport: mock.Transport(), ctx: t.Context(),
		terminals: map[stream]bool{},
		vars: map[string]string{
			"ZPA_CLIENT_ID": c.ClientID, "ZPA_CLIENT_SECRET": c.ClientSecret, "ZPA_CUSTOMER_ID": c.CustomerID,
			"PROVKEYS_BASE_URL": "https://mock.example", "TERM": "xterm",
		},
	}
}

func (f *fixture) lookup(name string) (string, bool) {
	value, ok := f.vars[name]
	return value, ok
}

// run runs one command line and returns its exit code.
func (f *fixture) run(args ...string) int {
	f.t.Helper()
	f.out.Reset()
	f.err.Reset()
	return f.app().run(f.ctx, args)
}

// app returns a program that has done nothing yet.
func (f *fixture) app() *app {
	a := &app{
		in: f.input(), out: &f.out, err: &f.err,
		isTerminal:   func(s stream) bool { return f.terminals[s] },
		width:        func() int { return f.cells },
		env:          config.Env{Lookup: f.lookup, Home: f.home},
		goos:         "linux",
		now:          time.Now,
		who:          func() journal.Who { return journal.Who{Name: "jo", SSH: "203.0.113.9"} },
		helper:       []string{"/nonexistent/provkeys", clipboard.HelperCommand},
		openTerminal: f.tty.open,
		paste:        f.paste,
		signals:      func(ctx context.Context) (context.Context, context.CancelFunc) { return ctx, func() {} },
		transport:    f.transport,
	}
	a.passphrase = cheapPassphrase
	if f.keyring != nil {
		a.env.Keyring, a.keepSecret, a.dropSecret = f.keyring.get, f.keyring.keep, f.keyring.drop
	}
	if f.stdout != nil {
		a.out = f.stdout
	}
	if f.board != nil {
		a.onClipboard = f.board.on
	}
	return a
}

// input is what commands read.
func (f *fixture) input() io.Reader {
	if f.stdin != nil {
		return f.stdin
	}
	return strings.NewReader(f.in)
}

// paste types what somebody pastes once nothing shows any more.
func (f *fixture) paste(_ context.Context, ready func()) ([]byte, error) {
	ready()
	in := strings.NewReader(f.pasted)
	return readPasted(in, func() bool { return in.Len() > 0 })
}

// mustRun fails the test unless the command line ends with code.
func (f *fixture) mustRun(code exitCode, args ...string) {
	f.t.Helper()
	if got := f.run(args...); got != int(code) {
		f.t.Fatalf("provkeys %s: exit %d, want %d\nstdout: %s\nstderr: %s", strings.Join(args, " "), got, code, f.out.String(), f.err.String())
	}
}

// set changes a field of a key of the tenant.
func (f *fixture) set(name, field string, value any) {
	f.t.Helper()
	kind, id, ok := f.mock.FindKey(name)
	if !ok || !f.mock.SetField(kind, id, field, value) {
		f.t.Fatalf("the tenant has no key %q to change", name)
	}
}

// text returns the key text that the tenant holds.
func (f *fixture) text(name string) string {
	f.t.Helper()
	kind, id, ok := f.mock.FindKey(name)
	fields, held := f.mock.Key(kind, id)
	text, isText := fields["provisioningKey"].(string)
	if !ok || !held || !isText {
		f.t.Fatalf("the tenant has no text for %q", name)
	}
	return text
}

// intercept lets tests answer for the tenant; answer returns nil to pass.
func (f *fixture) intercept(answer func(*http.Request) *http.Response) {
	next := f.mock.Transport()
	f.transport = roundTripper(func(r *http.Request) (*http.Response, error) {
		if resp := answer(r); resp != nil {
			return resp, nil
		}
		return next.RoundTrip(r)
	})
}

// failing answers for the keys of one kind.
func failing(kind string, status int, body string) func(*http.Request) *http.Response {
	return func(r *http.Request) *http.Response {
		if !strings.Contains(r.URL.Path, "/"+kind+"/") {
			return nil
		}
		return response(status, body)
	}
}

func response(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// fakeTerminal keeps what is written to it; it is not always there.
type fakeTerminal struct {
	bytes.Buffer
	missing bool
	answer  clipboard.Terminal
	lines   []string // what is typed, in order; then the input ends
	unseen  int      // how often what is typed did not show
	asked   int
	writes  []time.Time
	written func() // is told of every write; nil for nobody
}

func (f *fakeTerminal) open() (terminal, error) {
	if f.missing {
		return nil, fs.ErrNotExist
	}
	return f, nil
}

func (f *fakeTerminal) Write(b []byte) (int, error) {
	f.writes = append(f.writes, time.Now())
	if f.written != nil {
		f.written()
	}
	return f.Buffer.Write(b)
}

// WriteString is not the buffer's own, so that every write is counted.
func (f *fakeTerminal) WriteString(s string) (int, error) { return f.Write([]byte(s)) }

// ReadLine gives the next line.
func (f *fakeTerminal) ReadLine(ctx context.Context, hidden bool) (client.Secret, error) {
	if hidden {
		f.unseen++
	}
	if len(f.lines) == 0 || ctx.Err() != nil {
		return client.Secret{}, cmp.Or(ctx.Err(), io.EOF)
	}
	line := client.NewSecret(f.lines[0])
	f.lines = f.lines[1:]
	return line, nil
}

func (f *fakeTerminal) Ask() clipboard.Terminal { f.asked++; return f.answer }
func (f *fakeTerminal) Close() error            { return nil }

// fakeKeyring is a keyring that is never locked.
type fakeKeyring map[string]string

func (k fakeKeyring) keep(name string, secret client.Secret) error {
	k[name] = secret.Reveal()
	return nil
}

func (k fakeKeyring) drop(name string) error {
	delete(k, name)
	return nil
}

func (k fakeKeyring) get(_ context.Context, name string) (string, error) { return k[name], nil }

// board is a clipboard about which the outcome is known beforehand.
type board struct {
	outcome clipboard.Outcome
	err     error

	asked clipboard.Clipboard // as what it was used last
	held  string
}

func (b *board) on(c clipboard.Clipboard) textCopier { b.asked = c; return b }

func (b *board) Copy(_ context.Context, text client.Secret, _ func() clipboard.Terminal) (clipboard.Copied, error) {
	if b.err != nil {
		return clipboard.Copied{}, b.err
	}
	b.held = text.Reveal()
	return clipboard.Copied{Outcome: b.outcome}, nil
}

// verified is what a desktop's clipboard tells at best.
func verified() clipboard.Outcome {
	return clipboard.Outcome{Route: clipboard.RouteNative, Evidence: clipboard.EvidenceVerified}
}

// decode reads JSON into T and fails the test where it is none.
func decode[T any](t *testing.T, b []byte) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatalf("no JSON: %v in %s", err, b)
	}
	return v
}
