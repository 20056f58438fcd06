package client_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

// signIns counts the sign-ins that the server had so far.
func signIns(server *mockserver.Server) (n int) {
	for _, r := range server.Requests() {
		if strings.HasSuffix(r.Path, "/signin") {
			n++
		}
	}
	return n
}

// works reports whether a client lists all keys, as a refresh does.
func works(api *client.Client) bool {
	ctx, cancel := context.WithTimeout(context.Background(), 25*time.Second)
	defer cancel()
	listing, err := api.ListKeys(ctx, client.Kinds()...)
	return err == nil && len(listing.Failed) == 0
}

// A token ends while nobody can be reached, so that somebody must sign in again.
func TestANetworkThatWasGoneForMinutesIsUsedAgainByItself(t *testing.T) {
	const (
		outage  = 20 * time.Minute
		refresh = 30 * time.Second
	)
	for _, c := range []struct {
		what    string
		fault   mockserver.Fault
		signIns int           // that may go out meanwhile: each might be one that is refused
		back    time.Duration // after the outage
	}{
		{"refused", mockserver.Fault{Effect: mockserver.Refuse}, 200, refresh},
		{"a proxy's page", mockserver.Fault{Effect: mockserver.HTML, Status: 502}, 200, refresh},
		{"cut before", mockserver.Fault{Effect: mockserver.CutBefore}, 6, 10 * time.Minute},
		{"cut after", mockserver.Fault{Effect: mockserver.CutAfter}, 6, 10 * time.Minute},
		{"silent", mockserver.Fault{Effect: mockserver.Hang}, 6, 10 * time.Minute},
	} {
		t.Run(c.what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				api, m := mockClient(t, client.Legacy, mockserver.Options{TokenLife: 2 * time.Minute})
				if !works(api) {
					t.Fatal("it does not even work in fine weather")
				}
				before := signIns(m.Server)
				setFaults(t, m, c.fault)
				for end := time.Now().Add(outage); time.Now().Before(end); time.Sleep(refresh) {
					if works(api) {
						t.Fatal("it lists keys through a network that is gone")
					}
				}
				if n := signIns(m.Server) - before; n > c.signIns {
					t.Errorf("%d sign-ins went out meanwhile, want %d at most", n, c.signIns)
				}
				setFaults(t, m)
				start := time.Now()
				for !works(api) && time.Since(start) < time.Hour {
					time.Sleep(refresh)
				}
				if took := time.Since(start); took > c.back {
					t.Errorf("it works again after %v, want %v at most", took, c.back)
				}
			})
		})
	}
}

func setFaults(t *testing.T, m *mock, faults ...mockserver.Fault) {
	t.Helper()
	if err := m.SetFaults(faults); err != nil {
		t.Fatal(err)
	}
}

// To the client a jump of the server's clock, and its own machine's sleep, are tokens
// that end before their time.
func TestAClockThatJumpsCostsOneSignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var off atomic.Int64
		api, m := mockClient(t, client.Legacy, mockserver.Options{
			Now: func() time.Time { return time.Now().Add(time.Duration(off.Load())) },
		})
		k := anyKey(t, api, copyable)
		for _, jump := range []time.Duration{2 * time.Hour, 3 * time.Minute, -24 * time.Hour, 48 * time.Hour} {
			before := signIns(m.Server)
			off.Add(int64(jump))
			if _, err := api.RaiseMaxUses(context.Background(), k, 1); err != nil {
				t.Errorf("after a jump of %v: %v", jump, err)
			}
			if n := signIns(m.Server) - before; n > 1 {
				t.Errorf("after a jump of %v: %d sign-ins", jump, n)
			}
			time.Sleep(time.Minute)
		}
	})
}
