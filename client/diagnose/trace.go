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

// specimen is a text in the forms in which it is compared with keys.
type specimen struct {
	text           string // without a line break at the end
	pressed, whole string // as keytext.Dissect returns them
	// forms are what a change is looked for in: the text with one byte for each
	// character, then what is left when all is taken off that can be.
	forms    []string
	repaired string // the sound text that is left then; "" for none, and for a sound text
	sure     bool   // repaired is what was there before the damage, whatever the keys
	report   keytext.Report
}

func newSpecimen(text string) specimen {
	p := specimen{text: strings.TrimSuffix(text, "\n")}
	d := keytext.Dissect(text)
	p.report, p.pressed, p.whole, p.sure = d.Report, d.Pressed, d.Whole, d.Sure
	p.forms = slices.Compact([]string{flat(p.text), p.pressed, p.whole})
	if d.Left {
		p.repaired = p.whole
	}
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

// fit is how a key explains a text.
type fit struct {
	closeness closeness
	change    change
	enough    bool // enough of the key's secret part is in the text to prove anything
	shared    int  // characters of the text, at both ends, that are the key's
}

// trace is the key that a text comes from.
type trace struct {
	fit
	key  client.Key
	fits int // keys that explain the text as well; only 1 proves anything
	// outdone says that a key that no single change explains shares more of the
	// text, or goes on where the traced one ends and the text is longer: it may as
	// well be that one with two changes.
	outdone bool
}

// proved reports whether the text is of the traced key and no other.
func (t trace) proved() bool { return t.fits == 1 && t.enough && !t.outdone }

// changed reports whether keys explain the text but for a change in one place.
func (t trace) changed() bool {
	return t.fits > 0 && (t.closeness == oneChange || t.closeness == changeLeft)
}

// traced compares a text with every key whose text is known.
func (p specimen) traced(keys []client.Key) trace {
	best, shared := trace{fit: fit{closeness: unlike}}, 0
	for _, k := range keys {
		text := k.Text.Reveal()
		if text == "" {
			continue
		}
		f := p.compare(text)
		shared = max(shared, f.shared)
		switch {
		case f.closeness == unlike || f.closeness > best.closeness:
		case f.closeness < best.closeness:
			best = trace{fit: f, key: k, fits: 1}
		case k.Ref() != best.key.Ref():
			best.fits++
			best.enough = best.enough || f.enough
			best.shared = max(best.shared, f.shared)
		}
	}
	best.outdone = best.changed() && (shared > best.shared || p.mayGoOn(best.key, keys))
	return best
}

// mayGoOn reports whether the text is longer than that of the key, and another
// key's begins with all of that.
func (p specimen) mayGoOn(key client.Key, keys []client.Key) bool {
	text := key.Text.Reveal()
	return len(p.forms[0]) > len(text) && slices.ContainsFunc(keys, func(k client.Key) bool {
		other := k.Text.Reveal()
		return len(other) > len(text) && strings.HasPrefix(other, text)
	})
}

// compare says how close a text is to a key's.
func (p specimen) compare(key string) fit {
	switch {
	case strings.TrimSuffix(key, "\n") == p.text:
		return fit{closeness: sameText, enough: true, shared: len(key)}
	case key == p.whole || key == p.pressed:
		return fit{closeness: repairable, enough: true, shared: len(key)}
	}
	far := fit{closeness: unlike}
	for n, text := range p.forms {
		near := changeLeft
		if n == 0 {
			near = oneChange
		}
		c, head, tail, ok := changeBetween(text, key)
		if ok {
			c.inKey = near == changeLeft
			return fit{near, c, enoughOf(key, span{0, head}, span{len(key) - tail, len(key)}), head + tail}
		}
		// Where nothing changed but that both ends are missing, the rest is one piece.
		if from := strings.Index(key, text); from > 0 {
			c := change{kind: cutBoth, count: len(text), at: from + 1, inKey: true}
			return fit{near, c, enoughOf(key, span{from, from + len(text)}), len(text)}
		}
		far.shared = max(far.shared, head+tail)
	}
	return far
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
