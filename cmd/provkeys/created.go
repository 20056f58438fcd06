package main

import (
	"context"
	"fmt"
	"slices"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// copyMode returns the route that a text is to take, and refuses where none is open,
// before a key is made or raised for it. Verified says that only one will do whose
// clipboard may be read back.
func (a *app) copyMode(s *session, verified bool) (clipboard.Mode, error) {
	mode, err := parseMode(s)
	if err != nil {
		return mode, err
	}
	plan := a.clipboard(mode, s.settings.ClearAfter).Plan(clipboard.Terminal{})
	if len(plan.Steps) == 0 {
		return mode, fmt.Errorf("%w: %s", clipboard.ErrClipboard, plan.Why)
	}
	if verified && !slices.ContainsFunc(plan.Steps, readBack) {
		return mode, &fault{faultClipboard, "nothing was copied: what copies here cannot be read back from the clipboard", unverifiedHint}
	}
	for _, step := range plan.Steps {
		if step.Route != clipboard.RouteOSC52 {
			return mode, nil
		}
	}
	tty, err := a.openTerminal()
	if err != nil {
		return mode, fmt.Errorf("%w: there is no terminal here that could be asked to copy", clipboard.ErrClipboard)
	}
	// It was opened to see whether it is there.
	_ = tty.Close()
	return mode, nil
}

// readBack reports whether a step's clipboard can be read.
func readBack(s clipboard.Step) bool {
	return s.Route == clipboard.RouteNative || s.Also == clipboard.RouteNative
}

func parseMode(s *session) (clipboard.Mode, error) {
	mode, err := clipboard.ParseMode(s.settings.Clipboard)
	if err != nil {
		return mode, usageFault("correct --clipboard, PROVKEYS_CLIPBOARD or clipboard: in the file", "%v", err)
	}
	return mode, nil
}

// handOver tells of a key that was made and brings its text where it is wanted.
// An interrupt changes nothing about that: the text may never show again.
func (a *app) handOver(ctx context.Context, s *session, c client.Created, o createOptions, to clipboard.Mode, listing client.Listing) error {
	whole := context.WithoutCancel(ctx)
	k := c.Key
	a.recordCreated(whole, k)
	if c.Found {
		a.note("the answer was lost, and %s was then found by its name", k.Name)
	}
	if k.Text.IsZero() && (o.wish.hidden || !k.Exportable) {
		return lostFault(faultHidden, k, "it was in the answer alone, which was lost")
	}
	v := a.view(s.settings.Near)
	if o.print {
		return lostUnless(a.writeText(whole, k), k)
	}
	var done copied
	var copying error
	r := newRecord(k, v)
	if o.copy {
		done, copying = a.copyNew(whole, s, k, to, listing)
		r = append(r, done.field(copying == nil))
	}
	switch err := a.writeNew(whole, k, r, v); {
	case err != nil && o.copy && copying == nil:
		a.tellCopied(done) // whatever else failed, the text is there
		return err
	case err != nil:
		return lostUnless(err, k)
	case copying != nil:
		return a.rescue(ctx, s, k, copying)
	case o.copy:
		a.tellCopied(done)
	case !v.secrets && a.isTerminal(stdout):
		a.note("the text of %s is masked: provkeys copy %s copies it, provkeys get %s --field key hands it to a program", k.Name, argument(k), argument(k))
	}
	return nil
}

// writeNew writes the key that was made; in JSON and YAML its record may have
// more than that of a listed one.
func (a *app) writeNew(ctx context.Context, k client.Key, r record, v view) error {
	f := a.keyFormat()
	if f != formatJSON && f != formatYAML {
		return a.writeKey(ctx, k, v)
	}
	if err := a.recordRevealed(ctx, revealed([]client.Key{k}, v)...); err != nil {
		return err
	}
	return a.writeResult(r, f)
}

// copyNew copies the text of a key that was made.
func (a *app) copyNew(ctx context.Context, s *session, k client.Key, mode clipboard.Mode, listing client.Listing) (copied, error) {
	c := copied{api: s.api, key: k, form: deploy.Text, text: k.Text, warnings: k.CopyWarnings(listing.Keys), life: s.settings.ClearAfter}
	if b := k.CopyBlock(a.now()); b != nil {
		return c, blocked(k, b, copyDeed)
	}
	if err := a.copyText(ctx, &c, mode); err != nil {
		return c, err
	}
	return c, c.doubt(false)
}

// tellCopied says what is known of the copy, which in JSON and YAML is in the
// record.
func (a *app) tellCopied(c copied) {
	if f := a.keyFormat(); f != formatJSON && f != formatYAML {
		for _, w := range c.warnings {
			a.note("%s: %s", c.key.Name, w)
		}
		a.note("%s (%s): %s", c.key.Name, c.Outcome.RouteWords(), c.Outcome.Words(c.life, false))
	}
	if !c.key.Exportable && !c.Outcome.Confirmed() {
		a.note("paste it now: the text of %s is never shown again, and cannot be copied again", c.key.Name)
	}
}

// field is the copy in the record of a new key, null where it failed.
func (c copied) field(done bool) field {
	if !done {
		return field{"copied", scalar{}}
	}
	return field{"copied", objectOf(c.record()[1:])}
}

// rescue is for a text that was not copied. One that is never shown again is
// offered to a person who may see it.
func (a *app) rescue(ctx context.Context, s *session, k client.Key, cause error) error {
	why := a.explain(cause)
	if k.Exportable || a.global.withSecrets {
		return &fault{
			faultClipboard, fmt.Sprintf("%q was created; %s", k.Name, why.message),
			"it is there: try provkeys copy " + argument(k),
		}
	}
	if !a.isTerminal(stdin) || s.settings.MaskAlways {
		return lostFault(faultClipboard, k, why.message)
	}
	err := a.agree(ctx, question{
		lines: []string{fmt.Sprintf("%s was created; %s", k.Name, why.message), "Its text is never shown again."},
		ask:   "Show it here? [y/N] ", undone: "nothing was shown",
	})
	if err == nil {
		err = a.showText(ctx, k)
	}
	if err != nil {
		return lostFault(faultClipboard, k, why.message)
	}
	return &fault{faultClipboard, fmt.Sprintf("%q was created, and its text shown: %s", k.Name, why.message), "keep the text now: it is never shown again"}
}

// showText shows a text at the terminal and nowhere else.
func (a *app) showText(ctx context.Context, k client.Key) error {
	if err := damage(k); err != nil {
		return err
	}
	if err := a.recordRevealed(ctx, k); err != nil {
		return err
	}
	tty, err := a.openTerminal()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(tty, "The text of %s, shown this once:\n\n%s\n\n", style.Sanitize(k.Name), k.Text.Reveal())
	if closing := tty.Close(); err == nil {
		err = closing
	}
	return err
}

// lostUnless says of an error what it means for a text that never shows again.
func lostUnless(err error, k client.Key) error {
	if err == nil || k.Exportable {
		return err
	}
	return lostFault(faultError, k, err.Error())
}

// lostFault is about a key that is there and whose text is gone for good.
func lostFault(kind faultKind, k client.Key, how string) *fault {
	return &fault{
		kind, fmt.Sprintf("%q was created, and its text is lost for good: %s", k.Name, how),
		"delete it and create another: provkeys delete " + argument(k),
	}
}
