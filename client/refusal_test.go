package client_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

func TestRefusedSignInIsSentOnce(t *testing.T) {
	for what, refusal := range map[string]reply{
		"access denied":                    {status: 401, body: `{"id":"access.denied","reason":"wrong"}`},
		"invalid client":                   {status: 400, body: `{"error":"invalid_client","error_description":"wrong"}`},
		"forbidden":                        {status: 403, body: `wrong`},
		"no body":                          {status: 401},
		"a body that breaks off":           {status: 401, reader: cutAfter(`{"id":"acc`)},
		"a permission code":                {status: 401, body: `{"id":"authz.denied"}`},
		"moved to OneAPI, with any status": {status: 410, body: "Only through Zscaler OneAPI"},
		"moved to OneAPI, with a 200":      {status: 200, body: "only through zscaler oneapi"},
		"moved to OneAPI, with a 503":      {status: 503, body: "only through zscaler oneapi"},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := failing(reply{body: keyJSON("")})
				f.signIn = func(int, seen) reply { return refusal }
				c := fakeClient(t, f)
				var wait sync.WaitGroup
				for range 10 {
					wait.Go(func() { _ = c.SignIn(context.Background()) })
				}
				wait.Wait()
				_, listErr := c.ListKeys(context.Background(), client.Kinds()...)
				for _, err := range []error{c.SignIn(context.Background()), readOne(c), listErr} {
					var refused *client.SignInError
					if !errors.As(err, &refused) || !errors.Is(err, client.ErrSignIn) {
						t.Errorf("a refused sign-in is reported as: %v", err)
					} else if refused.OneAPIOnly != strings.Contains(what, "OneAPI") {
						t.Errorf("OneAPIOnly is %v", refused.OneAPIOnly)
					}
				}
				if len(f.signIns) != 1 || len(f.calls) != 0 {
					t.Errorf("%d sign-ins and %d calls were sent, want 1 and 0", len(f.signIns), len(f.calls))
				}
			})
		})
	}
}

func TestRetrySignInSendsOneMore(t *testing.T) {
	f := failing(reply{body: keyJSON("")})
	f.signIn = func(n int, _ seen) reply {
		if n < 3 {
			return reply{status: 401}
		}
		return reply{body: tokenJSON}
	}
	c := fakeClient(t, f)
	for want := 1; want <= 2; want++ {
		_, _ = readOne(c), readOne(c)
		if len(f.signIns) != want {
			t.Fatalf("%d sign-ins, want %d", len(f.signIns), want)
		}
		c.RetrySignIn()
	}
	if err := readOne(c); err != nil {
		t.Errorf("the sign-in that was accepted at last: %v", err)
	}
}

func TestFaultsOfTheSignInAreTriedAgain(t *testing.T) {
	for what, fault := range map[string]reply{
		"rate limited":  {status: 429, header: map[string]string{"retry-after": "2s"}},
		"unavailable":   {status: 503},
		"a bad gateway": {status: 502, body: "<html>bad gateway</html>"},
		"broken":        {status: 500},
		"never made":    {err: &net.OpError{Op: "dial", Err: errors.New("connection refused")}},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := failing(reply{body: keyJSON("")})
				f.signIn = func(n int, _ seen) reply {
					if n < 3 {
						return fault
					}
					return reply{body: tokenJSON}
				}
				if err := readOne(fakeClient(t, f)); err != nil || len(f.signIns) != 3 {
					t.Errorf("after %d sign-ins: %v", len(f.signIns), err)
				}
			})
		})
	}
}

// A sign-in that brought no answer may have been refused and counted: three
// refusals lock the API client.
func TestASignInWithoutAnAnswerIsNotRepeatedByItself(t *testing.T) {
	for what, fault := range map[string]reply{
		"no answer":               {err: io.ErrUnexpectedEOF},
		"a token that is cut off": {reader: cutAfter(`{"access_token":"mo`)},
	} {
		t.Run(what, func(t *testing.T) {
			f := failing(reply{body: keyJSON("")})
			f.signIn = func(int, seen) reply { return fault }
			if err := readOne(fakeClient(t, f)); !errors.Is(err, client.ErrUnavailable) || len(f.signIns) != 1 {
				t.Errorf("after %d sign-ins: %v", len(f.signIns), err)
			}
		})
	}
}

func TestASignInWithoutAnAnswerIsSentAgainOnlyAfterAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := failing(reply{body: keyJSON("")})
		f.signIn = func(int, seen) reply { return reply{err: io.ErrUnexpectedEOF} }
		c := fakeClient(t, f)
		for range 60 { // somebody asks every second
			_ = readOne(c)
			time.Sleep(time.Second)
		}
		if len(f.signIns) != 2 {
			t.Errorf("%d sign-ins in a minute, want one every 30 seconds", len(f.signIns))
		}
	})
}

func TestACallerThatGivesUpDoesNotSendTheSignInAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mock := failing(reply{body: keyJSON("")})
		mock.signIn = func(int, seen) reply {
			time.Sleep(3 * time.Second)
			return reply{status: 401}
		}
		c := fakeClient(t, mock)
		for range 4 {
			ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
			_, _ = c.GetKey(ctx, client.Key{Kind: client.AppConnector, ID: "1"})
			cancel()
		}
		if err := readOne(c); !errors.Is(err, client.ErrSignIn) || len(mock.signIns) != 1 {
			t.Errorf("%d sign-ins, want one for all: %v", len(mock.signIns), err)
		}
	})
}

func TestFaultOfTheSignInIsNotRemembered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := failing(reply{body: keyJSON("")})
		f.signIn = func(n int, _ seen) reply {
			if n <= 4 {
				return reply{status: 500}
			}
			return reply{body: tokenJSON}
		}
		c := fakeClient(t, f)
		if err := readOne(c); !errors.Is(err, client.ErrUnavailable) || errors.Is(err, client.ErrSignIn) {
			t.Errorf("four failures: %v", err)
		}
		if err := readOne(c); err != nil {
			t.Errorf("the next call: %v", err)
		}
	})
}

func TestAnswerWithoutTokenIsNoRefusal(t *testing.T) {
	for _, body := range []string{`<html>Welcome</html>`, `{}`, `{"access_token":""}`, `null`, `[]`, ``} {
		f := failing(reply{})
		f.signIn = func(int, seen) reply { return reply{body: body} }
		err := readOne(fakeClient(t, f))
		if !errors.Is(err, client.ErrUnavailable) || errors.Is(err, client.ErrSignIn) || len(f.signIns) != 1 {
			t.Errorf("%q after %d sign-ins: %v", body, len(f.signIns), err)
		}
	}
}

func TestTenantMovedToOneAPIIsRecognisedOnAnyCall(t *testing.T) {
	for _, status := range []int{400, 401, 403, 410} {
		f := failing(reply{status: status, body: "Access is possible only through Zscaler OneAPI.\n"})
		err := readOne(fakeClient(t, f))
		var refused *client.SignInError
		if !errors.As(err, &refused) || !refused.OneAPIOnly || len(f.calls) != 1 {
			t.Errorf("status %d, %d calls: %v", status, len(f.calls), err)
		}
	}
}

func TestSecretThatStoppedWorkingIsTheErrorOfTheWholeListing(t *testing.T) {
	c, m := mockClient(t, client.Legacy, mockserver.Options{})
	if err := c.SignIn(context.Background()); err != nil {
		t.Fatal(err)
	}
	m.SetSecret("another")
	m.ExpireTokens()
	_, err := c.ListKeys(context.Background(), client.Kinds()...)
	var refused *client.SignInError
	if !errors.As(err, &refused) {
		t.Errorf("reported as: %v", err)
	}
	signIns := 0
	for _, r := range m.Requests() {
		if r.Path == "/signin" {
			signIns++
		}
	}
	if signIns != 2 {
		t.Errorf("%d sign-ins, want the accepted and one refused", signIns)
	}
}

func TestMissingPermissionSaidWith401NeedsNoNewToken(t *testing.T) {
	f := failing(reply{status: 401, body: `{"id":"authz.featureflag.permission.denied","reason":"not in this tenant"}`})
	err := readOne(fakeClient(t, f))
	if !errors.Is(err, client.ErrPermission) || errors.Is(err, client.ErrSignIn) {
		t.Errorf("reported as: %v", err)
	}
	if len(f.signIns) != 1 || len(f.calls) != 1 {
		t.Errorf("%d sign-ins and %d calls, want 1 and 1", len(f.signIns), len(f.calls))
	}
}

func TestNameInAnErrorIsNotTakenForAMovedTenant(t *testing.T) {
	f := failing(reply{status: 400, body: `{"id":"resource.already.exist","params":["only through zscaler oneapi"]}`})
	if err := readOne(fakeClient(t, f)); errors.Is(err, client.ErrSignIn) {
		t.Errorf("reported as: %v", err)
	}
}
