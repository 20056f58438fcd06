package style

import (
	"fmt"
	"strconv"
	"unicode"
	"unicode/utf8"
)

const (
	// maxMarks combining marks are kept on a base: enough for every living
	// script's ordinary spelling, too few to paint over the rows around it.
	maxMarks = 2
	// noBase is the mark count while there is nothing a mark may sit on: at the
	// start, and behind an escape, whose digits a mark could disguise.
	noBase = maxMarks
)

// Sanitize returns text from outside as one printable line: ASCII space and
// visible characters stay, and everything else (control characters, escape
// sequences, bidirectional and zero-width characters, other spaces, private
// and unassigned characters, fillers that draw nothing, broken UTF-8, marks
// beyond two on one base) becomes a visible ASCII escape such as \x1b, \u202e
// or, for a bad byte, \xff. Nothing is deleted, so that a forged name is seen
// and two names stay different. It returns its own output unchanged, and plain
// printable ASCII without allocating.
func Sanitize(s string) string {
	if plainASCII(s) {
		return s
	}
	var out []byte // nil while everything so far stays as it is
	marks := noBase
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		bad := r == utf8.RuneError && n == 1
		kept := !bad && Printable(r)
		switch {
		case !kept:
			marks = noBase
		case !clings(r):
			marks = 0
		case marks < maxMarks:
			marks++
		default:
			kept = false
		}
		switch {
		case kept && out != nil:
			out = append(out, s[i:i+n]...)
		case !kept && out == nil:
			out = append(make([]byte, 0, len(s)+16), s[:i]...)
			out = appendEscape(out, r, s[i], bad)
		case !kept:
			out = appendEscape(out, r, s[i], bad)
		}
		i += n
	}
	if out == nil {
		return s
	}
	return string(out)
}

// Printable says whether a character may reach the screen: ASCII space, and
// letters, marks, digits, punctuation and symbols that draw something. Marks
// count as printable here; only Sanitize knows how many of them are too many.
func Printable(r rune) bool {
	if r < utf8.RuneSelf {
		return ' ' <= r && r <= '~'
	}
	return unicode.IsGraphic(r) && !unicode.Is(unicode.Zs, r) && !blank(r)
}

// blank says whether a character counts as graphic and yet draws nothing: names
// that differ in such characters alone would look the same.
func blank(r rune) bool {
	switch r {
	case 0x2800, // BRAILLE PATTERN BLANK
		0x16fe4, // KHITAN SMALL SCRIPT FILLER
		0x1d159: // MUSICAL SYMBOL NULL NOTEHEAD
		return true
	}
	return unicode.In(r, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point)
}

// clings says whether a character is drawn onto the one before it: combining
// marks, and the few letters and symbols that terminals join in the same way.
func clings(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r == 0x0e33, r == 0x0eb3: // Thai and Lao AM
		return true
	case 0x1160 <= r && r <= 0x11ff, 0xd7b0 <= r && r <= 0xd7fb: // Hangul vowels and finals
		return true
	case 0x1f3fb <= r && r <= 0x1f3ff: // skin tones
		return true
	}
	return unicode.In(r, unicode.M, unicode.Other_Grapheme_Extend)
}

// appendEscape writes the visible form of one character, or of one bad byte.
func appendEscape(dst []byte, r rune, first byte, bad bool) []byte {
	if bad {
		return fmt.Appendf(dst, `\x%02x`, first)
	}
	start := len(dst)
	dst = strconv.AppendQuoteRuneToASCII(dst, r)
	copy(dst[start:], dst[start+1:len(dst)-1])
	return dst[:len(dst)-2]
}

// plainASCII says whether every byte is a printable ASCII character.
func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
