package main

import (
	"context"
	"strings"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/store"
	"provkeys/cmd/internal/views"
	"provkeys/tui"
)

// consoleProfiles are the tenants that the console can switch to: those of the
// configuration file, the one that it was started with, and a demonstration.
type consoleProfiles struct {
	app     *app
	waits   waits
	started config.Profile // where that is none of the file's: its credentials are held
	inForce []config.Fact  // of what was started with
	clients *consoleClients
}

// newConsoleProfiles returns them for a console that was started with a
// configuration.
func newConsoleProfiles(a *app, waits waits, started config.Config) consoleProfiles {
	return consoleProfiles{a, waits, started.Profile, started.InForce, &consoleClients{}}
}

// List returns the profiles of the file, as it stands now.
func (c consoleProfiles) List() ([]tui.Profile, error) {
	var list []tui.Profile
	if c.started.CustomerID != "" && c.started.Name == "" {
		list = append(list, tui.Profile{Where: tenantWords(c.started), ReadOnly: c.started.ReadOnly})
	}
	stored, err := config.ReadStored(c.app.global.config, c.app.env)
	for _, d := range stored.Profiles {
		where := cloudWords(client.Address{Cloud: d.Cloud, BaseURL: d.BaseURL})
		list = append(list, tui.Profile{Name: d.Name, Where: where, Default: d.Name == stored.Default, ReadOnly: d.ReadOnly || c.app.global.config.ReadOnly})
	}
	return list, err
}

// Open returns a client for a profile of the file, or for what the console was
// started with.
func (c consoleProfiles) Open(ctx context.Context, name string) (tui.Session, error) {
	p, facts, view := c.started, c.inForce, ""
	if name != "" {
		cfg, err := config.LoadProfile(ctx, name, c.app.global.config, c.app.env)
		if err != nil {
			return tui.Session{}, err
		}
		p, facts, view = cfg.Profile, cfg.InForce, cfg.Settings.View
	}
	api, err := c.clients.of(p, func() (*client.Client, error) { return c.app.clientFor(p, c.waits.tell) })
	if err != nil {
		return tui.Session{}, err
	}
	s := c.app.consoleSession(p, api)
	s.InForce, s.View = inForce(facts), view
	return s, nil
}

// consoleSession is what the console shows a tenant with.
func (a *app) consoleSession(p config.Profile, api *client.Client) tui.Session {
	s := tui.Session{
		Client: api, Journal: consoleJournal{a, p}, Memory: consoleMemory{a, p},
		Profile: p.Name, Tenant: tenantWords(p), Customer: p.CustomerID, Colour: p.Colour, ReadOnly: p.ReadOnly,
	}
	if dir, err := store.Dir(a.variableSet, a.env.Home); err == nil {
		s.Screen = consoleScreen{views.Screens{Dir: dir}, p.Name}
	}
	return s
}

// Demo returns a tenant that is made up inside this process.
func (c consoleProfiles) Demo() (tui.Session, error) {
	return c.app.demonstration(demoOptions{keys: demoKeys, seed: 1}, c.waits)
}

// Add signs in with a draft and stores it, or stores nothing.
func (c consoleProfiles) Add(ctx context.Context, d tui.ProfileDraft) (tui.AddedProfile, error) {
	draft := profileDraft{Draft: config.Draft{
		Name: d.Name, Cloud: d.Cloud, Vanity: d.Vanity, BaseURL: d.BaseURL, CustomerID: d.CustomerID, ClientID: d.ClientID,
		Auth: client.Legacy.String(), ReadOnly: d.ReadOnly,
	}}
	if d.OneAPI {
		draft.Auth = client.OneAPI.String()
	}
	if d.KeyFile != "" {
		draft.PrivateKey = "file:" + config.WholePath(d.KeyFile)
	}
	if err := draft.takeSecret(d.Secret); err != nil {
		return tui.AddedProfile{}, &tui.DraftError{Field: "client_secret", Err: err}
	}
	stored, err := config.ReadStored(c.app.global.config, c.app.env)
	if err != nil {
		return tui.AddedProfile{}, err
	}
	if err := newProfileName(d.Name, stored); err != nil {
		return tui.AddedProfile{}, &tui.DraftError{Field: "name", Err: err}
	}
	done, err := c.app.addProfile(ctx, draft, c.waits.tell)
	if err != nil {
		return tui.AddedProfile{}, err
	}
	return tui.AddedProfile{Profile: done.Name, Where: done.path, Secret: done.kept}, nil
}

// takeSecret takes what was typed where a secret was asked for: a reference, or the
// secret itself. Blanks round it came with a paste, and each refused try counts.
func (d *profileDraft) takeSecret(typed client.Secret) error {
	text := typed.Reveal()
	switch {
	case strings.TrimSpace(text) != text:
		return usageFault("give it without them", "the secret begins or ends with a blank; nothing was sent")
	case config.IsReference(text):
		d.ClientSecret = text
	default:
		d.secret = typed
	}
	return nil
}

// cloudWords names the cloud or the host of an address.
func cloudWords(a client.Address) string {
	return strings.TrimPrefix(tenantWords(config.Profile{Name: "-", Address: a}), "- · ")
}
