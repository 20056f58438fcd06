package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/refusals"
	"provkeys/cmd/internal/store"
)

// pairOf returns what a profile signs in with, as its refusals are remembered.
func (a *app) pairOf(p config.Profile) refusals.Pair {
	// A profile without an address has no client that could sign in.
	at, _ := p.Address.Endpoints(p.Door)
	// Without a state folder nothing is remembered.
	dir, _ := store.Dir(a.variableSet, a.env.Home)
	pair := refusals.Pair{Dir: dir, Door: p.Door, At: at.Token, ID: p.ClientID, Secret: p.ClientSecret, Now: a.now}
	if !p.PrivateKey.IsZero() {
		pair.Secret = p.PrivateKey
	}
	return pair
}

// heldBack returns why a sign-in is not sent now; nil where it may go.
func heldBack(pair refusals.Pair) error {
	last, there := pair.Last()
	if !there {
		return nil
	}
	local := pair.Now().Location()
	return &client.HeldError{Refused: last.At.In(local), Until: last.Until().In(local), OneAPIOnly: last.OneAPIOnly}
}

// rememberSignIn keeps what came of a sign-in for the processes that follow. That a
// refusal could not be kept is told beside it: they send it again.
func (a *app) rememberSignIn(pair refusals.Pair, refused *client.SignInError) {
	if refused == nil {
		_ = pair.Forget()
		return
	}
	if err := pair.Remember(refused.OneAPIOnly); err != nil && !a.onScreen {
		a.note("that it was refused cannot be kept, so another command sends it again: %v", err)
	}
}

// lockSignIn lets one process at a time sign in with a pair, so that those which are
// started together send a wrong one once. Where no lock can be had nothing can be
// remembered either: a command that is run again and again must not sign in then.
func (a *app) lockSignIn(ctx context.Context, pair refusals.Pair) (unlock func(), err error) {
	unlock, err = pair.Lock(ctx)
	switch {
	case err == nil, errors.Is(err, store.ErrLocked):
		return unlock, err
	case a.repeated:
		return nil, &fault{
			faultSignIn, fmt.Sprintf("nobody signed in: a refusal could not be remembered (%v), and three of them lock an API client", err),
			"give this user a state folder of its own: set XDG_STATE_HOME to a folder that it may write",
		}
	}
	return func() {}, nil
}

// askAgain asks whether a sign-in that was refused before is sent once more. Where
// nobody can be asked the client keeps it back by itself.
func (a *app) askAgain(ctx context.Context, p config.Profile, api *client.Client) error {
	if !a.isTerminal(stdin) || !a.isTerminal(stderr) {
		return nil
	}
	held := (*client.HeldError)(nil)
	if !errors.As(heldBack(a.pairOf(p)), &held) {
		return nil
	}
	err := a.agree(ctx, question{
		lines: []string{fmt.Sprintf("The last sign-in with these credentials, from %s, was refused at %s. Three refusals lock an API client for 30 minutes.",
			p.Source, clockTime(held.Refused))},
		ask:    "Sign in again? [y/N] ",
		undone: "nobody signed in", would: "a refused sign-in would be sent again", hint: heldHint(held, secretWords(p)),
	})
	if err == nil {
		api.RetrySignIn()
	}
	return err
}

// explainHeld says why nothing was sent, until when, and what helps before that.
func explainHeld(held *client.HeldError, p config.Profile) fault {
	what := secretWords(p)
	message := fmt.Sprintf("sign-in not sent: the client id and %s from %s were refused at %s, and are not sent again by themselves before %s",
		what, cmp.Or(p.Source, "the profile"), clockTime(held.Refused), clockTime(held.Until))
	if held.OneAPIOnly {
		return fault{faultSignIn, message + ": this tenant has moved to OneAPI and takes no legacy API key", oneAPIHint}
	}
	return fault{faultSignIn, message, heldHint(held, what)}
}

func heldHint(held *client.HeldError, what string) string {
	return fmt.Sprintf("correct the %s: another one is sent at once; the same one goes again after %s, or when you say so at a terminal", what, clockTime(held.Until))
}

// secretWords names what a profile signs in with.
func secretWords(p config.Profile) string {
	if p.PrivateKey.IsZero() {
		return "secret"
	}
	return "private key"
}
