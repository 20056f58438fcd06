package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/cmd/internal/journal"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// unverifiedHint is for a copy that nobody can verify.
const unverifiedHint = "only a desktop's clipboard can be read back: leave out --require-verified where this will do"

// textCopier is what copies; clipboard.Clipboard is the real one.
type textCopier interface {
	Copy(ctx context.Context, text client.Secret, ask func() clipboard.Terminal) (clipboard.Copied, error)
}

// copied is a copy that was made.
type copied struct {
	clipboard.Copied
	api      *client.Client
	key      client.Key // as it was read before the copy
	form     deploy.Form
	text     client.Secret // in that form
	warnings []string
	raised   *client.Updated // nil: it was not
	at       time.Time
	life     time.Duration // after which it is cleared; 0 is never
}

// clipboard returns the clipboard of this process.
func (a *app) clipboard(mode clipboard.Mode, life time.Duration) clipboard.Clipboard {
	session := clipboard.Session{Lookup: a.env.Lookup, GOOS: a.goos}
	if a.ancestor != nil {
		session.Ancestor = a.ancestor()
	}
	return clipboard.Clipboard{Mode: mode, Session: session, Life: life, Helper: a.helper}
}

// copyText hands the text to the clipboard and writes the deed down.
func (a *app) copyText(ctx context.Context, c *copied, mode clipboard.Mode) error {
	board := a.clipboard(mode, c.life)
	to := textCopier(board)
	if a.onClipboard != nil {
		to = a.onClipboard(board)
	}
	var err error
	c.Copied, err = to.Copy(ctx, c.text, a.askTerminal)
	switch {
	case errors.Is(err, context.Canceled):
		return &interruptedError{err}
	case err != nil:
		return err
	}
	if !c.Sequence.IsZero() {
		if err := a.sendSequence(c.Sequence); err != nil {
			return err
		}
		c.Sequence = client.Secret{}
	}
	c.at = a.now()
	if !c.form.Secret() {
		return nil
	}
	a.record(journal.Deed{
		Action: journal.Copied, Key: c.key.Ref(), Name: c.key.Name,
		Route: c.Outcome.RouteWords(), Evidence: c.Outcome.Evidence.String(),
	})
	return a.remember(ctx, c.key)
}

// askTerminal asks the terminal who it is. Where there is none, sending will
// say so.
func (a *app) askTerminal() clipboard.Terminal {
	tty, err := a.openTerminal()
	if err != nil {
		return clipboard.Terminal{}
	}
	// It was opened for the question alone.
	defer func() { _ = tty.Close() }()
	return tty.Ask()
}

// sendSequence hands a key text to the terminal.
func (a *app) sendSequence(sequence client.Secret) error { return a.sendToTerminal(sequence.Reveal()) }

// sendToTerminal writes to the terminal itself, in one piece: the output may be
// a pipe.
func (a *app) sendToTerminal(sequence string) error {
	tty, err := a.openTerminal()
	if err != nil {
		return fmt.Errorf("%w: there is no terminal here that could be asked to copy", clipboard.ErrClipboard)
	}
	_, err = io.WriteString(tty, sequence)
	if errors.Join(err, tty.Close()) != nil {
		return fmt.Errorf("%w: the terminal took nothing: is it still there?", clipboard.ErrClipboard)
	}
	return nil
}

// doubt returns what speaks against the copy, nil where nothing does. Verified
// says that only an equal read-back will do.
func (c copied) doubt(verified bool) error {
	words := c.Outcome.Words(c.life, false)
	switch {
	case c.Outcome.Evidence == clipboard.EvidenceDiffers:
		return &fault{faultClipboard, words, "try --clipboard osc52, or PROVKEYS_CLIPBOARD_COMMAND with --clipboard command"}
	case verified && !c.Outcome.Confirmed():
		return &fault{
			faultClipboard, fmt.Sprintf("%q was copied (%s), but not read back from the clipboard: %s", c.key.Name, c.Outcome.RouteWords(), words),
			unverifiedHint,
		}
	}
	return nil
}

// record is the copy as a program reads it. Its fields are a promise.
func (c copied) record() record {
	return record{
		{"copied", textOf(c.key.Name)},
		{"as", textOf(string(c.form))},
		{"route", textOf(c.Outcome.RouteWords())},
		{"evidence", textOf(c.Outcome.Evidence.String())},
		{"warnings", listOf(c.warnings)},
	}
}

// result is the copy of a standing key, which may have been raised first.
func (c copied) result() record { return append(c.record(), c.raisedField()) }

// sentence is the copy as a person reads it. Standing says that this program
// stays to clear what only a running program can.
func (c copied) sentence(standing bool) string {
	what := style.Sanitize(c.key.Name)
	if c.form != deploy.Text {
		what += " as " + string(c.form)
	}
	return fmt.Sprintf("%s (%s): %s\n", what, c.Outcome.RouteWords(), c.Outcome.Words(c.life, standing))
}

func (a *app) writeCopied(c copied, f format) error {
	if f == formatTable {
		return a.write(c.sentence(false))
	}
	return a.writeResult(c.result(), f)
}

// writeResult writes what a command says to a program.
func (a *app) writeResult(r record, f format) error {
	if f == formatYAML {
		return a.write(yamlMapping(r))
	}
	return a.write(jsonObject(r))
}
