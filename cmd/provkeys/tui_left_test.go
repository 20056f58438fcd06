package main

import (
	"strings"
	"testing"

	"provkeys/tui"
)

func TestLeavingSaysWhatToDoAboutAllThatWasUnderWay(t *testing.T) {
	t.Parallel()
	const change, file = "provkeys get NAME", "delete it"
	for name, tt := range map[string]struct {
		left  tui.UnfinishedError
		words []string
		not   string
	}{
		"a change": {tui.UnfinishedError{Names: []string{"one"}}, []string{change}, file},
		"a file":   {tui.UnfinishedError{File: "/a"}, []string{file}, change},
		"many":     {tui.UnfinishedError{Bulk: "3 of 9 raised, 6 not begun."}, []string{"3 of 9 raised", "mark it again"}, change},
		"both":     {tui.UnfinishedError{Names: []string{"one"}, File: "/a"}, []string{change, file}, "nothing"},
	} {
		said := leftWords(&tt.left).Error()
		for _, want := range tt.words {
			if !strings.Contains(said, want) || strings.Contains(said, tt.not) {
				t.Errorf("%s: %s", name, said)
			}
		}
	}
}
