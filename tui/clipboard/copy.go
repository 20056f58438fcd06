package clipboard

import (
	"context"
	"errors"
	"fmt"
	"time"

	"provkeys/client"
)

// ErrClipboard is in the chain of every error of this package.
var ErrClipboard = errors.New("not copied")

// Default times after which a route counts as hung.
const (
	nativeTimeout  = 3 * time.Second
	commandTimeout = 5 * time.Second
)

// Clipboard copies for one session. The zero value finds no route; Mode and
// Session are enough for the native and the command route.
type Clipboard struct {
	Mode    Mode
	Session Session
	// Send writes an OSC 52 sequence to the terminal. It is nil where the
	// owner of the terminal sends the sequence by itself.
	Send func(sequence string) error
	// Desktop is this machine's clipboard; nil is the real one.
	Desktop Desktop
	// Timeout is for one step of a route; 0 is 3 s for a tool of the desktop
	// and 5 s for the command.
	Timeout time.Duration
}

// Desktop is the clipboard of a desktop. Its calls may hang.
type Desktop interface {
	WriteAll(text string) error
	ReadAll() (string, error)
}

// Copy puts text onto the clipboard by the route that Choose returns, and where
// the native one fails by the one that Fallback returns. It returns what is
// known afterwards. Every error wraps ErrClipboard, says what to do instead and
// never holds the text.
func (c Clipboard) Copy(ctx context.Context, text client.Secret) (Outcome, error) {
	if err := checkLength(text); err != nil {
		return Outcome{}, err
	}
	plan := Choose(c.Mode, c.Session)
	switch plan.Route {
	case RouteNative:
		outcome, err := c.native(ctx, text)
		if err == nil || ctx.Err() != nil {
			return outcome, err
		}
		if next := Fallback(c.Mode, c.Session); next.Route == RouteOSC52 && c.Send != nil {
			return c.sequence(text)
		}
		return Outcome{}, err
	case RouteOSC52:
		return c.sequence(text)
	case RouteCommand:
		return c.command(ctx, text)
	}
	return Outcome{}, fmt.Errorf("%w: %s", ErrClipboard, plan.Why)
}

func (c Clipboard) sequence(text client.Secret) (Outcome, error) {
	if c.Send == nil {
		return Outcome{}, fmt.Errorf("%w: there is no terminal to send it to", ErrClipboard)
	}
	sequence, err := Sequence(text)
	if err != nil {
		return Outcome{}, err
	}
	if err := c.Send(sequence); err != nil {
		return Outcome{}, fmt.Errorf("%w: the terminal cannot be written to: %w", ErrClipboard, err)
	}
	return c.Session.Sent(), nil
}

// Outcome is what is known after a copy that brought no error.
type Outcome struct {
	Route    Route
	Verified bool // read back and found equal to the byte
	Tmux     bool // it went through a tmux, which may swallow it
}

// Words says what is known, and no more, for a person.
func (o Outcome) Words() string {
	switch {
	case o.Route == RouteNone:
		return "Not copied."
	case o.Verified:
		return "Copied and verified."
	case o.Route == RouteNative:
		return "Not confirmed: the clipboard tool reported success, but reading back gave something else."
	case o.Route == RouteCommand:
		return "Handed to your clipboard command."
	}
	if o.Tmux {
		return "Sent through tmux, which cannot confirm: paste to check. Nothing there? set -g set-clipboard on in that tmux."
	}
	return "Sent to your terminal, which cannot confirm: paste to check."
}

// Sent returns what is known after an OSC 52 sequence has gone to the terminal.
func (s Session) Sent() Outcome { return Outcome{Route: RouteOSC52, Tmux: s.inTmux()} }
