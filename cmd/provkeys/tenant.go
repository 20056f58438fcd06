package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"provkeys/client"
)

// tenant is what new keys are checked against.
type tenant struct {
	listing      client.Listing
	certificates []client.Certificate
	groups       map[client.Kind][]client.Group
	unlisted     map[client.Kind]bool // the groups are those of keys: there may be others
	now          time.Time
}

// readTenant reads the keys that stand; complete reads the rest.
func (a *app) readTenant(ctx context.Context, s *session) (tenant, error) {
	t := tenant{groups: map[client.Kind][]client.Group{}, unlisted: map[client.Kind]bool{}, now: a.now()}
	var err error
	t.listing, err = s.api.ListKeys(ctx, client.Kinds()...)
	return t, err
}

// complete reads the groups of some kinds, and the certificates.
func (t *tenant) complete(ctx context.Context, api *client.Client, kinds []client.Kind) error {
	var err error
	for _, kind := range kinds {
		if err := t.listing.Failed[kind]; err != nil {
			// Whether a name stands already must be known.
			return fmt.Errorf("%s keys: %w", kind.Title(), err)
		}
		if _, done := t.groups[kind]; done {
			continue
		}
		var groups []client.Group
		if kind.Listed() {
			groups, err = api.Groups(ctx, kind)
		}
		switch {
		case err != nil && !errors.Is(err, client.ErrPermission):
			return fmt.Errorf("%s groups: %w", kind.Title(), err)
		case err != nil, !kind.Listed():
			groups, t.unlisted[kind] = client.GroupsOf(kind, t.listing.Keys), true
		}
		t.groups[kind] = groups
	}
	if t.certificates, err = api.Certificates(ctx); err != nil {
		return fmt.Errorf("signing certificates: %w", err)
	}
	return nil
}

// make returns the key that a wish is for, or why there can be none.
func (t tenant) make(w wish) (made, error) {
	m := made{NewKey: client.NewKey{
		Kind: w.kind, Name: w.name, MaxUses: w.maxUses, Disabled: w.disabled, Hidden: w.hidden,
		Expires: w.expires, AllowedAddresses: w.allowed, MicrotenantID: w.microtenant,
	}}
	var err error
	if m.group, err = t.group(w.kind, w.group); err != nil {
		return m, err
	}
	if m.signer, err = t.signer(w.kind, w.certificate); err != nil {
		return m, err
	}
	m.GroupID, m.CertificateID = m.group.ID, m.signer.ID
	return m, m.Check(t.now)
}

// group returns the group of a name or an id.
func (t tenant) group(kind client.Kind, name string) (client.Group, error) {
	var fits []client.Group
	var ids []string
	for _, g := range t.groups[kind] {
		if g.Name == name || string(g.ID) == name {
			fits, ids = append(fits, g), append(ids, string(g.ID))
		}
	}
	switch {
	case len(fits) == 1:
		return fits[0], nil
	case len(fits) > 1:
		return client.Group{}, &fault{faultAmbiguous, fmt.Sprintf("%q fits %d groups: %s", name, len(fits), strings.Join(ids, ", ")), "give the id of the one you mean"}
	case t.unlisted[kind] && name != "" && strings.Trim(name, "0123456789") == "":
		return client.Group{ID: client.ID(name), Kind: kind, Enabled: true}, nil
	}
	var names []string
	for _, g := range t.groups[kind] {
		names = append(names, fmt.Sprintf("%q", g.Name))
	}
	hint := "use one of " + strings.Join(names, ", ")
	switch {
	case t.unlisted[kind]:
		hint += ", or the id of another: the API lists no groups here, and these are those of keys"
	case names == nil:
		hint = "make a group in the admin portal first"
	}
	return client.Group{}, usageFault(hint, "there is no %s group %q", kind.Title(), name)
}

// signer returns the certificate of a name or an id, if it can sign; of no name
// the kind's default.
func (t tenant) signer(kind client.Kind, name string) (client.Certificate, error) {
	if name != "" {
		return pickCertificate(t.certificates, name, t.now)
	}
	usable := client.UsableCertificates(kind, t.certificates, t.listing.Keys, t.now)
	if len(usable) == 0 {
		return client.Certificate{}, usageFault("make one in the admin portal first", "no certificate of this tenant may sign and is valid")
	}
	return usable[0], nil
}

// standing returns the keys of a kind that have a name.
func (t tenant) standing(kind client.Kind, name string) []client.Key {
	return slices.DeleteFunc(slices.Clone(t.listing.Keys), func(k client.Key) bool { return k.Kind != kind || k.Name != name })
}

// ofKind are the keys of a kind, as they were before one is made.
func (t tenant) ofKind(kind client.Kind) []client.Key {
	return slices.DeleteFunc(slices.Clone(t.listing.Keys), func(k client.Key) bool { return k.Kind != kind })
}
