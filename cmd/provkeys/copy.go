package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/tui/clipboard"
)

// What to do about a key that no change here makes copyable.
const (
	hiddenHint  = "its text was shown once, when it was made: take another key, such as one of provkeys list --filter state:ok"
	damagedHint = "a connector would refuse it: compare it with the admin portal, or take another key"
	otherHint   = "take another key: provkeys list --filter state:ok"
)

// certificateEnded stands for the state's word, which is made for a column.
const certificateEnded = "its signing certificate has ended"

// copyDeed is what copy does with a text.
const copyDeed = "copied"

// copyOptions are what "copy" was asked for.
type copyOptions struct {
	name     string
	form     deploy.Form
	format   format
	raise    int64         // max uses that a used-up key gets first; 0 for none
	print    bool          // into the output, and not onto the clipboard
	verified bool          // anything but an equal read-back is a failure
	wait     time.Duration // for a use of the key, after the copy; 0 is not at all
}

// copyFlags are the flags of "copy" that need reading, as given.
type copyFlags struct{ form, kind, raise string }

func newCopyCommand(a *app) *cobra.Command {
	var o copyOptions
	var f copyFlags
	cmd := &cobra.Command{
		Use:   "copy NAME",
		Short: "Copy a key text to the clipboard",
		Long: `copy puts one key text onto the clipboard, exact to the byte, and says by which
route and what is known. It refuses a key that would not enrol: used up (exit 5),
hidden (6), disabled or expired (8).

--raise N adds N to the max uses of a key that is used up, and then copies it; any
other key it leaves as it is. Nothing is sent where the raise alone would not do.

--print writes the text into the output and leaves the clipboard alone: the same
checks, for a pipe. A kind, by --kind or as kind/NAME, is the quicker way: the other
kinds are not asked then.

Inside tmux the text goes into a tmux buffer, which tmux passes on to your
terminal. Over ssh, and where there is no display, the terminal is asked to copy
(OSC 52), which it cannot confirm. On a desktop its clipboard tool is used and
the text is read back. --clipboard chooses one of these; with --clipboard command
a command of your own, in PROVKEYS_CLIPBOARD_COMMAND, reads the text from its
standard input.

--as copies the text in a form that a machine, a tool or a cloud takes, such as
cloud-init; provkeys snippet --help lists them.

The copy is cleared after --clear-after, unless something else was copied
meanwhile, wherever provkeys can do that; the answer says where it cannot.

--require-verified makes anything but a read-back that was equal a failure
(exit 10). --wait stays until the key is used and says by which connector, or
ends with exit 7; it comes on top of --timeout.`,
		Example: `  provkeys copy eu-west-1-asg
  provkeys copy eu-west-1-asg --wait 10m        until a connector has enrolled
  provkeys copy eu-west-1-blue --raise 1        one more use, where all are gone
  provkeys copy eu-west-1-asg --as cloud-init
  provkeys copy app-connector/eu-west-1-asg --print | ssh host 'cat > provision_key'
  PROVKEYS_CLIPBOARD_COMMAND='wl-copy --sensitive' provkeys copy eu-west-1-asg --clipboard command`,
		Args: exactArgs("NAME"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := a.parseCopy(args[0], f, &o); err != nil {
				return err
			}
			return a.interruptible(cmd.Context(), func(ctx context.Context) error { return runCopy(ctx, a, o) })
		},
	}
	cmd.Flags().StringVar(&f.kind, "kind", "", "look for the key among those of this `kind` alone")
	cmd.Flags().StringVar(&f.form, "as", string(deploy.Text), "copy it in this `form`: "+formWords())
	cmd.Flags().StringVar(&f.raise, "raise", "", "add this `number` to the max uses of a key that is used up, first")
	cmd.Flags().BoolVar(&o.print, "print", false, "write the text into the output instead")
	cmd.Flags().BoolVar(&o.verified, "require-verified", false, "fail unless the text was read back from the clipboard and is equal")
	cmd.Flags().DurationVar(&o.wait, "wait", 0, "wait this `time` for the key to be used")
	return cmd
}

func (a *app) parseCopy(name string, f copyFlags, o *copyOptions) error {
	kind, err := parseKind(f.kind)
	if err != nil {
		return err
	}
	if o.name, err = withKind(name, kind); err != nil {
		return err
	}
	if o.form, err = parseForm("--as", f.form); err != nil {
		return err
	}
	if o.raise, err = parseRaise(f.raise); err != nil {
		return err
	}
	if o.format, err = a.resultFormat("copy"); err != nil {
		return err
	}
	switch {
	case o.wait < 0:
		return usageFault("write it as 90s or 10m", "--wait is negative")
	case o.print && (o.verified || o.wait > 0):
		return usageFault("leave one of them out", "--print copies nothing that --require-verified or --wait could be about")
	case o.print && a.global.outputAsked:
		return usageFault("leave one of them out", "--print and --output exclude each other")
	}
	return nil
}

func runCopy(ctx context.Context, a *app, o copyOptions) error {
	var c copied
	err := a.timed(ctx, func(ctx context.Context) error {
		return a.withSession(ctx, func(ctx context.Context, s *session) error {
			var err error
			c, err = a.copyKey(ctx, s, o)
			return c.standing(a, err)
		})
	})
	if err != nil || o.print {
		return err
	}
	if o.format == formatTable {
		a.noteOf(c)
	}
	if err := c.doubt(o.verified); err != nil {
		return c.standing(a, err)
	}
	if o.wait > 0 {
		return a.awaitUse(ctx, c, o)
	}
	return a.writeCopied(c, o.format)
}

// noteOf says what was done before a text was handed out, and what is odd about it.
func (a *app) noteOf(c copied) {
	if c.raised != nil {
		a.note("%s", c.raisedWords())
	}
	for _, w := range c.warnings {
		a.note("%s: %s", c.key.Name, w)
	}
}

// copyKey finds a key and copies its text, in the form that was asked for, if
// the copy function allows it.
func (a *app) copyKey(ctx context.Context, s *session, o copyOptions) (copied, error) {
	mode, err := a.modeOf(s, o)
	if err != nil {
		return copied{}, err
	}
	if o.print {
		if err := a.mayShow(s.settings); err != nil {
			return copied{}, err
		}
	}
	start := a.now()
	k, listing, err := s.find(ctx, o.name)
	if err != nil {
		return copied{}, err
	}
	c := copied{api: s.api, key: k, form: o.form, life: s.settings.ClearAfter}
	if o.raise > 0 {
		if err := a.raiseFirst(ctx, s, &c, listing, o.raise, a.now().Sub(start)); err != nil {
			return c, err
		}
	}
	if err := a.mayHandOut(c.key, listing, o.form, o.deed()); err != nil {
		return c, err
	}
	c.warnings = c.key.CopyWarnings(listing.Keys)
	if c.text, err = deploy.Snippet(o.form, c.key); err != nil {
		return c, snippetError(c.key, err)
	}
	if o.print {
		return c, a.printText(ctx, c)
	}
	err = a.copyText(ctx, &c, mode)
	return c, err
}

// modeOf returns the route of a copy. Before a raise it has to be open: a use that is
// added stays.
func (a *app) modeOf(s *session, o copyOptions) (clipboard.Mode, error) {
	if o.raise > 0 && !o.print {
		return a.copyMode(s, o.verified)
	}
	return parseMode(s)
}

// deed is what is done with the text.
func (o copyOptions) deed() string {
	if o.print {
		return "written"
	}
	return copyDeed
}

// printText writes the text into the output, and the deed down first.
func (a *app) printText(ctx context.Context, c copied) error {
	a.noteOf(c)
	if c.form.Secret() {
		if err := a.recordRevealed(ctx, c.key); err != nil {
			return err
		}
	}
	return a.write(a.ended(c.text.Reveal()))
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

// blocked finds the words for a key that the copy function refuses; deed says
// what is not done with it, such as "copied".
func blocked(k client.Key, b *client.Block, deed string) *fault {
	f := &fault{message: fmt.Sprintf("%q is not %s: %s", k.Name, deed, blockWords(*b)), hint: otherHint}
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
			if deed == copyDeed {
				f.hint += "; or copy it with --raise 1"
			}
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

// blockWords says all that blocks a key: "it is used up and hidden".
func blockWords(b client.Block) string {
	certificate := b.Has(client.CertificateExpired)
	b.States = slices.DeleteFunc(slices.Clone(b.States), func(s client.State) bool { return s == client.CertificateExpired })
	words := b.Words()
	if len(b.States) > 0 {
		words = "it is " + words
	}
	switch {
	case !certificate:
		return words
	case words == "":
		return certificateEnded
	}
	return words + " and " + certificateEnded
}
