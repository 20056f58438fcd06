package main

import (
	"bytes"
	"io"
	"regexp"
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

const (
	masked = "••••••••"
	// around is what may stand around the pieces of a text.
	around = ` "'\,;`
	// longRun is longer than the 64 characters of any checksum that is usually
	// logged.
	longRun = 65
	// randomRun is that of letters and digits which look random.
	randomRun = 40
)

var (
	// keyTexts are the secret parts behind version and host; connectors log seven
	// characters of them.
	keyTexts = regexp.MustCompile(`([1-4]\|[A-Za-z0-9.-]+\|)[A-Za-z0-9+/=-]{8,}`)
	// begins is what stands in front of a secret part.
	begins = regexp.MustCompile(`[1-4]\|[A-Za-z0-9.-]+\|`)
	// runs may be pieces of one.
	runs = regexp.MustCompile(`[A-Za-z0-9+/=-]{16,}`)
	// toTheEnd is a text that a line break may have cut.
	toTheEnd = regexp.MustCompile(`[1-4]\|[A-Za-z0-9.-]+\|[A-Za-z0-9+/= -]*$`)
	// onePiece is a line that is nothing but a piece of a text, and pieces one that may
	// be several.
	onePiece = regexp.MustCompile(`^[A-Za-z0-9+/=-]+$`)
	pieces   = regexp.MustCompile(`^[A-Za-z0-9+/= -]+$`)
)

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
	at := begins.FindStringIndex(text)
	if at == nil && s.cut {
		return s.maskRest(text)
	}
	if at == nil {
		return maskRuns(text, false)
	}
	s.cut = toTheEnd.MatchString(strings.TrimRight(text, around))
	behind := keyTexts.ReplaceAllString(text[at[0]:], "${1}"+masked)
	return maskRuns(text[:at[0]], false) + maskRuns(behind, true)
}

// maskRest masks a line on which the text of the line before may go on: the whole
// of one that is nothing but pieces.
func (s *shown) maskRest(text string) string {
	piece := strings.Trim(text, around)
	if piece == "" {
		return text
	}
	hidden := maskRuns(text, true)
	s.cut = onePiece.MatchString(piece) || hidden != text
	if onePiece.MatchString(piece) || hidden != text && pieces.MatchString(piece) {
		return strings.Replace(text, piece, masked, 1)
	}
	return hidden
}

// maskRuns masks what looks like a piece of a key text. Behind the beginning of
// one less is enough to look like it.
func maskRuns(text string, behind bool) string {
	return runs.ReplaceAllStringFunc(text, func(run string) string {
		mixed := strings.ContainsFunc(run, isUpper) && strings.ContainsFunc(run, isLower)
		switch {
		case len(run) >= longRun,
			behind && mixed,
			len(run) >= randomRun && mixed && strings.ContainsAny(run, "0123456789+"):
			return masked
		}
		return run
	})
}

func isUpper(r rune) bool { return r >= 'A' && r <= 'Z' }
func isLower(r rune) bool { return r >= 'a' && r <= 'z' }
