package keytext

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// alien stands for a visible character that no key text has.
const alien = 0

// reading is a text without everything that is invisible: one byte for each
// character that is left.
type reading struct {
	text       []byte // printable ASCII and alien
	at         []int  // the place of each in the original, counted from 1
	line       []int  // and its line
	marks      []mark // what was left out or translated, by place
	typed      []int  // the indexes of quotes and dashes that were typographic
	lost       []int  // the places of what was left out and may have stood for a character
	wide       bool   // of two bytes a character, one of which is a NUL
	characters int
	lines      int
}

// read takes a text apart.
func read(text string) *reading {
	text = strings.TrimSuffix(text, "\n")
	r := &reading{text: make([]byte, 0, len(text)), at: make([]int, 0, len(text))}
	if text != "" {
		r.lines = 1
	}
	for i := 0; i < len(text); {
		i += r.next(text[i:], i == 0)
	}
	return r
}

// next reads what rest begins with and returns its length in bytes.
func (r *reading) next(rest string, first bool) int {
	if first && (strings.HasPrefix(rest, "\xff\xfe") || strings.HasPrefix(rest, "\xfe\xff")) {
		// What PowerShell's > writes begins like that, a NUL behind every character.
		r.wide = true
		return r.leaveOut(byteOrderMark, 2)
	}
	if rest[0] < utf8.RuneSelf {
		return r.ascii(rest)
	}
	c, size := utf8.DecodeRuneInString(rest)
	switch {
	case c == utf8.RuneError && size == 1:
		r.translate(alien, foreign)
	case c == '\ufeff':
		r.leaveOut(byteOrderMark, 1)
	case strings.ContainsRune("“”„‟«»‘’‚‛‹›′″", c):
		r.typed = append(r.typed, len(r.text))
		r.translate('"', smartQuote)
	case strings.ContainsRune("\u2010\u2011‒–—―−", c):
		r.typed = append(r.typed, len(r.text))
		r.translate('-', dash)
	case c < 0xa0:
		r.leaveOut(control, 1)
	case unicode.Is(unicode.Z, c) || unicode.In(c, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) || c == '\u2800':
		r.leaveOut(invisible, 1)
	default:
		r.translate(alien, foreign)
	}
	return size
}

// ascii is next where rest begins with ASCII.
func (r *reading) ascii(rest string) int {
	switch c := rest[0]; {
	case c == '\n':
		r.lines++
		return r.leaveOut(lineBreak, 1)
	case c == '\r':
		if len(rest) > 1 && rest[1] != '\n' {
			r.lines++
		}
		return r.leaveOut(carriageReturn, 1)
	case c == ' ':
		return r.leaveOut(blank, 1)
	case c == '\t':
		return r.leaveOut(tab, 1)
	case c == '\x1b':
		if n := sequenceLength(rest); n > 0 {
			return r.leaveOut(sequence, n)
		}
		return r.leaveOut(control, 1)
	case c < ' ' || c == 0x7f:
		return r.leaveOut(control, 1)
	}
	if e, ok := unescape(rest); ok {
		r.mark(e.blemish)
		switch {
		case e.char != 0:
			r.keep(e.char)
		case e.length > 1:
			r.lose()
		}
		r.characters += e.length
		return e.length
	}
	r.keep(rest[0])
	r.characters++
	return 1
}

// lose notes that a character may have been where nothing is kept.
func (r *reading) lose() { r.lost = append(r.lost, r.characters+1) }

// lostWithin reports whether that is so anywhere between two places.
func (r *reading) lostWithin(from, to int) bool {
	return slices.ContainsFunc(r.lost, func(at int) bool { return from < at && at < to })
}

func (r *reading) mark(b blemish) { r.marks = append(r.marks, mark{b, r.characters + 1}) }

func (r *reading) keep(c byte) {
	r.text = append(r.text, c)
	r.at = append(r.at, r.characters+1)
	r.line = append(r.line, r.lines)
}

// leaveOut passes over n characters of one byte each, or over a longer one.
func (r *reading) leaveOut(b blemish, n int) int {
	r.mark(b)
	if b != control || !r.wide {
		r.lose()
	}
	r.characters += n
	return n
}

// translate keeps c in place of another character.
func (r *reading) translate(c byte, b blemish) {
	r.mark(b)
	r.keep(c)
	r.characters++
}

// newLine reports whether a break stands in front of the character i, or nothing
// at all.
func (r *reading) newLine(i int) bool {
	return i == 0 || i >= len(r.text) || r.line[i] > r.line[i-1]
}

// gap reports whether anything stood between the characters i-1 and i.
func (r *reading) gap(i int) bool { return i > 0 && r.at[i] > r.at[i-1]+1 }

// longestSequence bounds the search for the end of a control string.
const longestSequence = 512

// sequenceLength returns the length of the control sequence that rest begins
// with, 0 where it has no end: an escape alone must not swallow a key.
func sequenceLength(rest string) int {
	rest = rest[:min(len(rest), longestSequence)]
	if len(rest) < 2 {
		return 0
	}
	switch rest[1] {
	case '[':
		for i := 2; i < len(rest) && rest[i] >= ' ' && rest[i] <= '~'; i++ {
			if rest[i] >= '@' {
				return i + 1
			}
		}
	case ']', 'P', '_', '^':
		for i := 2; i < len(rest); i++ {
			switch {
			case rest[i] == '\a':
				return i + 1
			case rest[i] == '\x1b' && strings.HasPrefix(rest[i:], "\x1b\\"):
				return i + 2
			case rest[i] >= utf8.RuneSelf: // its characters would be counted wrong
				return 0
			}
		}
	}
	return 0
}
