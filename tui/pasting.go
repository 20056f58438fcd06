package tui

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"provkeys/client"
)

const (
	// pasteMost is how many bytes are taken: a connector's log of some days.
	pasteMost = 1 << 20
	// pieceSize is up to how many bytes typed characters join one piece, so that
	// each of a long text costs the same.
	pieceSize = 1 << 10
)

// pasting is a text that is being pasted or typed and never shown. It holds
// nothing of it but Secrets and numbers.
type pasting struct {
	pieces     []client.Secret
	bytes      int
	characters int
	breaks     int
}

// add appends text; false when it would be too much, and nothing is taken.
func (p *pasting) add(text string) bool {
	if p.bytes+len(text) > pasteMost {
		return false
	}
	p.count(text, 1)
	if tail := p.tail(); len(p.pieces) > 0 && len(tail)+len(text) <= pieceSize {
		p.pieces[len(p.pieces)-1] = client.NewSecret(tail + text)
		return true
	}
	p.pieces = append(p.pieces, client.NewSecret(text))
	return true
}

// chop takes the last character off.
func (p *pasting) chop() {
	tail := p.tail()
	if tail == "" {
		return
	}
	_, size := utf8.DecodeLastRuneInString(tail)
	p.count(tail[len(tail)-size:], -1)
	if tail = tail[:len(tail)-size]; tail == "" {
		p.pieces = p.pieces[:len(p.pieces)-1]
		return
	}
	p.pieces[len(p.pieces)-1] = client.NewSecret(tail)
}

func (p *pasting) count(text string, sign int) {
	p.bytes += sign * len(text)
	p.characters += sign * utf8.RuneCountInString(text)
	p.breaks += sign * strings.Count(text, "\n")
}

// tail returns the last piece.
func (p *pasting) tail() string {
	if len(p.pieces) == 0 {
		return ""
	}
	return p.pieces[len(p.pieces)-1].Reveal()
}

// text returns the whole.
func (p *pasting) text() client.Secret {
	var b strings.Builder
	for _, piece := range p.pieces {
		b.WriteString(piece.Reveal())
	}
	return client.NewSecret(b.String())
}

// words says how much there is: "429 characters, 1 line".
func (p *pasting) words() string {
	lines := p.breaks
	if tail := p.tail(); tail != "" && !strings.HasSuffix(tail, "\n") {
		lines++
	}
	return sizeWords(p.characters, lines)
}

func sizeWords(characters, lines int) string {
	return counted(characters, "character") + ", " + counted(lines, "line")
}

// counted returns "1 line" or "2 lines".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
