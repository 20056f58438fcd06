package client_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
)

// waitingClient returns a client that counts its waits.
func waitingClient(t *testing.T, f *fake) (c *client.Client, waits *int) {
	t.Helper()
	waits = new(int)
	cfg := config(t, client.Legacy, f)
	cfg.OnWait = func(client.Wait) { *waits++ }
	return newClient(t, cfg), waits
}

// oneKey is a server of one key whose limit every update raises.
func oneKey() *fake {
	f := &fake{}
	f.resource = func(_ int, s seen) reply {
		if s.method == http.MethodPut {
			return reply{status: http.StatusNoContent}
		}
		return reply{body: keyJSON("")}
	}
	return f
}

func TestWhatWasReadyNeverWaitsInTheMiddle(t *testing.T) {
	for what, c := range map[string]struct {
		reads, writes int
		does          func(c *client.Client)
	}{
		"updates":                      {2, 1, func(c *client.Client) { _, _ = c.RaiseMaxUses(context.Background(), aKey, 1) }},
		"reads":                        {3, 0, func(c *client.Client) { _ = readMany(c, 3) }},
		"all the reads that there are": {20, 0, func(c *client.Client) { _ = readMany(c, 20) }},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := oneKey()
				cl, waits := waitingClient(t, f)
				stopped := 0
				for range 60 {
					before := *waits
					if err := cl.Ready(context.Background(), c.reads, c.writes); err != nil {
						t.Fatal(err)
					}
					stopped += *waits - before
					before = *waits
					c.does(cl)
					if *waits != before {
						t.Fatalf("it waited %d times in the middle", *waits-before)
					}
					time.Sleep(170 * time.Millisecond)
				}
				if stopped == 0 || f.most(http.MethodGet) > 20 || f.most(http.MethodPut) > 10 {
					t.Errorf("stopped %d times, %d reads and %d writes in 10 s", stopped, f.most(http.MethodGet), f.most(http.MethodPut))
				}
				if c.reads == 2 && f.most(http.MethodPut) < 9 {
					t.Errorf("only %d writes in 10 s: it waits too long", f.most(http.MethodPut))
				}
			})
		})
	}
}

func TestReadyReturnsAtOnceWhereThereIsRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, waits := waitingClient(t, oneKey())
		if err := readMany(c, 17); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		for range 5 { // it takes no room itself
			if err := c.Ready(context.Background(), 3, 10); err != nil || *waits != 0 || time.Since(start) != 0 {
				t.Fatalf("after %v and %d waits: %v", time.Since(start), *waits, err)
			}
		}
		if err := c.Ready(context.Background(), 4, 0); err != nil || *waits != 1 || time.Since(start) < 10*time.Second {
			t.Errorf("one more: after %v and %d waits: %v", time.Since(start), *waits, err)
		}
	})
}

func TestReadyForMoreThanThereEverIsWaitsForAllRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := waitingClient(t, oneKey())
		if err := readMany(c, 1); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		if err := c.Ready(context.Background(), 21, 0); err != nil || time.Since(start) < 10*time.Second {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
	})
}

func TestReadyEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := waitingClient(t, oneKey())
		if err := readMany(c, 20); err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(time.Second, cancel)
		if err := c.Ready(ctx, 1, 0); !errors.Is(err, context.Canceled) || time.Since(start) != time.Second {
			t.Errorf("cancelled: after %v: %v", time.Since(start), err)
		}
		if err := c.Ready(ctx, 0, 1); !errors.Is(err, context.Canceled) {
			t.Errorf("cancelled before: %v", err)
		}
		short, end := context.WithTimeout(context.Background(), 2*time.Second)
		defer end()
		if err := c.Ready(short, 1, 0); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("with a deadline that is too near: after %v: %v", time.Since(start), err)
		}
	})
}
