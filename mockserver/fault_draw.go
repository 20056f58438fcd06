package mockserver

import (
	"hash/fnv"
	"io"
	"strconv"
	"sync"
	"time"
)

// FaultCount is a fault that is set, and what has come of it.
type FaultCount struct {
	Fault Fault
	// Matched is how many calls it was about, and Fired how many of them it struck.
	Matched, Fired int
}

// faultSet is the faults from one change of them to the next.
type faultSet struct {
	seed int64
	// breaks says that some fault breaks connections.
	breaks bool

	mu    sync.Mutex
	list  []FaultCount
	texts []string
	// calls is how often each call came.
	calls map[callKey]int
}

// callKey is what makes two calls the same for the luck of a fault.
type callKey struct{ method, path, page string }

func newFaultSet(seed int64, faults []Fault) *faultSet {
	set := &faultSet{seed: seed, calls: map[callKey]int{}}
	for _, f := range faults {
		set.breaks = set.breaks || f.breaksConnections()
		set.list = append(set.list, FaultCount{Fault: f})
		set.texts = append(set.texts, f.String())
	}
	return set
}

// hit is what the faults together do to one call.
type hit struct {
	wait time.Duration
	// fault is the one that does more than wait, nil for none.
	fault *Fault
}

// strike counts the call at every fault that is about it, and returns what happens.
func (set *faultSet) strike(p target) hit {
	set.mu.Lock()
	defer set.mu.Unlock()
	var h hit
	key := callKey{p.method, p.path, p.page}
	turn := set.calls[key]
	set.calls[key]++
	for i := range set.list {
		one := &set.list[i]
		f := &one.Fault
		if !f.matches(p) {
			continue
		}
		one.Matched++
		if one.Matched <= f.After || f.Count > 0 && one.Fired >= f.Count || h.fault != nil && f.acts() {
			continue
		}
		if f.Chance > 0 && set.draw(set.texts[i], "chance", key, turn) >= f.Chance {
			continue
		}
		one.Fired++
		h.wait += f.Latency + time.Duration(float64(f.Jitter)*set.draw(set.texts[i], "jitter", key, turn))
		if f.acts() {
			h.fault = f
		}
	}
	return h
}

// draw returns a number from 0 to below 1 that follows from its arguments and the
// seed alone. The text of the fault has its own seed in it.
func (set *faultSet) draw(fault, purpose string, key callKey, turn int) float64 {
	h := fnv.New64a()
	for _, part := range []string{
		strconv.FormatInt(set.seed, 10), fault, purpose, key.method, key.path, key.page, strconv.Itoa(turn),
	} {
		// A hash takes every write. The zero byte keeps "a"+"bc" from being "ab"+"c".
		_, _ = io.WriteString(h, part+"\x00")
	}
	return float64(mixed(h.Sum64())>>11) / (1 << 53)
}

// mixed spreads a hash over all its bits (the finalizer of SplitMix64): the last
// bytes that FNV takes in, here the turn, hardly reach its upper bits.
func mixed(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// counts returns the faults as they stand.
func (set *faultSet) counts() []FaultCount {
	set.mu.Lock()
	defer set.mu.Unlock()
	return append([]FaultCount(nil), set.list...)
}
