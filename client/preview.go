package client

import (
	"context"
	"time"
)

// Preview is a call that would be made, and was not.
type Preview struct {
	Method string
	Path   string // behind the API's address, without the query
	Body   string // JSON without the key text; "" for none
}

func (r request) preview() Preview { return Preview{r.method, r.path, string(r.body)} }

// PreviewCreate returns the call of CreateKey, or the errors of NewKey.Check.
func (c *Client) PreviewCreate(n NewKey) (Preview, error) {
	if err := n.Check(time.Now()); err != nil {
		return Preview{}, err
	}
	return c.createRequest(n).preview(), nil
}

// PreviewUpdate returns the writing call of UpdateKey, and the key before and
// after it. It reads the key, and has the errors of UpdateKey. The zero Preview
// says that the key is as asked already and nothing would be sent.
func (c *Client) PreviewUpdate(ctx context.Context, seen Key, ch Change) (Preview, Updated, error) {
	return c.previewUpdate(ctx, seen, unlessChanged(seen, ch))
}

// PreviewRaise is the same for RaiseMaxUses.
func (c *Client) PreviewRaise(ctx context.Context, k Key, by int64) (Preview, Updated, error) {
	return c.previewUpdate(ctx, k, raise(by))
}

func (c *Client) previewUpdate(ctx context.Context, k Key, plan plan) (Preview, Updated, error) {
	now, raw, err := c.readKey(ctx, k)
	if err != nil {
		return Preview{}, Updated{}, err
	}
	ch, err := plan(now)
	if err == nil {
		err = ch.check(now)
	}
	if err != nil {
		return Preview{}, Updated{}, err
	}
	if ch.heldBy(now) {
		return Preview{}, Updated{now, now}, nil
	}
	return c.updateRequest(now, raw, ch).preview(), Updated{now, ch.Applied(now)}, nil
}

// PreviewDelete returns the writing call of DeleteKey.
func (c *Client) PreviewDelete(k Key) Preview { return c.deleteRequest(k).preview() }
