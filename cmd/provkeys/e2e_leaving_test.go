//go:build e2e

package main

import (
	"slices"
	"strings"
	"syscall"
	"testing"
)

const farewell = okKey + " is still on your clipboard; provkeys cannot clear it from here."

// sane is what a shell needs of the terminal that it gets back.
func sane(term *emulator, text string) {
	term.t.Helper()
	waitFor(term.t, "a terminal with its own screen and a cursor", func() bool {
		return term.asks("#{alternate_on} #{cursor_flag}") == "0 1"
	})
	noLeak(term, text)
	if strings.Contains(term.screen(), "•••") {
		term.t.Errorf("something of the table stayed\n%s", term.screen())
	}
}

// consoles returns the ids of the lab's provkeys that are no helpers.
func (l *lab) consoles() []int {
	l.t.Helper()
	helpers := l.helpers()
	return slices.DeleteFunc(l.provkeys(), func(pid int) bool { return slices.Contains(helpers, pid) })
}

// signal sends the one console that runs a signal.
func (l *lab) signal(s syscall.Signal) {
	l.t.Helper()
	pids := l.consoles()
	if len(pids) != 1 {
		l.t.Fatalf("%d consoles run", len(pids))
	}
	if err := syscall.Kill(pids[0], s); err != nil {
		l.t.Fatal(err)
	}
}

func TestE2ELeavingGivesTheTerminalBack(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	for _, tt := range []struct {
		name  string
		leave func(term *emulator)
		code  string
	}{
		{"q", func(term *emulator) { term.keys("q") }, "exit 0"},
		{"ctrl+c", func(term *emulator) { term.keys("C-c") }, "exit 0"},
		{"ctrl+c in a dialog", func(term *emulator) { term.keys("e", "C-c") }, "exit 0"},
		{"SIGTERM", func(term *emulator) { term.lab.signal(syscall.SIGTERM) }, "exit 130"},
		{"SIGINT", func(term *emulator) { term.lab.signal(syscall.SIGINT) }, "exit 130"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, s.legacy()...)
			term := l.terminal(110, 40, "env -u TMUX "+l.path("bin", "provkeys")+"; echo \"exit $?\"; stty -a; sleep 90", clipboardOn)
			console().copies(term, text, term.buffer, viaTmux)
			tt.leave(term)
			term.sees(farewell, tt.code, " icanon ", " echo ")
			sane(term, text)
		})
	}
}

// A hangup that somebody sends leaves a terminal that still lives: it is given
// back, and nothing is said.
func TestE2EHangupGivesTheTerminalBackAndSaysNothing(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	l := newLab(t, s.legacy()...)
	term := l.terminal(110, 30, "env -u TMUX "+l.path("bin", "provkeys")+" 2>"+l.path("errors")+"; echo \"exit $?\" >"+l.path("code")+"; sleep 90", clipboardOn)
	console().copies(term, text, term.buffer, viaTmux)
	stream := l.path("stream")
	term.tmux("pipe-pane", "-O", "cat >"+stream)
	l.signal(syscall.SIGHUP)
	waitFor(t, "the console's end", func() bool { return l.read("code") != "" })
	if got := l.read("code"); got != "exit 130\n" {
		t.Errorf("it ended with %q", got)
	}
	if got := l.read("stream") + l.read("errors"); strings.Contains(got, okKey) || strings.Contains(got, "\x1b]52") {
		t.Errorf("it still wrote %q", got)
	}
	sane(term, text)
}

func TestE2ESuspendGivesTheTerminalBackForAWhile(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	for _, tt := range []struct {
		name    string
		suspend func(term *emulator)
	}{
		{"ctrl+z", func(term *emulator) { term.keys("C-z") }},
		{"ctrl+z in a dialog", func(term *emulator) { term.keys("e", "C-z") }},
		{"SIGTSTP", func(term *emulator) { term.lab.signal(syscall.SIGTSTP) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, s.legacy()...)
			term := l.terminal(110, 40, "unset TMUX; exec bash --norc --noprofile -i", clipboardOn)
			term.enters(l.path("bin", "provkeys"))
			console().copies(term, text, term.buffer, viaTmux)
			// Once is chance: what catches the signal must be set up again.
			for range 2 {
				tt.suspend(term)
				term.sees("Stopped")
				sane(term, text)
				term.enters("stty -a")
				term.sees(" icanon ", " echo ")
				term.enters("clear")
				term.misses("Stopped")
				term.enters("fg")
				term.sees("shown", okKey)
				term.keys("Escape")
			}
			term.keys("q")
			term.sees(farewell)
			sane(term, text)
		})
	}
}

// GNU screen has no alternate screen: what was there stays, unless it is blanked.
func TestE2ELeavingGNUScreenLeavesNothingOfTheTable(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	for name, leave := range map[string]func(term *emulator){
		"q":       func(term *emulator) { term.keys("q") },
		"SIGTERM": func(term *emulator) { term.lab.signal(syscall.SIGTERM) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, s.legacy()...)
			term := l.terminal(110, 30, l.screenInside(console().in(l)), clipboardOn)
			console().copies(term, text, term.buffer, viaScreen)
			leave(term)
			term.sees(farewell, "exit ")
			if screen := term.screen(); strings.Contains(screen, "•••") || strings.Contains(screen, "ap-east-1-blue") {
				t.Errorf("something of the table stayed\n%s", screen)
			}
			noLeak(term, text)
		})
	}
}
