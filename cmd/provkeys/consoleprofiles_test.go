package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/tui"
)

// profilesOf returns the console's profiles in a home folder with a file of two.
func profilesOf(t *testing.T, f *fixture) consoleProfiles {
	t.Helper()
	c := f.mock.Credentials()
	path := filepath.Join(f.home, ".config", "provkeys", "config.yaml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	file := `profile: acme
profiles:
  acme: {customer_id: "` + c.CustomerID + `", client_id: "` + c.ClientID + `", client_secret: "env:ACME", base_url: "http://127.0.0.1"}
  lab: {cloud: zpatwo, customer_id: "1", client_id: a, client_secret: "env:NOT_THERE", read_only: true, colour: red}
`
	if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
		t.Fatal(err)
	}
	f.vars = map[string]string{"ACME": c.ClientSecret}
	return newConsoleProfiles(f.app(), newWaits(), config.Config{})
}

func TestTheConsoleListsTheProfilesOfTheFile(t *testing.T) {
	t.Parallel()
	p := profilesOf(t, newFixture(t))
	p.started = config.Profile{CustomerID: "77", Source: "the environment"}
	list, err := p.List()
	if err != nil {
		t.Fatal(err)
	}
	want := []tui.Profile{
		{Where: "customer 77 · PRODUCTION"},
		{Name: "acme", Where: "127.0.0.1", Default: true},
		{Name: "lab", Where: "ZPATWO", ReadOnly: true},
	}
	if len(list) != len(want) {
		t.Fatalf("%+v, want %+v", list, want)
	}
	for i := range want {
		if list[i] != want[i] {
			t.Errorf("%+v, want %+v", list[i], want[i])
		}
	}
}

func TestAProfileIsOpenedWithItsOwnJournal(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	p := profilesOf(t, f)
	// What was given for the tenant that was started with is not for this one.
	p.app.global.config.BaseURL = "http://127.0.0.1/elsewhere"
	f.vars["PROVKEYS_CUSTOMER_ID"], f.vars["PROVKEYS_TOKEN_URL"] = "77", "http://127.0.0.1/elsewhere"
	s, err := p.Open(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Client.SignIn(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s.Tenant != "acme · 127.0.0.1" || s.Profile != "acme" || s.Customer != f.mock.Credentials().CustomerID {
		t.Errorf("opened %+v", s)
	}
	if err := s.Journal.Record(tui.Deed{Action: tui.DeedCopied, Name: "a-key"}); err != nil {
		t.Fatal(err)
	}
	written, err := os.ReadFile(filepath.Join(f.home, ".local", "state", "provkeys", "journal.jsonl"))
	if err != nil || !strings.Contains(string(written), `"profile":"acme"`) {
		t.Errorf("the journal has %s, %v", written, err)
	}
	if _, err := p.Open(t.Context(), "lab"); err == nil || !strings.Contains(err.Error(), "NOT_THERE") {
		t.Errorf("a profile without its secret: %v", err)
	}
}

func TestARefusedTenantThatComesBackIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	p := profilesOf(t, f)
	f.vars["ACME"] = "wrong"
	for range 3 {
		s, err := p.Open(t.Context(), "acme")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Client.SignIn(t.Context()); !errors.Is(err, client.ErrSignIn) {
			t.Errorf("signed in with a wrong secret: %v", err)
		}
	}
	if n := len(f.mock.Requests()); n != 1 {
		t.Errorf("a refused pair was sent %d times, want once", n)
	}
	f.vars["ACME"] = f.mock.Credentials().ClientSecret
	s, err := p.Open(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Client.SignIn(t.Context()); err != nil {
		t.Errorf("with another secret: %v", err)
	}
}

func TestTheConsoleAddsAProfileThatSignsIn(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	p := profilesOf(t, f)
	c := f.mock.Credentials()
	draft := tui.ProfileDraft{
		Name: "third", BaseURL: "http://127.0.0.1", CustomerID: c.CustomerID, ClientID: c.ClientID, Secret: client.NewSecret(c.ClientSecret),
	}
	added, err := p.Add(t.Context(), draft)
	if err != nil || added.Profile != "third" || !strings.HasSuffix(added.Where, "config.yaml") || !strings.Contains(added.Secret, "secrets") {
		t.Fatalf("added %+v, %v", added, err)
	}
	s, err := p.Open(t.Context(), "third")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Client.SignIn(t.Context()); err != nil {
		t.Error(err)
	}

	var wrong *tui.DraftError
	if _, err := p.Add(t.Context(), draft); !errors.As(err, &wrong) || wrong.Field != "name" {
		t.Errorf("a second one of that name: %v", err)
	}
	draft.Name, draft.Secret = "fourth", client.NewSecret("env:ACME")
	if added, err := p.Add(t.Context(), draft); err != nil || added.Secret != "" {
		t.Errorf("by reference: %+v, %v", added, err)
	}
	draft.Name, draft.Secret = "fifth", client.NewSecret("wrong")
	if _, err := p.Add(t.Context(), draft); !errors.Is(err, client.ErrSignIn) {
		t.Errorf("a wrong secret: %v", err)
	}
	if list, _ := p.List(); len(list) != 4 {
		t.Errorf("%d profiles, want 4: %+v", len(list), list)
	}
}

func TestADemonstrationOfTheConsoleNeedsNoNetwork(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.transport = nil
	s, err := newConsoleProfiles(f.app(), newWaits(), config.Config{}).Demo()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	listing, err := s.Client.ListKeys(t.Context(), client.AppConnector)
	if err != nil || len(listing.Keys) == 0 || !s.Demo || s.Journal != nil {
		t.Errorf("%d keys, %v, %+v", len(listing.Keys), err, s)
	}
}
