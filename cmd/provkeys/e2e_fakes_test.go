//go:build e2e

package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// fakeTool makes a folder with an xclip that does what the lines say, $1 being
// -in or -out; to be put into PATH.
func (l *lab) fakeTool(lines ...string) string {
	l.t.Helper()
	// PATH has nothing else in it, so the tool names its own tools in full.
	return filepath.Dir(l.program("fake/xclip", lines...))
}

func TestE2EToolThatDoesNotCopyIsNotBelieved(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	for _, tt := range []struct {
		name, tool, words string
	}{
		{"one that lies", `case $1 in -in) /bin/cat >/dev/null ;; *) echo something else ;; esac`, "Not confirmed: the clipboard tool reported success, but reading back gave something else."},
		{"one that cannot read back", `case $1 in -in) /bin/cat >/dev/null ;; *) exit 1 ;; esac`, "Not confirmed"},
		{"one that hangs", "/bin/cat >/dev/null; exec /bin/sleep 60", "did not answer in time"},
		{"one that fails", "/bin/cat >/dev/null; echo broken >&2; exit 3", "exit status 3"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			inBothWays(t, func(t *testing.T, w way) {
				l := newLab(t, append(s.legacy(), "DISPLAY=:12345", "PROVKEYS_CLIPBOARD=native")...)
				term := l.terminal(110, 30, w.in(l, "env -u TMUX PATH="+l.fakeTool(tt.tool)), clipboardOn)
				if w.console {
					term.sees(" shown", okKey)
					term.keys("j") // a key with a hostile name sorts before it
					term.sees("▸ " + okKey)
					term.keys("y")
				}
				begun := time.Now()
				term.sees(tt.words)
				if took := time.Since(begun); took > 6*time.Second {
					t.Errorf("it took %s to say so", took)
				}
				if !w.console {
					term.sees("exit 10")
				}
				if len(term.buffers()) > 0 {
					t.Error("only the desktop was asked for, and the terminal got it too")
				}
				waitFor(t, "no tool left behind", func() bool { return len(l.processes("xclip"))+len(l.processes("sleep", "60")) == 0 })
			})
		})
	}
}

// Where nothing forbids it the terminal gets what the tool did not take.
func TestE2EToolThatHangsGivesWayToTheTerminal(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	for name, tool := range map[string]string{"hangs": "/bin/cat >/dev/null; exec /bin/sleep 60", "fails": "/bin/cat >/dev/null; exit 3"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			inBothWays(t, func(t *testing.T, w way) {
				l := newLab(t, append(s.legacy(), "DISPLAY=:12345")...)
				term := l.terminal(110, 30, w.in(l, "env -u TMUX PATH="+l.fakeTool(tool)), clipboardOn)
				w.copies(term, text, term.buffer, viaTmux)
			})
		})
	}
}

// A display may be gone that the environment still names.
func TestE2EDesktopThatIsGoneGivesWayToTheTerminal(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	for _, tt := range []struct {
		display string
		tools   []string
	}{
		{"DISPLAY=:12345", []string{"xclip"}}, {"DISPLAY=:12345", []string{"xsel"}}, {"DISPLAY=:12345", nil},
		{"WAYLAND_DISPLAY=gone", []string{"wl-copy", "wl-paste"}},
	} {
		t.Run(tt.display+" "+strings.Join(tt.tools, " "), func(t *testing.T) {
			t.Parallel()
			l := newLab(t, append(s.legacy(), tt.display)...)
			term := l.terminal(110, 30, commandLine().in(l, "env -u TMUX PATH="+l.only(tt.tools...)), clipboardOn)
			commandLine().copies(term, text, term.buffer, viaTmux)
		})
	}
}

// The operator's own command may hang or fail too.
func TestE2EOwnCommandThatFailsIsSaidSo(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	for command, words := range map[string]string{
		"cat >/dev/null; exit 3":   "exit status 3",
		"cat >/dev/null; sleep 60": "did not answer in time",
	} {
		t.Run(words, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, append(s.legacy(), "PROVKEYS_CLIPBOARD=command", "PROVKEYS_CLIPBOARD_COMMAND="+command)...)
			out, errs, code := l.run("exec " + l.path("bin", "provkeys") + " copy " + okKey)
			if code != int(exitClipboard) || out != "" || !strings.Contains(errs, words) || strings.Contains(errs, "cat") {
				t.Errorf("exit %d: %s%s", code, out, errs)
			}
			waitFor(t, "no command left behind", func() bool { return len(l.processes("sleep", "60")) == 0 })
		})
	}
}
