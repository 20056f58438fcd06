package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/deploy"
)

// This file, effects_copy.go, effects_files.go and effects_write.go hold every effect: whatever
// waits, calls the API, touches the clipboard or a file, or writes to the
// terminal happens there and nowhere else.

const (
	tickEvery = time.Second
	// actionTimeout bounds one action on one key, its waits included.
	actionTimeout = time.Minute
	// signOutTimeout bounds the farewell, since ctrl+c leaves within a second.
	signOutTimeout = 700 * time.Millisecond
	// lastAnswer is how long leaving waits for what the terminal was asked.
	lastAnswer = 300 * time.Millisecond
)

// effects has what the outside world is reached by.
type effects struct {
	client     *client.Client
	clipboard  Clipboard
	turns      chan int // capacity 1: how many copies were handed over; who holds it may do the next
	waits      <-chan client.Wait
	journal    Journal
	memory     Memory
	downloads  Downloads
	views      Views
	screen     ScreenMemory // nil where nobody remembers
	profiles   Profiles
	letSuspend func()
	// session numbers the tenants that were shown: what an earlier one brings is
	// dropped. EndSession ends what the present one keeps running; nil for nothing.
	session    int
	endSession func()
}

// loadKind reads the keys of a kind, one message a page; each page's message
// asks for the next.
func (e effects) loadKind(ctx context.Context, gen int, kind client.Kind) tea.Cmd {
	arrived := make(chan tea.Msg)
	send := func(msg tea.Msg) bool {
		select {
		case arrived <- msg:
			return true
		case <-ctx.Done():
			return false
		}
	}
	next := func() tea.Msg {
		select {
		case msg := <-arrived:
			return msg
		case <-ctx.Done():
			return nil // superseded
		}
	}
	read := guard(func() tea.Msg {
		for keys, err := range e.client.KeyPages(ctx, kind) {
			if err != nil {
				return kindLoadedMsg{gen: gen, kind: kind, err: err}
			}
			if !send(keysPageMsg{gen: gen, kind: kind, keys: keys, more: next}) {
				return nil
			}
		}
		return kindLoadedMsg{gen: gen, kind: kind}
	})
	return func() tea.Msg {
		go func() { send(read()) }()
		return next()
	}
}

func (e effects) loadCertificates(ctx context.Context, gen int) tea.Cmd {
	return guard(func() tea.Msg {
		certificates, err := e.client.Certificates(ctx)
		return certificatesLoadedMsg{gen: gen, certificates: certificates, err: err}
	})
}

// fetchForCopy reads one key again before its text is copied in that form.
func (e effects) fetchForCopy(ctx context.Context, gen int, k client.Key, form deploy.Form, certificates bool) tea.Cmd {
	return guard(func() tea.Msg {
		msg := e.fetch(ctx, k, certificates)
		msg.gen, msg.form = gen, form
		return msg
	})
}

// fetch reads one key again, and the certificates where nobody knows yet when
// they end.
func (e effects) fetch(ctx context.Context, k client.Key, certificates bool) keyFetchedMsg {
	ctx, cancel := context.WithTimeout(ctx, actionTimeout)
	defer cancel()
	msg := keyFetchedMsg{asked: k}
	msg.key, msg.err = e.client.GetKey(ctx, k)
	if msg.err == nil && certificates {
		msg.certificates, msg.certificatesErr = e.client.Certificates(ctx)
	}
	return msg
}

// readAgain reads one key after something went wrong with it.
func (e effects) readAgain(ctx context.Context, k client.Key) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, actionTimeout)
		defer cancel()
		fresh, err := e.client.GetKey(ctx, k)
		return keyReadMsg{session: e.session, key: fresh, err: err}
	})
}

// watchKey reads a key again that was copied.
func (e effects) watchKey(ctx context.Context, number int, k client.Key) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, actionTimeout)
		defer cancel()
		fresh, err := e.client.GetKey(ctx, k)
		return keyWatchedMsg{number: number, asked: k, key: fresh, err: err}
	})
}

// whoEnrolled asks which connectors enrolled last with a key. That it was used
// is worth telling without their names too.
func (e effects) whoEnrolled(ctx context.Context, k client.Key, newest int) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, actionTimeout)
		defer cancel()
		names, err := e.client.EnrolledWith(ctx, k, newest)
		if err != nil {
			names = nil
		}
		return keyUsedMsg{session: e.session, key: k, names: names}
	})
}

// retrySignIn lets the client send a refused pair of credentials once more.
func (e effects) retrySignIn() { e.client.RetrySignIn() }

// nextWait reports the client's next wait. The channel is never closed while
// the console runs.
func (e effects) nextWait(ctx context.Context) tea.Cmd {
	return func() tea.Msg {
		select {
		case w := <-e.waits:
			return waitMsg(w)
		case <-ctx.Done():
			return nil
		}
	}
}

// signOut says farewell to the API, as after the screen is restored.
func (e effects) signOut() {
	if e.endSession != nil {
		defer e.endSession()
	}
	if e.client == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), signOutTimeout)
	defer cancel()
	e.client.SignOut(ctx)
}

func tick() tea.Cmd {
	return tea.Tick(tickEvery, func(time.Time) tea.Msg { return tickMsg{} })
}

func endToast(number int, life time.Duration) tea.Cmd {
	return tea.Tick(life, func(time.Time) tea.Msg { return toastEndedMsg{number} })
}

// endReveal wakes the model when the time of a reveal is up.
func endReveal() tea.Cmd {
	return tea.Tick(revealFor, func(time.Time) tea.Msg { return revealEndedMsg{} })
}

// leaveSoon ends the wait for the terminal's answer.
func leaveSoon() tea.Cmd {
	return tea.Tick(lastAnswer, func(time.Time) tea.Msg { return leaveDueMsg{} })
}

func releaseKeys(number int) tea.Cmd {
	return tea.Tick(burstGap, func(time.Time) tea.Msg { return keysReleasedMsg{number} })
}
