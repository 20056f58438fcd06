package tui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
)

// bulkJob is bulk work under way: one key after another, inside the rate limit. A
// change that was begun is never broken off; it is stopped between two keys.
type bulkJob struct {
	gen     int
	stop    context.CancelFunc // ends the wait for the rate limit
	stopped bool               // a person asked for it
	results []bulkResult       // one a key that was tried, in their order
	made    client.Secret      // the passphrase that was made up; zero for none
}

// bulkResult is what became of one key.
type bulkResult struct {
	key    client.Key
	words  string // what was done, or why it was not
	failed bool
}

// beginBulk begins with the first key.
func (m *Model) beginBulk() tea.Cmd {
	d := &m.bulk
	d.stage = bulkRunning
	d.job = bulkJob{gen: d.job.gen + 1, made: d.job.made}
	return m.nextBulk()
}

// nextBulk waits for the rate limit to have room for the next key, or shows what
// became of all.
func (m *Model) nextBulk() tea.Cmd {
	d := &m.bulk
	at := len(d.job.results)
	if at == len(d.keys) || d.job.stopped {
		d.stage = bulkResults
		return nil
	}
	wait, stop := context.WithCancel(m.ctx)
	d.job.stop = stop
	return m.effects.awaitTurn(wait, d.job.gen, d.deed)
}

// bulkTurn begins with a key whose turn it is. From here on it is under way.
func (m *Model) bulkTurn(msg bulkTurnMsg) tea.Cmd {
	d := &m.bulk
	if msg.gen != d.job.gen || d.stage != bulkRunning {
		return nil
	}
	d.job.stop()
	if d.job.stopped {
		return m.nextBulk()
	}
	k := d.keys[len(d.job.results)]
	m.sends(k.Name)
	return m.effects.bulkStep(m.ctx, bulkStep{gen: d.job.gen, deed: d.deed, key: k, amount: d.amount, to: d.to, now: m.now})
}

// stopBulk stops before the next key; one that was begun is finished.
func (m *Model) stopBulk() tea.Cmd {
	m.bulk.job.stopped = true
	m.bulk.job.stop()
	return nil
}

// bulkStep is one key's turn.
type bulkStep struct {
	gen    int
	deed   bulkDeed
	key    client.Key
	amount int64
	to     Download
	now    time.Time // when its turn came
}

// bulkStepped takes in what became of one key and goes on with the next.
func (m *Model) bulkStepped(msg bulkSteppedMsg) tea.Cmd {
	m.heard(msg.step.key.Name)
	d := &m.bulk
	if msg.step.gen != d.job.gen || d.stage != bulkRunning {
		return nil
	}
	result, done := m.bulkDone(msg)
	d.job.results = append(d.job.results, result)
	ref := msg.step.key.Ref()
	if _, held := m.keys.catalog.Get(ref); held && result.failed {
		m.keys.mark(ref, "not "+d.deed.past()+": "+result.words)
	} else {
		m.keys.unmark(ref)
	}
	m.reselectMarked()
	m.undo = undo{} // u would undo what is older
	if endsBulk(msg.err) {
		d.job.stopped = true
	}
	return tea.Batch(done, m.nextBulk())
}

// endsBulk reports whether a failure would be that of every key that follows.
func endsBulk(err error) bool {
	return errors.Is(err, client.ErrSignIn) || errors.Is(err, client.ErrUnavailable) || errors.Is(err, client.ErrRateLimited) ||
		errors.Is(err, context.DeadlineExceeded)
}

// bulkFailed takes in what a failure tells of a key.
func (m *Model) bulkFailed(k client.Key, err error) tea.Cmd {
	var conflict *client.ConflictError
	var blocked *client.BlockedError
	var unconfirmed *client.UnconfirmedError
	switch {
	case errors.Is(err, client.ErrNotFound):
		m.forget(k)
	case errors.As(err, &conflict):
		m.takeIn(conflict.Now)
	case errors.As(err, &blocked):
		m.takeIn(blocked.Now)
	case errors.As(err, &unconfirmed):
		return m.effects.readAgain(m.ctx, k)
	}
	return nil
}

// bulkDone takes in what one step brought, and says it.
func (m *Model) bulkDone(msg bulkSteppedMsg) (bulkResult, tea.Cmd) {
	k := msg.step.key
	r := bulkResult{key: k}
	switch {
	case msg.err != nil:
		r.failed, r.words = true, m.bulkFailure(k, msg.err)
		return r, m.bulkFailed(k, msg.err)
	case msg.step.deed == bulkDelete:
		r.words = "deleted"
		if msg.already {
			r.words = "gone already, somebody deleted it"
		}
		m.forget(k)
		return r, m.recordDeleted(k, msg.already)
	case msg.step.deed == bulkDownload:
		r.words = "written to " + msg.written.Path
		done := m.record(Deed{Action: DeedDownloaded, Key: k.Ref(), Name: k.Name, Route: msg.step.to.route()})
		return r, tea.Batch(done, m.remember(msg.updated.After))
	}
	m.takeIn(msg.updated.After)
	r.words = fmt.Sprintf("max uses %d → %d (%d left)", msg.updated.Before.MaxUses, msg.updated.After.MaxUses, msg.updated.After.Left())
	switch {
	case client.Difference(msg.updated.Before, msg.updated.After).IsZero():
		r.words = "it was so already"
	case msg.step.deed == bulkDisable || msg.step.deed == bulkEnable:
		r.words = msg.step.deed.past()
	}
	return r, m.recordEdit(msg.updated)
}
