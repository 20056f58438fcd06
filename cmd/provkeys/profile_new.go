package main

import (
	"context"
	"fmt"

	"provkeys/client"
	"provkeys/cmd/internal/config"
)

// profileDraft is a profile that is to be added. A secret or a private key that was
// typed or read is kept, and the profile refers to it.
type profileDraft struct {
	config.Draft
	secret   client.Secret
	key      client.Secret
	use      bool // as the default
	untested bool // without signing in first
	asks     bool // somebody may be asked at the terminal, where no screen is in the way
}

// addedProfile is what became of a draft.
type addedProfile struct {
	config.Draft
	path      string // of the file that it was written into
	isDefault bool
	tested    bool
	identity  client.Identity // as far as the API tells
	kept      string          // where the secret lies now, in words; "" where it was a reference
}

// addProfile signs in once and stores the profile, its secret first. An error
// leaves nothing behind. Of a long wait onWait is told; it shows nothing itself.
func (a *app) addProfile(ctx context.Context, d profileDraft, onWait func(client.Wait)) (addedProfile, error) {
	stored, err := config.ReadStored(a.global.config, a.env)
	if err != nil {
		return addedProfile{}, err
	}
	if err := newProfileName(d.Name, stored); err != nil {
		return addedProfile{}, err
	}
	meant := d.Draft
	if d.untested {
		meant = d.Unfollowed()
	}
	p, err := meant.Resolve(ctx, stored.Path, a.env, d.secret, d.key)
	if err != nil {
		return addedProfile{}, err
	}
	done := addedProfile{path: stored.Path, tested: !d.untested}
	if !d.untested {
		if done.identity, err = a.tryProfile(ctx, p, d.asks, onWait); err != nil {
			return addedProfile{}, err
		}
	}
	kept, err := a.keepTyped(stored, &d)
	if err != nil {
		return addedProfile{}, err
	}
	after, err := config.AddProfile(stored.Path, d.Draft, d.use)
	if err != nil {
		kept.undo()
		return addedProfile{}, err
	}
	// As the file has it: others may have written there meanwhile.
	done.Draft, _ = after.Find(d.Name)
	done.kept, done.isDefault = kept.words, after.Default == d.Name
	return done, nil
}

// newProfileName refuses names that a profile cannot or does already have.
func newProfileName(name string, stored config.Stored) error {
	if err := config.CheckProfileName(name); err != nil {
		return err
	}
	if _, there := stored.Find(name); there {
		return usageFault("choose another name, or take it away first: provkeys profile remove "+name, "there is a profile %q already", name)
	}
	return nil
}

// tryProfile signs in with a profile that is not stored yet, and asks whose it is.
// A refused sign-in is not sent again, unless somebody who may be asked wants that.
func (a *app) tryProfile(ctx context.Context, p config.Profile, asks bool, onWait func(client.Wait)) (client.Identity, error) {
	p.Source = fmt.Sprintf("the new profile %q, which was not stored", p.Name)
	api, err := a.clientFor(p, onWait)
	if err != nil {
		return client.Identity{}, err
	}
	if asks {
		if err := a.askAgain(ctx, p, api); err != nil {
			return client.Identity{}, err
		}
	}
	if err := api.SignIn(ctx); err != nil {
		return client.Identity{}, &triedError{p, err}
	}
	me, err := api.Me(ctx)
	switch {
	case ctx.Err() != nil:
		return client.Identity{}, err
	case err != nil:
		return client.Identity{}, nil // many roles may not ask, and the sign-in was taken
	case me.CustomerID != "" && me.CustomerID != p.CustomerID:
		return me, usageFault("correct the customer id, or store it as it is with --no-test",
			"these credentials belong to customer %s and not to %s; nothing was stored", me.CustomerID, p.CustomerID)
	}
	return me, nil
}

// triedError is a sign-in that failed with another profile than the one in use.
type triedError struct {
	profile config.Profile
	err     error
}

func (e *triedError) Error() string { return e.err.Error() }
func (e *triedError) Unwrap() error { return e.err }
