package form

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"provkeys/tui/style"
)

// piece is what the text cursor stands on at once: a character with its marks.
type piece struct {
	text  string // printable
	width int    // in cells, at least one
}

// split returns the pieces of a text, with a space for the place behind it, and
// which of them the text cursor is on; pos counts characters.
func split(text string, pos int) (pieces []piece, cursor int) {
	cursor = -1
	for runes := 0; text != ""; {
		cluster, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		text = text[len(cluster):]
		runes += utf8.RuneCountInString(cluster)
		if cursor < 0 && pos < runes {
			cursor = len(pieces)
		}
		shown := style.Sanitize(cluster)
		if style.Width(shown) == 0 {
			shown = " "
		}
		// Truncate makes whatever would join the next piece visible.
		shown = style.Truncate(shown, style.Width(shown))
		pieces = append(pieces, piece{text: shown, width: style.Width(shown)})
	}
	if cursor < 0 {
		cursor = len(pieces)
	}
	return append(pieces, piece{text: " ", width: 1}), cursor
}

// scroll returns the first piece to show in w cells, so that the cursor's piece
// shows and, where there is more text behind it, a quarter of the width after it.
func scroll(pieces []piece, cursor, w int) int {
	ahead := 0
	for _, p := range pieces[cursor+1:] {
		if ahead += p.width; ahead >= w/4 {
			ahead = w / 4
			break
		}
	}
	start := cursor
	for room := w - ahead - pieces[cursor].width; start > 0 && pieces[start-1].width <= room; start-- {
		room -= pieces[start-1].width
	}
	return start
}
