//go:build e2e

package main

import (
	"strings"
	"testing"
)

// far is a lab whose provkeys runs behind an ssh server.
type far struct {
	*lab
	sshd *sshd
}

func newFar(t *testing.T, s *server) far {
	t.Helper()
	l := newLab(t, s.legacy()...)
	return far{l, l.startSSHD()}
}

func TestE2ECopyOverSSHArrivesHere(t *testing.T) {
	t.Parallel()
	s := serveLong(t)
	text := s.text(okKey)
	for _, tt := range []struct {
		name    string
		command func(f far, w way) string // what is typed on this side
		words   string
	}{
		{"plain", func(f far, w way) string { return f.sshd.there("-tt", w.in(f.lab)) }, viaTmux},
		{"into tmux", func(f far, w way) string {
			command, _ := f.tmuxInside("inner", w.in(f.lab))
			return f.sshd.there("-tt", command)
		}, passedOn},
		{"into a screen", func(f far, w way) string { return f.sshd.there("-tt", f.screenInside(w.in(f.lab))) }, viaScreen},
		{"from a screen", func(f far, w way) string { return f.screenInside(f.sshd.there("-tt", w.in(f.lab))) }, viaScreen},
		{"from a screen with a foreign TERM", func(f far, w way) string {
			return f.screenInside(f.sshd.there("-tt", w.in(f.lab, "env TERM=xterm-256color")))
		}, viaScreen},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			inBothWays(t, func(t *testing.T, w way) {
				f := newFar(t, s)
				term := f.terminal(110, 34, tt.command(f, w), clipboardOn)
				w.copies(term, text, term.buffer, tt.words)
			})
		})
	}
}

// A tool of the far machine's desktop would succeed there, on a clipboard that
// nobody looks at.
func TestE2ECopyOverSSHLeavesTheFarDesktopAlone(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	for name, surroundings := range map[string]string{
		"as it comes":     "",
		"dropped by sudo": "env -u SSH_TTY -u SSH_CONNECTION -u SSH_CLIENT",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBothWays(t, func(t *testing.T, w way) {
				f := newFar(t, s)
				d := f.startDisplay("xclip")
				d.put("of the far desktop")
				term := f.terminal(110, 30, f.sshd.there("-tt", w.in(f.lab, surroundings)), clipboardOn)
				w.copies(term, text, term.buffer, viaTmux)
				if got := d.text(); got != "of the far desktop" {
					t.Errorf("the far desktop holds %d bytes of something else", len(got))
				}
			})
		})
	}
}

func TestE2ECopyOverSSHWithoutATerminalSaysHow(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0")
	f := newFar(t, s)
	out, errs, code := f.run(f.sshd.there("-T", "exec provkeys copy "+okKey))
	if code != int(exitClipboard) || out != "" || !strings.Contains(errs, "ssh -t") {
		t.Errorf("exit %d, want 10, and a word of ssh -t: %s%s", code, out, errs)
	}
	if found := leaks(s.text(okKey), out+errs); len(found) > 0 {
		t.Error("the key text was printed")
	}
}
