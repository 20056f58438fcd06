package client_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"provkeys/client"
)

// heldBack returns a client whose sign-in may not go out, and what it was told of
// those that did.
func heldBack(t *testing.T, f *fake) (*client.Client, *[]string) {
	t.Helper()
	told := &[]string{}
	cfg := config(t, client.Legacy, f)
	cfg.MaySignIn = func() error { return &client.HeldError{Refused: time.Unix(0, 0), Until: time.Unix(1800, 0)} }
	cfg.OnSignIn = func(refused *client.SignInError) {
		word := "accepted"
		if refused != nil {
			word = "refused"
		}
		*told = append(*told, word)
	}
	return newClient(t, cfg), told
}

func TestSignInThatIsHeldBackIsSentOnAPersonsWishAlone(t *testing.T) {
	f := failing(reply{body: keyJSON("")})
	f.signIn = func(n int, _ seen) reply {
		if n == 1 {
			return reply{status: 401}
		}
		return reply{body: tokenJSON}
	}
	c, told := heldBack(t, f)
	for range 2 {
		var held *client.HeldError
		if err := readOne(c); !errors.As(err, &held) || !errors.Is(err, client.ErrSignIn) || len(f.signIns) != 0 {
			t.Fatalf("%d sign-ins, and %v", len(f.signIns), err)
		}
	}

	c.RetrySignIn()
	if err := readOne(c); !errors.As(err, new(*client.SignInError)) || len(f.signIns) != 1 {
		t.Fatalf("%d sign-ins, and %v", len(f.signIns), err)
	}
	c.RetrySignIn()
	if err := readOne(c); err != nil {
		t.Errorf("the sign-in that was accepted at last: %v", err)
	}
	if got := strings.Join(*told, " "); got != "refused accepted" {
		t.Errorf("told %q", got)
	}
}

func TestPageInPlaceOfAnAnswerIsNoRefusal(t *testing.T) {
	for _, status := range []int{400, 401, 403} {
		f := failing(reply{body: keyJSON("")})
		f.signIn = func(int, seen) reply {
			return reply{status: status, body: "\ufeff\n<!DOCTYPE html><title>Blocked by policy</title>"}
		}
		c, told := heldBack(t, f)
		c.RetrySignIn()
		err := readOne(c)
		if errors.Is(err, client.ErrSignIn) || !errors.Is(err, client.ErrUnavailable) || !strings.Contains(err.Error(), "Blocked by policy") {
			t.Errorf("%d: %v", status, err)
		}
		if len(f.signIns) != 1 || len(*told) != 0 {
			t.Errorf("%d: %d sign-ins were sent, told %q", status, len(f.signIns), *told)
		}
	}
}

func TestLockedClientIsToldFromABlockedOne(t *testing.T) {
	for reason, locked := range map[string]bool{
		"the client is locked for 30 minutes after 3 refused sign-ins": true,
		"Account Locked":                      true,
		"blocked by policy":                   false,
		"client_id or client_secret is wrong": false,
		"":                                    false,
	} {
		e := &client.SignInError{Answer: &client.APIError{Status: 401, Reason: reason}}
		if e.Locked() != locked {
			t.Errorf("%q counts as locked: %v", reason, e.Locked())
		}
	}
}
