package client

import (
	"context"
	"errors"
	"net/http"
)

// DeleteKey deletes the key that a person saw as seen, after comparing it with
// what the server holds, and looks whether it is gone. Already is true where
// somebody else had deleted it before. The errors are a *ConflictError, ErrManaged,
// ErrReferenced, an *UnconfirmedError, or whatever the API answered; only after
// an *UnconfirmedError may it have been done.
func (c *Client) DeleteKey(ctx context.Context, seen Key) (already bool, err error) {
	done, err := c.turns.take(ctx, seen.Ref())
	if err != nil {
		return false, err
	}
	defer done()
	now, err := c.GetKey(ctx, seen)
	switch {
	case errors.Is(err, ErrNotFound):
		return true, nil
	case err != nil:
		return false, err
	case now.Managed():
		return false, ErrManaged
	}
	if fields := Conflicts(seen, now); len(fields) > 0 {
		return false, &ConflictError{Fields: fields, Now: now}
	}
	a, err := c.do(ctx, c.deleteRequest(now))
	switch {
	case errors.Is(err, ErrNotFound):
		// The try before may have done it, else somebody was quicker.
		return !a.doubtful, nil
	case err != nil && refusedOutright(err) && !a.doubtful:
		return false, err
	}
	_, still := c.GetKey(ctx, now)
	switch {
	case errors.Is(still, ErrNotFound):
		return false, nil
	case still != nil && err == nil:
		err = still
	case still != nil: // neither the answer nor the key could be had
	case err == nil:
		err = errors.New("the server accepted the deletion and holds the key still")
	default:
		return false, err // it is there: nothing was done
	}
	return false, &UnconfirmedError{err}
}

func (c *Client) deleteRequest(k Key) request {
	return request{method: http.MethodDelete, path: c.keyPath(k), microtenant: k.MicrotenantID}
}
