package client

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"net/http"
	"sync"
)

// KeyPages yields the keys of one kind page by page, as they arrive. The
// certificates' ends are not joined in. An error ends it; ErrPermission means
// that the tenant lacks the kind or the role may not see it.
func (c *Client) KeyPages(ctx context.Context, kind Kind) iter.Seq2[[]Key, error] {
	return func(yield func([]Key, error) bool) {
		var whole []Key
		for p, err := range pages[wireKey](ctx, c, c.keysPath(kind), "") {
			keys := make([]Key, 0, len(p))
			for _, w := range p {
				keys = append(keys, w.key(kind))
			}
			if !yield(keys, err) || err != nil {
				return
			}
			if c.cfg.OnKeys != nil {
				whole = append(whole, keys...)
			}
		}
		c.tellKeys(kind, whole)
	}
}

// tellKeys tells whoever wants to know of all keys of a kind.
func (c *Client) tellKeys(kind Kind, keys []Key) {
	if c.cfg.OnKeys != nil {
		c.cfg.OnKeys(kind, keys)
	}
}

// Listing is what ListKeys brought: the keys of the kinds that answered, and
// what kept the others.
type Listing struct {
	Keys            []Key // certificates' ends joined in
	Failed          map[Kind]error
	CertificatesErr error // the certificates' ends are unknown
}

// ListKeys returns every key of the kinds, asked for in parallel together with
// the certificates. A kind that fails does not keep the others; a refused
// sign-in is the error of all and is returned as err.
func (c *Client) ListKeys(ctx context.Context, kinds ...Kind) (Listing, error) {
	if err := c.SignIn(ctx); err != nil {
		return Listing{}, err
	}
	var wait sync.WaitGroup
	perKind := make([][]Key, len(kinds))
	errs := make([]error, len(kinds))
	for i, kind := range kinds {
		wait.Go(func() {
			perKind[i], errs[i] = all(ctx, c, c.keysPath(kind), func(w wireKey) Key { return w.key(kind) })
			if errs[i] == nil {
				c.tellKeys(kind, perKind[i])
			}
		})
	}
	certificates, certificatesErr := c.Certificates(ctx)
	wait.Wait()

	l := Listing{Failed: map[Kind]error{}, CertificatesErr: certificatesErr}
	for i, kind := range kinds {
		var refused *SignInError
		if errors.As(errs[i], &refused) {
			return Listing{}, errs[i]
		}
		if errs[i] != nil {
			l.Failed[kind] = errs[i]
			continue
		}
		l.Keys = append(l.Keys, perKind[i]...)
	}
	JoinCertificates(l.Keys, certificates)
	return l, nil
}

// GetKey reads one key again; of k it uses the kind, the id and the
// microtenant. The certificate's end is taken over from k where the
// certificate is the same. ErrNotFound means that the key is gone.
func (c *Client) GetKey(ctx context.Context, k Key) (Key, error) {
	fresh, _, err := c.readKey(ctx, k)
	return fresh, err
}

// readKey returns the key and the object it was read from.
func (c *Client) readKey(ctx context.Context, k Key) (Key, object, error) {
	a, err := c.do(ctx, request{method: http.MethodGet, path: c.keyPath(k), microtenant: k.MicrotenantID})
	if err != nil {
		return Key{}, nil, err
	}
	var w wireKey
	if json.Unmarshal(a.body, &w) != nil || w.ID != k.ID {
		return Key{}, nil, notJSON(a)
	}
	raw, err := decodeObject(a.body)
	if err != nil {
		return Key{}, nil, notJSON(a)
	}
	fresh := w.key(k.Kind)
	if fresh.CertificateID == k.CertificateID {
		fresh.CertificateEnd = k.CertificateEnd
	}
	if k.Fresh && !k.Text.IsZero() { // whoever created it goes on having its text
		fresh.Fresh, fresh.Text, fresh.Hint = true, k.Text, k.Hint
	}
	return fresh, raw, nil
}

func (c *Client) keysPath(kind Kind) string {
	return c.customerPath("v1", "associationType", kind.AssociationType(), "provisioningKey")
}

func (c *Client) keyPath(k Key) string {
	return c.customerPath("v1", "associationType", k.Kind.AssociationType(), "provisioningKey", string(k.ID))
}
