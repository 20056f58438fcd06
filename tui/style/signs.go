package style

import "unicode/utf8"

// signs returns the number of cells of a text of printable ASCII and of the signs
// that the console writes itself, each of one cell; false for any other text. Most of
// what is drawn is such a text, and to look for clusters in it takes ten times as
// long as to count.
func signs(s string) (cells int, ok bool) {
	for i := 0; i < len(s); cells++ {
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' || c == 0x7f {
				return 0, false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch r {
		case '·', '•', '…', '–', '→', '×', '█', '░', '▸', '▾', '✓', '⊘', '↑', '↓', '│', '─':
		default:
			return 0, false
		}
		i += size
	}
	return cells, true
}

// appendSigns is AppendTruncate for such a text of so many cells.
func appendSigns(dst []byte, s string, cells, w int) (out []byte, used int) {
	if cells <= w {
		return append(dst, s...), cells
	}
	tail, tailWidth := tailFor(w)
	end := 0
	for range w - tailWidth {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return append(append(dst, s[:end]...), tail...), w
}
