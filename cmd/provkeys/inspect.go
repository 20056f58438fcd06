package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
	"provkeys/cmd/internal/config"
	"provkeys/tui/clipboard"
)

// inspectOptions are what "inspect" was asked for.
type inspectOptions struct {
	file      string // "" and "-" are standard input
	clipboard bool   // the clipboard, and no file
	repair    bool   // write the repaired text
	offline   bool
	format    format
}

func newInspectCommand(a *app) *cobra.Command {
	var o inspectOptions
	cmd := &cobra.Command{
		Use:   "inspect [FILE|-]",
		Short: "Say what is wrong with a key text, and whose it is",
		Long: `inspect looks at one key text: from a file, from standard input (at a terminal:
paste it, then ctrl+d; it does not show) or, with --from-clipboard, from the
clipboard. A key text is never an argument, which every process can read.

It names blanks, line breaks, quotes and whatever else a copy may have caught,
with positions counted from 1, and says whether a piece is missing. It never
shows the text. With a profile it says which of the tenant's keys it is or
almost is; hidden and deleted keys are recognised once they were copied with
provkeys on this machine. A tenant that does not answer within 20 seconds, or
refuses the sign-in, is a warning; --offline asks none.

--repair writes the text without the damage, where it can be taken off for sure:
exact and without a line break in a pipe.

Exit codes: 0 the text is sound and, where a tenant was asked, that of one of its
keys (whose state is told, and changes nothing) · 1 something is wrong with it,
or it is no key of the tenant · 2 nothing could be read · 10 the clipboard cannot
be. With -o json or yaml: sound, verdict, tenant_complete (all its keys that
may be read were compared), characters, lines, version, host, log_prefix, secret_characters,
number_digits, faults (kind, at, message), match (relation same or almost, name,
kind, id, group, uses, max_uses, state, gone, remembered, customer, difference),
repairable, notes, next, warnings.`,
		Example: `  provkeys inspect                          paste it, then ctrl+d
  provkeys inspect /opt/zscaler/var/provision_key
  provkeys inspect --from-clipboard
  ssh host cat /opt/zscaler/var/provision_key | provkeys inspect -o json
  provkeys inspect --repair damaged.txt > provision_key`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := o.read(a, args); err != nil {
				return err
			}
			return a.interruptible(cmd.Context(), func(ctx context.Context) error { return runInspect(ctx, a, o) })
		},
	}
	cmd.Flags().BoolVar(&o.clipboard, "from-clipboard", false, "look at what is on the clipboard")
	cmd.Flags().BoolVar(&o.repair, "repair", false, "write the text without the damage, and nothing else")
	cmd.Flags().BoolVar(&o.offline, "offline", false, "ask no tenant")
	return cmd
}

// read completes the options by what else the command line says.
func (o *inspectOptions) read(a *app, args []string) error {
	var err error
	if o.file, err = oneFile(args); err != nil {
		return err
	}
	switch {
	case o.clipboard && o.file != "":
		return usageFault("leave one of them out", "a file and --from-clipboard exclude each other")
	case o.repair && a.global.outputAsked:
		return usageFault("leave one of them out", "--repair and --output exclude each other")
	}
	o.format, err = a.resultFormat("inspect")
	return err
}

func runInspect(ctx context.Context, a *app, o inspectOptions) error {
	settings, err := config.LoadSettings(a.global.config, a.env)
	if err != nil {
		return err
	}
	if o.repair {
		if err := a.mayShow(settings); err != nil {
			return err
		}
	}
	text, err := a.readText(ctx, o)
	if err != nil {
		return err
	}
	if text.IsZero() {
		return usageFault("give it a key text: from a file, by a pipe, or pasted at a terminal", "nothing was read: the input is empty")
	}
	log := diagnose.LooksLikeLog(text.Reveal())
	if log && (o.repair || o.format != formatTable) {
		return usageFault("give it to provkeys explain", "this is a connector's log, and no key text")
	}
	k, err := a.known(ctx, settings, knownOptions{offline: o.offline, machines: log})
	if err != nil {
		return err
	}
	if log {
		a.note("this is a connector's log, and no key text: it is explained as provkeys explain does")
		return a.explainPasted(ctx, text, k, explainOptions{format: o.format})
	}
	found := diagnose.Inspect(text, k.Known)
	if o.repair {
		return a.writeRepaired(ctx, text, found, k)
	}
	if err := a.writeFound(found, k, o.format); err != nil {
		return err
	}
	if !k.sound(found) {
		return &unsoundError{}
	}
	return nil
}

// readText reads the text from wherever it is.
func (a *app) readText(ctx context.Context, o inspectOptions) (client.Secret, error) {
	switch {
	case o.clipboard:
		return a.readClipboard(ctx)
	case a.pastedHere(o.file):
		return a.readPaste(ctx, "the key text")
	}
	return a.readWhole(ctx, o.file)
}

// readClipboard reads the operator's clipboard, where it is this machine's.
func (a *app) readClipboard(ctx context.Context) (client.Secret, error) {
	text, err := a.clipboard(clipboard.Auto, 0).Read(ctx)
	switch {
	case ctx.Err() != nil:
		return client.Secret{}, err
	case err != nil:
		return client.Secret{}, &fault{faultClipboard, err.Error(), "paste it instead: provkeys inspect, then ctrl+d"}
	}
	return text, nil
}

// unsoundError says by the exit code alone what the output has said in words.
type unsoundError struct{}

func (*unsoundError) Error() string { return "the key text is not sound" }

// sound reports whether nothing speaks against a text: it is whole and, where
// the tenant's keys are all known, it is one of them. One that resembles keys and
// is none of them was damaged.
func (k known) sound(f diagnose.Finding) bool {
	m := f.Match
	switch {
	case !f.Report.Sound(), f.Near > 0, m != nil && m.Relation != diagnose.Same:
		return false
	case k.Complete:
		return m != nil && (k.held(*m) || k.mayHold(*m))
	}
	return true
}

// writeRepaired writes the text without its damage, a sound one as it is. What
// reads a pipe gets it to the byte; a person gets a line. That of a key of the
// tenant is revealed by it.
func (a *app) writeRepaired(ctx context.Context, text client.Secret, f diagnose.Finding, k known) error {
	a.noteWarnings(k)
	repaired := f.Repaired
	if f.Report.Sound() && f.Near == 0 && (f.Match == nil || f.Match.Relation == diagnose.Same) {
		repaired = client.NewSecret(strings.TrimSuffix(text.Reveal(), "\n"))
	}
	if repaired.IsZero() || keytext.Check(repaired.Reveal()) != nil {
		return &fault{faultError, "it cannot be repaired for sure: " + f.Verdict, f.Next}
	}
	if m := f.Match; m != nil && (k.held(*m) || k.mayHold(*m)) {
		if err := a.recordRevealed(ctx, m.Key); err != nil {
			return err
		}
	}
	a.note("%s", f.Verdict)
	return a.write(a.ended(repaired.Reveal()))
}
