package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/doctor"
	"provkeys/cmd/internal/journal"
	"provkeys/cmd/internal/store"
	"provkeys/tui"
)

// doctorOptions are what "doctor" was asked for.
type doctorOptions struct {
	offline bool
	copy    testCopy
	format  format
}

// testCopy says whether a harmless text is copied to see where it arrives.
type testCopy int

const (
	testCopyAsked testCopy = iota // where somebody can be asked, and agrees
	testCopyMade
	testCopyLeftOut
)

func newDoctorCommand(a *app) *cobra.Command {
	var o doctorOptions
	var with, without bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what keeps provkeys from working here, and what mends it",
		Long: `doctor looks at all that provkeys needs on this machine: configuration and
profile, proxy, TLS and who signed it, the clock, the sign-in, what it may read,
the clipboard and the terminal. Each check is a line: ok, note (good to know),
warn (something will be missed) or FAIL, with its mend behind →. It goes on after
a failure as far as it can.

It changes nothing and shows no secret. It speaks to the addresses of the
profile alone, signs in once, and only where the certificates are right; whether
the role may also write is not tried. --offline asks no tenant.

On a terminal it offers to copy a harmless text, which replaces what is on the
clipboard, and clears it again; --copy does that unasked, --no-copy never.

It ends with 0 when nothing fails, else with the first of these that did:
configuration 2, sign-in refused 3, backend unavailable 7, clipboard 10, anything
else 1. With -o json or yaml the checks are a list: group, check, status, finding,
mend.`,
		Example: `  provkeys doctor
  provkeys doctor --profile acme-lab
  provkeys doctor --offline --no-copy
  provkeys doctor -o json | jq '.[] | select(.status == "FAIL")'`,
		Args: exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case with && without:
				return usageFault("leave one of them out", "--copy and --no-copy contradict each other")
			case with:
				o.copy = testCopyMade
			case without:
				o.copy = testCopyLeftOut
			}
			o.format = a.keyFormat()
			return a.interruptible(cmd.Context(), func(ctx context.Context) error { return runDoctor(ctx, a, o) })
		},
	}
	cmd.Flags().BoolVar(&o.offline, "offline", false, "ask no tenant")
	cmd.Flags().BoolVar(&with, "copy", false, "make the test copy without asking")
	cmd.Flags().BoolVar(&without, "no-copy", false, "make no test copy")
	return cmd
}

// examination is one run of doctor.
type examination struct {
	app      *app
	o        doctorOptions
	settings config.Settings
	profile  config.Profile
	usable   bool // there is a profile to sign in with
	display  doctor.Display
	all      []doctor.Finding
	unsaid   error // why the output took no more lines
}

func runDoctor(ctx context.Context, a *app, o doctorOptions) error {
	e := &examination{app: a, o: o}
	if e.configuration(ctx); ctx.Err() != nil {
		return ctx.Err()
	}
	for _, part := range []func(context.Context) error{e.tenant, e.session} {
		if err := part(ctx); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if err := e.finish(); err != nil {
		return err
	}
	return verdict(e.all)
}

// verdict returns what failed as one fault, nil where nothing did.
func verdict(all []doctor.Finding) error {
	failed, worst := doctor.Failures(all)
	if failed == nil {
		return nil
	}
	names := make([]string, 0, len(failed))
	for _, f := range failed {
		names = append(names, f.Check)
	}
	return &fault{
		faultFor(worst), fmt.Sprintf("%d of %d checks failed: %s", len(failed), len(all), strings.Join(names, ", ")),
		"do what its mend says, the first one first, then run provkeys doctor again",
	}
}

// faultFor finds the kind of fault, and so the exit code, of a failed check.
func faultFor(f doctor.Fault) faultKind {
	switch f {
	case doctor.FaultConfiguration:
		return faultConfiguration
	case doctor.FaultSignIn:
		return faultSignIn
	case doctor.FaultUnavailable:
		return faultUnavailable
	case doctor.FaultClipboard:
		return faultClipboard
	}
	return faultError
}

// problem finds the words for an error, as every other command has them.
func (a *app) problem(err error) *doctor.Problem {
	f := a.explain(err)
	p := &doctor.Problem{Text: f.message, Mend: f.hint}
	switch f.kind.code() {
	case exitUsage:
		p.Fault = doctor.FaultConfiguration
	case exitSignIn:
		p.Fault = doctor.FaultSignIn
	case exitUnavailable:
		p.Fault = doctor.FaultUnavailable
	case exitClipboard:
		p.Fault = doctor.FaultClipboard
	}
	return p
}

// configuration looks at what is known before anybody is asked.
func (e *examination) configuration(ctx context.Context) {
	a := e.app
	var c doctor.Configuration
	settings, err := config.LoadSettings(a.global.config, a.env)
	if err != nil {
		c.Settings = a.problem(err)
	} else {
		e.settings = settings
		var cfg config.Config
		err := a.timed(ctx, func(ctx context.Context) (err error) {
			cfg, err = config.Load(ctx, a.global.config, a.env)
			return err
		})
		c.Path, c.Names, c.Overlooked = cfg.Path, cfg.Names, cfg.Overlooked
		c.File = doctor.LookAtFile(cfg.Path, a.goos)
		if keys := new(tui.KeysError); errors.As(tui.CheckKeys(settings.Keys), &keys) {
			c.Keys = a.problem(keysFault(keys, settings.KeysAt))
		}
		if e.profile, e.usable = cfg.Profile, err == nil; err != nil {
			c.Profile = a.problem(err)
		}
	}
	if e.usable {
		c.Source, c.Address, c.Scope = e.profile.Source, addressWords(e.profile), scopeWords(e.profile)
	}
	e.found(doctor.CheckConfiguration(c)...)

	var s doctor.State
	if dir, err := store.Dir(a.variableSet, a.env.Home); err != nil {
		s.Unknown = err
	} else {
		s = doctor.LookAtState(dir, journal.File)
	}
	e.found(doctor.CheckState(s, journal.File)...)
}

// addressWords says where a profile's tenant lives. Load has resolved the
// address once already.
func addressWords(p config.Profile) string {
	at, err := p.Address.Endpoints(p.Door)
	if err != nil {
		return err.Error()
	}
	return fmt.Sprintf("%s: %s, signing in at %s", p.Door, at.API, at.Token)
}

func scopeWords(p config.Profile) []string {
	var words []string
	if p.Microtenant != "" {
		words = append(words, "microtenant "+p.Microtenant+" alone (0 is Default)")
	}
	if p.ReadOnly {
		words = append(words, "read-only: nothing is changed on the server")
	}
	return words
}
