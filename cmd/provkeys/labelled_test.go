package main

import (
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/tui/style"
)

func TestSentencesBreakBetweenWordsAndUnderTheirOwnColumn(t *testing.T) {
	rows := []labelled{{"note", "one two three four five six seven eight nine ten"}, {"empty", ""}, {"next", "do it"}}
	const wide = "  note: one two three four five six seven eight nine ten\n  next: do it\n"
	for _, c := range []struct {
		width int
		want  string
	}{
		{0, wide},
		{80, wide},
		{20, wide}, // too little room: the terminal breaks it
		{40, "  note: one two three four five six\n        seven eight nine ten\n  next: do it\n"},
	} {
		if got := aligned(rows, c.width); got != c.want {
			t.Errorf("at %d:\n%s", c.width, got)
		}
	}
	if got := (tableLook{width: 30}).paragraph(stateStyle(style.New(style.ModeDark, true), client.OK), "a sentence that is longer than its line"); strings.Count(got, "\n") != 2 {
		t.Errorf("%q", got)
	}
}
