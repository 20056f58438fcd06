package client_test

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

func TestRaisesOfOneClientAllCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{Latency: 50 * time.Millisecond, RateLimit: true})
		k := anyKey(t, c, copyable)
		const raises = 8
		errs := make([]error, raises)
		var wait sync.WaitGroup
		for i := range errs {
			wait.Go(func() { _, errs[i] = c.RaiseMaxUses(context.Background(), k, 1) })
		}
		wait.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Error(err)
		}
		if got := m.raw(t, k)["maxUsage"]; got != strconv.FormatInt(k.MaxUses+raises, 10) {
			t.Errorf("max uses went from %d to %v", k.MaxUses, got)
		}
	})
}

// The API has no compare-and-swap, so that raises of several programs may be
// lost. What may not happen is a limit that nobody asked for, or another error
// than one that says that nobody knows or that somebody else was writing.
func TestRaisesOfSeveralClientsNeverRaiseTooFar(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first, m := mockClient(t, client.Legacy, mockserver.Options{Latency: 50 * time.Millisecond})
		k := anyKey(t, first, copyable)
		const raises = 8
		acknowledged, unclear, refused := 0, 0, 0
		var mu sync.Mutex
		var wait sync.WaitGroup
		for i := range raises {
			cfg := config(t, client.Legacy, m.wire)
			credentials := m.Credentials()
			cfg.ClientID, cfg.CustomerID = credentials.ClientID, credentials.CustomerID
			cfg.ClientSecret = client.NewSecret(credentials.ClientSecret)
			c := newClient(t, cfg)
			wait.Go(func() {
				time.Sleep(time.Duration(i) * 30 * time.Millisecond)
				got, err := c.RaiseMaxUses(context.Background(), k, 1)
				var unconfirmed *client.UnconfirmedError
				mu.Lock()
				defer mu.Unlock()
				switch {
				case err == nil && got.After.MaxUses == got.Before.MaxUses+1:
					acknowledged++
				case errors.As(err, &unconfirmed):
					unclear++
				case errors.Is(err, client.ErrConflict):
					refused++
				default:
					t.Errorf("from %d to %d: %v", got.Before.MaxUses, got.After.MaxUses, err)
				}
			})
		}
		wait.Wait()
		after, err := first.GetKey(context.Background(), k)
		if err != nil || after.MaxUses <= k.MaxUses || after.MaxUses > k.MaxUses+raises-int64(refused) {
			t.Errorf("max uses went from %d to %d: %v", k.MaxUses, after.MaxUses, err)
		}
		t.Logf("%d raises at once by as many programs: %d acknowledged, %d unconfirmed, %d refused, the limit rose by %d",
			raises, acknowledged, unclear, refused, after.MaxUses-k.MaxUses)
	})
}

func TestUpdateThatWaitsForItsTurnLeavesWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{Latency: 10 * time.Second})
		k := anyKey(t, c, copyable)
		go func() { _, _ = c.RaiseMaxUses(context.Background(), k, 1) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if _, err := c.RaiseMaxUses(ctx, k, 1); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		time.Sleep(time.Minute)
		if n := len(m.wire.writes()); n != 1 {
			t.Errorf("%d writes", n)
		}
	})
}

func TestChangeDoneInSpiteOf503IsNotDoneTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		k := anyKey(t, c, copyable)
		m.onFirstWrite(func(next func() reply) *reply {
			done(t, next)
			return &reply{status: http.StatusServiceUnavailable}
		})
		got, err := c.RaiseMaxUses(context.Background(), k, 1)
		if err != nil || got.Before.MaxUses != k.MaxUses || got.After.MaxUses != k.MaxUses+1 {
			t.Errorf("from %d to %d: %v", got.Before.MaxUses, got.After.MaxUses, err)
		}
		if s := m.wire.sequence(k); s != "GET PUT GET" {
			t.Errorf("calls %s", s)
		}
	})
}

func TestOwnChangeBehind503IsNoConflict(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		k := anyKey(t, c, copyable)
		m.onFirstWrite(func(next func() reply) *reply {
			done(t, next)
			return &reply{status: http.StatusServiceUnavailable}
		})
		if _, err := c.UpdateKey(context.Background(), k, client.Change{Enabled: ptr(false)}); err != nil {
			t.Error(err)
		}
	})
}

// Another program may write over a change before this one looks whether it was done.
func TestAChangeThatWasWrittenOverBeforeItCouldBeReadIsNeitherDoneAgainNorDenied(t *testing.T) {
	for what, answer := range map[string]reply{
		"unavailable": {status: http.StatusServiceUnavailable}, "broken inside": {status: http.StatusInternalServerError}, "cut": {err: errCut},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, m := mockClient(t, client.Legacy, mockserver.Options{})
				k := anyKey(t, c, copyable)
				m.onFirstWrite(func(next func() reply) *reply {
					done(t, next)
					m.set(t, k, "maxUsage", "4711")
					return &answer
				})
				got, err := c.RaiseMaxUses(context.Background(), k, 1)
				var unconfirmed *client.UnconfirmedError
				if !errors.As(err, &unconfirmed) || !errors.Is(err, client.ErrUnavailable) || got.After.MaxUses != 4711 {
					t.Errorf("after %d: %v", got.After.MaxUses, err)
				}
				if n := len(m.wire.writes()); n != 1 {
					t.Errorf("%d writes", n)
				}
			})
		})
	}
}
