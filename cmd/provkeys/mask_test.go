package main

import (
	"strings"
	"testing"
)

func TestMaskedScreenShowsNoTextWhoeverAsks(t *testing.T) {
	t.Parallel()
	for _, screen := range []bool{true, false} {
		f := newFixture(t)
		f.vars["PROVKEYS_MASK"] = "always"
		f.terminals[stdout] = screen
		text := f.text(okKey)
		f.in = " " + text
		for _, args := range [][]string{
			{"get", okKey, "--field", "key"}, {"get", okKey, "--with-secrets"}, {"list", "--with-secrets"},
			{"list", "--with-secrets", "-o", "json"}, {"set-max", okKey, "+1", "-o", "json", "--with-secrets"},
			{"snippet", okKey, "--for", "text", "--with-secrets"}, {"inspect", "--repair"},
		} {
			code := f.run(args...)
			shown := strings.Contains(f.out.String(), text)
			if screen && (code != int(exitRefused) || shown || !strings.Contains(f.err.String(), "mask: always")) {
				t.Errorf("on a screen, %v: exit %d, shown: %v, %s", args, code, shown, f.err.String())
			}
			if !screen && (code != 0 || !shown) {
				t.Errorf("in a pipe, %v: exit %d, shown: %v, %s", args, code, shown, f.err.String())
			}
		}
		if screen && f.journalled() != nil {
			t.Errorf("the journal has what was refused: %+v", f.journalled())
		}
	}
}

func TestRefusalOfAMaskedScreenHasAKindOfItsOwn(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["PROVKEYS_MASK"] = "always"
	f.terminals[stdout] = true

	f.mustRun(exitRefused, "get", okKey, "--with-secrets", "-o", "json")

	if got := f.err.String(); !strings.Contains(got, `"code":8,"kind":"masked"`) {
		t.Errorf("stderr is %s", got)
	}
	f.mustRun(exitDone, "get", okKey, "-o", "json")
}
