package client

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// NewKey is a key that is to be made. Kind, Name, MaxUses, GroupID and
// CertificateID are required.
type NewKey struct {
	Kind             Kind
	Name             string // CheckName says which ones
	MaxUses          int64  // 1 to MaxMaxUses
	GroupID          ID
	CertificateID    ID
	Disabled         bool
	Hidden           bool      // its text is in the answer that creates it, and never shown again
	Expires          time.Time // zero for never
	AllowedAddresses []string
	MicrotenantID    ID // "" for the configured one
}

// Created is a key that was made.
type Created struct {
	// Key has the text, hidden or not: it is Fresh. Its names of group and
	// certificate are missing where it could not be read again.
	Key Key
	// Found says that the answer was lost and the key was then found by its name.
	// The text of a hidden one is lost for good then.
	Found bool
}

// Check returns nil for what the server may take, else a *FieldError or a
// *LimitError.
func (n NewKey) Check(now time.Time) error {
	missing := func(f Field) error { return &FieldError{f, "is missing"} }
	switch {
	case n.Kind.AssociationType() == "":
		return missing("kind")
	case n.GroupID == "":
		return missing(FieldGroup)
	case n.CertificateID == "":
		return missing(FieldCertificate)
	}
	for _, err := range []error{
		CheckName(n.Name), CheckMaxUses(n.MaxUses, 0), CheckExpiry(n.Expires, now), CheckAddresses(n.AllowedAddresses),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

// body is the key as the API is given it.
func (n NewKey) body() []byte {
	o := object{}
	o.set("name", n.Name)
	o.set("maxUsage", strconv.FormatInt(n.MaxUses, 10))
	o.set("zcomponentId", string(n.GroupID))
	o.set("enrollmentCertId", string(n.CertificateID))
	o.set("enabled", !n.Disabled)
	o.set("exportable", !n.Hidden)
	if !n.Expires.IsZero() {
		o.set("expirationInEpochSec", strconv.FormatInt(n.Expires.Unix(), 10))
	}
	if len(n.AllowedAddresses) > 0 {
		o.set("ipAcl", n.AllowedAddresses)
	}
	if n.MicrotenantID != "" {
		o.set("microtenantId", string(n.MicrotenantID))
	}
	return o.encode()
}

func (c *Client) createRequest(n NewKey) request {
	return request{method: http.MethodPost, path: c.keysPath(n.Kind), body: n.body(), microtenant: n.MicrotenantID}
}

// lookAgain is how long a server gets to finish what it was cut off in.
const lookAgain = time.Second

// CreateKey makes a key. It is sent again only where nothing can have been done;
// where the answer was lost the key is looked for by its name among those that
// were not there before. The errors are those of Check, ErrDuplicate where the
// name is taken, an *UnconfirmedError where nobody knows whether it was made, or
// whatever the API answered: it was not made then.
func (c *Client) CreateKey(ctx context.Context, n NewKey, before []Key) (Created, error) {
	if err := n.Check(time.Now()); err != nil {
		return Created{}, err
	}
	a, err := c.do(ctx, c.createRequest(n))
	if err == nil {
		var w wireKey
		if json.Unmarshal(a.body, &w) == nil && w.ID != "" {
			k := w.key(n.Kind)
			if w.Exportable == nil { // the text that came along says nothing here
				k.Exportable = !n.Hidden
			}
			return Created{Key: c.named(ctx, n, k)}, nil
		}
		err = notJSON(a)
	} else if refusedOutright(err) {
		return Created{}, err
	}
	return c.lookFor(ctx, n, before, err)
}

// refusedOutright reports that a call which failed has done nothing.
func refusedOutright(err error) bool {
	var unsent *unsentError
	status := statusOf(err)
	return status != 0 && status < 500 || neverMade(err) || errors.As(err, &unsent) || errors.Is(err, ErrSignIn)
}

// named reads a new key again, since the answer that creates it lacks the names.
// Its text is in that answer alone, so that no failure here may lose it.
func (c *Client) named(ctx context.Context, n NewKey, k Key) Key {
	k.Fresh = true
	if k.MicrotenantID == "" {
		k.MicrotenantID = n.MicrotenantID
	}
	if full, err := c.GetKey(ctx, k); err == nil {
		return full
	}
	return k
}

// lookFor finds out what a creation without an answer has done.
func (c *Client) lookFor(ctx context.Context, n NewKey, before []Key, cause error) (Created, error) {
	for try := 1; ; try++ {
		keys, err := allIn(ctx, c, c.keysPath(n.Kind), n.MicrotenantID, func(w wireKey) Key { return w.key(n.Kind) })
		if err != nil {
			return Created{}, &UnconfirmedError{cause}
		}
		made := slices.DeleteFunc(keys, func(k Key) bool { return !n.isKey(k) || holds(before, k.Ref()) })
		switch {
		case len(made) == 1:
			return Created{Key: made[0], Found: true}, nil
		case len(made) > 1: // somebody else makes keys of this name too
			return Created{}, &UnconfirmedError{cause}
		case try > 1:
			return Created{}, cause
		}
		if c.wait(ctx, lookAgain, cause) != nil {
			return Created{}, &UnconfirmedError{cause}
		}
	}
}

// isKey reports whether a key may be the one that n made.
func (n NewKey) isKey(k Key) bool {
	return k.Name == n.Name && k.GroupID == n.GroupID && k.CertificateID == n.CertificateID
}

func holds(keys []Key, ref Ref) bool {
	return slices.ContainsFunc(keys, func(k Key) bool { return k.Ref() == ref })
}
