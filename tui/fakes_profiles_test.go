package tui_test

import (
	"context"
	"errors"
	"sync"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
	"provkeys/tui"
)

// fakeProfiles has two tenants: the one that a console shows, and a smaller one.
type fakeProfiles struct {
	c     *console
	other *mockserver.Server
	list  []tui.Profile
	fault error // what Open ends with
	wrong bool  // the other tenant's secret is
	slow  time.Duration
	view  string // that the other tenant begins with
	// screen remembers the other tenant's table; nil for nobody.
	screen tui.ScreenMemory

	mu     sync.Mutex
	drafts []tui.ProfileDraft
	refuse error // what Add ends with
	hangs  bool  // Add does, until it is given up
	closed int   // sessions that were ended
}

// profiles gives a console a second tenant.
func profiles(p *fakeProfiles) func(*console, *tui.Deps) {
	return func(c *console, d *tui.Deps) {
		p.c, d.Profiles = c, p
		p.list = []tui.Profile{
			{Name: "acme-test", Where: "PRODUCTION", Default: true},
			{Name: "lab", Where: "lab.example", ReadOnly: true},
		}
		mock, err := mockserver.New(mockserver.Options{Keys: 12, Seed: 9})
		if err != nil {
			c.t.Fatal(err)
		}
		p.other = mock
	}
}

// withoutTenant starts a console that has nobody to ask yet.
func withoutTenant(p *fakeProfiles) func(*console, *tui.Deps) {
	return func(c *console, d *tui.Deps) {
		profiles(p)(c, d)
		p.list, d.Client = nil, nil
	}
}

func (p *fakeProfiles) List() ([]tui.Profile, error) { return p.list, nil }

func (p *fakeProfiles) Open(_ context.Context, name string) (tui.Session, error) {
	time.Sleep(p.slow)
	if p.fault != nil {
		return tui.Session{}, p.fault
	}
	if name == "acme-test" {
		return tui.Session{Client: p.c.client(false), Profile: name, Tenant: "acme-test", Close: p.close}, nil
	}
	return tui.Session{
		Client: p.clientOf(p.other), Profile: name, Tenant: name + " · lab.example", ReadOnly: true, View: p.view, Close: p.close, Screen: p.screen,
		Customer: p.other.Credentials().CustomerID,
	}, nil
}

func (p *fakeProfiles) Demo() (tui.Session, error) {
	return tui.Session{Client: p.clientOf(p.other), Tenant: "demonstration · mock.example", Demo: true, Close: p.close}, nil
}

func (p *fakeProfiles) Add(ctx context.Context, d tui.ProfileDraft) (tui.AddedProfile, error) {
	p.mu.Lock()
	p.drafts = append(p.drafts, d)
	hangs, refuse := p.hangs, p.refuse
	p.mu.Unlock()
	if hangs {
		<-ctx.Done()
		return tui.AddedProfile{}, ctx.Err()
	}
	if refuse != nil {
		return tui.AddedProfile{}, refuse
	}
	return tui.AddedProfile{Profile: d.Name, Where: "config.yaml", Secret: "in the keyring"}, nil
}

func (p *fakeProfiles) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed++
}

func (p *fakeProfiles) clientOf(mock *mockserver.Server) *client.Client {
	creds := mock.Credentials()
	if p.wrong {
		creds.ClientSecret = "wrong"
	}
	api, err := client.New(client.Config{
		Endpoints: client.Endpoints{API: "http://127.0.0.1", Token: "http://127.0.0.1/signin", SignOut: "http://127.0.0.1/signout"},
		ClientID:  creds.ClientID, ClientSecret: client.NewSecret(creds.ClientSecret), CustomerID: creds.CustomerID,
		Transport: mock.Transport(),
	})
	if err != nil {
		p.c.t.Error(errors.Join(errors.New("no client for the other tenant"), err))
	}
	return api
}
