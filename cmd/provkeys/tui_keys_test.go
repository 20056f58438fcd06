package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"provkeys/tui"
)

func TestWrongKeysOfTheConsoleAreSaidWithTheirLine(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		keys string
		says []string
	}{
		"clash":          {"keys:\n  edit: y\n", []string{"line 2 of ", "y is the key of both copy and edit"}},
		"two of its own": {"keys:\n  edit: f5\n  copy: [y, f5]\n", []string{"line 3 of ", "and line 2 of ", "copy and edit"}},
		"unknown action": {"keys:\n  copy: f5\n  copz: y\n", []string{"line 3 of ", `there is no action "copz"`}},
		"unknown key":    {"keys:\n  copy: hyper+y\n", []string{"line 2 of ", `there is no key "hyper+y"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.terminals = map[stream]bool{stdin: true, stdout: true}
			path := filepath.Join(f.home, "config.yaml")
			if err := os.WriteFile(path, []byte(tt.keys), 0o600); err != nil {
				t.Fatal(err)
			}
			f.mustRun(exitUsage, "demo", "--config", path)
			for _, want := range append(tt.says, "config.yaml", "correct keys:") {
				if !strings.Contains(f.err.String(), want) {
					t.Errorf("it does not say %q: %s", want, f.err.String())
				}
			}
		})
	}
}

func TestEveryTenantBringsTheConfigurationInForce(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	p := profilesOf(t, f)
	demo, err := p.Demo()
	if err != nil {
		t.Fatal(err)
	}
	defer demo.Close()
	acme, err := p.Open(t.Context(), "acme")
	if err != nil {
		t.Fatal(err)
	}
	for _, has := range []struct {
		in   []tui.Fact
		fact tui.Fact
	}{
		{demo.InForce, tui.Fact{Name: "near", Value: "80%", From: "default"}},
		{acme.InForce, tui.Fact{Name: "near", Value: "80%", From: "default"}},
	} {
		if !slices.Contains(has.in, has.fact) {
			t.Errorf("%+v is not among %+v", has.fact, has.in)
		}
	}
	for _, fact := range acme.InForce {
		if fact.Name == "client_secret" && fact.Value != "env:ACME" {
			t.Errorf("the secret comes by %s", fact.Value)
		}
		if strings.Contains(fact.Value, f.vars["ACME"]) {
			t.Errorf("%s holds the secret", fact.Name)
		}
	}
}
