package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"provkeys/client"
)

const (
	// seldom is how old what changes seldom may become: certificates, and kinds that
	// the tenant refused. It is that of the console.
	seldom = 5 * time.Minute
	// goneAsked is how many keys that a list lacks are looked for in one reading. The
	// others wait for the next, so that many that go at once leave other tools a
	// share of the rate limit.
	goneAsked = 5
)

// lookout reads the keys of a tenant again and again, and asks no more often than it
// must.
type lookout struct {
	api   *client.Client
	now   func() time.Time
	kinds map[client.Kind]*reply

	certificates    []client.Certificate
	certificatesErr error
	certificatesAt  time.Time // when they were asked for; zero for never
}

// reply is how a kind answered last.
type reply struct {
	at  time.Time // when it was asked; zero for never
	err error
}

// found is what one reading brought.
type found struct {
	keys   map[client.Kind][]client.Key // of the kinds whose list came to its end
	failed map[client.Kind]error
}

func newLookout(api *client.Client, now func() time.Time, kinds ...client.Kind) *lookout {
	l := &lookout{api: api, now: now}
	l.only(kinds...)
	return l
}

// only asks for no other kinds from now on.
func (l *lookout) only(kinds ...client.Kind) {
	held := l.kinds
	l.kinds = map[client.Kind]*reply{}
	for _, kind := range kinds {
		if l.kinds[kind] = held[kind]; held[kind] == nil {
			l.kinds[kind] = &reply{}
		}
	}
}

// answers asks for one kind alone, another each time, so that a backend that is away
// is not called more often than one that answers.
func (l *lookout) answers(ctx context.Context, try int) error {
	if err := l.api.SignIn(ctx); err != nil {
		return err
	}
	var kinds []client.Kind
	for _, kind := range client.Kinds() {
		if k := l.kinds[kind]; k != nil && !errors.Is(k.err, client.ErrPermission) {
			kinds = append(kinds, kind)
		}
	}
	if len(kinds) == 0 {
		return nil
	}
	_, err := l.list(ctx, kinds[try%len(kinds)])
	return err
}

// read asks for the kinds whose turn it is. The error is a sign-in that did not come
// about, or was refused.
func (l *lookout) read(ctx context.Context) (found, error) {
	f := found{map[client.Kind][]client.Key{}, map[client.Kind]error{}}
	if err := l.api.SignIn(ctx); err != nil {
		return f, err
	}
	kinds := l.due()
	lists, errs := make([][]client.Key, len(kinds)), make([]error, len(kinds))
	var wait sync.WaitGroup
	for i, kind := range kinds {
		wait.Go(func() { lists[i], errs[i] = l.list(ctx, kind) })
	}
	if l.certificatesAt.IsZero() || l.now().Sub(l.certificatesAt) >= seldom {
		wait.Go(func() { l.readCertificates(ctx) })
	}
	wait.Wait()
	for i, kind := range kinds {
		l.kinds[kind].err = errs[i]
		switch {
		case errors.Is(errs[i], client.ErrSignIn):
			return f, errs[i]
		case errs[i] != nil:
			f.failed[kind] = errs[i]
		default:
			client.JoinCertificates(lists[i], l.certificates)
			f.keys[kind] = lists[i]
		}
	}
	return f, nil
}

// due returns the kinds to ask for now, and notes that they are.
func (l *lookout) due() []client.Kind {
	now := l.now()
	var kinds []client.Kind
	for _, kind := range client.Kinds() {
		k := l.kinds[kind]
		if k == nil || errors.Is(k.err, client.ErrPermission) && now.Sub(k.at) < seldom {
			continue
		}
		k.at = now
		kinds = append(kinds, kind)
	}
	return kinds
}

// list returns every key of a kind. A list that breaks off is none.
func (l *lookout) list(ctx context.Context, kind client.Kind) ([]client.Key, error) {
	keys := []client.Key{}
	for page, err := range l.api.KeyPages(ctx, kind) {
		if err != nil {
			return nil, err
		}
		keys = append(keys, page...)
	}
	return keys, nil
}

// readCertificates keeps the ends that were known where no others are to be had.
func (l *lookout) readCertificates(ctx context.Context) {
	l.certificatesAt = l.now()
	certificates, err := l.api.Certificates(ctx)
	if l.certificatesErr = err; err == nil {
		l.certificates = certificates
	}
}

// settle returns all keys as they are after a reading. Those of a kind that brought
// nothing stay as they were. So does one that a list lacks, which may have been
// between two pages of it, until it cannot be read by itself either.
func (l *lookout) settle(ctx context.Context, before []client.Key, f found) []client.Key {
	after := f.all()
	listed := map[client.Ref]bool{}
	for _, k := range after {
		listed[k.Ref()] = true
	}
	left := goneAsked
	for _, k := range before {
		_, whole := f.keys[k.Kind]
		switch {
		case listed[k.Ref()]:
		case whole && left > 0:
			left--
			fresh, err := l.api.GetKey(ctx, k)
			switch {
			case err == nil:
				after = append(after, fresh)
			case !errors.Is(err, client.ErrNotFound):
				after = append(after, k)
			}
		default:
			after = append(after, k)
		}
	}
	return after
}

// all returns the keys of all kinds that brought theirs.
func (f found) all() []client.Key {
	var all []client.Key
	for _, kind := range client.Kinds() {
		all = append(all, f.keys[kind]...)
	}
	return all
}

// away returns why nothing at all answered; nil where a kind did.
func (f found) away() error {
	if len(f.keys) > 0 {
		return nil
	}
	for _, kind := range client.Kinds() {
		if err := f.failed[kind]; err != nil && !errors.Is(err, client.ErrPermission) {
			return err
		}
	}
	return nil
}
