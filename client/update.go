package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Updated is a key before and after a change, both as read from the server.
type Updated struct{ Before, After Key }

// WithoutTexts returns the update without key texts, for remembering it.
func (u Updated) WithoutTexts() Updated {
	u.Before.Text, u.After.Text = Secret{}, Secret{}
	return u
}

// Taken returns the change that takes an update back, as far as it can be: a text
// that was hidden stays hidden.
func (u Updated) Taken() Change {
	ch := Difference(u.After, u.Before)
	ch.Exportable = nil
	return ch
}

// UnconfirmedError says that a change was sent and that it could not be read
// back, so that nobody knows here whether it holds.
type UnconfirmedError struct{ Err error }

// Error says what is not known.
func (e *UnconfirmedError) Error() string {
	return fmt.Sprintf("the change was sent but could not be confirmed: %v", e.Err)
}

// Unwrap returns what kept the confirmation.
func (e *UnconfirmedError) Unwrap() error { return e.Err }

// UpdateKey changes the key that a person saw as seen. The object is read
// afresh, compared with seen, overlaid and sent whole, then read back. The
// errors are a *ConflictError, a *LimitError, ErrManaged, ErrNotFound, an
// *UnconfirmedError, or whatever the API answered; only after an
// *UnconfirmedError may the change have been done.
func (c *Client) UpdateKey(ctx context.Context, seen Key, ch Change) (Updated, error) {
	return c.update(ctx, seen, unlessChanged(seen, ch))
}

// RaiseMaxUses adds by to the max uses that the server holds now, whatever was
// shown before, and reads the key back. The errors are those of UpdateKey
// without the conflict.
func (c *Client) RaiseMaxUses(ctx context.Context, k Key, by int64) (Updated, error) {
	return c.update(ctx, k, raise(by))
}

// RaiseToCopy adds by to max uses like RaiseMaxUses, unless what the server holds
// now shows that the key would still not be copied: then it sends nothing and
// returns a *BlockedError.
func (c *Client) RaiseToCopy(ctx context.Context, k Key, by int64) (Updated, error) {
	return c.update(ctx, k, func(now Key) (Change, error) {
		limit := now.MaxUses + by
		ch := Change{MaxUses: &limit}
		if ch.Applied(now).CopyBlock(time.Now()) != nil {
			return Change{}, &BlockedError{Now: now, Block: now.CopyBlock(time.Now())}
		}
		return ch, nil
	})
}

// plan returns the change that fits a key as it was just read.
type plan func(now Key) (Change, error)

// unlessChanged plans a change unless somebody changed the key since it was seen.
func unlessChanged(seen Key, ch Change) plan {
	return func(now Key) (Change, error) {
		if fields := Conflicts(seen, now); len(fields) > 0 {
			return ch, &ConflictError{Fields: fields, Now: now}
		}
		return ch, nil
	}
}

// raise plans so many uses more.
func raise(by int64) plan {
	return func(now Key) (Change, error) {
		limit := now.MaxUses + by
		return Change{MaxUses: &limit}, nil
	}
}

// update reads, asks plan for the change that fits what was read, writes and
// reads back. It starts over where the API had the object in use.
func (c *Client) update(ctx context.Context, k Key, plan plan) (Updated, error) {
	done, err := c.turns.take(ctx, k.Ref())
	if err != nil {
		return Updated{}, err
	}
	defer done()

	var before Key
	var sent *Change  // what an unclear answer may have done already
	var unclear error // that answer
	for n := 1; ; n++ {
		now, raw, err := c.readKey(ctx, k)
		if err != nil {
			if sent != nil {
				err = &UnconfirmedError{err}
			}
			return Updated{}, err
		}
		if sent != nil {
			if done, err := became(before, now, *sent, unclear); done || err != nil {
				return Updated{before, now}, err
			}
			sent = nil
		}
		before = now // whoever undoes this undoes nobody else's change
		ch, err := plan(now)
		if err == nil {
			err = ch.check(now)
		}
		if err != nil {
			return Updated{}, err
		}
		if ch.heldBy(now) {
			return Updated{before, now}, nil
		}
		err = c.put(ctx, now, raw, ch)
		var over *startOverError
		switch {
		case err == nil:
			return c.confirm(ctx, before, now, ch)
		case !errors.As(err, &over):
			return c.settle(ctx, before, now, ch, err)
		case n >= maxTries:
			return c.settle(ctx, before, now, ch, over.err)
		}
		if statusOf(over.err) == http.StatusServiceUnavailable {
			sent, unclear = &ch, over.err
		}
		if c.wait(ctx, pause(n, retryAfterOf(over.err)), over.err) != nil {
			return c.settle(ctx, before, now, ch, over.err)
		}
	}
}

func (c *Client) put(ctx context.Context, now Key, raw object, ch Change) error {
	_, err := c.do(ctx, c.updateRequest(now, raw, ch))
	return err
}

func (c *Client) updateRequest(now Key, raw object, ch Change) request {
	return request{method: http.MethodPut, path: c.keyPath(now), body: raw.overlay(ch, now), microtenant: now.MicrotenantID}
}

// confirm reads the key back after an accepted change.
func (c *Client) confirm(ctx context.Context, before, k Key, ch Change) (Updated, error) {
	after, err := c.GetKey(ctx, k)
	if err != nil {
		return Updated{}, &UnconfirmedError{err}
	}
	if !ch.heldBy(after) {
		return Updated{before, after}, &UnconfirmedError{errors.New("the server accepted it and holds another value now")}
	}
	return Updated{before, after}, nil
}

// settle finds out what a change that brought no clear answer has done: a
// connection may break after the server has acted.
func (c *Client) settle(ctx context.Context, before, k Key, ch Change, cause error) (Updated, error) {
	if refusedOutright(cause) {
		return Updated{}, cause
	}
	after, err := c.GetKey(ctx, k)
	if err != nil {
		return Updated{}, &UnconfirmedError{cause}
	}
	switch done, err := became(before, after, ch, cause); {
	case err != nil:
		return Updated{before, after}, err
	case done:
		return Updated{before, after}, nil
	}
	return Updated{}, cause
}

// became reports whether a change of before that brought no clear answer was done,
// as far as what the server holds now tells. Whoever wrote the same counts as this
// change: the API does not say who wrote. Where somebody wrote something else it may
// have been done before that, and is not done again.
func became(before, now Key, ch Change, cause error) (done bool, err error) {
	switch {
	case ch.heldBy(now):
		return true, nil
	case len(Conflicts(before, now)) > 0:
		return false, &UnconfirmedError{fmt.Errorf("%w, and the key was changed elsewhere meanwhile", cause)}
	}
	return false, nil
}

func statusOf(err error) int {
	var e *APIError
	if errors.As(err, &e) {
		return e.Status
	}
	return 0
}

func retryAfterOf(err error) (d time.Duration) {
	var e *APIError
	if errors.As(err, &e) {
		d = e.retryAfter
	}
	return d
}
