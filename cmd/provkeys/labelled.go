package main

import (
	"strings"

	"provkeys/tui/style"
)

// labelled is one line for people: what it is about, and the words.
type labelled struct{ label, words string }

// leastWords is how many cells of a line must be left for words that are to be
// broken between lines; a terminal breaks the others.
const leastWords = 24

// aligned writes lines below a sentence, their words in one column of a screen w
// cells wide, 0 for no end. A line without words is left out.
func aligned(rows []labelled, w int) string {
	widest := 0
	for _, r := range rows {
		if r.words != "" {
			widest = max(widest, len(r.label))
		}
	}
	var b strings.Builder
	for _, r := range rows {
		if r.words != "" {
			begin := "  " + style.Fit(r.label+":", widest+1) + " "
			for _, part := range wrapped(r.words, w-style.Width(begin)) {
				b.WriteString(begin + part + "\n")
				begin = style.Fit("", style.Width(begin))
			}
		}
	}
	return b.String()
}

// wrapped returns a sentence as lines of w cells, or as it is where that is no
// room.
func wrapped(sentence string, w int) []string {
	sentence = style.Sanitize(sentence)
	if w < leastWords {
		return []string{sentence}
	}
	return style.Wrap(sentence, w)
}

// each gives every sentence a line of its own.
func each(label string, sentences []string) []labelled {
	rows := make([]labelled, 0, len(sentences))
	for _, s := range sentences {
		rows = append(rows, labelled{label, s})
	}
	return rows
}
