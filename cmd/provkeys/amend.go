package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"provkeys/client"
)

// amendment is what is to be different about keys.
type amendment struct {
	change      client.Change // all but what is below
	raise       int64         // added to the max uses that the server holds; 0 for not
	certificate string        // a name or an id; "" leaves it
	signer      client.Certificate
}

// apply changes one key that was seen.
func (m amendment) apply(ctx context.Context, api *client.Client, seen client.Key) (client.Updated, error) {
	if m.raise == 0 {
		return api.UpdateKey(ctx, seen, m.change)
	}
	if m.change.IsZero() {
		return api.RaiseMaxUses(ctx, seen, m.raise)
	}
	seen, ch, err := m.counted(ctx, api, seen)
	if err != nil {
		return client.Updated{}, err
	}
	return api.UpdateKey(ctx, seen, ch)
}

// preview returns the call that apply would make; of a key that is as asked it is
// none.
func (m amendment) preview(ctx context.Context, api *client.Client, seen client.Key) (p client.Preview, u client.Updated, err error) {
	ch := m.change
	switch {
	case m.raise == 0:
		p, u, err = api.PreviewUpdate(ctx, seen, ch)
	case ch.IsZero():
		p, u, err = api.PreviewRaise(ctx, seen, m.raise)
	default:
		if seen, ch, err = m.counted(ctx, api, seen); err == nil {
			p, u, err = api.PreviewUpdate(ctx, seen, ch)
		}
	}
	if m.signer.ID != "" && u.After.CertificateID == m.signer.ID {
		u.After.Certificate = m.signer.Name
	}
	if len(client.Conflicts(u.Before, u.After)) == 0 {
		p = client.Preview{}
	}
	return p, u, err
}

// counted reads the key to count a raise from what the server holds; whatever
// limit was seen before is no conflict then.
func (m amendment) counted(ctx context.Context, api *client.Client, seen client.Key) (client.Key, client.Change, error) {
	now, err := api.GetKey(ctx, seen)
	if err != nil {
		return seen, m.change, err
	}
	seen.MaxUses = now.MaxUses
	limit, ch := now.MaxUses+m.raise, m.change
	ch.MaxUses = &limit
	return seen, ch, nil
}

// reads is how many readings go out with one write.
func (m amendment) reads() int {
	if m.raise != 0 && !m.change.IsZero() {
		return 3
	}
	return 2
}

// hides reports whether it takes a text away for good.
func (m amendment) hides() bool { return m.change.Exportable != nil }

// words says what is to be different, for a question.
func (m amendment) words() string {
	var words []string
	add := func(f client.Field, value string) { words = append(words, fmt.Sprintf("%s %s", f, value)) }
	ch := m.change
	if ch.Name != nil {
		add(client.FieldName, *ch.Name)
	}
	switch {
	case m.raise != 0:
		add(client.FieldMaxUses, fmt.Sprintf("+%d", m.raise))
	case ch.MaxUses != nil:
		add(client.FieldMaxUses, fmt.Sprint(*ch.MaxUses))
	}
	if ch.CertificateID != nil {
		add(client.FieldCertificate, m.signer.Name)
	}
	if ch.Enabled != nil {
		add(client.FieldEnabled, yesNo(*ch.Enabled))
	}
	if m.hides() {
		add(client.FieldExportable, "no")
	}
	if ch.Expires != nil {
		add(client.FieldExpires, expiryWords(*ch.Expires))
	}
	if ch.AllowedAddresses != nil {
		add(client.FieldAllowedAddresses, orNone(strings.Join(*ch.AllowedAddresses, " ")))
	}
	return strings.Join(words, ", ")
}

func yesNo(v bool) string {
	if v {
		return "yes"
	}
	return "no"
}

func expiryWords(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.RFC3339)
}

// amendOptions are what a command that changes keys was asked for.
type amendOptions struct {
	keys   selection
	what   amendment
	yes    bool
	dryRun bool
	format format
	asKey  bool // one key alone is told as its record
}

// amend changes the keys that were chosen.
func (a *app) amend(ctx context.Context, o amendOptions) error {
	return a.changing(ctx, o.dryRun, func(ctx context.Context, s *session) error {
		var keys []client.Key
		spent, err := a.reading(ctx, func(ctx context.Context) error {
			var listing client.Listing
			var err error
			if keys, listing, err = a.choose(ctx, s, o.keys); err != nil {
				return err
			}
			return a.settleAmendment(ctx, s, &o.what, keys, listing)
		})
		if err != nil {
			return err
		}
		if !o.dryRun && !o.yes {
			if err := a.agreeToAmend(ctx, o, keys); err != nil {
				return err
			}
		}
		p := plan{
			deed: deedChange, several: o.keys.several(), dryRun: o.dryRun, format: o.format, asKey: o.asKey, spent: o.keys.once(spent),
			again: "what was changed stays: run it again for the rest", alone: amendError,
		}
		if o.what.raise != 0 {
			p.again = "what was changed stays changed: run it again for those that were not reached alone, or they are raised twice"
		}
		for _, k := range keys {
			p.turns = append(p.turns, a.amendTurn(s, o, k))
		}
		return a.carryOut(ctx, s, p)
	})
}

// amendTurn changes one key, or shows how.
func (a *app) amendTurn(s *session, o amendOptions, k client.Key) turn {
	return turn{key: k, reads: o.what.reads(), writes: 1, do: func(ctx context.Context) (result, error) {
		r := result{outcome: outcomeDone}
		var u client.Updated
		var err error
		if o.dryRun {
			r.outcome = outcomeWould
			r.request, u, err = o.what.preview(ctx, s.api, k)
		} else {
			u, err = o.what.apply(ctx, s.api, k)
		}
		if err != nil {
			return r, err
		}
		r.key, r.changes = u.After, client.Conflicts(u.Before, u.After)
		r.already, r.words = len(r.changes) == 0, changedWords(r.changes, u.After)
		if r.already && o.asKey {
			r.words = fmt.Sprintf("max uses %d already (%d left)", u.After.MaxUses, u.After.Left())
		}
		if !o.dryRun {
			a.recordUpdate(u)
		}
		return r, nil
	}}
}

// agreeToAmend asks before several keys are changed, and before a text is hidden
// for good.
func (a *app) agreeToAmend(ctx context.Context, o amendOptions, keys []client.Key) error {
	q := question{undone: "nothing was changed"}
	switch n := counted(len(keys), "key"); {
	case o.keys.several():
		q.lines = append([]string{fmt.Sprintf("%s: %s", n, o.what.words())}, listed(keys, limitRemark)...)
		if o.what.hides() {
			q.lines = append(q.lines, "Once they are hidden, their texts are never shown again, nor copied.")
		}
		q.ask = fmt.Sprintf("Change %s? [y/N] ", n)
		q.would = fmt.Sprintf("%s would be changed", n)
		q.hint = "look at them with --dry-run, then give --yes"
	case o.what.hides() && keys[0].Exportable && !keys[0].Managed():
		q.lines = []string{fmt.Sprintf("Once %s is hidden, its text is never shown again, nor copied.", keys[0].Name)}
		q.ask = "Hide it for good? [y/N] "
		q.would = fmt.Sprintf("the text of %q would be hidden for good", keys[0].Name)
		q.hint = "give --yes if that is meant"
	default:
		return nil
	}
	return a.agree(ctx, q)
}

// limitRemark is what matters of a key that is about to be changed.
func limitRemark(k client.Key) string {
	words := fmt.Sprintf("%d/%d", k.Uses, k.MaxUses)
	if k.Managed() {
		words += "  managed by Zscaler: will be refused"
	}
	return words
}

// amendError names the key and, for a limit, what it could be.
func amendError(k client.Key, err error) error {
	var limit *client.LimitError
	switch {
	case errors.As(err, &limit) && limit.Asked < limit.Uses:
		return &fault{
			faultUsage, fmt.Sprintf("%q: %v", k.Name, err),
			fmt.Sprintf("give %d or more, such as: provkeys set-max %s %d", limit.Uses, argument(k), min(limit.Uses+1, client.MaxMaxUses)),
		}
	case errors.As(err, &limit):
		return &fault{faultUsage, fmt.Sprintf("%q has %d: %v", k.Name, k.MaxUses, err), "give a smaller number"}
	case errors.Is(err, client.ErrManaged):
		return managedFault(k)
	}
	return fmt.Errorf("%q: %w", k.Name, err)
}

func managedFault(k client.Key) *fault {
	return &fault{
		faultManaged, fmt.Sprintf("%q is managed by Zscaler, and the API refuses to change it", k.Name),
		"choose a key that is not: provkeys list --filter '!is:managed'",
	}
}
