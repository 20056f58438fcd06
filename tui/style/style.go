// Package style knows how text looks: the theme with every style there is, the
// glyphs, and how hostile text is made safe and fitted into cells. It must
// never know what a key is, read a clock, an environment or a file, or write to
// a terminal.
package style

import "strings"

// reset ends every style.
const reset = "\x1b[m"

// Style is the look of a piece of text. The zero value is plain text. Two
// styles that look the same are equal with ==, so that runs can be joined.
type Style struct {
	on string // the escape sequence that begins it, "" for plain
}

// sgr returns the style with the given SGR parameters; empty ones are left out.
func sgr(params ...string) Style {
	var set []string
	for _, p := range params {
		if p != "" {
			set = append(set, p)
		}
	}
	if len(set) == 0 {
		return Style{}
	}
	return Style{on: "\x1b[" + strings.Join(set, ";") + "m"}
}

// Render returns text in this style; plain text and empty text stay as they are.
func (s Style) Render(text string) string {
	if s.on == "" || text == "" {
		return text
	}
	return s.on + text + reset
}

// On returns the escape sequence that begins the style, "" for a plain one.
func (s Style) On() string { return s.on }

// Off returns the escape sequence that ends the style, "" for a plain one.
func (s Style) Off() string {
	if s.on == "" {
		return ""
	}
	return reset
}
