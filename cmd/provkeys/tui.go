package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/tui"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// runConsole shows the console for the tenant that the configuration names.
func runConsole(ctx context.Context, a *app, start startFilter) error {
	var cfg config.Config
	err := a.interruptible(ctx, func(ctx context.Context) (err error) {
		cfg, err = config.Load(ctx, a.global.config, a.env)
		return err
	})
	if err != nil && !errors.Is(err, config.ErrNoProfile) && !errors.Is(err, config.ErrNoChoice) {
		return err
	}
	waits := newWaits()
	profiles := newConsoleProfiles(a, waits, cfg)
	var first tui.Session
	if err == nil {
		api, err := profiles.clients.of(cfg.Profile, func() (*client.Client, error) { return a.newClient(cfg.Profile, waits.tell) })
		if err != nil {
			return err
		}
		first = a.consoleSession(cfg.Profile, api)
	}
	deps := tui.Deps{Waits: waits, Views: a.consoleViews(), Profiles: profiles}
	return a.showConsole(ctx, deps, first, cfg.Settings, tui.Options{
		InForce: inForce(cfg.InForce),
		Filter:  start.text,
		Kind:    start.kind,
		View:    cmp.Or(start.view, cfg.Settings.View),
	})
}

// showConsole runs the console until it is left, with a tenant at first or, for the
// zero session, with the question for one. It fills in what the settings say, and of
// deps what every console has.
func (a *app) showConsole(ctx context.Context, deps tui.Deps, first tui.Session, settings config.Settings, o tui.Options) error {
	mode, err := clipboard.ParseMode(settings.Clipboard)
	if err != nil {
		return usageFault("correct --clipboard, PROVKEYS_CLIPBOARD or clipboard: in the file", "%v", err)
	}
	if o.Theme, err = style.ParseMode(settings.Theme); err != nil {
		return usageFault("correct theme: in the file", "%v", err)
	}
	if a.global.noColor {
		o.Theme = style.ModeMono
	}
	o.Profile, o.Tenant, o.Colour, o.Customer = first.Profile, first.Tenant, first.Colour, first.Customer
	o.Demo, o.ReadOnly, o.Refresh = first.Demo, first.ReadOnly, settings.Refresh
	o.Near, o.ClearAfter, o.MaskAlways, o.Keys = settings.Near, settings.ClearAfter, settings.MaskAlways, settings.Keys
	o.Mouse, o.ASCII, o.Plain = settings.Mouse, settings.ASCII, settings.Plain
	a.onScreen = true
	ctx, signals := forwardSignals(ctx)
	defer signals.stop()
	deps.Client, deps.Journal, deps.Memory, deps.Screen, deps.EndSession = first.Client, first.Journal, first.Memory, first.Screen, first.Close
	deps.Clipboard = tui.OnClipboard(a.clipboard(mode, settings.ClearAfter))
	deps.Now, deps.Signals, deps.LetSuspend = a.now, signals.told, signals.letSuspend
	deps.Downloads = consoleDownloads{home: a.env.Home}
	farewell, err := tui.Run(ctx, deps, o)
	if keys := new(tui.KeysError); errors.As(err, &keys) {
		return keysFault(keys, settings.KeysAt)
	}
	if signals.hungUp() {
		return &hangupError{cmp.Or(err, context.Canceled)}
	}
	if farewell != "" {
		// There is nowhere left to tell that stderr is closed.
		_, _ = fmt.Fprintln(a.err, style.Sanitize(farewell))
	}
	return leftWords(err)
}

// inForce returns the configuration as the console's help page shows it.
func inForce(facts []config.Fact) []tui.Fact {
	shown := make([]tui.Fact, 0, len(facts))
	for _, f := range facts {
		shown = append(shown, tui.Fact(f))
	}
	return shown
}

// keysFault says where the keys stand that are wrong; of two actions that clash, one
// may have the keys that it comes with.
func keysFault(keys *tui.KeysError, at map[string]string) error {
	var where []string
	for _, action := range keys.Actions {
		if line := at[action]; line != "" {
			where = append(where, line)
		}
	}
	return &fault{faultConfiguration, strings.Join(where, " and ") + ": " + keys.Error(), "correct keys: there, or take the line out"}
}

// leftWords finds the words for how the console was left.
func leftWords(err error) error {
	var unfinished *tui.UnfinishedError
	if errors.As(err, &unfinished) {
		var hints []string
		if len(unfinished.Names) > 0 {
			hints = append(hints, "the change may hold or not: look with provkeys get NAME")
		}
		if unfinished.File != "" {
			hints = append(hints, "the file is there whole or not at all; one with a passphrase made for you cannot be opened: delete it")
		}
		if unfinished.Bulk != "" {
			hints = append(hints, "what was not begun is as it was: mark it again")
		}
		return &fault{faultInterrupted, unfinished.Error(), strings.Join(hints, "; ")}
	}
	if errors.Is(err, context.Canceled) {
		return &fault{faultInterrupted, "interrupted", "what was saved holds: start it again when you like"}
	}
	return err
}

// waits carries what the client waits for to the console.
type waits chan client.Wait

func newWaits() waits { return make(waits, 16) }

// tell never blocks a call: a wait that nobody reads is not worth one.
func (w waits) tell(wait client.Wait) {
	select {
	case w <- wait:
	default:
	}
}

// tenantWords names the tenant in the console's header.
func tenantWords(p config.Profile) string {
	where := strings.ToUpper(cmp.Or(p.Address.Cloud, "production"))
	if u, err := url.Parse(p.Address.BaseURL); err == nil && u.Host != "" {
		where = u.Host
	}
	return cmp.Or(p.Name, "customer "+p.CustomerID) + " · " + where
}
