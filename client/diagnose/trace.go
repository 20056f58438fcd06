package diagnose

import (
	"slices"
	"strings"

	"provkeys/client"
	"provkeys/client/keytext"
)

// leastEvidence is how many characters of a key's base64 a damaged text must
// hold before it is that key's: 24 of them are 144 bits.
const leastEvidence = 24

// closeness is how well a key explains a text, the best first. A key that is
// closer than all others is the one.
type closeness int

const (
	sameText   closeness = iota // to the byte
	repairable                  // but for what can be taken off for sure
	oneChange                   // but for one change in one place
	changeLeft                  // but for one change, when what can be taken off has been
	unlike
)

// pasted is a text in the forms in which it is compared with keys.
type pasted struct {
	text           string // without a line break at the end
	pressed, whole string // as keytext.Dissect returns them
	// forms are what a change is looked for in: the text with one byte for each
	// character, then what is left when all is taken off that can be.
	forms    []string
	repaired string // "" where nothing can be repaired for sure
	report   keytext.Report
}

func newPasted(text string) pasted {
	p := pasted{text: strings.TrimSuffix(text, "\n")}
	p.report, p.pressed, p.whole = keytext.Dissect(text)
	p.forms = slices.Compact([]string{flat(p.text), p.pressed, p.whole})
	p.repaired, _ = keytext.Repair(text)
	return p
}

// flat returns a text with one byte for each character, so that a place in it
// is one that a person counts.
func flat(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, c := range text {
		if c > 0x7e {
			c = 0
		}
		b.WriteByte(byte(c))
	}
	return b.String()
}

// trace is the key that a text comes from.
type trace struct {
	key       client.Key
	closeness closeness
	change    change
	fits      int  // keys that explain the text as well; only 1 proves anything
	enough    bool // and only where enough of its secret part is left
}

// traced compares a text with every key whose text is known.
func (p pasted) traced(keys []client.Key) trace {
	best := trace{closeness: unlike}
	for _, k := range keys {
		text := k.Text.Reveal()
		if text == "" {
			continue
		}
		near, c, enough := p.compare(text)
		switch {
		case near == unlike || near > best.closeness:
		case near < best.closeness:
			best = trace{key: k, closeness: near, change: c, fits: 1, enough: enough}
		case k.Ref() != best.key.Ref():
			best.fits++
			best.enough = best.enough || enough
		}
	}
	return best
}

// compare says how close a text is to a key's, and whether enough of the key's
// secret part is in it to prove anything.
func (p pasted) compare(key string) (near closeness, c change, enough bool) {
	switch {
	case strings.TrimSuffix(key, "\n") == p.text:
		return sameText, change{}, true
	case key == p.whole || key == p.pressed:
		return repairable, change{}, true
	}
	for n, text := range p.forms {
		near = changeLeft
		if n == 0 {
			near = oneChange
		}
		if c, head, tail, ok := changeBetween(text, key); ok {
			c.inKey = near == changeLeft
			return near, c, enoughOf(key, span{0, head}, span{len(key) - tail, len(key)})
		}
		// Where nothing changed but that both ends are missing, the rest is one piece.
		if from := strings.Index(key, text); from > 0 {
			c := change{kind: cutBoth, count: len(text), at: from + 1, inKey: true}
			return near, c, enoughOf(key, span{from, from + len(text)})
		}
	}
	return unlike, change{}, false
}

// span is the piece [from:to] of a key's text.
type span struct{ from, to int }

// enoughOf reports whether pieces of a key hold enough of its base64. Version,
// host and number are not the key's alone.
func enoughOf(key string, pieces ...span) bool {
	secret := span{strings.LastIndexByte(key, '|') + 1, len(key)}
	if dash := strings.LastIndexByte(key, '-'); dash > secret.from {
		secret.to = dash
	}
	evidence := 0
	for _, piece := range pieces {
		evidence += max(0, min(piece.to, secret.to)-max(piece.from, secret.from))
	}
	return evidence >= leastEvidence
}
