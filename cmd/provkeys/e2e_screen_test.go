//go:build e2e

package main

import (
	"encoding/base64"
	"fmt"
	"testing"
)

const viaScreen = "Sent through GNU screen, which cannot confirm: paste to check."

// screenInside returns the shell command of a GNU screen, to be run in a
// terminal. It has no alternate screen, as it comes.
func (l *lab) screenInside(command string) string {
	l.t.Helper()
	need(l.t, "screen")
	l.t.Cleanup(func() { _ = l.command("screen", "-S", "inside", "-X", "quit").Run() })
	return "env -u TMUX -u TMUX_PANE screen -c /dev/null -S inside " + l.program("in-screen", command)
}

// The control: what is not made for GNU screen shows there, so a test that sees
// no key text has looked. A text of the usual length screen keeps to itself.
func TestE2EControlRawSequenceShowsInScreen(t *testing.T) {
	t.Parallel()
	for _, s := range []*server{serve(t, "--listen", "127.0.0.1:0"), serveLong(t)} {
		text := s.text(okKey)
		l := newLab(t)
		raw := l.write("raw", fmt.Sprintf("\x1b]52;c;%s\a", base64.StdEncoding.EncodeToString([]byte(text))))
		term := l.terminal(110, 30, l.screenInside("cat "+raw+"; echo printed; sleep 90"), clipboardOn)
		term.sees("printed")
		if found := leaks(text, term.screen()); len(text) > 500 && len(found) == 0 {
			t.Errorf("nothing of a raw sequence shows, so no test here would see a leak\n%s", term.screen())
		}
		if term.buffer() == text {
			t.Error("a raw sequence went through GNU screen: it no longer needs pieces")
		}
	}
}

// STY and TERM do not travel with every login, so the terminal is asked.
func TestE2ECopyInsideScreenArrivesAndPrintsNothing(t *testing.T) {
	t.Parallel()
	long := serveLong(t)
	usual := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	for _, tt := range []struct {
		name         string
		server       *server
		surroundings string
	}{
		{"a usual text", usual, ""},
		{"a long text", long, ""},
		{"a foreign TERM and no STY", long, "env -u STY TERM=xterm-256color"},
		{"no STY", usual, "env -u STY"},
	} {
		text := tt.server.text(okKey)
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			inBothWays(t, func(t *testing.T, w way) {
				l := newLab(t, tt.server.legacy()...)
				term := l.terminal(110, 30, l.screenInside(w.in(l, tt.surroundings)), clipboardOn)
				w.copies(term, text, term.buffer, viaScreen)
			})
		})
	}
}
