package client_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

func TestACreationIsSentAgainOnlyWhereNothingWasDone(t *testing.T) {
	for what, first := range map[string]reply{
		"rate limited":  {status: 429, header: map[string]string{"retry-after": "4s"}},
		"never made":    {err: errNeverMade},
		"token refused": {status: 401},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, m := mockClient(t, client.Legacy, mockserver.Options{})
				n := newKey(t, c)
				m.onFirst(http.MethodPost, func(func() reply) *reply { return &first })
				made, err := c.CreateKey(context.Background(), n, nil)
				posts := m.wire.sent(http.MethodPost)
				if err != nil || made.Found || !made.Key.Fresh || len(posts) != 2 || posts[0].body != posts[1].body {
					t.Errorf("found %v after %d: %v", made.Found, len(posts), err)
				}
			})
		})
	}
}

func TestACreationThatMayBeDoneIsNeverSentAgain(t *testing.T) {
	refused := map[string]reply{
		"in use": {status: 409, body: `{"id":"api.concurrent.access.error"}`}, "a bad field": {status: 400},
		"forbidden": {status: 403}, "a wrong content type": {status: 415}, "too large": {status: 413},
	}
	for _, answers := range []map[string]reply{lost, refused} {
		for what, answer := range answers {
			t.Run(what, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					c, m := mockClient(t, client.Legacy, mockserver.Options{})
					n := newKey(t, c)
					reads := len(m.wire.sent(http.MethodGet))
					m.wire.tamper = func(s seen, _ func() reply) *reply {
						if s.method == http.MethodPost {
							return &answer
						}
						return nil
					}
					_, err := c.CreateKey(context.Background(), n, nil)
					var unconfirmed *client.UnconfirmedError
					if err == nil || errors.As(err, &unconfirmed) || len(m.wire.sent(http.MethodPost)) != 1 {
						t.Errorf("sent %d times: %v", len(m.wire.sent(http.MethodPost)), err)
					}
					_, outright := refused[what]
					if looked := len(m.wire.sent(http.MethodGet)) - reads; looked != 2 && !outright || looked != 0 && outright {
						t.Errorf("looked for it %d times", looked)
					}
				})
			})
		}
	}
}

func TestATokenIsRenewedOnceForACreation(t *testing.T) {
	f := failing(reply{status: 401})
	n := client.NewKey{Kind: client.AppConnector, Name: "bkk-dc1", MaxUses: 2, GroupID: "1", CertificateID: "2"}
	_, err := fakeClient(t, f).CreateKey(context.Background(), n, nil)
	if !errors.Is(err, client.ErrSignIn) || f.methods() != "POST POST" || len(f.signIns) != 2 {
		t.Errorf("%s after %d sign-ins: %v", f.methods(), len(f.signIns), err)
	}
}

func TestAKeyWhoseAnswerWasLostIsFoundByItsName(t *testing.T) {
	for what, answer := range lost {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, m := mockClient(t, client.Legacy, mockserver.Options{})
				n := newKey(t, c)
				m.onFirst(http.MethodPost, func(next func() reply) *reply {
					if r := next(); r.status != http.StatusOK {
						t.Errorf("the mock refused it: %d", r.status)
					}
					return &answer
				})
				start := time.Now()
				made, err := c.CreateKey(context.Background(), n, nil)
				k := made.Key
				if err != nil || !made.Found || k.Fresh || k.Name != n.Name || k.Group == "" || k.CopyBlock(time.Now()) != nil {
					t.Errorf("found %v, fresh %v, %q in %q: %v", made.Found, k.Fresh, k.Name, k.Group, err)
				}
				if time.Since(start) != 0 {
					t.Errorf("found after %v", time.Since(start))
				}
			})
		})
	}
}

func TestAKeyThatAppearsLateIsFound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		n := newKey(t, c, hidden)
		m.wire.tamper = func(s seen, _ func() reply) *reply {
			if s.method != http.MethodPost {
				return nil
			}
			time.AfterFunc(500*time.Millisecond, func() { m.pass(t, s) })
			return &reply{status: 504}
		}
		made, err := c.CreateKey(context.Background(), n, nil)
		if err != nil || !made.Found {
			t.Fatalf("found %v: %v", made.Found, err)
		}
		// Its text went down with the answer.
		if b := made.Key.CopyBlock(time.Now()); b == nil || !b.Has(client.Hidden) {
			t.Error("a hidden key without a text is copied")
		}
	})
}

func TestAKeyThatIsNotFoundWasNotMade(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		n := newKey(t, c)
		m.onFirst(http.MethodPost, func(func() reply) *reply { return &reply{status: 502} })
		start := time.Now()
		_, err := c.CreateKey(context.Background(), n, nil)
		var answer *client.APIError
		if !errors.As(err, &answer) || answer.Status != 502 || time.Since(start) != time.Second {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
	})
}

func TestAnOlderKeyOfTheNameIsNotTakenForANewOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		n := newKey(t, c)
		older, err := c.CreateKey(context.Background(), n, nil)
		if err != nil {
			t.Fatal(err)
		}
		m.onFirst(http.MethodPost, func(func() reply) *reply { return &reply{err: errCut} })
		made, err := c.CreateKey(context.Background(), n, []client.Key{older.Key})
		var unconfirmed *client.UnconfirmedError
		if err == nil || made.Found || errors.As(err, &unconfirmed) {
			t.Errorf("found %v: %v", made.Found, err)
		}
	})
}

func TestOnlyAKeyLikeTheNewOneIsTakenForIt(t *testing.T) {
	for what, other := range map[string]func(*client.NewKey){
		"another name":        func(n *client.NewKey) { n.Name += "-2" },
		"another certificate": func(n *client.NewKey) { n.CertificateID = "6574" },
		"another group":       func(n *client.NewKey) { n.GroupID = "" },
	} {
		synctest.Test(t, func(t *testing.T) {
			c, m := mockClient(t, client.Legacy, mockserver.Options{})
			n := newKey(t, c)
			theirs := n
			other(&theirs)
			if theirs.GroupID == "" {
				theirs.GroupID = anyKey(t, c, func(k client.Key) bool { return k.Kind == n.Kind && k.GroupID != n.GroupID && k.MicrotenantID == "" }).GroupID
			}
			if _, err := c.CreateKey(context.Background(), theirs, nil); err != nil {
				t.Fatal(what, err)
			}
			m.onFirst(http.MethodPost, func(func() reply) *reply { return &reply{err: errCut} })
			if made, err := c.CreateKey(context.Background(), n, nil); err == nil {
				t.Errorf("%s: %q is taken for it", what, made.Key.Name)
			}
		})
	}
}

func TestALostKeyIsLookedForInItsMicrotenant(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all, m := mockClient(t, client.Legacy, mockserver.Options{})
		like := anyKey(t, all, func(k client.Key) bool { return k.MicrotenantID != "" && !k.Managed() })
		cfg := config(t, client.Legacy, m.wire)
		cfg.ClientID, cfg.CustomerID = m.Credentials().ClientID, m.Credentials().CustomerID
		cfg.ClientSecret, cfg.Microtenant = client.NewSecret(m.Credentials().ClientSecret), "0"
		m.onFirst(http.MethodPost, func(next func() reply) *reply { next(); return &reply{err: errCut} })
		made, err := newClient(t, cfg).CreateKey(context.Background(), client.NewKey{
			Kind: like.Kind, Name: "made by a test", MaxUses: 7, GroupID: like.GroupID, CertificateID: like.CertificateID,
			MicrotenantID: like.MicrotenantID,
		}, nil)
		if err != nil || !made.Found {
			t.Errorf("found %v: %v", made.Found, err)
		}
	})
}

func TestAKeyThatNobodyKnowsOfIsUnconfirmed(t *testing.T) {
	one := keyJSON("")
	another := strings.Replace(one, `"id":"`+string(keyID), `"id":"4711`, 1)
	list := func(keys string) reply { return reply{body: `{"list":[` + keys + `]}`} }
	for what, look := range map[string]reply{
		"two candidates": list(one + "," + another), "broken": {status: 500}, "forbidden": {status: 403}, "malformed": {body: "{"},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{}
				f.resource = func(_ int, s seen) reply {
					if s.method == http.MethodPost {
						return reply{status: 504}
					}
					return look
				}
				n := client.NewKey{Kind: client.AppConnector, Name: "bkk-dc1", MaxUses: 2, GroupID: "216196257331404700", CertificateID: "6573"}
				made, err := fakeClient(t, f).CreateKey(context.Background(), n, nil)
				var unconfirmed *client.UnconfirmedError
				var cause *client.APIError
				if !errors.As(err, &unconfirmed) || !errors.As(err, &cause) || cause.Status != 504 || made.Key.ID != "" {
					t.Errorf("%q: %v", made.Key.ID, err)
				}
			})
		})
	}
}

func TestACreationWhoseCallerLeftIsUnconfirmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{Latency: time.Second})
		n := newKey(t, c)
		ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
		defer cancel()
		_, err := c.CreateKey(ctx, n, nil)
		var unconfirmed *client.UnconfirmedError
		if !errors.As(err, &unconfirmed) || len(m.wire.sent(http.MethodPost)) != 1 {
			t.Errorf("sent %d times: %v", len(m.wire.sent(http.MethodPost)), err)
		}
	})
}

func TestACreationThatCouldNotSignInWasNotSent(t *testing.T) {
	for what, signIn := range map[string]reply{"refused": {status: 401}, "broken": {err: errCut}} {
		f := failing(reply{body: keyJSON("")})
		f.signIn = func(int, seen) reply { return signIn }
		n := client.NewKey{Kind: client.AppConnector, Name: "bkk-dc1", MaxUses: 2, GroupID: "1", CertificateID: "2"}
		_, err := fakeClient(t, f).CreateKey(context.Background(), n, nil)
		var unconfirmed *client.UnconfirmedError
		if err == nil || errors.As(err, &unconfirmed) || f.methods() != "" {
			t.Errorf("%s: calls %q: %v", what, f.methods(), err)
		}
	}
}
