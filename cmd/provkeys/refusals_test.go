package main

import (
	"errors"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/tui"
)

// refusedFixture is a fixture whose sign-in was refused once.
func refusedFixture(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	f.vars["ZPA_CLIENT_SECRET"] = "a-wrong-secret-canary"
	f.mustRun(exitSignIn, "list")
	f.mustHaveSent(1)
	return f
}

func (f *fixture) mustHaveSent(n int) {
	f.t.Helper()
	if got := len(f.mock.Requests()); got != n {
		f.t.Fatalf("%d requests were sent so far, want %d\nstderr: %s", got, n, f.err.String())
	}
}

// mustTell fails the test unless the last failure was told in these words.
func (f *fixture) mustTell(words ...string) {
	f.t.Helper()
	for _, w := range words {
		if !strings.Contains(f.err.String(), w) {
			f.t.Errorf("stderr does not say %q: %s", w, f.err.String())
		}
	}
}

func TestRefusedSignInIsNotSentAgainByAnotherProcess(t *testing.T) {
	t.Parallel()
	f := refusedFixture(t)
	for _, line := range [][]string{{"list"}, {"get", okKey}, {"set-max", okKey, "+1"}} {
		f.mustRun(exitSignIn, line...)
		f.mustTell("not sent", "the environment (ZPA_CLIENT_ID …)", "correct the secret")
	}
	f.mustHaveSent(1)

	f.vars["ZPA_CLIENT_SECRET"] = f.mock.Credentials().ClientSecret
	f.mustRun(exitDone, "get", okKey)
}

func TestPersonDecidesWhetherARefusedSignInIsSentAgain(t *testing.T) {
	t.Parallel()
	f := refusedFixture(t)
	f.terminals[stdin], f.terminals[stderr] = true, true

	f.tty.lines = []string{"n"}
	f.mustRun(exitRefused, "get", okKey)
	f.mustHaveSent(1)
	if asked := f.tty.String(); !strings.Contains(asked, "Sign in again?") || !strings.Contains(asked, "refused at") {
		t.Errorf("asked %q", asked)
	}

	// Somebody gave the client that secret meanwhile.
	f.mock.SetSecret("a-wrong-secret-canary")
	f.tty.lines = []string{"y"}
	f.mustRun(exitDone, "get", okKey)
	f.terminals[stdin] = false
	f.mustRun(exitDone, "get", okKey) // what was accepted is no refusal any more
}

func TestNobodyIsAskedWhereTheQuestionWouldNotBeSeen(t *testing.T) {
	t.Parallel()
	f := refusedFixture(t)
	f.terminals[stdin] = true
	f.tty.lines = []string{"y"}
	f.mustRun(exitSignIn, "get", okKey)
	f.mustHaveSent(1)
}

func TestNewProfileIsHeldBackAndAskedAboutToo(t *testing.T) {
	t.Parallel()
	f, _, add := newcomer(t)
	f.vars["LAB_SECRET"] = "a-wrong-secret-canary"
	add = append(add, "--client-secret", "env:LAB_SECRET")
	f.mustRun(exitSignIn, add...)
	f.mustRun(exitSignIn, add...)
	f.mustTell(`the new profile "lab", which was not stored`, "not sent")
	f.mustHaveSent(1)

	f.terminals[stdin], f.terminals[stderr] = true, true
	f.tty.lines = []string{"y"}
	f.mustRun(exitSignIn, add...)
	f.mustHaveSent(2)
}

func TestConsoleHoldsARefusedSignInBackUntilAPersonInsists(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	p := profilesOf(t, f)
	f.vars["ACME"] = "a-wrong-secret-canary"
	open := func() tui.Session {
		s, err := p.Open(t.Context(), "acme")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if err := open().Client.SignIn(t.Context()); !errors.As(err, new(*client.SignInError)) {
		t.Fatalf("the first time: %v", err)
	}

	p = newConsoleProfiles(f.app(), newWaits(), config.Config{}) // another console
	s := open()
	if err := s.Client.SignIn(t.Context()); !errors.As(err, new(*client.HeldError)) {
		t.Errorf("the second time: %v", err)
	}
	f.mustHaveSent(1)
	s.Client.RetrySignIn()
	if err := s.Client.SignIn(t.Context()); !errors.As(err, new(*client.SignInError)) {
		t.Errorf("once somebody insisted: %v", err)
	}
	f.mustHaveSent(2)
}

func TestDoctorReportsARefusedSignInWithoutSendingIt(t *testing.T) {
	t.Parallel()
	f := refusedFixture(t)
	f.terminals[stdin], f.terminals[stderr] = true, true
	f.mustRun(exitSignIn, "doctor", "--no-copy")
	f.mustHaveSent(1)
	if got := f.out.String(); !strings.Contains(got, "not sent again by themselves before") {
		t.Errorf("it says %s", got)
	}
}

func TestLockedClientIsToldUntilWhenToWait(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	right := f.vars["ZPA_CLIENT_SECRET"]
	for _, wrong := range []string{"wrong-1", "wrong-2", "wrong-3"} {
		f.vars["ZPA_CLIENT_SECRET"] = wrong
		f.mustRun(exitSignIn, "list")
	}
	f.vars["ZPA_CLIENT_SECRET"] = right
	f.mustRun(exitSignIn, "list")
	f.mustTell("hint: wait until", "not even the right secret")
}
