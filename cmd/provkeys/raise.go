package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"provkeys/client"
)

// parseRaise reads how much a used-up key is raised by; no word is 0, for not at all.
func parseRaise(word string) (int64, error) {
	if word == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(strings.TrimPrefix(word, "+"), 10, 64)
	if err != nil || n < 1 || n > client.MaxMaxUses {
		return 0, usageFault("write --raise 1 for one more use", "--raise takes how many uses are added, from 1 to %d", client.MaxMaxUses)
	}
	return n, nil
}

// raiseFirst raises the key of a copy that is used up, where that makes it copyable.
// Any other key it leaves to the copy function. Spent is of --timeout.
func (a *app) raiseFirst(ctx context.Context, s *session, c *copied, listing client.Listing, by int64, spent time.Duration) error {
	k := c.key
	if b := k.CopyBlock(a.now()); b == nil || !b.Has(client.UsedUp) {
		return nil
	}
	switch err := c.form.Fits(k.Kind); {
	case err != nil:
		return snippetError(k, err)
	case s.profile.ReadOnly:
		return readOnlyFault("take another key: provkeys list --filter state:ok")
	case k.Managed():
		return managedFault(k)
	case listing.CertificatesErr != nil && !errors.Is(listing.CertificatesErr, client.ErrPermission):
		return a.checkCertificates(listing)
	}
	// A wait for the rate limit may still be interrupted, the change may not.
	if err := s.api.Ready(ctx, 2, 1); err != nil {
		return err
	}
	return a.finishing(ctx, k.Name, spent, func(ctx context.Context) error {
		u, err := s.api.RaiseToCopy(ctx, k, by)
		still := (*client.BlockedError)(nil)
		switch {
		case errors.As(err, &still):
			return notRaised(still, by)
		case err != nil:
			return amendError(k, err)
		}
		a.recordUpdate(u)
		c.key, c.raised = u.After, &u
		return nil
	})
}

// notRaised says why a raise would not have made the key copyable.
func notRaised(still *client.BlockedError, by int64) error {
	f := blocked(still.Now, still.Block, fmt.Sprintf("raised by %d", by))
	if len(still.Block.States) == 1 && still.Block.Fault == nil {
		f.hint = fmt.Sprintf("%d more would make it one that can be copied: --raise %[1]d", still.Now.Uses-still.Now.MaxUses+1)
	}
	return f
}

// standing is an error after which a raise holds all the same; nil stays nil.
func (c copied) standing(a *app, err error) error {
	if err == nil || c.raised == nil {
		return err
	}
	f := a.explain(err)
	f.message = c.raisedWords() + "; " + f.message
	return &f
}

// raisedWords says what was raised.
func (c copied) raisedWords() string {
	return fmt.Sprintf("%q was raised from %d to %d", c.key.Name, c.raised.Before.MaxUses, c.raised.After.MaxUses)
}

// raisedField is the raise in the record of a copy, null where there was none.
func (c copied) raisedField() field {
	if c.raised == nil {
		return field{"raised", scalar{}}
	}
	return field{"raised", objectOf(record{
		{"before", numberOf(c.raised.Before.MaxUses)},
		{"after", numberOf(c.raised.After.MaxUses)},
	})}
}
