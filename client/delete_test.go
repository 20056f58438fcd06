package client_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

// there reports whether the server holds the key.
func (m *mock) there(k client.Key) bool {
	_, held := m.Key(k.Kind.AssociationType(), string(k.ID))
	return held
}

// drop deletes a key behind the client's back.
func (m *mock) drop(t *testing.T, k client.Key) {
	t.Helper()
	if !m.DeleteKey(k.Kind.AssociationType(), string(k.ID)) {
		t.Error("the key was gone before")
	}
}

func TestDeletionIsDoneAndLookedAt(t *testing.T) {
	for _, kind := range client.Kinds() {
		c, m := mockClient(t, client.OneAPI, mockserver.Options{})
		k := anyKey(t, c, func(k client.Key) bool { return k.Kind == kind && copyable(k) })
		already, err := c.DeleteKey(context.Background(), k)
		if err != nil || already || m.there(k) || m.wire.sequence(k) != "GET DELETE GET" {
			t.Errorf("%s: already %v, calls %s: %v", kind, already, m.wire.sequence(k), err)
		}
		if body := m.wire.sent(http.MethodDelete)[0].body; body != "" {
			t.Errorf("%s: it has the body %s", kind, body)
		}
	}
}

func TestDeletionNamesTheKeysMicrotenant(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, func(k client.Key) bool { return k.MicrotenantID != "" && !k.Managed() })
	already, err := c.DeleteKey(context.Background(), k)
	if err != nil || already || m.there(k) {
		t.Errorf("already %v: %v", already, err)
	}
}

func TestKeyThatIsGoneIsDeletedAlready(t *testing.T) {
	for what, when := range map[string]func(t *testing.T, m *mock, k client.Key){
		"before": func(t *testing.T, m *mock, k client.Key) { m.drop(t, k) },
		"between reading and deleting": func(t *testing.T, m *mock, k client.Key) {
			m.onFirst(http.MethodDelete, func(next func() reply) *reply { m.drop(t, k); r := next(); return &r })
		},
		"while the rate limit held it up": func(t *testing.T, m *mock, k client.Key) {
			m.onFirst(http.MethodDelete, func(func() reply) *reply { m.drop(t, k); return &reply{status: 429} })
		},
		"while the token was renewed": func(t *testing.T, m *mock, k client.Key) {
			m.onFirst(http.MethodDelete, func(func() reply) *reply { m.drop(t, k); return &reply{status: 401} })
		},
		"while no connection came about": func(t *testing.T, m *mock, k client.Key) {
			m.onFirst(http.MethodDelete, func(func() reply) *reply { m.drop(t, k); return &reply{err: errNeverMade} })
		},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, m := mockClient(t, client.Legacy, mockserver.Options{})
				k := anyKey(t, c, copyable)
				when(t, m, k)
				if already, err := c.DeleteKey(context.Background(), k); err != nil || !already {
					t.Errorf("already %v: %v", already, err)
				}
			})
		})
	}
}

func TestDeletionThatWasDoneInSpiteOf503IsOurs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		k := anyKey(t, c, copyable)
		m.onFirst(http.MethodDelete, func(next func() reply) *reply { done(t, next); return &reply{status: 503} })
		already, err := c.DeleteKey(context.Background(), k)
		if err != nil || already || m.wire.sequence(k) != "GET DELETE DELETE" {
			t.Errorf("already %v, calls %s: %v", already, m.wire.sequence(k), err)
		}
	})
}

func TestDeletionIsSentAgainWhereItMayBe(t *testing.T) {
	for what, first := range map[string]reply{
		"in use": {status: 409}, "rate limited": {status: 429}, "unavailable": {status: 503}, "never made": {err: errNeverMade},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, m := mockClient(t, client.Legacy, mockserver.Options{})
				k := anyKey(t, c, copyable)
				m.onFirst(http.MethodDelete, func(func() reply) *reply { return &first })
				already, err := c.DeleteKey(context.Background(), k)
				if err != nil || already || m.there(k) || m.wire.sequence(k) != "GET DELETE DELETE GET" {
					t.Errorf("already %v, calls %s: %v", already, m.wire.sequence(k), err)
				}
			})
		})
	}
}

func TestKeysThatCannotBeDeletedAreNotSent(t *testing.T) {
	for what, c := range map[string]struct {
		field string
		value any
		want  error
	}{
		"managed":      {"zscalerManaged", true, client.ErrManaged},
		"read-only":    {"readOnly", true, client.ErrManaged},
		"changed":      {"maxUsage", "4711", client.ErrConflict},
		"renamed":      {"name", "another", client.ErrConflict},
		"disabled":     {"enabled", false, client.ErrConflict},
		"hidden":       {"exportable", false, client.ErrConflict},
		"other expiry": {"expirationInEpochSec", "4102444800", client.ErrConflict},
	} {
		cl, m := mockClient(t, client.Legacy, mockserver.Options{})
		k := anyKey(t, cl, copyable)
		m.set(t, k, c.field, c.value)
		already, err := cl.DeleteKey(context.Background(), k)
		if !errors.Is(err, c.want) || already || !m.there(k) || m.wire.sequence(k) != "GET" {
			t.Errorf("%s: already %v, calls %s: %v", what, already, m.wire.sequence(k), err)
		}
		var conflict *client.ConflictError
		if errors.As(err, &conflict) && (len(conflict.Fields) != 1 || conflict.Now.ID != k.ID) {
			t.Errorf("%s: %+v", what, conflict.Fields)
		}
	}
}

func TestEnrolmentMeanwhileKeepsNobodyFromDeleting(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, copyable)
	if _, err := m.Enrol(k.Text.Reveal()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.DeleteKey(context.Background(), k); err != nil || m.there(k) {
		t.Error(err)
	}
}

func TestKeyThatIsInUseElsewhereIsReferenced(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, copyable)
	m.SetReferenced(k.Kind.AssociationType(), string(k.ID), true)
	already, err := c.DeleteKey(context.Background(), k)
	if !errors.Is(err, client.ErrReferenced) || already || !m.there(k) || m.wire.sequence(k) != "GET DELETE" {
		t.Errorf("already %v, calls %s: %v", already, m.wire.sequence(k), err)
	}
}

func TestDeletionWithoutAClearAnswerIsLookedAt(t *testing.T) {
	for what, answer := range map[string]reply{
		"cut": {err: errCut}, "broken inside": {status: 500}, "a bad gateway": {status: 502}, "a slow gateway": {status: 504},
	} {
		for _, isDone := range []bool{true, false} {
			t.Run(what, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					c, m := mockClient(t, client.Legacy, mockserver.Options{})
					k := anyKey(t, c, copyable)
					m.onFirst(http.MethodDelete, func(next func() reply) *reply {
						if isDone {
							done(t, next)
						}
						return &answer
					})
					already, err := c.DeleteKey(context.Background(), k)
					var unconfirmed *client.UnconfirmedError
					if already || errors.As(err, &unconfirmed) || (err == nil) != isDone || !isDone && !errors.Is(err, client.ErrUnavailable) {
						t.Errorf("done %v: already %v: %v", isDone, already, err)
					}
					if s := m.wire.sequence(k); s != "GET DELETE GET" {
						t.Errorf("done %v: calls %s", isDone, s)
					}
				})
			})
		}
	}
}

func TestDeletionThatCannotBeLookedAtIsUnconfirmed(t *testing.T) {
	for what, c := range map[string]struct{ deleted, read reply }{
		"accepted, then unreadable":  {reply{status: 204}, reply{status: 500}},
		"accepted, then forbidden":   {reply{status: 204}, reply{status: 403}},
		"accepted, then malformed":   {reply{status: 204}, reply{body: "{"}},
		"accepted, and there still":  {reply{status: 204}, reply{body: keyJSON("")}},
		"cut, then unreadable":       {reply{err: errCut}, reply{status: 500}},
		"unavailable, then as much":  {reply{status: 503}, reply{status: 503}},
		"a slow gateway, then a cut": {reply{status: 504}, reply{err: errCut}},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{}
				f.resource = func(n int, s seen) reply {
					switch {
					case n == 1:
						return reply{body: keyJSON("")}
					case s.method == http.MethodDelete:
						return c.deleted
					}
					return c.read
				}
				cl := fakeClient(t, f)
				k, err := cl.GetKey(context.Background(), aKey)
				if err != nil {
					t.Fatal(err)
				}
				f.calls = nil
				already, err := cl.DeleteKey(context.Background(), k)
				var unconfirmed *client.UnconfirmedError
				if !errors.As(err, &unconfirmed) || already || unconfirmed.Err == nil {
					t.Errorf("already %v: %v", already, err)
				}
			})
		})
	}
}

// The first try may have been done, so that what the last one says is not enough.
func TestDeletionIsLookedAtWhereAnEarlierTryMayHaveDoneIt(t *testing.T) {
	for what, c := range map[string]struct {
		gone bool
		want error
	}{"done": {true, nil}, "not done": {false, client.ErrPermission}} {
		synctest.Test(t, func(t *testing.T) {
			f := &fake{}
			f.resource = func(n int, _ seen) reply {
				switch {
				case n == 2:
					return reply{status: 503}
				case n == 3:
					return reply{status: 403}
				case n > 3 && c.gone:
					return reply{status: 404}
				}
				return reply{body: keyJSON("")}
			}
			cl := fakeClient(t, f)
			_, err := cl.DeleteKey(context.Background(), client.Key{
				Kind: client.AppConnector, ID: keyID, Name: "bkk-dc1", MaxUses: 2, Enabled: true, CertificateID: "6573",
			})
			if !errors.Is(err, c.want) || f.methods() != "GET DELETE DELETE GET" {
				t.Errorf("%s: calls %s: %v", what, f.methods(), err)
			}
		})
	}
}

func TestDeletionWaitsForAnUpdateOfTheSameKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{Latency: time.Second})
		k := anyKey(t, c, copyable)
		go func() { _, _ = c.RaiseMaxUses(context.Background(), k, 1) }()
		synctest.Wait()
		_, err := c.DeleteKey(context.Background(), k)
		if !errors.Is(err, client.ErrConflict) || m.wire.sequence(k) != "GET PUT GET GET" {
			t.Errorf("calls %s: %v", m.wire.sequence(k), err)
		}
	})
}
