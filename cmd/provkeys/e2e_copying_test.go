//go:build e2e

package main

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// clipboardOn makes a tmux take an application's clipboard writes, as most
// terminals do; by itself it swallows them.
const clipboardOn = "set -g set-clipboard on"

// way is one of the two ways to copy a key: the console's y, and the command
// line.
type way struct {
	name, args string
	console    bool
}

func console() way     { return way{name: "console", console: true} }
func commandLine() way { return way{name: "command line", args: " copy " + okKey} }

// in returns the shell command that runs a lab's provkeys in this way. What
// stands before it changes its surroundings.
func (w way) in(l *lab, before ...string) string {
	// By its whole path it is found among the processes.
	return "echo before; " + lasting(strings.Join(append(before, l.path("bin", "provkeys")+w.args), " "))
}

// inBothWays runs a case with the console and with the command line.
func inBothWays(t *testing.T, run func(t *testing.T, w way)) {
	t.Helper()
	for _, w := range []way{console(), commandLine()} {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			run(t, w)
		})
	}
}

// copies copies the key in a terminal in which provkeys runs. It waits for the
// words, and for the text in holder, exact to the byte; then nothing else of the
// screen may have changed, and no part of the text be on it.
func (w way) copies(term *emulator, text string, holder func() string, words ...string) {
	term.t.Helper()
	var rows []string
	if w.console {
		term.sees(" shown", okKey)
		// A key with a hostile name sorts before it.
		term.keys("j")
		term.sees("▸ " + okKey)
		rows = tableRows(term.screen())
		term.keys("y")
	}
	term.sees(append([]string{okKey}, words...)...)
	waitFor(term.t, "the text, exact to the byte, where it is pasted from", func() bool { return holder() == text })
	if w.console {
		sameRows(term, rows)
	} else {
		term.sees("exit 0")
		oneMessage(term)
	}
	noLeak(term, text)
}

// oneMessage checks that the command line has printed one message and nothing
// else, a warning before it excepted.
func oneMessage(term *emulator) {
	term.t.Helper()
	said, _, _ := strings.Cut(term.screen(), "exit 0")
	_, said, found := strings.Cut(strings.TrimSpace(said), "before\n")
	said = oddLength.ReplaceAllString(flat(said), "")
	if !found || !strings.HasPrefix(said, okKey) || !strings.HasSuffix(said, ".") {
		term.t.Errorf("there is more than one message on the screen\n%s", term.screen())
	}
}

// oddLength is what is said of a text of an unusual length.
var oddLength = regexp.MustCompile(`^provkeys:[^:]+:Thesecretpart.*usual\.`)

// tableRows returns the rows of the console's table, from its head to its end.
func tableRows(screen string) []string {
	lines := strings.Split(screen, "\n")
	head := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, "   NAME") })
	foot := slices.IndexFunc(lines, func(line string) bool { return strings.HasPrefix(line, " rows ") })
	if head < 0 || foot < head {
		return nil
	}
	return lines[head:foot]
}

// sameRows checks that the table has not changed. A message of several lines
// takes rows from its end.
func sameRows(term *emulator, before []string) {
	term.t.Helper()
	after := tableRows(term.screen())
	n := min(len(before), len(after))
	if n < 8 || len(before)-n > 3 || !slices.Equal(before[:n], after[:n]) {
		term.t.Errorf("the rest of the screen changed\nbefore:\n%s\nafter:\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
}

// noLeak checks that no part of a text is on the terminal's screen.
func noLeak(term *emulator, text string) {
	term.t.Helper()
	if found := leaks(text, term.screen()); len(found) > 0 {
		term.t.Errorf("the screen shows %d parts of the key text, such as %q\n%s", len(found), found[0], term.screen())
	}
}

// leaks returns every slice of 40 characters of a text and of its base64 that
// is on a screen, wherever its lines are broken.
func leaks(text, screen string) []string {
	const slice = 40
	joined := strings.NewReplacer("\n", "", " ", "").Replace(screen)
	var found []string
	for _, form := range []string{strings.ReplaceAll(text, " ", ""), base64.StdEncoding.EncodeToString([]byte(text))} {
		for i := 0; i+slice <= len(form); i++ {
			if strings.Contains(joined, form[i:i+slice]) {
				found = append(found, form[i:i+slice])
			}
		}
	}
	return found
}
