package main

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"provkeys/client"
)

// TestARotatedSecretIsSentOnceByAllThatRun is about the lock that three refusals are:
// whatever goes on running with the old secret, in whatever order, sends it once.
func TestARotatedSecretIsSentOnceByAllThatRun(t *testing.T) {
	t.Parallel()
	for _, order := range []string{"complete check refresh", "check refresh complete", "refresh complete check"} {
		t.Run(order, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			console, err := profilesOf(t, f).Open(t.Context(), "acme")
			if err != nil {
				t.Fatal(err)
			}
			refresh := func() error {
				listing, err := console.Client.ListKeys(context.Background(), client.Kinds()...)
				for _, of := range listing.Failed {
					err = errors.Join(err, of)
				}
				return err
			}
			if err := refresh(); err != nil {
				t.Fatal(err)
			}
			f.mock.SetSecret("rotated")
			f.mock.ExpireTokens()
			before := f.signIns()
			f.terminals[stdin], f.terminals[stderr] = true, true // and nobody is asked

			for what := range strings.FieldsSeq(order) {
				switch what {
				case "complete":
					for range 3 {
						f.mustRun(exitDone, "__complete", "copy", okKey[:4])
						if !strings.Contains(f.out.String(), okKey+"\t") {
							t.Errorf("the candidates are %q", f.out.String())
						}
					}
				case "check":
					for range 10 {
						f.mustRun(3, "check")
					}
				case "refresh":
					if err := refresh(); !errors.Is(err, client.ErrSignIn) {
						t.Errorf("the console's refresh: %v", err)
					}
				}
			}
			if got := f.signIns() - before; got != 1 || f.tty.asked > 0 || len(f.tty.writes) > 0 {
				t.Errorf("%d sign-ins were sent, want 1, or somebody was asked", got)
			}
		})
	}
}

// signIns counts the sign-ins that the tenant has seen.
func (f *fixture) signIns() int {
	n := 0
	for _, r := range f.mock.Requests() {
		if r.Method == http.MethodPost && r.Path == "/signin" {
			n++
		}
	}
	return n
}
