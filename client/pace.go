package client

import (
	"context"
	"slices"
	"sync"
	"time"
)

// The product's limits: 20 reads and 10 writes in any 10 seconds.
const (
	maxReads   = 20
	maxWrites  = 10
	paceWindow = 10 * time.Second
	// paceMargin covers calls that travel faster than the ones before them.
	paceMargin = 100 * time.Millisecond
)

// pace keeps the times of the last calls, so that a call waits until the
// oldest is 10 seconds old. A token bucket of the same size would let 39 calls
// through in that time.
type pace struct {
	mu            sync.Mutex
	reads, writes []time.Time // ascending; times granted of late, some of them ahead
}

// reserve returns when a call may go and counts it at that time.
func (p *pace) reserve(now time.Time, write bool) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	times, limit := p.of(write)
	*times = slices.DeleteFunc(*times, func(t time.Time) bool { return now.Sub(t) >= paceWindow+paceMargin })
	at := now
	if n := len(*times); n >= limit {
		at = (*times)[n-limit].Add(paceWindow + paceMargin)
	}
	*times = append(*times, at)
	return at
}

// release gives a time back that was granted and not used, so that calls which
// were given up do not hold up the next ones.
func (p *pace) release(at time.Time, write bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	times, _ := p.of(write)
	if i := slices.IndexFunc(*times, at.Equal); i >= 0 {
		*times = slices.Delete(*times, i, i+1)
	}
}

func (p *pace) of(write bool) (times *[]time.Time, limit int) {
	if write {
		return &p.writes, maxWrites
	}
	return &p.reads, maxReads
}

// sleep waits for d unless ctx ends first or its deadline lies nearer than d:
// then it returns at once, so that nobody waits for nothing.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	if deadline, ok := ctx.Deadline(); ok && time.Until(deadline) < d {
		return context.DeadlineExceeded
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// Ready waits until so many reads and writes could go out together within the
// rate limit, so that whoever does one thing after another can stop between them
// and never in the middle of a change. The error is the context's.
func (c *Client) Ready(ctx context.Context, reads, writes int) error {
	now := time.Now()
	return c.wait(ctx, c.pace.ready(now, reads, writes).Sub(now), nil)
}

// ready returns when so many calls could go.
func (p *pace) ready(now time.Time, reads, writes int) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	at := now
	for _, of := range []struct {
		times       []time.Time
		wanted, max int
	}{{p.reads, reads, maxReads}, {p.writes, writes, maxWrites}} {
		// The wanted ones fit once so many of the last calls are old enough.
		if i := len(of.times) + min(of.wanted, of.max) - of.max - 1; of.wanted > 0 && i >= 0 && i < len(of.times) {
			if free := of.times[i].Add(paceWindow + paceMargin); free.After(at) {
				at = free
			}
		}
	}
	return at
}
