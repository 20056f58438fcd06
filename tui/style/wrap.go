package style

import "strings"

// Wrap returns text as lines of at most w cells, broken between words where
// possible and inside a word that is longer than a line. A line feed breaks a
// line; runs of spaces become one. No text is cut away, save a character that
// is wider than w, which becomes an ellipsis. It returns nil when w is zero or
// less, and one empty line for empty text.
func Wrap(s string, w int) []string {
	if w <= 0 {
		return nil
	}
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		lines = wrapParagraph(lines, paragraph, w)
	}
	return lines
}

// wrapParagraph appends the lines of one paragraph; an empty one is one line.
func wrapParagraph(lines []string, s string, w int) []string {
	line := ""
	for word := range strings.FieldsSeq(s) {
		if !measurable(word) {
			word = Sanitize(word)
		}
		if line != "" {
			// The joined text is measured, since the sum of widths is not its width.
			if joined := line + " " + word; Width(joined) <= w {
				line = joined
				continue
			}
			lines = append(lines, line)
		}
		lines, line = breakWord(lines, word, w)
	}
	return append(lines, line)
}

// breakWord appends the full lines that a word longer than w needs, and returns
// what is left of it.
func breakWord(lines []string, word string, w int) (full []string, rest string) {
	for Width(word) > w {
		end := 0
		for used := 0; end < len(word); {
			cluster, cw := firstCluster(word[end:])
			if used+cw > w {
				break
			}
			end, used = end+len(cluster), used+cw
		}
		if end == 0 {
			cluster, _ := firstCluster(word)
			lines = append(lines, Truncate(cluster, w))
			word = word[len(cluster):]
			continue
		}
		lines = append(lines, word[:end])
		word = word[end:]
	}
	return lines, word
}
