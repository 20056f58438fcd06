package main

import (
	"bytes"
	"io"
	"strings"

	"provkeys/tui/style"
)

// shown makes lines safe for a terminal and masks the key texts in them. Of a
// line that comes in pieces only the first shows: a text may lie across two.
type shown struct {
	to     io.Writer
	within bool // the next piece belongs to a line that has been shown
	cut    bool // a key text reached the end of a line, and may go on
}

// Write shows a line, or the first piece of one.
func (s *shown) Write(line []byte) (int, error) {
	again := s.within
	s.within = !bytes.HasSuffix(line, []byte("\n"))
	if again {
		return len(line), nil
	}
	text := style.Sanitize(string(bytes.TrimRight(line, "\r\n")))
	if _, err := io.WriteString(s.to, s.mask(text)+"\n"); err != nil {
		return 0, err
	}
	return len(line), nil
}

// mask takes out what is or may be a piece of a key text.
func (s *shown) mask(text string) string {
	if s.cut && !begins().MatchString(text) {
		return s.maskRest(text)
	}
	text, s.cut = maskTexts(text, func(rest string) bool { return !logged().MatchString(rest) })
	return text
}

// maskRest masks a line on which the text of the line before may go on: the whole
// of one that is nothing but pieces.
func (s *shown) maskRest(text string) string {
	piece := strings.Trim(text, around)
	if piece == "" {
		return text
	}
	hidden := maskRuns(text, pieceRun)
	one := pieces().MatchString(piece) && !strings.ContainsAny(piece, " \t") && !letterWord().MatchString(piece)
	s.cut = one || hidden != text
	if one || hidden != text && pieces().MatchString(piece) {
		return strings.Replace(text, piece, masked, 1)
	}
	return hidden
}
