package client

import (
	"math/rand/v2"
	"testing"
	"time"
)

// mostIn returns the largest number of times in any window of that length.
func mostIn(times []time.Time, window time.Duration) int {
	most := 0
	for i, from := range times {
		n := 0
		for _, t := range times[i:] {
			if t.Sub(from) < window {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

func TestNoWindowHoldsMoreThanTheLimit(t *testing.T) {
	for _, c := range []struct {
		write bool
		limit int
	}{{false, maxReads}, {true, maxWrites}} {
		rng := rand.New(rand.NewPCG(1, 2))
		var p pace
		var granted []time.Time
		now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		for range 400 {
			now = now.Add(time.Duration(rng.Int64N(int64(700 * time.Millisecond))))
			granted = append(granted, p.reserve(now, c.write))
		}
		if got := mostIn(granted, paceWindow); got != c.limit {
			t.Errorf("write %v: %d calls in 10 s, want the limit of %d reached and kept", c.write, got, c.limit)
		}
	}
}

func TestReadsAndWritesHaveLimitsOfTheirOwn(t *testing.T) {
	var p pace
	now := time.Now()
	for range maxReads {
		p.reserve(now, false)
	}
	if at := p.reserve(now, true); !at.Equal(now) {
		t.Errorf("a write waits %v for reads", at.Sub(now))
	}
}

func TestTimesGivenBackAreGrantedAgain(t *testing.T) {
	var p pace
	now := time.Now()
	for range maxReads {
		p.reserve(now, false)
	}
	for range 50 {
		p.release(p.reserve(now, false), false)
	}
	if at := p.reserve(now, false); at.Sub(now) != paceWindow+paceMargin {
		t.Errorf("after 50 calls that were given up the next one waits %v", at.Sub(now))
	}
}

func TestGivingTimesBackNeverBreaksTheLimit(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var p pace
	var used, held []time.Time
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for range 600 {
		now = now.Add(time.Duration(rng.Int64N(int64(800 * time.Millisecond))))
		at := p.reserve(now, false)
		if rng.IntN(4) == 0 {
			held = append(held, at)
		} else {
			used = append(used, at)
		}
		if len(held) > 5 {
			p.release(held[0], false)
			held = held[1:]
		}
	}
	if got := mostIn(used, paceWindow); got > maxReads {
		t.Errorf("%d calls in 10 s", got)
	}
}
