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
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// Deps is what the console needs from outside. Clipboard and Now are required, and
// one of Client and Profiles: without a Client the console asks for a tenant first.
type Deps struct {
	Client    *client.Client
	Clipboard Clipboard
	Now       func() time.Time
	Waits     <-chan client.Wait // what the client waits for; nil when nobody tells
	Signals   <-chan Signal      // what the operating system asks for; nil for nothing
	Journal   Journal            // who did what; nil for none
	Memory    Memory             // recognises texts that the API does not show; nil for none
	Downloads Downloads          // writes files; nil where none can be written
	Views     Views              // the saved views; nil where they end with the console
	Screen    ScreenMemory       // how the table was left; nil where nobody remembers
	Profiles  Profiles           // the tenants that can be shown; nil for this one alone
	// LetSuspend is called before the console suspends itself: a signal handler
	// that is still set then would keep it running. Nil for nothing to do.
	LetSuspend func()
	// EndSession ends what the first tenant keeps running, when it is left. Nil for
	// nothing.
	EndSession func()
}

// Clipboard is where key texts go. OnClipboard makes one.
type Clipboard interface {
	// Plan says by which routes a text would go now.
	Plan(t clipboard.Terminal) clipboard.Plan
	// Copy hands the text over. Where only the terminal can take it, nothing has
	// happened yet: the console sends the sequence that comes back. Ask may wait
	// for the terminal's answer.
	Copy(ctx context.Context, text client.Secret, ask func() clipboard.Terminal) (Copied, error)
	// Alternate reports whether what shows goes away again. It is asked where the
	// plan says that this is inside tmux, and may take a second.
	Alternate(ctx context.Context) bool
}

// Copied is what came of a copy, as clipboard.Copied has it.
type Copied struct {
	Outcome  clipboard.Outcome
	Sequence client.Secret // for the terminal; zero where there is nothing to send
	Blank    string        // takes the sequence's text off again; "" elsewhere
	Lease    Lease         // nil where nothing looks after the copy
}

// Lease is the hold of a helper process on a copy, which it clears by itself
// when the time is up. *clipboard.Lease is one.
type Lease interface {
	Clear()                         // now
	Supersede()                     // a newer copy took its place
	Ended() <-chan clipboard.Ending // brings one ending
}

// OnClipboard returns a real clipboard as the console needs it.
func OnClipboard(c clipboard.Clipboard) Clipboard { return onClipboard{c} }

type onClipboard struct{ clipboard.Clipboard }

// Copy hands the text over.
func (c onClipboard) Copy(ctx context.Context, text client.Secret, ask func() clipboard.Terminal) (Copied, error) {
	done, err := c.Clipboard.Copy(ctx, text, ask)
	copied := Copied{Outcome: done.Outcome, Sequence: done.Sequence, Blank: done.Blank}
	if done.Lease != nil {
		// A nil *clipboard.Lease in the interface would pass for a lease.
		copied.Lease = done.Lease
	}
	return copied, err
}

// Signal is what the operating system asks of the console.
type Signal int

// The signals that the console acts on.
const (
	SignalLeave   Signal = iota // leave, as interrupted
	SignalHangup                // leave and say nothing: nobody is at the terminal any more
	SignalSuspend               // suspend, as ctrl+z does
)

// Options are a person's wishes.
type Options struct {
	Profile  string // the profile's name; "" for none
	Tenant   string // the profile and the cloud, as the header shows them
	Colour   string // the ground of the tenant's name: a word that style.Theme.Banner knows, or ""
	Customer string // the tenant's id
	Demo     bool   // badge DEMO
	ReadOnly bool   // nothing is changed on the server
	Refresh  time.Duration
	Near     client.Threshold
	Theme    style.Mode
	Mouse    bool   // clicks and the wheel act; else the terminal keeps them
	ASCII    bool   // nothing but ASCII is drawn
	Plain    bool   // no lines, colours and bars, one status line, and a cursor to follow: for screen readers
	Filter   string // the filter to start with
	Kind     client.Kind
	View     string              // the saved view to start with, under Filter and Kind; "" for none
	Keys     map[string][]string // a person's own keys: those of an action, by its name
	// ClearAfter is how long a copy stays on the clipboard; 0 is for ever. It says
	// what Clipboard was told too.
	ClearAfter time.Duration
	MaskAlways bool   // key texts are never shown on the screen
	InForce    []Fact // the configuration, for the help page

	// Program's own input, output and environment; nil for the terminal's.
	Input   io.Reader
	Output  io.Writer
	Environ []string
	Extra   []tea.ProgramOption // for tests: size, colours
	Undrawn bool                // for tests: no frame is drawn before somebody looks at it
}

// theme returns how everything looks on a background that is thought to be dark or
// not.
func (o Options) theme(dark bool) style.Theme {
	mode, spelling := o.Theme, style.SpellAll
	if o.Plain {
		mode, spelling = style.ModeMono, style.SpellSigns
	}
	if o.ASCII {
		spelling = style.SpellASCII
	}
	return style.New(mode, dark).Spelled(spelling)
}

// Fault is a fault of the program itself. It has function names and no values:
// a value could be a secret.
type Fault struct{ where string }

// Error says where it broke.
func (f *Fault) Error() string {
	return fmt.Sprintf("provkeys broke, which is its own fault, in %s: please report that line", f.where)
}

// UnfinishedError says that the console was left while changes, a file, or work on
// many keys were under way.
type UnfinishedError struct {
	Names []string // the keys that are being changed
	Bulk  string   // how far work on many keys is, a sentence; "" for none
	File  string   // the path of the file that is being written; "" for none
}

// Error names the keys and the file.
func (e *UnfinishedError) Error() string {
	var words []string
	if len(e.Names) > 0 {
		words = append(words, "a change was being sent: "+strings.Join(e.Names, ", "))
	}
	if e.File != "" {
		words = append(words, e.File+" was being written")
	}
	if e.Bulk != "" {
		words = append(words, "many keys were being worked on: "+e.Bulk)
	}
	return style.Sanitize("left while " + strings.Join(words, ", and while "))
}

// Run shows the console until a person leaves it or ctx ends. The farewell is
// what is to be said once the screen is restored, whatever err is: one
// printable line about a copy that is still on a clipboard, or "". The error
// wraps client.ErrSignIn when the first sign-in is refused, context.Canceled
// after a signal; it is an *UnfinishedError when the console was left while a
// change was under way, and a *Fault when the program broke.
func Run(ctx context.Context, deps Deps, opts Options) (farewell string, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	m, err := newModel(ctx, deps, opts)
	if err != nil {
		return "", err
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
	p := tea.NewProgram(&root{model: m, clock: deps.Now, undrawn: opts.Undrawn}, options...)
	go forward(ctx, p, deps.Signals)
	_, err = p.Run()
	m.recordUnfinished()
	m.noteScreen()
	m.effects.writeRest(slices.Concat(m.entries, m.memos, m.kept.writing))
	if err != nil && ctx.Err() == nil && !errors.Is(err, io.EOF) {
		return m.farewell(), fmt.Errorf("the terminal: %w", err)
	}
	return m.farewell(), m.fatal
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
