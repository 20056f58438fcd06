package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"provkeys/client"
)

// planned is a key of a file: made already, or to be made.
type planned struct {
	made
	stands *client.Key // the key that is there already; nil for none
}

// createFrom creates the keys of a file. Nothing is sent before all of it was
// found right.
func createFrom(ctx context.Context, a *app, o createOptions) error {
	if a.global.withSecrets && o.format == formatTable {
		return usageFault("add -o json, yaml or csv", "--with-secrets needs an output that has the key texts")
	}
	return a.changing(ctx, o.dryRun, func(ctx context.Context, s *session) error {
		wishes, err := a.readWishes(ctx, o)
		if err != nil {
			return err
		}
		if err := a.checkHidden(wishes); err != nil {
			return err
		}
		var t tenant
		var list []planned
		err = a.timed(ctx, func(ctx context.Context) error {
			t, list, err = a.settleWishes(ctx, s, wishes)
			return err
		})
		if err != nil {
			return err
		}
		if err := a.agreeToCreate(ctx, o, list); err != nil {
			return err
		}
		p := plan{
			deed: deedCreate, several: true, dryRun: o.dryRun, keyed: true, format: o.format, alone: createError,
			again: "what was created stays: run it again for the rest, and no key is made twice",
		}
		for _, one := range list {
			p.turns = append(p.turns, a.createTurn(s, t, one, o.dryRun))
		}
		return a.carryOut(ctx, s, p)
	})
}

// checkHidden refuses hidden keys whose texts have no place to go.
func (a *app) checkHidden(wishes []rowWish) error {
	if a.global.withSecrets {
		return nil
	}
	var found problems
	for _, w := range wishes {
		if w.hidden {
			found.add(w.row.LineOf("hidden"), fmt.Sprintf("%q is to be hidden", w.name))
		}
	}
	return found.err("add --with-secrets and -o json, yaml or csv: the text of a hidden key is in the answer that creates it and never again")
}

// settleWishes looks up what the keys are made of, and which are there already.
func (a *app) settleWishes(ctx context.Context, s *session, wishes []rowWish) (tenant, []planned, error) {
	var kinds []client.Kind
	for _, w := range wishes {
		if !slices.Contains(kinds, w.kind) {
			kinds = append(kinds, w.kind)
		}
	}
	t, err := a.readTenant(ctx, s)
	if err == nil {
		err = t.complete(ctx, s.api, kinds)
	}
	if err != nil {
		return t, nil, err
	}
	var found problems
	list := make([]planned, 0, len(wishes))
	for _, w := range wishes {
		one, err := a.settleRow(t, w)
		if err != nil {
			what := err.Error()
			if known := (*fault)(nil); errors.As(err, &known) {
				what = known.message
			}
			found.add(w.row.Line, what)
		}
		list = append(list, one)
	}
	return t, list, found.err(correctFile)
}

// settleRow looks up one row. A key that is there already must have what the file
// says of it; a certificate that the file leaves open may be any.
func (a *app) settleRow(t tenant, w rowWish) (planned, error) {
	standing := t.standing(w.kind, w.name)
	if len(standing) == 0 {
		m, err := t.make(w.wish)
		if err == nil {
			err = a.checkNewName(w.name, w.kind, t.listing.Keys)
		}
		return planned{made: m}, err
	}
	group, err := t.group(w.kind, w.group)
	if err != nil {
		return planned{}, err
	}
	var differs string
	for i, k := range standing {
		switch {
		case k.GroupID != group.ID:
			differs = fmt.Sprintf("group %s, not %s", k.Group, w.group)
		case w.certificate != "" && w.certificate != k.Certificate && w.certificate != string(k.CertificateID):
			differs = fmt.Sprintf("signing certificate %s, not %s", k.Certificate, w.certificate)
		case k.MaxUses != w.maxUses:
			differs = fmt.Sprintf("max uses %d, not %d", k.MaxUses, w.maxUses)
		default:
			return planned{made{NewKey: client.NewKey{Kind: k.Kind, Name: k.Name}}, &standing[i]}, nil
		}
	}
	return planned{}, fmt.Errorf("%q is there already, with %s", w.name, differs)
}

// createTurn creates one key of a file, shows how, or leaves it alone.
func (a *app) createTurn(s *session, t tenant, one planned, dryRun bool) turn {
	switch {
	case one.stands != nil:
		return turn{key: *one.stands, do: func(context.Context) (result, error) {
			return result{outcome: outcomeThere, key: one.stands.AsListed(), words: "there already"}, nil
		}}
	case dryRun:
		return turn{key: one.key(), do: func(context.Context) (result, error) { return previewCreate(s, one.made) }}
	}
	return turn{key: one.key(), reads: 1, writes: 1, do: func(ctx context.Context) (result, error) {
		c, err := s.api.CreateKey(ctx, one.NewKey, t.ofKind(one.Kind))
		if err != nil {
			return result{}, err
		}
		k := one.named(c.Key)
		a.recordCreated(ctx, k)
		r := result{outcome: outcomeDone, key: k, words: "created (" + one.words() + ")"}
		if one.Hidden && k.Text.IsZero() {
			return r, lostFault(faultHidden, k, "it was in the answer alone, which was lost")
		}
		return r, nil
	}}
}

// agreeToCreate asks before the keys of a file are created.
func (a *app) agreeToCreate(ctx context.Context, o createOptions, list []planned) error {
	var fresh []client.Key
	words := map[client.Ref]string{}
	for i, one := range list {
		if one.stands == nil {
			k := one.key()
			k.ID = client.ID(fmt.Sprint(i)) // to tell them apart
			fresh, words[k.Ref()] = append(fresh, k), fmt.Sprintf("%s, max uses %d", k.Group, one.MaxUses)
		}
	}
	if len(fresh) == 0 || o.yes || o.dryRun {
		return nil
	}
	n := counted(len(fresh), "key")
	there := ""
	if rest := len(list) - len(fresh); rest > 0 {
		there = fmt.Sprintf(" (%d there already)", rest)
	}
	return a.agree(ctx, question{
		lines: append([]string{n + " to be created" + there + ":"}, listed(fresh, func(k client.Key) string { return words[k.Ref()] })...),
		ask:   fmt.Sprintf("Create %s? [y/N] ", n), undone: "nothing was created",
		would: n + " would be created", hint: "look at them with --dry-run, then give --yes",
	})
}
