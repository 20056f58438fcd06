package main

import (
	"context"
	"fmt"

	"provkeys/client"
	"provkeys/cmd/internal/journal"
	"provkeys/tui/clipboard"
)

// createFormat returns the format of results: those of a dry run or of a file.
func (a *app) createFormat(o createOptions) (format, error) {
	if o.from != "" && a.global.output == formatCSV {
		return formatCSV, nil
	}
	if o.from == "" && !o.dryRun {
		return formatTable, nil // not used: one key is written as its record
	}
	return a.resultFormat("create")
}

// checkPlace refuses, before anything is sent, a hidden key whose text has no
// place to go: it is in the answer that creates the key, and nowhere else.
func (a *app) checkPlace(o createOptions, outputGiven bool) error {
	switch {
	case o.from != "" || !o.wish.hidden || o.copy || o.print:
		return nil
	case a.global.withSecrets && (a.keyFormat() != formatName || o.dryRun):
		return nil
	case a.global.withSecrets && outputGiven:
		return usageFault("use another format, or --print or --copy", "-o name does not write the text of a hidden key, which is shown this once")
	}
	return usageFault("add --with-secrets, --print or --copy", "the text of a hidden key is in the answer that creates it and never again, and here it has no place to go")
}

func runCreate(ctx context.Context, a *app, o createOptions) error {
	return a.changing(ctx, o.dryRun, func(ctx context.Context, s *session) error {
		if o.print {
			if err := a.mayShow(s.settings); err != nil {
				return err
			}
		}
		var to clipboard.Mode
		if o.copy {
			var err error
			if to, err = a.copyMode(s, false); err != nil {
				return err
			}
		}
		var t tenant
		var m made
		spent, err := a.reading(ctx, func(ctx context.Context) error {
			var err error
			t, m, err = a.settleWish(ctx, s, &o)
			return err
		})
		if err != nil {
			return err
		}
		if o.dryRun {
			return a.carryOut(ctx, s, plan{
				deed: deedCreate, dryRun: true, keyed: true, format: o.format, alone: createError,
				turns: []turn{{key: m.key(), do: func(context.Context) (result, error) { return previewCreate(s, m) }}},
			})
		}
		if err := s.api.Ready(ctx, 1, 1); err != nil {
			return err
		}
		var c client.Created
		err = a.finishing(ctx, m.Name, spent, func(ctx context.Context) error {
			var err error
			c, err = s.api.CreateKey(ctx, m.NewKey, t.ofKind(m.Kind))
			return err
		})
		if err != nil {
			return &standingError{createError(m.key(), err)}
		}
		c.Key = m.named(c.Key)
		if err := a.handOver(ctx, s, c, o, to, t.listing); err != nil {
			return &standingError{err}
		}
		return nil
	})
}

// settleWish looks up what the new key is made of.
func (a *app) settleWish(ctx context.Context, s *session, o *createOptions) (tenant, made, error) {
	w := &o.wish
	t, err := a.readTenant(ctx, s)
	if err != nil {
		return t, made{}, err
	}
	if o.like != "" {
		like, err := pick(t.listing, o.like)
		if err != nil {
			return t, made{}, err
		}
		if w.kind != "" && w.kind != like.Kind {
			return t, made{}, usageFault("leave --kind out", "%q is a %s key, and one like it is too", like.Name, like.Kind.Title())
		}
		w.likeness(like, t.listing.Keys)
	}
	if err := t.complete(ctx, s.api, []client.Kind{w.kind}); err != nil {
		return t, made{}, err
	}
	if err := a.checkNewName(w.name, w.kind, t.listing.Keys); err != nil {
		return t, made{}, err
	}
	m, err := t.make(*w)
	if err == nil && !m.group.Enabled {
		a.note("the group %s is disabled", m.group.Name)
	}
	return t, m, err
}

// likeness fills in from another key what was not asked for.
func (w *wish) likeness(like client.Key, keys []client.Key) {
	w.kind, w.microtenant = like.Kind, like.MicrotenantID
	if w.name == "" {
		w.name = client.NextName(like.Name, keys)
	}
	if w.group == "" {
		w.group = string(like.GroupID)
	}
	if w.certificate == "" {
		w.certificate = string(like.CertificateID)
	}
	if w.maxUses == 0 {
		w.maxUses = like.MaxUses
	}
}

// previewCreate shows the call that would create a key.
func previewCreate(s *session, m made) (result, error) {
	p, err := s.api.PreviewCreate(m.NewKey)
	return result{outcome: outcomeWould, key: m.key(), words: "would be created (" + m.words() + ")", request: p}, err
}

// recordCreated writes down that a key was made, and remembers its text.
func (a *app) recordCreated(ctx context.Context, k client.Key) {
	a.record(journal.Deed{Action: journal.Created, Key: k.Ref(), Name: k.Name})
	// Its error is the end of the context, which has none here.
	_ = a.remember(context.WithoutCancel(ctx), k)
}

// createError names the key that was not made.
func createError(k client.Key, err error) error { return fmt.Errorf("%q: %w", k.Name, err) }
