package main

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/tui"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// runConsole shows the console for the tenant that the configuration names.
func runConsole(ctx context.Context, a *app, start startFilter) error {
	cfg, err := config.Load(a.global.config, a.env)
	if err != nil {
		return err
	}
	waits := newWaits()
	api, err := a.newClient(cfg.Profile, waits.tell)
	if err != nil {
		return err
	}
	return a.showConsole(ctx, api, waits, cfg.Settings, tui.Options{
		Tenant:   tenantWords(cfg.Profile),
		ReadOnly: cfg.Profile.ReadOnly,
		Refresh:  cfg.Settings.Refresh,
		Filter:   start.text,
		Kind:     start.kind,
	})
}

// showConsole runs the console until it is left. Of the options it fills in
// what the settings say.
func (a *app) showConsole(ctx context.Context, api *client.Client, waits waits, settings config.Settings, o tui.Options) error {
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
	o.Near = settings.Near
	ctx, signals, stop := forwardSignals(ctx)
	defer stop()
	err = tui.Run(ctx, tui.Deps{
		Client:    api,
		Clipboard: consoleClipboard{a.clipboard(mode)},
		Now:       a.now,
		Waits:     waits,
		Signals:   signals,
	}, o)
	var unfinished *tui.UnfinishedError
	if errors.As(err, &unfinished) {
		return &fault{faultInterrupted, unfinished.Error(), "it may hold or not: look with provkeys get NAME"}
	}
	if errors.Is(err, context.Canceled) {
		return &fault{faultInterrupted, "interrupted", "what was saved holds: start it again when you like"}
	}
	return err
}

// consoleClipboard is the clipboard of a console, which owns the terminal and
// so sends OSC 52 by itself.
type consoleClipboard struct{ clipboard.Clipboard }

// Plan says by which route a text would go now.
func (c consoleClipboard) Plan() clipboard.Plan { return clipboard.Choose(c.Mode, c.Session) }

// Fallback says which route is left when the native one has failed.
func (c consoleClipboard) Fallback() clipboard.Plan { return clipboard.Fallback(c.Mode, c.Session) }

// Sent says what is known after an OSC 52 sequence was sent.
func (c consoleClipboard) Sent() clipboard.Outcome { return c.Session.Sent() }

// Copy hands the text over by any route but OSC 52.
func (c consoleClipboard) Copy(ctx context.Context, text client.Secret) (clipboard.Outcome, error) {
	c.Send = nil
	return c.Clipboard.Copy(ctx, text)
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

// forwardSignals tells the console of signals, so that it can leave in order;
// a second one ends the context.
func forwardSignals(ctx context.Context) (context.Context, <-chan tui.Signal, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	raw := make(chan os.Signal, 2)
	told := make(chan tui.Signal, 1)
	signal.Notify(raw, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	go func() {
		for n := 0; ; n++ {
			select {
			case <-raw:
				if n > 0 {
					cancel()
					return
				}
				told <- tui.SignalLeave
			case <-ctx.Done():
				return
			}
		}
	}()
	return ctx, told, func() {
		signal.Stop(raw)
		cancel()
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
