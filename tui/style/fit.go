package style

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Ellipsis stands where text was cut away.
const Ellipsis = "…"

// Width returns the number of cells that text takes on the screen, counted in
// grapheme clusters; escape sequences count nothing.
func Width(s string) int {
	if plainASCII(s) {
		return len(s)
	}
	if cells, ok := signs(s); ok {
		return cells
	}
	return ansi.StringWidth(s)
}

// Fit returns text as exactly w cells: cut with an ellipsis if it is longer,
// filled with spaces if it is shorter. It returns "" when w is zero or less.
func Fit(s string, w int) string {
	if len(s) == w && plainASCII(s) {
		return s
	}
	out, used := AppendTruncate(make([]byte, 0, max(w, 0)+len(Ellipsis)), s, w)
	return string(AppendSpaces(out, w-used))
}

// FitRight is Fit with the spaces in front, for numbers. It is still the end
// that is cut away.
func FitRight(s string, w int) string {
	if len(s) == w && plainASCII(s) {
		return s
	}
	cut, used := AppendTruncate(nil, s, w)
	return string(append(AppendSpaces(nil, w-used), cut...))
}

// Truncate returns text in at most w cells, with an ellipsis where it was cut.
func Truncate(s string, w int) string {
	if len(s) <= w && plainASCII(s) {
		return s
	}
	out, _ := AppendTruncate(nil, s, w)
	return string(out)
}

// AppendTruncate appends what Truncate returns to dst, and returns it with the
// number of cells appended.
func AppendTruncate(dst []byte, s string, w int) (out []byte, used int) {
	if w <= 0 || s == "" {
		return dst, 0
	}
	if plainASCII(s) {
		if len(s) <= w {
			return append(dst, s...), len(s)
		}
		tail, tailWidth := tailFor(w)
		return append(append(dst, s[:w-tailWidth]...), tail...), w
	}
	if cells, ok := signs(s); ok {
		return appendSigns(dst, s, cells, w)
	}
	if !measurable(s) {
		// A control character would make every measurement a lie, so that text
		// that nobody sanitised is sanitised here.
		s = Sanitize(s)
	}
	if _, width, whole := prefix(s, w); whole {
		return append(dst, s...), width
	}
	tail, tailWidth := tailFor(w)
	end, used, _ := prefix(s, w-tailWidth)
	return append(append(dst, s[:end]...), tail...), used + tailWidth
}

// AppendSpaces appends n spaces, none if n is negative.
func AppendSpaces(dst []byte, n int) []byte {
	const run = "                                                                "
	for ; n > len(run); n -= len(run) {
		dst = append(dst, run...)
	}
	if n > 0 {
		dst = append(dst, run[:n]...)
	}
	return dst
}

// tailFor returns the ellipsis and its width, or a full stop in its place where
// the terminal draws an ellipsis wider than there is room.
func tailFor(w int) (tail string, width int) {
	if width = ansi.StringWidth(Ellipsis); width <= w {
		return Ellipsis, width
	}
	return ".", 1
}

// prefix returns the length in bytes and the width of the longest beginning of
// s that takes at most w cells, and whether that is all of s.
func prefix(s string, w int) (end, used int, whole bool) {
	last, lastUsed := 0, 0 // before the last cluster taken
	for end < len(s) {
		cluster, cw := firstCluster(s[end:])
		if used+cw > w {
			break
		}
		last, lastUsed = end, used
		end, used = end+len(cluster), used+cw
	}
	// A few letters join whatever follows them, spaces included: at the very
	// end of a cell such a letter would swallow a cell of the gap.
	if end > last && s[end-1] >= utf8.RuneSelf && swallows(s[last:end]) {
		return last, lastUsed, false
	}
	return end, used, end == len(s)
}

// firstCluster returns the first grapheme cluster of s, which must not be
// empty, and its width.
func firstCluster(s string) (cluster string, width int) {
	// Two ASCII characters in a row: nothing joins the first.
	if s[0] < utf8.RuneSelf && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return s[:1], 1
	}
	return ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
}

// swallows says whether a cluster would take a space behind it into itself.
func swallows(cluster string) bool {
	joined, _ := ansi.FirstGraphemeCluster(cluster+" ", ansi.GraphemeWidth)
	return len(joined) > len(cluster)
}

// measurable says whether the width of s is what a terminal makes of it: valid
// UTF-8 without control characters, that does not join what stands before it.
func measurable(s string) bool {
	if r, _ := utf8.DecodeRuneInString(s); clings(r) || !utf8.ValidString(s) {
		return false
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return false
		}
	}
	// The C1 controls are two bytes: 0xc2, then 0x80 to 0x9f.
	for rest := s; ; {
		i := strings.IndexByte(rest, 0xc2)
		if i < 0 {
			return true
		}
		if rest[i+1] < 0xa0 {
			return false
		}
		rest = rest[i+2:]
	}
}
