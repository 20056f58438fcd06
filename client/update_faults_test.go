package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

// sequence returns the methods of the calls about one key since the listing.
func (w *wire) sequence(k client.Key) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []string
	for _, s := range w.calls {
		if strings.HasSuffix(s.path, "/"+string(k.ID)) {
			all = append(all, s.method)
		}
	}
	return strings.Join(all, " ")
}

// onFirstWrite damages the first write and no other.
func (m *mock) onFirstWrite(damage func(next func() reply) *reply) {
	m.onWrites(func(n int, next func() reply) *reply {
		if n != 1 {
			return nil
		}
		return damage(next)
	})
}

func (m *mock) onWrites(damage func(n int, next func() reply) *reply) {
	var mu sync.Mutex
	writes := 0
	m.wire.tamper = func(s seen, next func() reply) *reply {
		if s.method != http.MethodPut {
			return nil
		}
		mu.Lock()
		writes++
		n := writes
		mu.Unlock()
		return damage(n, next)
	}
}

// done lets the server act and loses its answer.
func done(t *testing.T, next func() reply) {
	t.Helper()
	if r := next(); r.err != nil || r.status != http.StatusNoContent {
		t.Errorf("the mock refused the write: %d %v", r.status, r.err)
	}
}

func TestUpdateStartsOverFromAFreshReading(t *testing.T) {
	for _, status := range []int{http.StatusConflict, http.StatusServiceUnavailable} {
		synctest.Test(t, func(t *testing.T) {
			c, m := mockClient(t, client.Legacy, mockserver.Options{})
			k := anyKey(t, c, copyable)
			m.set(t, k, "futureSetting", "old")
			m.set(t, k, "maxUsage", "600")
			m.onFirstWrite(func(func() reply) *reply {
				m.set(t, k, "futureSetting", "new")
				if status == http.StatusConflict { // nothing was done then, whoever changed what
					m.set(t, k, "maxUsage", "700")
				}
				return &reply{status: status, header: map[string]string{"Retry-After": "3s"}}
			})
			start := time.Now()
			got, err := c.RaiseMaxUses(context.Background(), k, 1)
			before := map[int]int64{http.StatusConflict: 700, http.StatusServiceUnavailable: 600}[status]
			if err != nil || got.After.MaxUses != before+1 || got.Before.MaxUses != before {
				t.Fatalf("%d: from %d to %d: %v", status, got.Before.MaxUses, got.After.MaxUses, err)
			}
			if m.raw(t, k)["futureSetting"] != "new" {
				t.Errorf("%d: the old body was sent again", status)
			}
			if s := m.wire.sequence(k); s != "GET PUT GET PUT GET" || time.Since(start) != 3*time.Second {
				t.Errorf("%d: calls %s in %v", status, s, time.Since(start))
			}
		})
	}
}

func TestConflictThatAppearsWhileStartingOverIsShown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		k := anyKey(t, c, copyable)
		m.onFirstWrite(func(func() reply) *reply {
			m.set(t, k, "enabled", false)
			return &reply{status: http.StatusConflict}
		})
		_, err := c.UpdateKey(context.Background(), k, client.Change{MaxUses: ptr(k.MaxUses + 1)})
		if !errors.Is(err, client.ErrConflict) || m.wire.sequence(k) != "GET PUT GET" {
			t.Errorf("calls %s: %v", m.wire.sequence(k), err)
		}
	})
}

func TestWriteThatWasCutIsFoundByReadingBack(t *testing.T) {
	lost := io.ErrUnexpectedEOF
	for _, c := range []struct {
		what    string
		damage  func(t *testing.T, next func() reply) *reply
		applied bool
	}{
		{"cut after it was done", func(t *testing.T, next func() reply) *reply { done(t, next); return &reply{err: lost} }, true},
		{"answer cut off after it was done", func(t *testing.T, next func() reply) *reply { done(t, next); return &reply{reader: cutAfter("{")} }, true},
		{"500 after it was done", func(t *testing.T, next func() reply) *reply { done(t, next); return &reply{status: 500} }, true},
		{"502 after it was done", func(t *testing.T, next func() reply) *reply { done(t, next); return &reply{status: 502} }, true},
		{"cut before it was done", func(*testing.T, func() reply) *reply { return &reply{err: lost} }, false},
		{"500 and not done", func(*testing.T, func() reply) *reply { return &reply{status: 500} }, false},
	} {
		t.Run(c.what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cl, m := mockClient(t, client.Legacy, mockserver.Options{})
				k := anyKey(t, cl, copyable)
				m.onFirstWrite(func(next func() reply) *reply { return c.damage(t, next) })
				got, err := cl.RaiseMaxUses(context.Background(), k, 1)
				if s := m.wire.sequence(k); s != "GET PUT GET" {
					t.Errorf("calls %s, want one write and a reading on either side", s)
				}
				var unconfirmed *client.UnconfirmedError
				switch {
				case c.applied && (err != nil || got.After.MaxUses != k.MaxUses+1):
					t.Errorf("raised to %d: %v", got.After.MaxUses, err)
				case !c.applied && (!errors.Is(err, client.ErrUnavailable) || errors.As(err, &unconfirmed)):
					t.Errorf("reported as: %v", err)
				}
			})
		})
	}
}

func TestWriteThatCannotBeReadBackIsUnconfirmed(t *testing.T) {
	for what, answer := range map[string]reply{
		"accepted": {status: http.StatusNoContent}, "cut": {err: io.ErrUnexpectedEOF}, "unavailable": {status: 503},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{}
				f.resource = func(n int, r seen) reply {
					switch {
					case n == 1:
						return reply{body: keyJSON(`"exportable":true,`)}
					case r.method == http.MethodPut:
						return answer
					}
					return reply{status: http.StatusInternalServerError}
				}
				_, err := fakeClient(t, f).RaiseMaxUses(context.Background(), aKey, 1)
				var unconfirmed *client.UnconfirmedError
				if !errors.As(err, &unconfirmed) || !errors.Is(err, client.ErrUnavailable) {
					t.Errorf("reported as: %v", err)
				}
				if n := strings.Count(f.methods(), "PUT"); n != 1 {
					t.Errorf("%d writes", n)
				}
			})
		})
	}
}

func TestAcceptedWriteThatDoesNotHoldIsUnconfirmed(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, copyable)
	m.onFirstWrite(func(next func() reply) *reply {
		done(t, next)
		m.set(t, k, "maxUsage", "4711")
		return &reply{status: http.StatusNoContent}
	})
	got, err := c.RaiseMaxUses(context.Background(), k, 1)
	var unconfirmed *client.UnconfirmedError
	if !errors.As(err, &unconfirmed) || got.After.MaxUses != 4711 {
		t.Errorf("after %d: %v", got.After.MaxUses, err)
	}
}

func TestWriteThatWasNeverSentIsNotUnconfirmed(t *testing.T) {
	for what, c := range map[string]struct {
		signIn reply
		want   error
	}{
		"sign-in refused":     {reply{status: 401}, client.ErrSignIn},
		"sign-in unavailable": {reply{status: 500}, client.ErrUnavailable},
		"sign-in cut":         {reply{err: io.ErrUnexpectedEOF}, client.ErrUnavailable},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{}
				f.signIn = func(n int, _ seen) reply {
					if n == 1 {
						return reply{body: tokenJSON}
					}
					return c.signIn
				}
				f.resource = func(_ int, r seen) reply {
					if r.method == http.MethodPut {
						return reply{status: 401}
					}
					return reply{body: keyJSON("")}
				}
				_, err := fakeClient(t, f).RaiseMaxUses(context.Background(), aKey, 1)
				var unconfirmed *client.UnconfirmedError
				if !errors.Is(err, c.want) || errors.As(err, &unconfirmed) || f.methods() != "GET PUT" {
					t.Errorf("calls %s: %v", f.methods(), err)
				}
			})
		})
	}
}

func TestWriteRefusedByTheRateLimitIsSentAgainAsItIs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		k := anyKey(t, c, copyable)
		m.onFirstWrite(func(func() reply) *reply {
			return &reply{status: http.StatusTooManyRequests, header: map[string]string{"retry-after": "4s"}}
		})
		start := time.Now()
		if _, err := c.RaiseMaxUses(context.Background(), k, 1); err != nil {
			t.Fatal(err)
		}
		puts := m.wire.writes()
		if s := m.wire.sequence(k); s != "GET PUT PUT GET" || puts[0].body != puts[1].body || time.Since(start) != 4*time.Second {
			t.Errorf("calls %s in %v", s, time.Since(start))
		}
	})
}

func TestRefusedWriteIsNotRepeated(t *testing.T) {
	for _, status := range []int{400, 403, 404, 415} {
		f := &fake{}
		f.resource = func(_ int, r seen) reply {
			if r.method == http.MethodPut {
				return reply{status: status}
			}
			return reply{body: keyJSON("")}
		}
		_, err := fakeClient(t, f).RaiseMaxUses(context.Background(), aKey, 1)
		var answer *client.APIError
		if !errors.As(err, &answer) || answer.Status != status || f.methods() != "GET PUT" {
			t.Errorf("%d: calls %s: %v", status, f.methods(), err)
		}
	}
}

func TestUpdateGivesUpAfterFourStarts(t *testing.T) {
	for _, status := range []int{http.StatusConflict, http.StatusServiceUnavailable} {
		synctest.Test(t, func(t *testing.T) {
			c, m := mockClient(t, client.Legacy, mockserver.Options{})
			k := anyKey(t, c, copyable)
			m.onWrites(func(int, func() reply) *reply { return &reply{status: status} })
			_, err := c.RaiseMaxUses(context.Background(), k, 1)
			var answer *client.APIError
			if n := len(m.wire.writes()); n != 4 || !errors.As(err, &answer) || answer.Status != status {
				t.Errorf("%d: %d writes: %v", status, n, err)
			}
			if got, _ := c.GetKey(context.Background(), k); got.MaxUses != k.MaxUses {
				t.Errorf("%d: the limit is %d", status, got.MaxUses)
			}
		})
	}
}
