package tui

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
)

// refresh asks the backend: for everything, or for what an automatic refresh
// asks for.
func (m *Model) refresh(everything bool) tea.Cmd {
	if m.effects.client == nil {
		return nil // there is no tenant yet
	}
	ctx, gen := m.load.begin(m.ctx)
	m.newer, m.waitUntil = nil, time.Time{}
	kinds, certificates := m.loads.begin(m.now, everything)
	var cmds []tea.Cmd
	for _, kind := range kinds {
		cmds = append(cmds, m.effects.loadKind(ctx, gen, kind))
	}
	if certificates {
		cmds = append(cmds, m.effects.loadCertificates(ctx, gen))
	}
	return tea.Batch(append(cmds, m.loadFleet(everything, m.loads.every))...)
}

// refreshByHand is a person's wish: it asks before a refused sign-in is sent
// again, since three refusals lock an API client.
func (m *Model) refreshByHand() tea.Cmd {
	m.hide()
	if m.loads.signInRefused() != nil {
		m.openConfirm(confirmDialog{
			title:  "Sign in again?",
			lines:  []string{"The last sign-in was refused. Three refusals lock an API client for 30 minutes."},
			button: "sign in again",
			action: confirmSignIn,
		})
		return nil
	}
	return m.refresh(true)
}

// due starts the automatic refresh when its time has come.
func (m *Model) due() tea.Cmd {
	next := m.loads.next
	if next.IsZero() || m.now.Before(next) || m.paused() || m.loads.busy() {
		return nil
	}
	return m.refresh(false)
}

// paused reports whether a dialog is open or a text revealed: what somebody is
// looking at does not move under their hands.
func (m *Model) paused() bool { return m.open != noDialog || m.reveal.there() }

func (m *Model) tookPage(msg keysPageMsg) tea.Cmd {
	if msg.gen != m.load.gen {
		return nil
	}
	m.keys.catalog.Put(m.withNewer(msg.keys)...)
	m.outdated()
	m.loads.page(msg.kind, msg.keys)
	m.reselect()
	return msg.more
}

func (m *Model) tookKind(msg kindLoadedMsg) tea.Cmd {
	if msg.gen != m.load.gen || errors.Is(msg.err, context.Canceled) {
		return nil
	}
	keys := m.loads.end(msg.kind, msg.err, m.now)
	before, had := m.keys.current()
	switch {
	case msg.err == nil:
		m.keys.catalog.ReplaceKind(msg.kind, m.withMade(msg.kind, m.withNewer(keys)))
	case errors.Is(msg.err, client.ErrPermission):
		m.keys.catalog.ReplaceKind(msg.kind, nil)
	}
	m.keys.dropGoneMarks()
	m.outdated()
	m.reselect()
	var gone tea.Cmd
	if _, held := m.keys.catalog.Get(before.Ref()); had && !held && msg.err == nil {
		// The cursor is on another key now, which nobody chose.
		gone = m.say(toneBad, called(before.Name)+" is gone, somebody deleted it.")
	}
	if m.loads.asking() {
		return gone
	}
	return tea.Batch(gone, m.loadEnded())
}

// loadEnded says what a person must know of a load that failed as a whole.
func (m *Model) loadEnded() tea.Cmd {
	refused := m.loads.signInRefused()
	why := m.loads.failed()
	// One that was held back is not news: whoever starts the console may know better.
	held := errors.As(refused, new(*client.HeldError))
	switch {
	case refused != nil && !held && m.loads.newest().IsZero() && m.session == 0:
		return m.leave(refused)
	case refused != nil:
		return m.say(toneBad, failure(refused)+" "+m.keymap.of("refresh")+" sends the same pair once more.")
	case why != nil && m.loads.failures <= 1:
		return m.say(toneBad, failure(why))
	}
	return nil
}

func (m *Model) tookCertificates(msg certificatesLoadedMsg) tea.Cmd {
	if msg.gen != m.load.gen || errors.Is(msg.err, context.Canceled) {
		return nil
	}
	m.loads.certsOut = false
	m.joinCertificates(msg.certificates, msg.err)
	return nil
}

// joinCertificates takes the ends of the certificates in, or why they are not
// to be had.
func (m *Model) joinCertificates(certificates []client.Certificate, err error) {
	m.loads.certsErr = err
	if err == nil {
		m.loads.certs, m.certificates = m.now, certificates
		m.keys.catalog.SetCertificates(certificates)
		m.outdated()
		m.reselect()
	}
}

// rateLimit is why the client waits by itself.
const rateLimit = "rate limit"

// noAnswer is what is waited for where the backend did not answer.
const noAnswer = "backend"

// waitWords says in two words why the client waits.
func waitWords(w waitMsg) string {
	if w.Cause == nil || errors.Is(w.Cause, client.ErrRateLimited) {
		return rateLimit
	}
	return noAnswer
}

// takeIn puts one key that was read afresh into the catalog.
func (m *Model) takeIn(k client.Key) {
	m.keys.catalog.Put(k.AsListed())
	m.outdate(k.Ref())
	m.outdated()
	m.reselect()
}

// forget drops a key that is gone elsewhere.
func (m *Model) forget(k client.Key) {
	m.keys.catalog.Remove(k.Ref())
	m.keys.unmark(k.Ref())
	m.outdate(k.Ref())
	m.outdated()
	m.reselect()
}

// outdate remembers that what a load under way brings of a key is older than
// what is known.
func (m *Model) outdate(ref client.Ref) {
	if m.newer == nil {
		m.newer = map[client.Ref]bool{}
	}
	m.newer[ref] = true
}

// withNewer returns what a load brought, with what is known better in place of
// what is older.
func (m *Model) withNewer(loaded []client.Key) []client.Key {
	if len(m.newer) == 0 {
		return loaded
	}
	keys := make([]client.Key, 0, len(loaded))
	for _, k := range loaded {
		if !m.newer[k.Ref()] {
			keys = append(keys, k)
		} else if known, ok := m.keys.catalog.Get(k.Ref()); ok {
			keys = append(keys, known)
		}
	}
	return keys
}

// withMade returns what a load of a kind brought, and the keys that were made while
// it was under way.
func (m *Model) withMade(kind client.Kind, loaded []client.Key) []client.Key {
	for ref := range m.newer {
		same := func(k client.Key) bool { return k.Ref() == ref }
		if k, held := m.keys.catalog.Get(ref); held && ref.Kind == kind && !slices.ContainsFunc(loaded, same) {
			loaded = append(loaded, k)
		}
	}
	return loaded
}

// tookKey shows a key as it is after something went wrong with it.
func (m *Model) tookKey(msg keyReadMsg) {
	if msg.err != nil || msg.session != m.session {
		return // the row stays as it was, and the next refresh tries again
	}
	m.takeIn(msg.key)
	m.compare(msg.key)
}

// sinceWords says how old the uses of a key are that could not be read again.
func (m *Model) sinceWords(kind client.Kind) string {
	l := m.loads.kinds[kind]
	if l.loaded.IsZero() {
		return "and they are " + span(m.now.Sub(l.tried)) + " old or older"
	}
	return "they are " + span(m.now.Sub(l.loaded)) + " old"
}
