//go:build e2e

package main

import (
	"strings"
	"testing"
)

const (
	passedOn = "In the tmux buffer, verified, and passed to your terminal."
	onlyHere = "In the tmux buffer only"
	viaTmux  = "Sent through tmux, which cannot confirm: paste to check."
)

// holds checks that the newest buffer is one of ours with the text in it.
func holds(term *emulator, text string) {
	term.t.Helper()
	names := term.buffers()
	if len(names) == 0 || !strings.HasPrefix(names[0], "provkeys-") || term.buffer() != text {
		term.t.Errorf("of the buffers %q the newest holds %d bytes, want %d", names, len(term.buffer()), len(text))
	}
}

func TestE2ECopyInsideTmuxArrivesWhateverItsSettings(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	for _, setting := range []string{"", clipboardOn, "set -g set-clipboard off"} {
		t.Run(setting, func(t *testing.T) {
			t.Parallel()
			inBothWays(t, func(t *testing.T, w way) {
				l := newLab(t, s.legacy()...)
				command, inner := l.tmuxInside("inner", w.in(l), setting)
				term := l.terminal(110, 32, command, clipboardOn)
				w.copies(term, text, term.buffer, passedOn)
				holds(inner, text)
			})
		})
	}
}

func TestE2ECopyInsideTmuxThroughAnother(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	inBothWays(t, func(t *testing.T, w way) {
		l := newLab(t, s.legacy()...)
		command, inner := l.tmuxInside("inner", w.in(l))
		command, _ = l.tmuxInside("middle", command, clipboardOn)
		term := l.terminal(110, 34, command, clipboardOn)
		w.copies(term, text, term.buffer, passedOn)
		holds(inner, text)
	})
}

// Nobody is attached to the terminal's own tmux.
func TestE2ECopyInsideTmuxWithoutAClientStaysThere(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	inBothWays(t, func(t *testing.T, w way) {
		l := newLab(t, s.legacy()...)
		term := l.terminal(110, 30, w.in(l))
		w.copies(term, text, term.buffer, onlyHere)
		holds(term, text)
	})
}

// A tmux serves several sessions, and another one's terminal is somebody else's.
func TestE2ECopyInsideTmuxGoesToNoOtherSession(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	l := newLab(t, s.legacy()...)
	command, inner := l.tmuxInside("inner", "sleep 90")
	other := l.terminal(110, 30, command, clipboardOn)
	waitFor(t, "somebody at another session", func() bool {
		clients, err := inner.try("list-clients", "-F", "#{client_termfeatures}")
		return err == nil && strings.Contains(clients, "clipboard")
	})
	inner.tmux("new-session", "-d", l.path("bin", "provkeys")+" copy "+okKey+" >"+l.path("said")+" 2>&1; sleep 90")
	waitFor(t, "a copy", func() bool { return strings.Contains(l.read("said"), "In the tmux buffer") })
	if said := l.read("said"); !strings.Contains(said, onlyHere) {
		t.Errorf("it said %q", said)
	}
	holds(inner, text)
	if got := other.buffers(); len(got) > 0 {
		t.Errorf("the terminal of another session got %d bytes", len(other.buffer()))
	}
}

// GNU screen is a terminal to which tmux passes no clipboard.
func TestE2ECopyInsideTmuxInsideScreenStaysThere(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	inBothWays(t, func(t *testing.T, w way) {
		l := newLab(t, s.legacy()...)
		command, inner := l.tmuxInside("inner", w.in(l))
		term := l.terminal(110, 32, l.screenInside(command), clipboardOn)
		w.copies(term, text, inner.buffer, onlyHere)
		holds(inner, text)
		if got := term.buffers(); len(got) > 0 {
			t.Errorf("something went through GNU screen all the same: %d bytes", len(term.buffer()))
		}
	})
}

// What says where tmux is may be stale or gone; the terminal still tells that
// it is one.
func TestE2ECopyInsideTmuxOutOfReachIsSent(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	for name, surroundings := range map[string]string{
		"stale":           "env TMUX=/tmp/no-such-folder/default,1,0",
		"dropped by sudo": "env -u TMUX -u TMUX_PANE",
		"foreign TERM":    "env -u TMUX -u TMUX_PANE TERM=xterm-256color",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBothWays(t, func(t *testing.T, w way) {
				l := newLab(t, s.legacy()...)
				term := l.terminal(110, 30, w.in(l, surroundings), clipboardOn)
				w.copies(term, text, term.buffer, viaTmux)
			})
		})
	}
}
