package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"provkeys/client"
)

// batch carries a plan out, one key after another. The first failure that is
// about the tenant and not about a key ends it, as does an interrupt between two
// keys; the rest is told as not reached.
type batch struct {
	app  *app
	api  *client.Client
	plan plan
	out  writer

	count  map[outcome]int
	failed error  // what the verdict is about: what ended it, else the first failure
	name   string // of its key
	ended  bool   // the rest is not reached

	changed int // how many were not as asked already
}

// carryOut does what is planned and returns what kept it from being all.
func (a *app) carryOut(ctx context.Context, s *session, p plan) error {
	b := batch{
		app: a, api: s.api, plan: p, count: map[outcome]int{},
		out: writer{app: a, view: a.view(s.settings.Near), plan: p},
	}
	for _, t := range p.turns {
		r, err := b.take(ctx, t)
		if err != nil && !p.several {
			return err
		}
		b.count[r.outcome]++
		if (r.outcome == outcomeDone || r.outcome == outcomeWould) && !r.already {
			b.changed++
		}
		// What was done must be told, interrupted or not.
		if err := b.out.add(context.WithoutCancel(ctx), r); err != nil {
			return &standingError{b.untold(r.key, err)}
		}
	}
	if err := b.out.end(); err != nil {
		return &standingError{b.untold(client.Key{}, err)}
	}
	return b.verdict(ctx)
}

// untold is for what was done and could not be written.
func (b *batch) untold(k client.Key, err error) error {
	f := &fault{faultError, err.Error(), b.plan.again}
	if k.Fresh && !k.Exportable {
		f = lostFault(faultError, k, err.Error())
	}
	f.message = b.words() + "; " + f.message
	return f
}

// take does one turn, unless the batch has ended. The error is for one key alone.
func (b *batch) take(ctx context.Context, t turn) (result, error) {
	if b.ended {
		return result{outcome: outcomeNotReached, key: t.key}, nil
	}
	err := ctx.Err()
	if err == nil && !b.plan.dryRun {
		err = b.api.Ready(ctx, t.reads, t.writes)
	}
	if err != nil {
		b.ended, b.failed, b.name = true, err, t.key.Name
		return result{outcome: outcomeNotReached, key: t.key}, err
	}
	var r result
	err = b.app.finishing(ctx, t.key.Name, b.plan.spent, func(ctx context.Context) error {
		var err error
		r, err = t.do(ctx)
		return err
	})
	if err == nil {
		return r, nil
	}
	if b.ended = endsBatch(err); b.ended || b.failed == nil {
		b.failed, b.name = err, t.key.Name
	}
	return result{outcome: outcomeFailed, key: t.key, fault: b.app.explain(err)}, &standingError{b.plan.alone(t.key, err)}
}

// endsBatch reports whether a failure is that of every key that would follow.
func endsBatch(err error) bool {
	return slices.ContainsFunc([]error{client.ErrUnavailable, client.ErrRateLimited, client.ErrSignIn, context.DeadlineExceeded},
		func(target error) bool { return errors.Is(err, target) })
}

// verdict is the summary of a list: a line where all was done, else an error
// with the exit code of what ended it, or of the first key that failed.
func (b *batch) verdict(ctx context.Context) error {
	words := b.words()
	switch {
	case !b.plan.several:
	case b.count[outcomeNotReached] > 0 && ctx.Err() != nil:
		return &standingError{&fault{faultInterrupted, "interrupted: " + words, b.plan.again}}
	case b.failed != nil:
		f := b.app.explain(b.failed)
		f.message = fmt.Sprintf("%s; %q: %s", words, b.name, f.message)
		if b.ended {
			f.hint += "; " + b.plan.again
		}
		return &standingError{&f}
	case b.plan.format == formatTable:
		b.app.note("%s", words)
	}
	if b.plan.dryRun && b.plan.format == formatTable {
		b.app.note("nothing was sent: this was a dry run")
	}
	return nil
}

// words counts what became of the keys.
func (b *batch) words() string {
	done := "were " + b.plan.deed.done
	if b.plan.dryRun {
		done = "would be " + b.plan.deed.done
	}
	words := fmt.Sprintf("%d of %s %s", b.changed, counted(len(b.plan.turns), "key"), done)
	if n := b.count[outcomeDone] + b.count[outcomeWould] - b.changed; n > 0 {
		words += fmt.Sprintf(", %d %s", n, b.plan.deed.already)
	}
	for _, o := range []outcome{outcomeThere, outcomeFailed, outcomeNotReached} {
		if n := b.count[o]; n > 0 {
			words += fmt.Sprintf(", %d %s", n, o)
		}
	}
	return words
}
