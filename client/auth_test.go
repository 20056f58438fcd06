package client_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/mockserver"
)

var aKey = client.Key{Kind: client.AppConnector, ID: keyID}

func readOne(c *client.Client) error {
	_, err := c.GetKey(context.Background(), aKey)
	return err
}

func TestSignInSendsExactlyItsDoorsForm(t *testing.T) {
	for door, want := range map[client.Door]struct {
		url  string
		form url.Values
	}{
		client.Legacy: {"http://127.0.0.1:1/signin", url.Values{"client_id": {"mock-id"}, "client_secret": {secretText}}},
		client.OneAPI: {"http://127.0.0.1:1/oauth2/v1/token", url.Values{
			"client_id": {"mock-id"}, "client_secret": {secretText},
			"grant_type": {"client_credentials"}, "audience": {"https://api.zscaler.com"},
		}},
	} {
		t.Run(door.String(), func(t *testing.T) {
			f := failing(reply{body: keyJSON("")})
			if err := readOne(newClient(t, config(t, door, f))); err != nil {
				t.Fatal(err)
			}
			s := f.signIns[0]
			form, err := url.ParseQuery(s.body)
			if err != nil {
				t.Fatal(err)
			}
			if s.method != http.MethodPost || s.url != want.url || s.header.Get("Authorization") != "" {
				t.Errorf("%s %s, Authorization set: %v", s.method, s.url, s.header.Get("Authorization") != "")
			}
			if got := s.header.Get("Content-Type"); got != "application/x-www-form-urlencoded" {
				t.Errorf("content type %q", got)
			}
			if !cmp.Equal(form, want.form) {
				t.Errorf("the form differs from the door's (fields sent: %d)", len(form))
			}
		})
	}
}

func TestResourcesAreCalledWithTheTokenAtTheDoorsPath(t *testing.T) {
	for door, prefix := range map[client.Door]string{client.Legacy: "", client.OneAPI: "/zpa"} {
		f := failing(reply{body: keyJSON("")})
		cfg := config(t, door, f)
		cfg.Microtenant = "7"
		if err := readOne(newClient(t, cfg)); err != nil {
			t.Fatal(err)
		}
		r := f.calls[0]
		want := "http://127.0.0.1:1" + prefix + "/mgmtconfig/v1/admin/customers/" + customer +
			"/associationType/CONNECTOR_GRP/provisioningKey/" + string(keyID) + "?microtenantId=7"
		if r.url != want {
			t.Errorf("%v calls %s, want %s", door, r.url, want)
		}
		if r.header.Get("Authorization") != "Bearer "+tokenText || r.header.Get("Accept") != "application/json" {
			t.Errorf("%v: the headers of a call are wrong", door)
		}
		if got := r.header.Get("Content-Type"); got != "" {
			t.Errorf("%v: a call without a body has the content type %q", door, got)
		}
	}
}

func TestTokenIsRenewed30SecondsEarly(t *testing.T) {
	for what, c := range map[string]struct {
		life  string
		early time.Duration // when the old token must be in use still
		late  time.Duration // when it must be renewed
	}{
		"a string":                {`"3600"`, 3569 * time.Second, 3571 * time.Second},
		"a number":                {`3600`, 3569 * time.Second, 3571 * time.Second},
		"shorter than the margin": {`"40"`, 19 * time.Second, 21 * time.Second},
		"not said":                {`null`, 569 * time.Second, 571 * time.Second},
		"in the past":             {`"-5"`, 569 * time.Second, 571 * time.Second},
		"without an end":          {`9223372036854775807`, 86369 * time.Second, 86371 * time.Second},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := failing(reply{body: keyJSON("")})
				f.signIn = func(int, seen) reply {
					return reply{body: `{"access_token":"` + tokenText + `","expires_in":` + c.life + `}`}
				}
				cl := fakeClient(t, f)
				for _, step := range []struct {
					after time.Duration
					want  int
				}{{0, 1}, {c.early, 1}, {c.late - c.early, 2}} {
					time.Sleep(step.after)
					if err := readOne(cl); err != nil {
						t.Fatal(err)
					}
					if len(f.signIns) != step.want {
						t.Fatalf("%d sign-ins after another %v, want %d", len(f.signIns), step.after, step.want)
					}
				}
			})
		})
	}
}

func TestManyCallsSignInOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.OneAPI, mockserver.Options{Latency: 200 * time.Millisecond})
		var wait sync.WaitGroup
		for range 20 {
			wait.Go(func() { _, _ = c.GetKey(context.Background(), aKey) })
		}
		wait.Wait()
		signIns := 0
		for _, r := range m.Requests() {
			if strings.HasSuffix(r.Path, "/token") {
				signIns++
			}
		}
		if signIns != 1 {
			t.Errorf("%d sign-ins, want 1", signIns)
		}
	})
}

func TestCallsThatLoseTheirTokenTogetherRenewItOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{Latency: 200 * time.Millisecond})
		k := anyKey(t, c, copyable)
		time.Sleep(window)
		m.ExpireTokens()
		var wait sync.WaitGroup
		errs := make([]error, 20)
		for i := range errs {
			wait.Go(func() { _, errs[i] = c.GetKey(context.Background(), k) })
		}
		wait.Wait()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
		signIns := 0
		for _, r := range m.Requests() {
			if r.Path == "/signin" {
				signIns++
			}
		}
		if signIns != 2 {
			t.Errorf("%d sign-ins, want one at the start and one renewal", signIns)
		}
	})
}

func TestRefusedTokenIsRenewedOnceAndTheCallRepeatedOnce(t *testing.T) {
	for what, c := range map[string]struct {
		refusals, signIns, calls int
		want                     error
	}{
		"accepted after the renewal": {1, 2, 2, nil},
		"refused for good":           {99, 2, 2, client.ErrSignIn},
	} {
		t.Run(what, func(t *testing.T) {
			f := &fake{resource: func(n int, _ seen) reply {
				if n <= c.refusals {
					return reply{status: 401, body: `{"detail":"unauthorized"}`}
				}
				return reply{body: keyJSON("")}
			}}
			if err := readOne(fakeClient(t, f)); !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if len(f.signIns) != c.signIns || len(f.calls) != c.calls {
				t.Errorf("%d sign-ins and %d calls, want %d and %d", len(f.signIns), len(f.calls), c.signIns, c.calls)
			}
		})
	}
}

func TestRefusedTokenOfAWriteIsRenewedToo(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	k := anyKey(t, c, copyable)
	m.wire.tamper = func(s seen, _ func() reply) *reply {
		if s.method == http.MethodPut {
			m.wire.tamper = nil
			m.ExpireTokens()
		}
		return nil
	}
	got, err := c.RaiseMaxUses(context.Background(), k, 1)
	if err != nil || got.After.MaxUses != k.MaxUses+1 {
		t.Errorf("raised from %d to %d: %v", k.MaxUses, got.After.MaxUses, err)
	}
	if n := len(m.wire.writes()); n != 2 {
		t.Errorf("%d writes were sent, want the refused one and its repetition", n)
	}
}

func TestSignOutGivesTheTokenBackOnceAndOnlyIfThereIsOne(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	c.SignOut(context.Background())
	if n := len(m.Requests()); n != 0 {
		t.Fatalf("signing out before signing in sent %d calls", n)
	}
	if err := c.SignIn(context.Background()); err != nil {
		t.Fatal(err)
	}
	c.SignOut(context.Background())
	c.SignOut(context.Background())
	var paths []string
	for _, r := range m.Requests() {
		paths = append(paths, r.Path)
	}
	if want := []string{"/signin", "/signout"}; !cmp.Equal(paths, want) {
		t.Errorf("calls %v, want %v", paths, want)
	}
}

func TestSignOutIsNotSentWhereThereIsNone(t *testing.T) {
	c, m := mockClient(t, client.OneAPI, mockserver.Options{})
	if err := c.SignIn(context.Background()); err != nil {
		t.Fatal(err)
	}
	c.SignOut(context.Background())
	if n := len(m.Requests()); n != 1 {
		t.Errorf("%d calls, want the sign-in alone", n)
	}
}

func TestWaiterForTheSignInLeavesWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, _ := mockClient(t, client.Legacy, mockserver.Options{Latency: 20 * time.Second})
		go func() { _ = c.SignIn(context.Background()) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		start := time.Now()
		if err := c.SignIn(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != time.Second {
			t.Errorf("after %v: %v", time.Since(start), err)
		}
		time.Sleep(time.Minute)
	})
}

// A sign-in outlives its caller, so that one must not begin it who has gone already:
// cancelled again and again, a wrong secret would be sent each time.
func TestCallerWhoHasGoneBeginsNoSignIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{})
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		for range 3 {
			if err := c.SignIn(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("the error is %v", err)
			}
		}
		time.Sleep(time.Minute)
		if n := len(m.Requests()); n > 0 {
			t.Errorf("%d requests were sent", n)
		}
	})
}

func TestMissingSettingIsNamed(t *testing.T) {
	for what, spoil := range map[string]func(*client.Config){
		"client id":     func(c *client.Config) { c.ClientID = "" },
		"client secret": func(c *client.Config) { c.ClientSecret = client.Secret{} },
		"customer id":   func(c *client.Config) { c.CustomerID = "" },
		"address":       func(c *client.Config) { c.Endpoints = client.Endpoints{} },
	} {
		cfg := config(t, client.Legacy, failing(reply{}))
		spoil(&cfg)
		if _, err := client.New(cfg); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("without the %s: %v", what, err)
		}
	}
}
