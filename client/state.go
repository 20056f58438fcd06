package client

import "time"

// State is the condition of a key, worst first. Its String is the word that
// screens, tables and JSON show.
type State int

// The states, worst first. The first five block copying.
const (
	Expired State = iota
	Disabled
	UsedUp
	Hidden
	CertificateExpired
	NearlyUsedUp
	OK
)

// ParseState returns the state of a word such as "used up"; false when there is
// no such state.
func ParseState(word string) (State, bool) {
	for s := Expired; s <= OK; s++ {
		if s.String() == word {
			return s, true
		}
	}
	return OK, false
}

// String returns the state's word, spaces included.
func (s State) String() string {
	switch s {
	case Expired:
		return "expired"
	case Disabled:
		return "disabled"
	case UsedUp:
		return "used up"
	case Hidden:
		return "hidden"
	case CertificateExpired:
		return "certificate expired"
	case NearlyUsedUp:
		return "nearly used up"
	}
	return "ok"
}

// MarshalText returns the state's word.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Blocks reports whether a key in this state is never copied.
func (s State) Blocks() bool { return s <= CertificateExpired }

// holds reports whether the key is in the state s at now, whatever else it is.
func (k Key) holds(s State, now time.Time, near Threshold) bool {
	switch s {
	case Expired:
		return !k.Expires.IsZero() && !now.Before(k.Expires)
	case Disabled:
		return !k.Enabled
	case UsedUp:
		return k.Uses >= k.MaxUses
	case Hidden:
		return k.Text.IsZero() || !k.Exportable && !k.Fresh
	case CertificateExpired:
		return !k.CertificateEnd.IsZero() && !now.Before(k.CertificateEnd)
	case NearlyUsedUp:
		return k.Uses < k.MaxUses && near.reached(k)
	}
	return true
}

// State returns the worst state that holds at now.
func (k Key) State(now time.Time, near Threshold) State {
	s := Expired
	for !k.holds(s, now, near) {
		s++
	}
	return s
}

// States returns every state that holds at now, worst first; OK only alone.
func (k Key) States(now time.Time, near Threshold) []State {
	var all []State
	for s := Expired; s < OK; s++ {
		if k.holds(s, now, near) {
			all = append(all, s)
		}
	}
	if all == nil {
		return []State{OK}
	}
	return all
}
