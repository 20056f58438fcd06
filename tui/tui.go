// Package tui is the console: a table of provisioning keys, its dialogs, and
// what happens between a key press and the API.
//
// It knows the client, the catalog and the clipboard's plan. It must never
// import a mock, a command or net/http, and it must not read files or the
// environment: those come in through Deps and Options. Update and View do no
// I/O; everything that waits is an effect (effects.go).
//
//	bytes → tea.KeyPressMsg → Model.Update
//	  ctrl+c; else the open dialog; else the text field; else the bindings
//	  binding impossible? a toast says why : run → effect         keymap.go
//	  effect: client → HTTP → message with error and generation   effects.go
//	  Update: an old generation is dropped; an error is shown where it belongs;
//	          a key goes into the catalog and the table follows its id
//	View composes strings; the renderer sends the cells that changed
package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// Deps is what the console needs from outside. Client, Clipboard and Now are
// required.
type Deps struct {
	Client    *client.Client
	Clipboard Clipboard
	Now       func() time.Time
	Waits     <-chan client.Wait // what the client waits for; nil when nobody tells
	Signals   <-chan Signal      // what the operating system asks for; nil for nothing
}

// Clipboard is where key texts go.
type Clipboard interface {
	// Plan says by which route a text would go now, and why.
	Plan() clipboard.Plan
	// Fallback says which route is left when the native one has failed.
	Fallback() clipboard.Plan
	// Sent says what is known after the console has sent an OSC 52 sequence.
	Sent() clipboard.Outcome
	// Copy hands the text over by any route but OSC 52, which is the console's own.
	Copy(ctx context.Context, text client.Secret) (clipboard.Outcome, error)
}

// Signal is what the operating system asks of the console.
type Signal int

// The signals that the console acts on.
const (
	SignalLeave Signal = iota // leave, as interrupted
)

// Options are a person's wishes.
type Options struct {
	Tenant   string // the profile and the cloud, as the header shows them
	Demo     bool   // badge DEMO
	ReadOnly bool   // nothing is changed on the server
	Refresh  time.Duration
	Near     client.Threshold
	Theme    style.Mode
	Filter   string // the filter to start with
	Kind     client.Kind

	// Program's own input, output and environment; nil for the terminal's.
	Input   io.Reader
	Output  io.Writer
	Environ []string
	Extra   []tea.ProgramOption // for tests: size, colours
}

// Fault is a fault of the program itself. It has function names and no values:
// a value could be a secret.
type Fault struct{ where string }

// Error says where it broke.
func (f *Fault) Error() string {
	return fmt.Sprintf("provkeys broke, which is its own fault, in %s: please report that line", f.where)
}

// UnfinishedError says that the console was left while changes were under way.
type UnfinishedError struct{ Names []string }

// Error names the keys.
func (e *UnfinishedError) Error() string {
	return "left while a change was being sent: " + strings.Join(e.Names, ", ")
}

// Run shows the console until a person leaves it or ctx ends. It returns an
// error that wraps client.ErrSignIn when the first sign-in is refused,
// context.Canceled after a signal, an *UnfinishedError when it was left while a
// change was under way, and a *Fault when the program broke.
func Run(ctx context.Context, deps Deps, opts Options) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	m, err := newModel(ctx, deps, opts)
	if err != nil {
		return err
	}
	defer m.effects.signOut()
	options := append([]tea.ProgramOption{
		tea.WithContext(ctx), tea.WithoutSignalHandler(), tea.WithoutCatchPanics(),
	}, opts.Extra...)
	if opts.Input != nil {
		options = append(options, tea.WithInput(opts.Input))
	}
	if opts.Output != nil {
		options = append(options, tea.WithOutput(opts.Output))
	}
	if opts.Environ != nil {
		options = append(options, tea.WithEnvironment(opts.Environ))
	}
	p := tea.NewProgram(&root{model: m, clock: deps.Now}, options...)
	go forward(ctx, p, deps.Signals)
	if _, err = p.Run(); err != nil && ctx.Err() == nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("the terminal: %w", err)
	}
	return m.fatal
}

// forward tells the program of signals: v2's own handler ends it without a word.
func forward(ctx context.Context, p *tea.Program, signals <-chan Signal) {
	for {
		select {
		case s := <-signals:
			p.Send(signalMsg(s))
		case <-ctx.Done():
			return
		}
	}
}
