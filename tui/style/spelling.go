package style

import (
	"strings"
	"unicode/utf8"
)

// Spelling says which characters a screen may have. It is applied to whole lines
// once they are composed, so that no part of the console has to think of it. The
// zero value is all characters.
type Spelling int

// The spellings.
const (
	SpellAll   Spelling = iota
	SpellSigns          // signs of ours are ASCII, what names hold stays as it is
	SpellASCII          // nothing but ASCII: any other character is a ? for each of its cells
)

// Cells returns text in this spelling, as wide as before. Escape sequences stay
// what they are.
func (s Spelling) Cells(text string) string {
	if s == SpellAll {
		return text
	}
	var b strings.Builder
	for text != "" {
		if n := asciiPrefix(text); n > 0 {
			b.WriteString(text[:n])
			text = text[n:]
			continue
		}
		cluster, width := firstCluster(text)
		text = text[len(cluster):]
		sign, ours := asciiSign(cluster)
		switch {
		case ours:
			b.WriteString(sign)
		case s == SpellASCII && asciiPrefix(cluster) < len(cluster):
			b.WriteString(strings.Repeat("?", width))
		default:
			b.WriteString(cluster)
		}
	}
	return b.String()
}

// Words returns a sentence in this spelling before it is broken into lines: where
// the width is free, a sign may take more than one cell.
func (s Spelling) Words(text string) string {
	if s == SpellAll {
		return text
	}
	return strings.NewReplacer("…", "...", "→", "->").Replace(text)
}

// asciiPrefix returns how many bytes of ASCII begin text that nothing behind them
// joins.
func asciiPrefix(text string) int {
	n := 0
	for n < len(text) && text[n] < utf8.RuneSelf {
		n++
	}
	if n < len(text) && n > 0 {
		n-- // what follows may be a mark on this one
	}
	return n
}

// asciiSign returns what stands for a sign that the console writes itself; false
// for any other character.
func asciiSign(cluster string) (sign string, ours bool) {
	switch cluster {
	case Ellipsis:
		return ASCII().Ellipsis, true
	case "·":
		return ASCII().Separator, true
	case "•":
		return ASCII().Mask, true
	case "–":
		return "-", true
	case "→":
		return ">", true
	case "×":
		return "x", true
	}
	return "", false
}
