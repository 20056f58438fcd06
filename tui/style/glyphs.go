package style

import (
	"math"
	"strings"
)

// Glyphs are the signs that stand for something on their own. Each but the names of
// keys is one cell wide, so that a set in plain ASCII can take the place of another.
type Glyphs struct {
	Cursor    string // before the row that the keys act on
	Open      string // before a row whose details show
	Mark      string // before a marked row
	BarFull   string // the used part of a bar
	BarEmpty  string // the rest of a bar
	Mask      string // one hidden character of a key text
	Blocked   string // before the reason why a key is not copied
	Ellipsis  string // where text goes on
	Separator string // between two parts of a line
	Up, Down  string // the keys of those names, in hints
}

// Unicode returns the glyphs that every terminal font of the last years has.
func Unicode() Glyphs {
	return Glyphs{
		Cursor:    "▸",
		Open:      "▾",
		Mark:      "✓",
		BarFull:   "█",
		BarEmpty:  "░",
		Mask:      "•",
		Blocked:   "⊘",
		Ellipsis:  Ellipsis,
		Separator: "·",
		Up:        "↑",
		Down:      "↓",
	}
}

// ASCII returns the glyphs for terminals that draw no others, and for screen
// readers, which would read the others out by their names.
func ASCII() Glyphs {
	return Glyphs{
		Cursor:    ">",
		Open:      "v",
		Mark:      "*",
		BarFull:   "#",
		BarEmpty:  "-",
		Mask:      "*",
		Blocked:   "x",
		Ellipsis:  "~",
		Separator: "-",
		Up:        "up",
		Down:      "down",
	}
}

// Arrows names the two keys that walk a list.
func (g Glyphs) Arrows() string { return g.Up + " " + g.Down }

// Bar returns the two parts of a bar of the given number of cells for a share
// from 0 to 1; a share outside is clamped. Anything above 0 shows at least one
// full cell, and anything below 1 at least one empty one: a full bar means
// used up and nothing else, which decides for a bar of one cell too.
func Bar(g Glyphs, share float64, cells int) (full, empty string) {
	if cells <= 0 {
		return "", ""
	}
	n := 0
	switch {
	case share >= 1:
		n = cells
	case share > 0: // false for NaN
		n = int(math.Round(share * float64(cells)))
		n = min(max(n, 1), cells-1)
	}
	return strings.Repeat(g.BarFull, n), strings.Repeat(g.BarEmpty, cells-n)
}
