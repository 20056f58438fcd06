// Package visible writes JSON in which nothing acts on a terminal. It knows
// characters, and must never know what the JSON is about.
package visible

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
)

// JSON returns the same JSON with everything that a terminal may act on, or that
// a person cannot see, written as its number. Line feeds stay.
func JSON(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch high, low := utf16.EncodeRune(r); {
		case r == '\n' || unicode.IsPrint(r):
			b.WriteRune(r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
