//go:build e2e

package main

import (
	"strings"
	"syscall"
	"testing"
)

// history returns all that a terminal can still be scrolled back to.
func (term *emulator) history() string {
	term.t.Helper()
	return term.tmux("capture-pane", "-p", "-J", "-S", "-")
}

// reveals presses V and waits for the whole key text.
func (term *emulator) reveals(text string) {
	term.t.Helper()
	term.sees("200 of 200 shown")
	choose(term, okKey)
	term.keys("V")
	waitFor(term.t, "the key text on the screen", func() bool {
		return strings.Contains(flat(term.screen()), text)
	})
}

func TestE2EWhatIsRevealedDoesNotStay(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--keys", "200", "--rate-limit", "off")
	text := s.text(okKey)
	for _, tt := range []struct {
		name string
		ends func(term *emulator)
		then []string
	}{
		{"esc", func(term *emulator) { term.keys("Escape") }, nil},
		{"its time", func(*emulator) {}, nil},
		{"a dialog", func(term *emulator) { term.keys("?") }, nil},
		{"q", func(term *emulator) { term.keys("q") }, []string{"exit 0"}},
		{"ctrl+z", func(term *emulator) { term.keys("C-z") }, nil},
		{"SIGTERM", func(term *emulator) { term.lab.signal(syscall.SIGTERM) }, []string{"exit 130"}},
		{"another screen size", func(term *emulator) { term.tmux("resize-window", "-x", "39", "-y", "9") }, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, s.legacy()...)
			term := l.terminal(110, 30, lasting(l.path("bin", "provkeys")), clipboardOn)
			term.reveals(text)
			tt.ends(term)
			waitFor(t, "a screen without it", func() bool { return len(leaks(text, term.screen())) == 0 })
			term.sees(tt.then...)
			noLeak(term, text)
			if found := leaks(text, term.history()); len(found) > 0 {
				t.Error("it can still be scrolled back to")
			}
		})
	}
}

// GNU screen has no alternate screen as it comes, so that a text would stay
// behind; nor may a site's own rule be forgotten.
func TestE2ERevealIsRefusedWhereItWouldStay(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--keys", "200", "--rate-limit", "off")
	text := s.text(okKey)
	const noAlternate = "set -g alternate-screen off"
	for name, command := range map[string]func(l *lab) string{
		noAlternate:  func(*lab) string { return lasting("provkeys") },
		"GNU screen": func(l *lab) string { return l.screenInside(lasting("provkeys")) },
		"GNU screen that hides": func(l *lab) string {
			return l.screenInside(lasting("env -u STY TERM=xterm-256color provkeys"))
		},
		"mask always": func(*lab) string { return lasting("PROVKEYS_MASK=always provkeys") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, s.legacy()...)
			var settings []string
			if name == noAlternate {
				settings = append(settings, noAlternate)
			}
			term := l.terminal(110, 30, command(l), settings...)
			term.sees("200 of 200 shown")
			choose(term, okKey)
			term.keys("V")
			term.sees("y copies it, o writes it into a file.")
			noLeak(term, text)
			term.keys("q")
			term.sees("exit 0")
			noLeak(term, text)
			if found := leaks(text, term.history()); len(found) > 0 {
				t.Error("it can still be scrolled back to")
			}
		})
	}
}

// The console asks the terminal who it is; a sign-in that is refused at once must
// not leave the answer to the shell.
func TestE2EAnswersOfTheTerminalDoNotReachTheShell(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--keys", "200", "--rate-limit", "off")
	l := newLab(t, s.legacy()...)
	term := l.terminal(110, 30, "env ZPA_CLIENT_SECRET="+wrongSecret+" provkeys; echo \"exit $?\"; cat")
	term.sees("exit ")
	term.keys("x")
	term.sees("x")
	if screen := term.screen(); strings.Contains(screen, "84;0;0") || strings.Contains(screen, "1;2c") {
		t.Errorf("an answer landed behind the console:\n%s", screen)
	}
}
