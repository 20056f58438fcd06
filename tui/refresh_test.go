package tui_test

import (
	"errors"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
	"provkeys/tui"
)

// mockSlow takes its time for every answer.
var mockSlow = mockserver.Options{Latency: 800 * time.Millisecond}

func TestARefreshShowsWhatChangedAndHowOldItIs(t *testing.T) {
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		c.sees("updated just now · every 30s")
		kind, id := c.find("ap-east-1-asg")
		c.mock.SetField(kind, id, "usageCount", "46")
		c.pass(20 * time.Second)
		c.sees("45/60", "ago · every 30s")
		c.pass(12 * time.Second)
		c.sees("46/60", "updated just now")
	})
}

func TestRefreshByHandAsksForEverything(t *testing.T) {
	run(t, setup{}, func(c *console) {
		c.pass(time.Minute)
		c.sees("updated 1m ago")
		before := len(c.mock.Requests())
		c.press("r")
		c.sees("updated just now")
		if n := len(c.mock.Requests()) - before; n != 5 {
			t.Errorf("%d requests, want one a kind and one for the certificates", n)
		}
	})
}

func TestAutomaticRefreshAsksForKeysAlone(t *testing.T) {
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		before := len(c.mock.Requests())
		c.pass(31 * time.Second)
		if n := len(c.mock.Requests()) - before; n != 4 {
			t.Errorf("%d requests, want one a kind", n)
		}
	})
}

func TestTheRefreshWaitsForAnOpenDialog(t *testing.T) {
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		c.press("s")
		before := len(c.mock.Requests())
		c.pass(2 * time.Minute)
		if n := len(c.mock.Requests()) - before; n != 0 {
			t.Errorf("%d requests under an open dialog", n)
		}
		c.press(esc)
		c.pass(2 * time.Second)
		if n := len(c.mock.Requests()) - before; n != 4 {
			t.Errorf("%d requests after it closed, want 4", n)
		}
	})
}

func TestABackendThatGoesAwayLeavesStaleRowsAndRecovers(t *testing.T) {
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		c.wire.breakWith(refuseAll)
		c.pass(3 * time.Minute)
		c.sees("STALE 3m · ", "ap-east-1-asg", "40 of 40 shown")
		c.wire.breakWith(nil)
		c.pass(40 * time.Second)
		c.misses("STALE")
		c.sees("updated")
	})
}

func TestAMissingBackendAtTheStartSaysSoAndRecovers(t *testing.T) {
	run(t, setup{mock: mockSlow}, func(c *console) {
		c.wire.breakWith(refuseAll)
		c.pass(30 * time.Second)
		c.sees("The backend cannot be reached", "next try in")
		c.wire.breakWith(nil)
		c.pass(time.Minute)
		c.sees("40 of 40 shown")
	})
}

func TestARefusedSignInAtTheStartLeavesAfterOneRequest(t *testing.T) {
	run(t, setup{refuse: true}, func(c *console) {
		err := <-c.done
		if !errors.Is(err, client.ErrSignIn) {
			t.Errorf("Run returned %v", err)
		}
		if n := len(c.mock.Requests()); n != 1 {
			t.Errorf("%d requests, want one", n)
		}
		c.done <- nil
	})
}

func TestASignInRefusedInMidSessionIsSentAgainOnlyWhenAsked(t *testing.T) {
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		c.mock.SetSecret("another")
		c.mock.ExpireTokens()
		before := signIns(c)
		c.pass(10 * time.Minute)
		c.sees("ap-east-1-asg", "STALE")
		if n := signIns(c) - before; n != 1 {
			t.Errorf("%d sign-ins were sent, want one", n)
		}
		c.press("r")
		c.sees("Sign in again?", "Three refusals lock an API client")
		c.press(esc)
		if n := signIns(c) - before; n != 1 {
			t.Errorf("esc sent a sign-in")
		}
		c.mock.SetSecret(c.mock.Credentials().ClientSecret)
		c.press("r", enter)
		if n := signIns(c) - before; n != 2 {
			t.Errorf("%d sign-ins, want two", n)
		}
	})
}

func signIns(c *console) int {
	n := 0
	for _, r := range c.mock.Requests() {
		if r.Path == "/signin" {
			n++
		}
	}
	return n
}

func TestAWaitForTheRateLimitIsShown(t *testing.T) {
	run(t, setup{mock: mockserver.Options{RateLimit: true}}, func(c *console) {
		for range 6 {
			c.press("r")
		}
		c.sees("waiting", "rate limit")
		c.pass(20 * time.Second)
		c.sees("updated")
		c.misses("no answer", "STALE")
	})
}

func TestATerminateSignalLeavesAndBlanksTheScreen(t *testing.T) {
	run(t, setup{}, func(c *console) {
		c.sigs <- tui.SignalTerminate
		if err := <-c.done; err != nil {
			t.Errorf("Run returned %v", err)
		}
		c.done <- nil
		if text := c.text(); text != "" {
			t.Errorf("left on the screen:\n%s", text)
		}
	})
}
