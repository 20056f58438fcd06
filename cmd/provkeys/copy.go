package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// What to do about a key that no change here makes copyable.
const (
	hiddenHint  = "its text was shown once, when it was made: take another key, such as one of provkeys list --filter state:ok"
	damagedHint = "a connector would refuse it: compare it with the admin portal, or take another key"
	otherHint   = "take another key: provkeys list --filter state:ok"
)

// copyOptions are what "copy" was asked for.
type copyOptions struct {
	name   string
	format format
}

func newCopyCommand(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "copy NAME",
		Short: "Copy a key text to the clipboard",
		Long: `copy puts one key text onto the clipboard, exact to the byte, and says by which
route and what is known. It never prints the text, and it refuses a key that
would not enrol: used up (exit 5), hidden (6), disabled or expired (8).

Over ssh, and without a display, the terminal is asked to copy (OSC 52).
PROVKEYS_CLIPBOARD_COMMAND with --clipboard command uses a command of your own,
which reads the text from its standard input.`,
		Example: `  provkeys copy eu-west-1-asg
  provkeys copy 216196257331404676 --clipboard osc52
  PROVKEYS_CLIPBOARD_COMMAND='tmux load-buffer -w -' provkeys copy eu-west-1-asg --clipboard command`,
		Args: exactArgs("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := a.resultFormat("copy")
			if err != nil {
				return err
			}
			o := copyOptions{args[0], f}
			return a.limited(cmd.Context(), func(ctx context.Context) error { return runCopy(ctx, a, o) })
		},
	}
}

func runCopy(ctx context.Context, a *app, o copyOptions) error {
	return a.withSession(ctx, func(ctx context.Context, s *session) error {
		mode, err := clipboard.ParseMode(s.settings.Clipboard)
		if err != nil {
			return usageFault("correct --clipboard, PROVKEYS_CLIPBOARD or clipboard: in the file", "%v", err)
		}
		k, listing, err := s.find(ctx, o.name)
		if err != nil {
			return err
		}
		if b := k.CopyBlock(a.now()); b != nil {
			return blocked(k, b)
		}
		if err := a.checkCertificates(listing); err != nil {
			return err
		}
		outcome, err := a.clipboard(mode).Copy(ctx, k.Text)
		if err != nil {
			return err
		}
		if outcome.Route == clipboard.RouteNative && !outcome.Verified {
			return &fault{faultClipboard, outcome.Words(), "try --clipboard osc52, or PROVKEYS_CLIPBOARD_COMMAND with --clipboard command"}
		}
		return a.writeCopied(k, outcome, o.format)
	})
}

// checkCertificates keeps a key from being called copyable when nobody could
// tell whether its signing certificate still holds. A role that may never see
// certificates would make copying impossible, so there a line must do.
func (a *app) checkCertificates(listing client.Listing) error {
	err := listing.CertificatesErr
	switch {
	case err == nil:
		return nil
	case errors.Is(err, client.ErrPermission):
		a.note("whether its signing certificate is still valid could not be checked: %v", err)
		return nil
	}
	return fmt.Errorf("whether its signing certificate is still valid could not be checked: %w", err)
}

// clipboard returns the clipboard of this process.
func (a *app) clipboard(mode clipboard.Mode) clipboard.Clipboard {
	return clipboard.Clipboard{
		Mode:    mode,
		Session: clipboard.Session{Lookup: a.env.Lookup, GOOS: a.goos},
		Desktop: a.desktop,
		Send:    a.sendSequence,
	}
}

// sendSequence writes to the terminal itself: the output may be a pipe.
func (a *app) sendSequence(sequence string) error {
	tty, err := a.openTerminal()
	if err != nil {
		return errors.New("there is none here; over ssh, ask for one with ssh -t")
	}
	_, err = io.WriteString(tty, sequence)
	return errors.Join(err, tty.Close())
}

func (a *app) writeCopied(k client.Key, outcome clipboard.Outcome, f format) error {
	evidence := "sent"
	if outcome.Verified {
		evidence = "verified"
	}
	result := record{
		{"copied", textOf(k.Name)},
		{"route", textOf(outcome.Route.String())},
		{"evidence", textOf(evidence)},
	}
	switch f {
	case formatJSON:
		return a.write(jsonObject(result))
	case formatYAML:
		return a.write(yamlMapping(result))
	}
	return a.write(fmt.Sprintf("%s (%s): %s\n", style.Sanitize(k.Name), outcome.Route, outcome.Words()))
}

// blocked finds the words for a key that the copy function refuses.
func blocked(k client.Key, b *client.Block) *fault {
	f := &fault{message: fmt.Sprintf("%q is not copied: it is %s", k.Name, b.Words()), hint: otherHint}
	if len(b.States) == 0 {
		f.message = fmt.Sprintf("%q is not copied: %s", k.Name, b.Words())
	}
	switch {
	case !b.Has(client.UsedUp):
	case len(b.States) == 1:
		f.message += fmt.Sprintf(" (%d of %d)", k.Uses, k.MaxUses)
	default:
		f.message += fmt.Sprintf("; %d of %d uses are gone", k.Uses, k.MaxUses)
	}
	switch b.Worst() {
	case client.Expired:
		f.kind = faultExpired
	case client.Disabled:
		f.kind = faultDisabled
	case client.UsedUp:
		f.kind = faultUsedUp
		if b.RaiseHelps {
			f.hint = fmt.Sprintf("raise it with: provkeys set-max %s +1", argument(k))
		}
	case client.CertificateExpired:
		f.kind = faultCertificateExpired
	default:
		f.kind, f.hint = faultHidden, hiddenHint
		if len(b.States) == 0 {
			f.hint = damagedHint
		}
	}
	return f
}
