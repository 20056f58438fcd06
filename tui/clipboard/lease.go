package clipboard

import (
	"encoding/json"
	"io"
)

// Ending is what became of a copy that a helper looked after.
type Ending int

// The endings; of two copies the greater tells for both.
const (
	EndingUnknown Ending = iota // the helper went away without a word
	EndingCleared               // the copy was cleared
	EndingGone                  // it was not there any more
	EndingChanged               // something else was copied since and was left alone
	EndingFailed                // it could not be cleared
)

// Lease is a copy that helper processes look after, one for each place. They
// clear it when its time is up, whether this program still runs or not.
type Lease struct {
	holds []*hold
	ended chan Ending
}

// hold is one helper's.
type hold struct {
	in      io.WriteCloser // the helper's input; closed, it tells that we are gone
	answers *json.Decoder
	wait    func() error
	// quiet is a copy that nobody was told of: its ending matters where it fails.
	quiet bool
}

func newLease(holds ...*hold) *Lease {
	l := &Lease{holds: holds, ended: make(chan Ending, 1)}
	endings := make(chan Ending, len(holds))
	for _, h := range holds {
		go func() { endings <- h.ending() }()
	}
	go func() {
		last := EndingUnknown
		for range holds {
			ending := <-endings
			if ending == EndingUnknown && len(holds) > 1 {
				ending = EndingFailed // or the other's would hide it
			}
			last = max(last, ending)
		}
		l.ended <- last
		close(l.ended)
	}()
	return l
}

// Clear asks the helpers to clear the copy now.
func (l *Lease) Clear() { l.tell(clearNow) }

// Supersede tells the helpers that a newer copy took the place of this one: the
// buffer of tmux goes, and nothing else is touched.
func (l *Lease) Supersede() { l.tell(superseded) }

// Ended returns a channel that brings one ending and is closed then.
func (l *Lease) Ended() <-chan Ending { return l.ended }

func (l *Lease) tell(c command) {
	for _, h := range l.holds {
		h.tell(c)
	}
}

// tell sends a command. A helper that is gone has ended already and said so.
func (h *hold) tell(c command) { _, _ = io.WriteString(h.in, string(c)+"\n") }

// ending waits for the helper's last word and for its end.
func (h *hold) ending() Ending {
	var last farewell
	if h.answers.Decode(&last) != nil {
		last.Ended = ""
	}
	// How it exits tells nothing that its last word does not.
	_ = h.wait()
	_ = h.in.Close()
	ending := endingOf(last.Ended)
	if h.quiet && ending != EndingFailed {
		return EndingCleared
	}
	return ending
}
