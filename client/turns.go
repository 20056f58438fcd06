package client

import (
	"context"
	"sync"
)

// turns lets one update of a key through at a time: without a compare-and-swap
// two updates from the same program would overwrite each other.
type turns struct {
	mu   sync.Mutex
	busy map[Ref]chan struct{} // closed at the end of the turn
}

// take waits for the turn and returns what ends it. The error is the
// context's.
func (t *turns) take(ctx context.Context, ref Ref) (done func(), err error) {
	for {
		ended, mine := t.try(ref)
		if mine {
			return func() { t.end(ref) }, nil
		}
		select {
		case <-ended:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (t *turns) try(ref Ref) (ended chan struct{}, mine bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if ended, taken := t.busy[ref]; taken {
		return ended, false
	}
	if t.busy == nil {
		t.busy = map[Ref]chan struct{}{}
	}
	t.busy[ref] = make(chan struct{})
	return nil, true
}

func (t *turns) end(ref Ref) {
	t.mu.Lock()
	defer t.mu.Unlock()
	close(t.busy[ref])
	delete(t.busy, ref)
}
