package tui

import (
	"errors"
	"time"

	"provkeys/client"
)

// othersEvery is how old what changes seldom may become before an automatic
// refresh asks for it too: certificates, and kinds that the tenant refused.
const othersEvery = 5 * time.Minute

// loading is the state of one kind's keys.
type loading struct {
	asked   bool         // pages are under way
	arrived []client.Key // the pages of this load so far
	err     error        // what ended the last load; nil when it came whole
	loaded  time.Time    // when the keys last came whole; zero for never
	tried   time.Time    // when they were last asked for
}

// refused reports that the tenant or the role does not have the kind.
func (l *loading) refused() bool { return errors.Is(l.err, client.ErrPermission) }

// stale reports that rows of the kind may be old: its last load failed.
func (l *loading) stale() bool { return l.err != nil && !l.refused() && !l.loaded.IsZero() }

// loads is what was asked of the backend and what answered. It is pure state:
// the times come in.
type loads struct {
	every    time.Duration // between automatic refreshes; 0 is off
	kinds    map[client.Kind]*loading
	certs    time.Time // when the certificates last came; zero for never
	certsErr error
	certsOut bool      // they are being asked for
	rounds   int       // loads that ended, whatever they brought
	failures int       // loads in a row in which every kind failed
	next     time.Time // the next automatic load; zero for none
}

func newLoads(every time.Duration) loads {
	l := loads{every: every, kinds: map[client.Kind]*loading{}}
	for _, k := range client.Kinds() {
		l.kinds[k] = &loading{}
	}
	return l
}

// begin returns the kinds to ask for, and whether to ask for the certificates.
// Everything is asked for on a person's wish; by itself only what answered
// before, and the rest when it is old.
func (l *loads) begin(now time.Time, everything bool) (kinds []client.Kind, certificates bool) {
	l.next = time.Time{}
	for _, kind := range client.Kinds() {
		k := l.kinds[kind]
		k.asked, k.arrived = false, nil
		if !everything && k.refused() && now.Sub(k.tried) < othersEvery {
			continue
		}
		k.asked, k.tried = true, now
		kinds = append(kinds, kind)
	}
	if len(kinds) == 0 && l.every > 0 {
		l.next = now.Add(othersEvery) // the tenant has refused every kind
	}
	l.certsOut = everything || l.certsErr != nil || now.Sub(l.certs) >= othersEvery
	return kinds, l.certsOut
}

// page takes one page in.
func (l *loads) page(kind client.Kind, keys []client.Key) {
	l.kinds[kind].arrived = append(l.kinds[kind].arrived, keys...)
}

// end closes the load of one kind and returns its keys; they are whole when
// err is nil.
func (l *loads) end(kind client.Kind, err error, now time.Time) []client.Key {
	k := l.kinds[kind]
	k.asked, k.err = false, err
	switch {
	case err == nil:
		k.loaded = now
	case k.refused():
		k.loaded = time.Time{} // its rows go, and so does their age
	}
	keys := k.arrived
	k.arrived = nil
	if !l.asking() {
		l.rounds++
		l.schedule(now)
	}
	return keys
}

// busy reports whether something is still being asked for.
func (l *loads) busy() bool { return l.asking() || l.certsOut }

// asking reports whether keys are still being asked for.
func (l *loads) asking() bool {
	for _, k := range l.kinds {
		if k.asked {
			return true
		}
	}
	return false
}

// schedule sets the next automatic load. After a failure of everything it
// comes sooner at first and then at ever longer intervals.
func (l *loads) schedule(now time.Time) {
	if l.signInRefused() != nil {
		l.next = time.Time{} // never repeated by itself
		return
	}
	if l.failed() == nil {
		l.failures = 0
		if l.every > 0 {
			l.next = now.Add(l.every)
		}
		return
	}
	wait := min(2*time.Second<<min(l.failures, 5), 30*time.Second)
	l.failures++
	l.next = now.Add(wait)
}

// retime changes how often is asked by itself. What waits for a backend that does not
// answer goes on as it was.
func (l *loads) retime(every time.Duration, now time.Time) {
	l.every = every
	if l.failures > 0 || l.asking() {
		return
	}
	l.next = time.Time{}
	if every > 0 && l.signInRefused() == nil {
		l.next = now.Add(every)
	}
}

// failed returns why the last load brought nothing at all, nil when any kind
// answered.
func (l *loads) failed() error {
	var why error
	for _, kind := range client.Kinds() {
		switch k := l.kinds[kind]; {
		case k.tried.IsZero() || k.err == nil:
			return nil
		case why == nil || !k.refused():
			why = k.err
		}
	}
	return why
}

// signInRefused returns the refusal that ended the last load, if one did. A call that
// was refused with a fresh token is none: it does not count towards a lock, and asking
// again is what ends it.
func (l *loads) signInRefused() error {
	for _, kind := range client.Kinds() {
		err := l.kinds[kind].err
		if errors.As(err, new(*client.SignInError)) || errors.As(err, new(*client.HeldError)) {
			return err
		}
	}
	return nil
}

// oldest returns when the oldest rows on screen were loaded: the zero time
// when nothing has come yet.
func (l *loads) oldest() time.Time {
	var t time.Time
	for _, k := range l.kinds {
		if !k.loaded.IsZero() && (t.IsZero() || k.loaded.Before(t)) {
			t = k.loaded
		}
	}
	return t
}

// newest returns when rows last arrived whole.
func (l *loads) newest() time.Time {
	var t time.Time
	for _, k := range l.kinds {
		if k.loaded.After(t) {
			t = k.loaded
		}
	}
	return t
}
