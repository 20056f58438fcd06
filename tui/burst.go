package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

const (
	// burstGap is the time within which no person presses two keys.
	burstGap = 30 * time.Millisecond
	// burstMax is how many printable keys within burstGap still count as keys
	// that a held key or a slow line brought together.
	burstMax = 8
	// escWait is how long an esc is held back, alone or with a key behind it, to see
	// whether more bytes make them another key.
	escWait = 50 * time.Millisecond
	// altWait is how long a key with alt may be: the hold may be begun anew.
	altWait = 2 * escWait
)

// burst tells pasted text from typed keys where the terminal does not. A key on
// its own acts at once; one that comes faster than a person types is held for
// burstGap and acts then, unless more than burstMax printable ones have come in
// that time: then it was a paste, and everything up to the next pause is
// dropped. The first key of a paste has acted by then; what it opened is closed.
//
// A paste may hold the end of a bracketed one, and keys behind it. So what comes
// at once behind a paste is dropped too, and in a text field what comes behind a
// quick key that left it, or would have: see typeKey.
type burst struct {
	recent  []time.Time // of the printable keys of the last burstGap
	last    time.Time   // of the last key, printable or not
	held    []heldKey
	parting heldKey // what would leave a text field, and waits whether more comes behind it; number 0 for none
	number  int     // of the last held key
	serial  int     // of the burst: what it asked is not answered by its own keys
	pasting bool    // up to the next pause everything is dropped
	opened  bool    // the burst began outside a text field
	quick   bool    // the last key that a text field took came right behind another
}

type heldKey struct {
	key    tea.KeyPressMsg
	number int
}

// going reports whether a key at now belongs to a burst that began outside a
// text field, even if its first key has opened one.
func (b *burst) going(now time.Time) bool {
	return b.opened && now.Sub(b.last) < burstGap || len(b.held) > 0
}

// close reports whether now is so close behind a key that nothing a person does with
// a mouse can be: it came with a paste.
func (b *burst) close(now time.Time) bool { return now.Sub(b.last) < burstGap }

// isQuick reports whether a key at now came faster than a person types.
func (b *burst) isQuick(key tea.KeyPressMsg, now time.Time) bool {
	gap := burstGap
	switch {
	case key.Mod.Contains(tea.ModAlt):
		gap += altWait
	case key.Code == tea.KeyEscape:
		gap += escWait
	}
	return now.Sub(b.last) < gap
}

// drops reports whether a key at now belongs to a paste that nothing more is
// taken of.
func (b *burst) drops(key tea.KeyPressMsg, now time.Time) bool {
	return b.pasting && b.isQuick(key, now)
}

// spoil drops everything from now up to the next pause.
func (b *burst) spoil(now time.Time) {
	b.last, b.pasting, b.held, b.parting = now, true, nil, heldKey{}
}

// part holds a key back that would leave a text field and came right behind
// another. A person's own is the last of its burst; a pasted one has more behind it.
func (b *burst) part(key tea.KeyPressMsg, now time.Time) int {
	b.number++
	b.last, b.parting = now, heldKey{key, b.number}
	return b.number
}

// spent counts time that the program itself took as no pause: a key that waited
// for it is as quick as it was.
func (b *burst) spent(d time.Duration) { b.last = b.last.Add(d) }

// fate is what becomes of a key.
type fate int

const (
	actNow fate = iota
	actLater
	dropPaste // and say so: the first time in a paste
	dropMore
)

// typed counts a key that a text field took: what follows it at once may be the
// rest of the same paste.
func (b *burst) typed(key tea.KeyPressMsg, now time.Time) {
	b.quick = b.isQuick(key, now)
	if !b.quick {
		b.pasting, b.recent = false, nil
		b.serial++
	}
	b.last, b.opened = now, false
	if key.Text != "" {
		b.recent = append(b.recent, now)
	}
}

// take decides on a key. One to act on later is released by the number that
// comes with it.
func (b *burst) take(key tea.KeyPressMsg, now time.Time) (fate, int) {
	quick := b.isQuick(key, now)
	b.last, b.quick = now, false
	if !quick && len(b.held) == 0 {
		b.pasting, b.recent, b.opened = false, nil, true
		b.serial++
	}
	for len(b.recent) > 0 && now.Sub(b.recent[0]) >= burstGap {
		b.recent = b.recent[1:]
	}
	if key.Text != "" {
		b.recent = append(b.recent, now)
	}
	switch {
	case b.pasting:
		return dropMore, 0
	case len(b.recent) > burstMax:
		b.pasting, b.held = true, nil
		return dropPaste, 0
	case !quick && len(b.held) == 0:
		return actNow, 0
	}
	b.number++
	b.held = append(b.held, heldKey{key, b.number})
	return actLater, b.number
}

// release returns the held keys up to a number: their time has come.
func (b *burst) release(number int) []tea.KeyPressMsg {
	var keys []tea.KeyPressMsg
	if p := b.parting; p.number > 0 && p.number <= number {
		b.parting = heldKey{}
		keys = append(keys, p.key)
	}
	for len(b.held) > 0 && b.held[0].number <= number {
		keys = append(keys, b.held[0].key)
		b.held = b.held[1:]
	}
	return keys
}
