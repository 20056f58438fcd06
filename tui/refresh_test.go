package tui_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
	"provkeys/tui"
)

// mockSlow takes its time for every answer.
var mockSlow = mockserver.Options{Latency: 800 * time.Millisecond}

func TestARefreshShowsWhatChangedAndHowOldItIs(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
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
	t.Parallel()
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		before := len(c.mock.Requests())
		c.pass(31 * time.Second)
		if n := len(c.mock.Requests()) - before; n != 4 {
			t.Errorf("%d requests, want one a kind", n)
		}
	})
}

func TestTheRefreshWaitsForAnOpenDialog(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
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
	t.Parallel()
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
	t.Parallel()
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

func TestASignInHeldBackAtTheStartIsSentOnceAPersonInsists(t *testing.T) {
	t.Parallel()
	held := func() error { return &client.HeldError{} }
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}, maySignIn: held}, func(c *console) {
		c.sees("Sign-in not sent", "refused at 00:00", "r sends the same pair once more")
		c.pass(10 * time.Minute)
		if n := signIns(c); n != 0 {
			t.Errorf("%d sign-ins were sent before anybody wished it", n)
		}
		c.press("r")
		c.sees("Sign in again?")
		c.press("tab", enter)
		c.sees("40 of 40 shown")
	})
}

func TestASignInRefusedInMidSessionIsSentAgainOnlyWhenAsked(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		secret := c.mock.Credentials().ClientSecret
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
		c.mock.SetSecret(secret)
		c.press("r", enter)
		if n := signIns(c) - before; n != 2 {
			t.Errorf("%d sign-ins, want two", n)
		}
		c.misses("STALE", "sign-in refused")
	})
}

// A gateway that lost its tokens for a moment has not refused the credentials.
func TestAKindThatAFreshTokenDoesNotOpenIsAskedAgainByItself(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		c.wire.breakWith(answer("CONNECTOR_GRP/provisioningKey", 401, `{"detail":"unauthorized"}`))
		c.press("r")
		c.wire.breakWith(nil)
		before := signIns(c)
		c.sees("app connector: token refused")
		c.pass(31 * time.Second)
		c.sees("40 of 40 shown")
		c.misses("refused")
		if n := signIns(c) - before; n != 0 {
			t.Errorf("%d sign-ins were sent, with a token that is good", n)
		}
	})
}

func TestATenantThatRefusesEveryKindIsAskedAgain(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		c.wire.breakWith(answer("provisioningKey", 403, `{"id":"no.permission"}`))
		c.press("r")
		c.sees("no permission", "network connector: no permission", "0 of 0 shown")
		c.wire.breakWith(nil)
		c.pass(11 * time.Minute)
		c.sees("40 of 40 shown", "updated")
	})
}

func TestALoadUnderWayDoesNotUndoAnEdit(t *testing.T) {
	t.Parallel()
	run(t, setup{mock: mockSlow}, func(c *console) {
		c.pass(5 * time.Second)
		kind, id := c.find("ap-east-1-blue")
		// The list leaves the server before the edit and arrives after it.
		c.wire.breakWith(func(r *http.Request) (*http.Response, error) {
			if !strings.HasSuffix(r.URL.Path, "/CONNECTOR_GRP/provisioningKey") {
				return nil, nil
			}
			resp, err := c.wire.RoundTripper.RoundTrip(r)
			time.Sleep(20 * time.Second)
			return resp, err
		})
		c.press("r", "e")
		c.typed("75")
		c.press(enter)
		c.pass(5 * time.Second)
		c.sees("60/75")
		c.pass(30 * time.Second)
		c.sees("60/75", "updated")
		if got := c.field(kind, id, "maxUsage"); got != "75" {
			t.Errorf("the server holds %s", got)
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
	t.Parallel()
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

func TestASignalLeavesAndBlanksTheScreen(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.sigs <- tui.SignalLeave
		if err := <-c.done; !errors.Is(err, context.Canceled) {
			t.Errorf("Run returned %v", err)
		}
		c.done <- nil
		if text := c.text(); text != "" {
			t.Errorf("left on the screen:\n%s", text)
		}
	})
}
