package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
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

// TestProcessesStartedTogetherSendAWrongSecretOnce is about a monitoring system that
// starts all its checks in one second.
func TestProcessesStartedTogetherSendAWrongSecretOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["ZPA_CLIENT_SECRET"] = "a-wrong-secret-canary"
	codes := make([]int, 8)
	var wait sync.WaitGroup
	for i := range codes {
		other := f.app()
		other.in, other.out, other.err = strings.NewReader(""), io.Discard, io.Discard
		command := []string{"check", "list"}[i%2]
		wait.Go(func() { codes[i] = other.run(t.Context(), []string{command}) })
	}
	wait.Wait()
	if got := f.signIns(); got != 1 {
		t.Errorf("%d sign-ins were sent, want 1", got)
	}
	for _, code := range codes {
		if code != int(exitSignIn) { // which is UNKNOWN of check, too
			t.Errorf("the processes ended with %v", codes)
			break
		}
	}
}

func TestCheckSignsInOnlyWhereARefusalWouldBeRemembered(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.writeHome("state", "no folder")
	f.vars["XDG_STATE_HOME"] = filepath.Join(f.home, "state")
	f.vars["ZPA_CLIENT_SECRET"] = "a-wrong-secret-canary"

	f.mustRun(checkUnknown, "check")
	if !strings.Contains(f.out.String(), "nobody signed in: a refusal could not be remembered") || !strings.Contains(f.out.String(), "XDG_STATE_HOME") {
		t.Errorf("it says %q", f.out.String())
	}
	f.mustHaveSent(0)

	f.mustRun(exitSignIn, "list")
	f.mustTell("cannot be kept, so another command sends it again")
	f.mustHaveSent(1)
}

func TestTwoCallsThatMeetAreNoRefusal(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.intercept(func(r *http.Request) *http.Response {
		if f.signIns() == 0 && r.URL.Path == "/signin" {
			f.intercept(func(*http.Request) *http.Response { return nil })
			return response(http.StatusBadRequest, `{"id":"db.simultaneous.request","reason":"try again"}`)
		}
		return nil
	})
	f.mustRun(exitUnavailable, "list")
	f.mustRun(exitDone, "list")
}
