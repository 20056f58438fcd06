package clipboard

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"provkeys/client"
)

// ErrClipboard is in the chain of every error of this package.
var ErrClipboard = errors.New("not copied")

var (
	// errHung is the cause of a step that did not end in time.
	errHung = errors.New("it did not answer in time")
	// errNoTool is the cause where the desktop has nothing to copy with.
	errNoTool = errors.New("there is none")
)

// Default times after which a route counts as hung.
const (
	nativeTimeout  = 3 * time.Second
	commandTimeout = 5 * time.Second
)

// Clipboard copies for one session. The zero value finds no route.
type Clipboard struct {
	Mode    Mode
	Session Session
	// Life is how long a copy stays before it is cleared; 0 is for ever.
	Life time.Duration
	// Helper is the command line of the helper process: this program and
	// HelperCommand.
	Helper []string
	// Timeout is for one route; 0 is 3 s for tmux and the desktop and 5 s for the
	// operator's command.
	Timeout time.Duration
}

// Copied is what came of a copy.
type Copied struct {
	Outcome Outcome
	// Sequence is for the owner of the terminal to send, in one piece; zero where
	// there is nothing to send.
	Sequence client.Secret
	// Blank takes the sequence's text off again when it is sent; "" elsewhere.
	Blank string
	// Lease is the helper's hold on the copy; nil where there is none.
	Lease *Lease
}

// Plan returns the routes to try now.
func (c Clipboard) Plan(t Terminal) Plan { return Choose(c.Mode, c.Session, t) }

// Copy tries the routes of the plan until one works, and returns what is known
// afterwards. By OSC 52 it has not sent anything yet: the owner of the terminal
// sends Copied.Sequence. Ask returns what the terminal answers; it is called
// once, and only where OSC 52 is reached. A route that has begun is let finish,
// since it might still land later; once ctx has ended no other is tried, and
// nothing is there to be sent. Every error wraps ErrClipboard, says what to do
// instead and never holds the text.
func (c Clipboard) Copy(ctx context.Context, text client.Secret, ask func() Terminal) (Copied, error) {
	if err := checkLength(text); err != nil {
		return Copied{}, err
	}
	plan := c.Plan(Terminal{})
	var failures []string
	for _, step := range plan.Steps {
		if ctx.Err() != nil {
			break
		}
		copied, err := c.try(step, text, ask)
		switch {
		case errors.Is(err, context.Canceled):
			return Copied{}, err
		case err != nil:
			failures = append(failures, strings.TrimPrefix(err.Error(), ErrClipboard.Error()+": "))
		case copied.Sequence.IsZero() || ctx.Err() == nil:
			return copied, nil
		}
	}
	if ctx.Err() != nil {
		return Copied{}, fmt.Errorf("%w: %w", ErrClipboard, ctx.Err())
	}
	if plan.Why != "" {
		failures = append(failures, plan.Why)
	}
	return Copied{}, fmt.Errorf("%w: %s", ErrClipboard, strings.Join(failures, "; "))
}

func (c Clipboard) try(step Step, text client.Secret, ask func() Terminal) (Copied, error) {
	switch step.Route {
	case RouteTmux:
		return c.viaTmux(step, text)
	case RouteNative:
		return c.viaDesktop(text)
	case RouteOSC52:
		return c.sequence(text, ask())
	case RouteCommand:
		return Copied{Outcome: Outcome{Route: RouteCommand}}, c.command(text)
	}
	return Copied{}, fmt.Errorf("%w: there is no such route", ErrClipboard)
}

func (c Clipboard) sequence(text client.Secret, t Terminal) (Copied, error) {
	if t.Interrupted {
		return Copied{}, fmt.Errorf("%w: %w", ErrClipboard, context.Canceled)
	}
	form, _ := formFor(c.Session, t)
	sequence, err := Sequence(text, form)
	if err != nil {
		return Copied{}, err
	}
	return Copied{
		Outcome:  Outcome{Route: RouteOSC52, Form: form, Writes: t.Writes && form == FormPlain},
		Sequence: sequence,
		Blank:    Blank(form),
	}, nil
}

// limit returns the time that a route has.
func (c Clipboard) limit(usual time.Duration) time.Duration {
	if c.Timeout > 0 {
		return c.Timeout
	}
	return usual
}
