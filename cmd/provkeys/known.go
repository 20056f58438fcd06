package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/cmd/internal/config"
)

// tenantTime is how long inspect and explain wait for a tenant: without one
// they have an answer, too.
const tenantTime = 20 * time.Second

// known is what a text or a log is compared with, and what could not be had.
type known struct {
	diagnose.Known
	settings config.Settings
	warnings []string // a sentence each
}

// knownOptions say what is looked up.
type knownOptions struct {
	offline  bool // ask no tenant
	machines bool // what enrolled, too
}

// known looks up what there is to compare with: this machine's memory and, where
// there is a profile, the tenant's keys. What fails is a warning.
func (a *app) known(ctx context.Context, settings config.Settings, o knownOptions) (known, error) {
	k := known{Known: diagnose.Known{Now: a.now()}, settings: settings}
	var err error
	if k.Memory, err = a.recall(); err != nil {
		k.warn("what was copied here before is not recognised: %v", err)
	}
	if o.offline {
		return k, nil
	}
	var cfg config.Config
	err = a.timed(ctx, func(ctx context.Context) (err error) {
		cfg, err = config.Load(ctx, a.global.config, a.env)
		return err
	})
	switch {
	case errors.Is(err, config.ErrNoProfile):
		return k, nil
	case err != nil && a.global.config.Profile != "":
		return known{}, err
	case err == nil:
		err = a.timed(ctx, func(ctx context.Context) error { return a.askTenant(ctx, cfg.Profile, &k, o.machines) })
	}
	if err := ctx.Err(); err != nil {
		// An answer with nothing to compare with would be another one.
		return known{}, err
	}
	if err != nil {
		f := a.explain(err)
		k.warn("no tenant was asked: %s (%s)", f.message, f.hint)
	}
	return k, nil
}

// askTenant lists the keys of a tenant and, if wanted, what enrolled with them.
func (a *app) askTenant(ctx context.Context, p config.Profile, k *known, machines bool) error {
	ctx, cancel := context.WithTimeout(ctx, tenantTime)
	defer cancel()
	api, err := a.newClient(p, a.tellWait)
	if err != nil {
		return err
	}
	listing, err := api.ListKeys(ctx, client.Kinds()...)
	if err != nil {
		return err
	}
	k.Keys, k.Customer = listing.Keys, p.CustomerID
	k.Unread = deniedKinds(listing)
	failed := failedKinds(listing)
	k.Complete = len(failed) == 0 && len(k.Unread) < len(client.Kinds())
	switch missing := slices.Concat(failed, k.Unread); {
	case !k.Complete:
		k.warn("not every kind could be asked: %s", failureWords(listing, missing))
	case len(missing) > 0:
		k.warn("not every kind may be read: %s", failureWords(listing, missing))
	}
	if !machines {
		return nil
	}
	if k.Machines, err = api.Machines(ctx); err != nil {
		k.warn("not everything that enrolled could be listed: %v", err)
	}
	return nil
}

func (k *known) warn(format string, args ...any) {
	k.warnings = append(k.warnings, fmt.Sprintf(format, args...))
}

// noteWarnings tells a person what could not be had; a program finds it in the
// result.
func (a *app) noteWarnings(k known) {
	for _, w := range k.warnings {
		a.note("%s", w)
	}
}

// held reports whether the tenant holds the key of a match, so that its uses and
// its state are known. A remembered text is not that of a key which shows another.
func (k known) held(m diagnose.Match) bool {
	return !m.Gone && slices.ContainsFunc(k.Keys, func(key client.Key) bool {
		return key.Ref() == m.Key.Ref() && (m.Remembered.IsZero() || key.Text.IsZero())
	})
}

// mayHold reports whether the key of a match is one that the tenant may hold
// although its role may not read it.
func (k known) mayHold(m diagnose.Match) bool {
	foreign := m.Customer != "" && k.Customer != "" && m.Customer != k.Customer
	return !m.Gone && !foreign && slices.Contains(k.Unread, m.Key.Kind)
}

// record is the key of a match as a program reads it; nil is null. Its fields
// are a promise.
func (k known) record(m *diagnose.Match) scalar {
	if m == nil {
		return scalar{}
	}
	r := record{
		{"relation", textOf(string(m.Relation))},
		{"name", textOf(m.Key.Name)},
		{"kind", textOf(string(m.Key.Kind))},
		{"id", textOf(string(m.Key.ID))},
		{"group", textOf(m.Key.Group)},
		{"uses", scalar{}}, {"max_uses", scalar{}}, {"state", scalar{}},
		{"gone", truthOf(m.Gone)},
		{"remembered", timeOf(m.Remembered)},
		{"customer", textOrNull(m.Customer)},
		{"difference", textOrNull(m.Difference)},
	}
	if k.held(*m) {
		r[5].scalar, r[6].scalar = numberOf(m.Key.Uses), numberOf(m.Key.MaxUses)
		r[7].scalar = textOf(m.Key.State(k.Now, k.settings.Near).String())
	}
	return objectOf(r)
}

// keyRow is the key of a match as a person reads it. The notes beside it have
// its uses and its state.
func keyRow(m *diagnose.Match) labelled {
	if m == nil {
		return labelled{}
	}
	return labelled{"key", m.Words()}
}
