package tui

import (
	"fmt"

	"provkeys/tui/style"
)

// scrollingHeight returns how many lines that scroll fit a dialog of h lines.
func scrollingHeight(h int) int { return max(h-2, 1) }

// scrollingOver shows as many lines from top on as fit over the keys, and before the
// keys, where that is not all of them, which ones those are.
func scrollingOver(lines []string, top, w, h int, th style.Theme, keys ...string) []string {
	room := scrollingHeight(h)
	top = min(top, max(len(lines)-room, 0)) // the screen may have grown
	last := min(top+room, len(lines))
	if len(lines) > room {
		keys = append([]string{th.Glyphs.Arrows(), fmt.Sprintf("%d–%d of %d", top+1, last, len(lines))}, keys...)
	}
	return overKeys(lines[top:last:last], keysLine(w, th, keys...), h)
}
