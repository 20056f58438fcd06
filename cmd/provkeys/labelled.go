package main

import (
	"strings"

	"provkeys/tui/style"
)

// labelled is one line for people: what it is about, and the words.
type labelled struct{ label, words string }

// aligned writes lines below a sentence, their words in one column. A line
// without words is left out.
func aligned(rows []labelled) string {
	widest := 0
	for _, r := range rows {
		if r.words != "" {
			widest = max(widest, len(r.label))
		}
	}
	var b strings.Builder
	for _, r := range rows {
		if r.words != "" {
			b.WriteString("  " + style.Fit(r.label+":", widest+1) + " " + style.Sanitize(r.words) + "\n")
		}
	}
	return b.String()
}

// each gives every sentence a line of its own.
func each(label string, sentences []string) []labelled {
	rows := make([]labelled, 0, len(sentences))
	for _, s := range sentences {
		rows = append(rows, labelled{label, s})
	}
	return rows
}
