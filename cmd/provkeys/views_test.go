package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/views"
)

// withViews returns an app whose configuration folder has the views.
func withViews(t *testing.T, yaml string) *app {
	t.Helper()
	home := t.TempDir()
	writeViews(t, home, yaml)
	return &app{env: config.Env{Home: home}}
}

func writeViews(t *testing.T, home, yaml string) {
	t.Helper()
	dir := filepath.Join(home, ".config", "provkeys")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, views.File), []byte(yaml), 0o600); err != nil {
		t.Fatal(err)
	}
}

const someViews = `views:
  nearly full: {filter: used>=80%, kind: service-edge, sort: left, reverse: true}
  every edge: {kind: service-edge}
  everything: {sort: max}
  broken:
    filter: used>
`

func TestViewListsAndChangesWhatItSays(t *testing.T) {
	f := newFixture(t)
	writeViews(t, f.home, "views:\n  east: {filter: 'name:ap-east-1', kind: app-connector, sort: left, reverse: true}\n")

	f.mustRun(exitDone, "list", "--view", "east", "-o", "name")
	if got, want := f.out.String(), "app-connector/"+okKey+"\napp-connector/"+usedUpKey+"\n"; got != want {
		t.Errorf("listed %q, want %q", got, want)
	}
	f.mustRun(exitDone, "edit", "--view", "east", "--filter", "name:"+okKey, "--disable", "--yes")
	f.mustRun(exitDone, "list", "--filter", "state:disabled name:ap-east-1", "-o", "name")
	if got, want := f.out.String(), "app-connector/"+okKey+"\n"; got != want {
		t.Errorf("disabled %q, want %q", got, want)
	}
	f.mustRun(exitUsage, "list", "--view", "west")
	if !strings.Contains(f.err.String(), `there is no view "west"`) || !strings.Contains(f.err.String(), `"east"`) {
		t.Errorf("an unknown view: %s", f.err.String())
	}
}

// flags parses a command line's flags.
func flags(t *testing.T, add func(*cobra.Command), args ...string) *cobra.Command {
	t.Helper()
	cmd := &cobra.Command{}
	add(cmd)
	if err := cmd.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	return cmd
}

func TestListTakesWhatTheViewSaysUnlessAFlagSaysOtherwise(t *testing.T) {
	a := withViews(t, someViews)
	tests := []struct {
		args string // between |
		want string
	}{
		{"--view|nearly full", "used>=80% service-edge left reverse"},
		{"--view|nearly full|--filter|left<5", "left<5 service-edge left reverse"},
		{"--view|nearly full|--filter|", " service-edge left reverse"},
		{"--view|nearly full|--kind|app-connector", "used>=80% app-connector left reverse"},
		{"--view|nearly full|--kind|", "used>=80%  left reverse"},
		{"--view|nearly full|--sort|max", "used>=80% service-edge max"},
		{"--view|everything", "  max"},
		{"--filter|left<5", "left<5  name"},
	}
	for _, tt := range tests {
		var f listFlags
		cmd := flags(t, f.add, strings.Split(tt.args, "|")...)
		o, err := a.parseList(cmd, f)
		got := strings.Join([]string{o.query.Filter.String(), string(o.query.Kind), o.query.Sort.String()}, " ")
		if o.query.Reverse {
			got += " reverse"
		}
		if err != nil || got != tt.want {
			t.Errorf("%s: %q, %v, want %q", tt.args, got, err, tt.want)
		}
	}
}

func TestViewChoosesTheKeysThatAreChanged(t *testing.T) {
	a := withViews(t, someViews)
	for args, want := range map[string]string{
		"--view|nearly full":                 "used>=80% kind=service-edge",
		"--view|every edge":                  "kind=service-edge",
		"--view|nearly full|--filter|left<5": "left<5 kind=service-edge",
	} {
		var f filterFlags
		cmd := flags(t, f.add, strings.Split(args, "|")...)
		sel, err := a.parseSelection(cmd, nil, f)
		if err != nil || sel.filter.String() != want || !sel.filtered {
			t.Errorf("%s: %q, %v, want %q", args, sel.filter, err, want)
		}
	}
	for args, want := range map[string]string{
		"--view|everything":                `the view "everything" fits every key`,
		"--view|":                          "--view is empty",
		"--view|every edge|--filter|":      "--filter is empty",
		"--view|every edge|--filter|used>": "the filter cannot be read",
	} {
		var f filterFlags
		cmd := flags(t, f.add, strings.Split(args, "|")...)
		if _, err := a.parseSelection(cmd, nil, f); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", args, err, want)
		}
	}
	var l listFlags
	if _, err := a.parseList(flags(t, l.add, "--view", ""), l); err == nil || !strings.Contains(err.Error(), "--view is empty") {
		t.Errorf("list with an empty view: %v", err)
	}
	var f filterFlags
	cmd := flags(t, f.add, "--view", "every edge")
	if _, err := a.parseSelection(cmd, []string{"asg"}, f); err == nil || !strings.Contains(err.Error(), "and not both") {
		t.Errorf("a NAME beside the view: %v", err)
	}
}

// A kind's whole word has to be a filter that fits its keys alone.
func TestFilterOfAKindFitsItAlone(t *testing.T) {
	for _, kind := range client.Kinds() {
		f, err := catalog.ParseFilter(ofKind("", kind))
		if err != nil {
			t.Fatal(err)
		}
		for _, other := range client.Kinds() {
			if got := f.Match(client.Key{Kind: other}, catalog.Query{}); got != (other == kind) {
				t.Errorf("%s fits a key of %s: %v", f, other, got)
			}
		}
	}
}

func TestUnknownViewNamesThoseThereAre(t *testing.T) {
	for _, tt := range []struct{ yaml, name, want string }{
		{someViews, "nearly", `there is no view "nearly": use one of "broken", "every edge", "everything", "nearly full"`},
		{"", "nearly", `there is no view "nearly": none is saved yet`},
		{someViews, "broken", `the view "broken" cannot be shown: line 6: the filter cannot be read: used needs a number`},
		{"views: [", "x", "the views cannot be read: "},
	} {
		_, err := withViews(t, tt.yaml).savedView(tt.name)
		var f *fault
		if !errors.As(err, &f) || f.kind != faultUsage || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	a := &app{}
	if _, err := a.savedView("x"); err == nil || !strings.Contains(err.Error(), "set XDG_CONFIG_HOME") {
		t.Errorf("without a home folder: %v", err)
	}
}

func TestUnknownViewSaysWhereViewsAre(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.writeHome("other.yaml", "theme: dark\n")
	f.mustRun(exitUsage, "list", "--view", "nearly", "--config", filepath.Join(f.home, "other.yaml"))
	if got := f.err.String(); !strings.Contains(got, filepath.Join(f.home, ".config", "provkeys", "views.yaml")) {
		t.Errorf("stderr is %q", got)
	}
}
