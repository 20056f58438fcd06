package client_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

const window = 10 * time.Second

// most returns the largest number of calls of one method in any 10 seconds.
func (f *fake) most(method string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	most := 0
	for i := range f.times {
		n := 0
		for j := i; j < len(f.times); j++ {
			if f.calls[j].method == method && f.times[j].Sub(f.times[i]) < window {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// readMany reads one key n times at once and returns what failed.
func readMany(c *client.Client, n int) error {
	errs := make([]error, n)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() {
			_, errs[i] = c.GetKey(context.Background(), client.Key{Kind: client.AppConnector, ID: keyID})
		})
	}
	wait.Wait()
	return errors.Join(errs...)
}

func TestHundredReadsAtOnceKeepTheRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := failing(reply{body: keyJSON("")})
		c := fakeClient(t, f)
		start := time.Now()
		if err := readMany(c, 100); err != nil {
			t.Fatal(err)
		}
		if got := f.most(http.MethodGet); got != 20 {
			t.Errorf("%d reads in 10 s, want 20", got)
		}
		if took := time.Since(start); took < 40*time.Second || took > 42*time.Second {
			t.Errorf("100 reads took %v, want little more than the 40 s that the limit takes", took)
		}
	})
}

func TestReadsThatWaitedForASlowSignInKeepTheRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := failing(reply{body: keyJSON("")})
		f.signIn = func(n int, _ seen) reply {
			if n == 1 {
				return reply{status: http.StatusServiceUnavailable, header: map[string]string{"Retry-After": "45s"}}
			}
			return reply{body: tokenJSON}
		}
		c := fakeClient(t, f)
		if err := readMany(c, 60); err != nil {
			t.Fatal(err)
		}
		if got := f.most(http.MethodGet); got > 20 {
			t.Errorf("%d reads in 10 s", got)
		}
	})
}

func TestHundredWritesKeepTheRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{}
		f.resource = func(_ int, r seen) reply {
			if r.method == http.MethodPut {
				return reply{status: http.StatusBadRequest}
			}
			return reply{body: keyJSON("")}
		}
		c := fakeClient(t, f)
		var wait sync.WaitGroup
		for range 100 {
			wait.Go(func() {
				_, _ = c.RaiseMaxUses(context.Background(), client.Key{Kind: client.AppConnector, ID: keyID}, 1)
			})
		}
		wait.Wait()
		if got := f.most(http.MethodPut); got != 10 {
			t.Errorf("%d writes in 10 s, want 10", got)
		}
		if got := f.most(http.MethodGet); got > 20 {
			t.Errorf("%d reads in 10 s", got)
		}
	})
}

func TestPacedCallsAreNeverRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{RateLimit: true, Latency: 20 * time.Millisecond})
		k := anyKey(t, c, copyable)
		var wait sync.WaitGroup
		for range 100 {
			wait.Go(func() { _, _ = c.GetKey(context.Background(), k) })
		}
		wait.Wait()
		for _, r := range m.Requests() {
			if r.Status == http.StatusTooManyRequests {
				t.Fatalf("%s %s was refused by the rate limit", r.Method, r.Path)
			}
		}
	})
}

func TestCallThatWouldWaitPastItsDeadlineFailsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fakeClient(t, failing(reply{body: keyJSON("")}))
		if err := readMany(c, 20); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		start := time.Now()
		_, err := c.GetKey(ctx, client.Key{Kind: client.AppConnector, ID: keyID})
		if !errors.Is(err, client.ErrRateLimited) || !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != 0 {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
	})
}

func TestCancelledCallIsNotCalledRateLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := fakeClient(t, failing(reply{body: keyJSON("")}))
		if err := readMany(c, 20); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(time.Second, cancel)
		_, err := c.GetKey(ctx, client.Key{Kind: client.AppConnector, ID: keyID})
		if !errors.Is(err, context.Canceled) || errors.Is(err, client.ErrRateLimited) {
			t.Errorf("a call cancelled while it waited: %v", err)
		}
	})
}

func TestWaitsAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{resource: func(n int, _ seen) reply {
			if n == 1 {
				return reply{status: http.StatusTooManyRequests, header: map[string]string{"retry-after": "4s"}}
			}
			return reply{body: keyJSON("")}
		}}
		cfg := config(t, client.Legacy, f)
		var told []client.Wait
		cfg.OnWait = func(w client.Wait) { told = append(told, w) }
		c := newClient(t, cfg)
		start := time.Now()
		if err := readMany(c, 1); err != nil {
			t.Fatal(err)
		}
		if len(told) != 1 || told[0].For != 4*time.Second || !errors.Is(told[0].Cause, client.ErrRateLimited) {
			t.Errorf("told of %+v", told)
		}
		if took := time.Since(start); took != 4*time.Second {
			t.Errorf("waited %v, want 4s", took)
		}
	})
}

func TestTriesEndAndTheWaitNeverPassesTheDeadline(t *testing.T) {
	for _, c := range []struct {
		what    string
		answer  reply
		timeout time.Duration
		tries   int
		want    error
	}{
		{"unavailable for good", reply{status: 503}, time.Hour, 4, client.ErrUnavailable},
		{"unavailable for longer than there is time", reply{status: 503, header: map[string]string{"Retry-After": "30s"}}, 20 * time.Second, 1, client.ErrUnavailable},
		{"rate limited for good", reply{status: 429, header: map[string]string{"Retry-After": "4s"}}, time.Hour, 10, client.ErrRateLimited},
		{"a page that always breaks off", reply{err: errors.New("broken pipe")}, time.Hour, 4, client.ErrUnavailable},
		{"gone", reply{status: 404}, time.Hour, 1, client.ErrNotFound},
		{"gone, in the API's words", reply{status: 400, body: `{"id":"resource.not.found"}`}, time.Hour, 1, client.ErrNotFound},
		{"forbidden", reply{status: 403}, time.Hour, 1, client.ErrPermission},
	} {
		t.Run(c.what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := failing(c.answer)
				cl := fakeClient(t, f)
				ctx, cancel := context.WithTimeout(context.Background(), c.timeout)
				defer cancel()
				_, err := cl.GetKey(ctx, client.Key{Kind: client.AppConnector, ID: keyID})
				if !errors.Is(err, c.want) || len(f.calls) != c.tries || ctx.Err() != nil {
					t.Errorf("%d tries, want %d: %v", len(f.calls), c.tries, err)
				}
			})
		})
	}
}
