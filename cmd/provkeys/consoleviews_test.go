package main

import (
	"strings"
	"testing"

	"provkeys/client/catalog"
	"provkeys/cmd/internal/config"
)

func TestConsolesShareViewsAndEachProfileHasItsTable(t *testing.T) {
	a := withViews(t, someViews)
	acme := a.consoleSession(config.Profile{Name: "acme"}, nil)
	lab := a.consoleSession(config.Profile{Name: "lab"}, nil)
	shared, of := a.consoleViews(), a.consoleViews()
	if err := shared.Save(catalog.View{Name: "ours", Filter: "eu"}); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time somebody else was faster
		if err := of.Delete("nearly full"); err != nil {
			t.Fatal(err)
		}
	}
	saved, err := shared.List()
	if err != nil || len(saved) != 4 || saved[3].Name != "ours" {
		t.Errorf("views are %+v, %v", saved, err)
	}

	if err := acme.Screen.Save(catalog.Screen{Sort: catalog.ByLeft}); err != nil {
		t.Fatal(err)
	}
	if got, other := acme.Screen.Load().Sort, lab.Screen.Load().Sort; got != catalog.ByLeft || other != catalog.ByName {
		t.Errorf("sorted by %v, in another profile by %v", got, other)
	}
}

func TestConsoleDoesNotStartWithAViewThatCannotBeShown(t *testing.T) {
	f := newFixture(t)
	writeViews(t, f.home, someViews)
	f.terminals = map[stream]bool{stdin: true, stdout: true}
	for view, want := range map[string]string{
		"west":   `there is no view "west"`,
		"broken": `the view "broken" cannot be shown: line 6`,
		"":       "--view is empty",
	} {
		f.mustRun(exitUsage, "--view", view)
		if !strings.Contains(f.err.String(), want) {
			t.Errorf("--view %q: %s", view, f.err.String())
		}
	}
}
