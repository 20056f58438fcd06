package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/client/changes"
)

const (
	// lastLimit is what a reading may take beyond the end of --for.
	lastLimit = 10 * time.Second
	// blindAfter is by how much a pause may be too long before it is told: the
	// machine slept, or its clock was set.
	blindAfter = time.Minute
)

// watcher reads the keys again and again and tells what happened meanwhile. It holds
// what was read last and nothing older.
type watcher struct {
	app  *app
	look *lookout
	opts watchOptions
	near client.Threshold
	tell *teller
	end  time.Time // zero for none

	chosen   map[client.Ref]bool // nil: whatever the query selects
	seen     changes.Sight
	known    map[client.Kind]bool      // kinds that came once
	silent   map[client.Kind]time.Time // kinds that do not answer, since when
	away     time.Time                 // since when nothing answers; zero for now
	failures int                       // readings in a row that brought nothing
}

func newWatcher(a *app, s *session, o watchOptions) *watcher {
	kinds := client.Kinds()
	if o.query.Kind != "" {
		kinds = []client.Kind{o.query.Kind}
	}
	return &watcher{
		app: a, look: newLookout(s.api, a.now, kinds...), opts: o, near: s.settings.Near,
		tell:  &teller{app: a, format: o.format, look: a.tableLook()},
		known: map[client.Kind]bool{}, silent: map[client.Kind]time.Time{},
	}
}

// begin reads the keys for the first time. What cannot be read now is an error: there
// is nothing yet to go on with.
func (w *watcher) begin(ctx context.Context) error {
	var first found
	err := w.app.timed(ctx, func(ctx context.Context) (err error) {
		if first, err = w.look.read(ctx); err != nil {
			return err
		}
		listing := client.Listing{Keys: first.all(), Failed: first.failed, CertificatesErr: w.look.certificatesErr}
		if err := w.choose(listing); err != nil {
			return err
		}
		if len(first.keys) == 0 {
			return w.app.tellMissing(listing, w.opts.query.Kind)
		}
		w.noteMissing(listing)
		return nil
	})
	if err != nil {
		return err
	}
	now := w.app.now()
	if w.opts.length > 0 {
		w.end = now.Add(w.opts.length)
	}
	w.take(first, now, first.all())
	w.noteBegin()
	return w.tellKinds(first)
}

// choose finds the keys that were named. Only their kinds are asked for then.
func (w *watcher) choose(listing client.Listing) error {
	if len(w.opts.names) == 0 {
		return nil
	}
	w.chosen = map[client.Ref]bool{}
	var kinds []client.Kind
	for _, name := range w.opts.names {
		k, err := pick(listing, name)
		if err != nil {
			return err
		}
		w.chosen[k.Ref()] = true
		kinds = append(kinds, k.Kind)
	}
	w.look.only(kinds...)
	return nil
}

// noteMissing says beside the output what is not watched at all.
func (w *watcher) noteMissing(listing client.Listing) {
	for _, kind := range deniedKinds(listing) {
		if w.look.kinds[kind] != nil {
			w.silent[kind] = w.app.now()
			w.app.note("%s", failureWords(listing, []client.Kind{kind}))
		}
	}
	if err := listing.CertificatesErr; err != nil {
		w.app.note("when signing certificates end is unknown: %s", cause(err))
	}
}

// noteBegin tells a person that there is something to wait for. From now on what
// fails is told in lines of its own.
func (w *watcher) noteBegin() {
	w.app.saying.Lock()
	w.app.patient = true
	w.app.saying.Unlock()
	n := 0
	for _, k := range w.seen.Keys {
		if w.selects(k, w.seen.At) {
			n++
			w.tell.widest = max(w.tell.widest, keyWidth(k))
		}
	}
	if !w.app.isTerminal(stderr) {
		return
	}
	length := ""
	if w.opts.length > 0 {
		length = fmt.Sprintf(" for %v", w.opts.length)
	}
	w.app.note("watching %s%s, every %v; ctrl+c ends", counted(n, "key"), length, w.opts.every)
}

// goOn reads until the time is up. The error is that of ctx, of a refused sign-in or
// of the output.
func (w *watcher) goOn(ctx context.Context) error {
	for {
		d := w.pause()
		last := false
		if !w.end.IsZero() {
			left := w.end.Sub(w.app.now())
			if left <= 0 {
				return nil
			}
			if last = left <= d; last {
				d = left
			}
		}
		if err := w.rest(ctx, d); err != nil {
			return err
		}
		if err := w.turn(ctx); err != nil || last {
			return err
		}
	}
}

// pause returns how long to wait before the next reading: after one that brought
// nothing shorter at first, and then as long as the console does.
func (w *watcher) pause() time.Duration {
	if w.failures == 0 {
		return w.opts.every
	}
	return min(2*time.Second<<min(w.failures-1, 5), 30*time.Second)
}

// rest waits, and tells of a pause that became longer than it was to be. Timers do
// not count while a machine sleeps, so that its clock is looked at.
func (w *watcher) rest(ctx context.Context, d time.Duration) error {
	from := w.app.now().Round(0)
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return ctx.Err()
	}
	blind := w.app.now().Round(0).Sub(from)
	if blind-d < blindAfter || !w.away.IsZero() {
		return nil
	}
	return w.tell.line(happening{
		at: w.app.now(), event: eventResumed,
		words: fmt.Sprintf("nothing was read for %v: this machine slept, or its clock was set", blind.Round(time.Second)),
	})
}

// turn reads once and tells what happened since the reading before.
func (w *watcher) turn(ctx context.Context) error {
	start := w.app.now()
	limit, cancel := w.limited(ctx, start)
	defer cancel()
	f, err := w.readAll(limit)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, client.ErrSignIn):
		return err
	case err != nil:
		return w.lost(start, err)
	}
	if err := errors.Join(w.returned(), w.tellKinds(f)); err != nil {
		return err
	}
	before := w.seen
	for _, kind := range client.Kinds() {
		if !w.known[kind] { // what comes first is no news
			before.Keys = append(slices.Clip(before.Keys), f.keys[kind]...)
		}
	}
	w.take(f, w.app.now(), w.look.settle(limit, w.seen.Keys, f))
	if err := w.tellChanges(limit, before); err != nil {
		return err
	}
	return w.nothingLeft()
}

// nothingLeft ends a watch of NAMEs once all of them are deleted: an id never comes
// back. A query may select new keys at any time.
func (w *watcher) nothingLeft() error {
	if w.chosen == nil || len(w.seen.Keys) > 0 {
		return nil
	}
	return &fault{
		faultNotFound, "nothing is left to watch: every key that was named is deleted",
		"provkeys list shows the keys there are; watch --filter takes those that come, too",
	}
}

// readAll reads what is due, unless nothing answers at all.
func (w *watcher) readAll(ctx context.Context) (found, error) {
	if !w.away.IsZero() {
		if err := w.look.answers(ctx, w.failures); err != nil {
			return found{}, err
		}
	}
	f, err := w.look.read(ctx)
	if err == nil {
		err = f.away()
	}
	return f, err
}

// limited ends a reading after --timeout, and soon after the end of --for.
func (w *watcher) limited(ctx context.Context, now time.Time) (context.Context, context.CancelFunc) {
	limit := w.app.global.timeout
	if !w.end.IsZero() {
		if left := max(w.end.Sub(now), lastLimit); limit == 0 || left < limit {
			limit = left
		}
	}
	if limit == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, limit)
}

// take keeps what was read for the next time.
func (w *watcher) take(f found, now time.Time, keys []client.Key) {
	if w.chosen != nil {
		keys = slices.DeleteFunc(keys, func(k client.Key) bool { return !w.chosen[k.Ref()] })
	}
	for kind := range f.keys {
		w.known[kind] = true
	}
	w.seen = changes.Sight{Keys: keys, At: now}
}

// selects reports whether a key as it was at a time is one that is watched.
func (w *watcher) selects(k client.Key, at time.Time) bool {
	return w.opts.query.Filter.Match(k, catalog.Query{Now: at, Near: w.near})
}
