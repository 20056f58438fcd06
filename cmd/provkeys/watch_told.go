package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"provkeys/client"
	"provkeys/client/changes"
)

// tellChanges tells what happened to the keys that are watched. One that fits the
// filter before or after counts: whether it still does is what may have happened.
func (w *watcher) tellChanges(ctx context.Context, before changes.Sight) error {
	machines := map[client.Kind][]client.Connector{}
	for _, c := range changes.Between(before, w.seen, w.near) {
		fitted := c.Event != changes.Created && w.selects(c.Before, before.At)
		if !fitted && !w.selects(c.After, w.seen.At) {
			continue
		}
		h := happening{
			at: w.seen.At, event: string(c.Event), kind: c.After.Kind,
			change: c, state: c.After.State(w.seen.At, w.near), by: w.enrolled(ctx, c, machines),
		}
		if err := w.tell.line(h); err != nil {
			return err
		}
	}
	return nil
}

// enrolled returns the connectors that enrolled, newest first, as far as they are
// listed: that a key was used is worth telling without their names too. Each kind's
// are asked for once in a reading.
func (w *watcher) enrolled(ctx context.Context, c changes.Change, machines map[client.Kind][]client.Connector) []string {
	if c.Uses() == 0 {
		return nil
	}
	kind := c.After.Kind
	list, asked := machines[kind]
	if !asked {
		list, _, _ = w.look.api.MachinesOf(ctx, kind)
		machines[kind] = list
	}
	with := client.NewestOf(list, c.After.ID)
	var names []string
	for _, m := range with[:min(int64(len(with)), c.Uses(), namesAsked)] {
		names = append(names, m.Name)
	}
	return names
}

// tellKinds says once of a kind that it does not answer, and once that it does again.
// Its keys stay as they were meanwhile.
func (w *watcher) tellKinds(f found) error {
	for _, kind := range client.Kinds() {
		since := w.silent[kind]
		h := happening{at: w.app.now(), kind: kind}
		_, answered := f.keys[kind]
		switch err := f.failed[kind]; {
		case w.look.kinds[kind] == nil: // none of the keys that were named is of it
			continue
		case err != nil && since.IsZero():
			w.silent[kind] = h.at
			h.event, h.words = eventUnavailable, "its keys stay as they were: "+cause(err)
		case answered && !since.IsZero():
			delete(w.silent, kind)
			h.event, h.words = eventBack, "after "+elapsed(h.at, since)
		default:
			continue
		}
		if err := w.tell.line(h); err != nil {
			return err
		}
	}
	return nil
}

// lost is for a reading that brought nothing. The first in a row is told.
func (w *watcher) lost(since time.Time, err error) error {
	w.failures++
	if !w.away.IsZero() {
		return nil
	}
	w.away = since
	return w.tell.line(happening{
		at: w.app.now(), event: eventUnavailable,
		words: fmt.Sprintf("the backend does not answer since %s: %s; next try in %v", clockTime(since), cause(err), w.pause()),
	})
}

// returned tells that the backend answers again.
func (w *watcher) returned() error {
	w.failures = 0
	if w.away.IsZero() {
		return nil
	}
	since := w.away
	w.away = time.Time{}
	now := w.app.now()
	return w.tell.line(happening{at: now, event: eventBack, words: "the backend answers again, after " + elapsed(now, since)})
}

// cause words why a reading failed.
func cause(err error) string {
	if errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, client.ErrRateLimited) {
		return "no answer came in time"
	}
	return err.Error()
}

// elapsed is how long ago something was, by the clock on the wall: a machine may have
// slept meanwhile.
func elapsed(now, since time.Time) string {
	return max(now.Round(0).Sub(since.Round(0)), 0).Round(time.Second).String()
}
