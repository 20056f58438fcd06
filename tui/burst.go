package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// burstGap is the time within which no person presses two keys.
	burstGap = 30 * time.Millisecond
	// burstMax is how many printable keys in a burst still count as typing
	// that a slow line brought together.
	burstMax = 8
)

// burst tells pasted text from typed keys where the terminal does not: the
// first key acts at once, those that follow it faster than a person types are
// held until the burst ends, and more than burstMax of them are dropped. So
// nobody's pasted mail presses keys here.
type burst struct {
	last      time.Time // when the last key came
	held      []tea.KeyPressMsg
	printable int // keys with text in this burst, the first one included
	number    int // of the burst, so that an old timer ends nothing
}

// take reports whether the key is to be acted on at once. When it returns
// false the key is held, and the timer of the returned number ends the burst.
func (b *burst) take(key tea.KeyPressMsg, now time.Time) (act bool, timer int) {
	quick := now.Sub(b.last) < burstGap
	b.last = now
	if !quick && len(b.held) == 0 {
		b.printable = 0
	}
	if key.Text != "" {
		b.printable++
	}
	if !quick && len(b.held) == 0 || b.printable == 0 {
		return true, 0
	}
	b.held = append(b.held, key)
	b.number++
	return false, b.number
}

// end closes the burst if the timer is its last one. It returns the held keys,
// or how many were dropped as a paste.
func (b *burst) end(number int) (keys []tea.KeyPressMsg, dropped int) {
	if number != b.number || len(b.held) == 0 {
		return nil, 0
	}
	keys, n := b.held, b.printable
	b.held, b.printable = nil, 0
	if n > burstMax {
		return nil, n
	}
	return keys, 0
}
