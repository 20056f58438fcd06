//go:build e2e

package main

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// emulator is a tmux of its own: it plays the operator's terminal, its pane the
// screen and its newest buffer the clipboard.
type emulator struct {
	t      *testing.T
	lab    *lab
	socket string
}

// terminal opens a terminal of w by h cells in which a shell command runs; the
// settings are lines of tmux's configuration.
func (l *lab) terminal(w, h int, command string, settings ...string) *emulator {
	l.t.Helper()
	need(l.t, "tmux")
	term := &emulator{t: l.t, lab: l, socket: "outer"}
	words := []string{"-f", l.write("outer.conf", strings.Join(settings, "\n")), "new-session", "-d", "-x", strconv.Itoa(w), "-y", strconv.Itoa(h)}
	term.tmux(append(words, l.program("in-outer", command))...)
	l.t.Cleanup(term.stop)
	// On a loaded machine tmux may take no question yet when new-session returns.
	waitFor(l.t, "the terminal's tmux", func() bool { _, err := term.try("display-message", "-p", "#{pane_id}"); return err == nil })
	return term
}

// tmuxInside returns the shell command of a further tmux, to be run in a
// terminal, and a hold on it: its screen and its buffers.
func (l *lab) tmuxInside(name, command string, settings ...string) (string, *emulator) {
	l.t.Helper()
	inner := &emulator{t: l.t, lab: l, socket: name}
	l.t.Cleanup(inner.stop)
	return fmt.Sprintf("env -u TMUX -u TMUX_PANE tmux -L %s -f %s new-session %s", name,
		l.write(name+".conf", strings.Join(settings, "\n")), l.program("in-"+name, command)), inner
}

// stop ends the tmux with all that runs in it.
func (term *emulator) stop() { _, _ = term.try("kill-server") }

// try runs a tmux command that may fail.
func (term *emulator) try(args ...string) (string, error) {
	out, err := term.lab.command("tmux", append([]string{"-L", term.socket}, args...)...).Output()
	return string(out), err
}

func (term *emulator) tmux(args ...string) string {
	term.t.Helper()
	out, err := term.try(args...)
	if err != nil {
		term.t.Fatalf("tmux %s: %v", args[0], err)
	}
	return out
}

// open starts provkeys in a terminal. Its clipboard is a command that writes
// into a file.
func open(t *testing.T, w, h int, env []string, args ...string) *emulator {
	t.Helper()
	l := newLab(t, env...)
	l.env = append(l.env, "PROVKEYS_CLIPBOARD=command", "PROVKEYS_CLIPBOARD_COMMAND=cat >"+l.path("clipboard"))
	return l.terminal(w, h, lasting(strings.Join(append([]string{"provkeys"}, args...), " ")))
}

// lasting returns a shell command that says how another one ended and leaves
// the words on the screen.
func lasting(command string) string { return command + "; echo \"exit $?\"; sleep 90" }

// keys presses keys by tmux's names, with the pauses of a person.
func (term *emulator) keys(keys ...string) {
	term.t.Helper()
	for _, k := range keys {
		term.tmux("send-keys", k)
		time.Sleep(60 * time.Millisecond)
	}
}

// types types a text as it is.
func (term *emulator) types(text string) {
	term.t.Helper()
	for _, r := range text {
		letter := string(r)
		if letter == ";" {
			letter = `\;` // bare it would end tmux's command
		}
		term.tmux("send-keys", "-l", letter)
		time.Sleep(35 * time.Millisecond)
	}
}

// enters types a line.
func (term *emulator) enters(line string) {
	term.t.Helper()
	term.types(line)
	term.keys("Enter")
}

func (term *emulator) screen() string {
	term.t.Helper()
	return term.tmux("capture-pane", "-p")
}

// asks returns what tmux says of the pane, such as #{pane_title}.
func (term *emulator) asks(format string) string {
	term.t.Helper()
	return strings.TrimRight(term.tmux("display-message", "-p", format), "\n")
}

// buffer returns the newest buffer, "" when there is none. It goes by its name:
// without one, newer versions of tmux pass over named buffers.
func (term *emulator) buffer() string {
	names := term.buffers()
	if len(names) == 0 {
		return ""
	}
	out, _ := term.try("save-buffer", "-b", names[0], "-")
	return out
}

// buffers returns the names of the buffers, the newest first.
func (term *emulator) buffers() []string {
	out, _ := term.try("list-buffers", "-F", "#{buffer_name}")
	return strings.Fields(out)
}

// sees polls until every part is on the screen. Blanks and line breaks do not
// count, since words wrap.
func (term *emulator) sees(parts ...string) {
	term.t.Helper()
	term.until(parts, true)
}

// misses polls until no part is on the screen.
func (term *emulator) misses(parts ...string) {
	term.t.Helper()
	term.until(parts, false)
}

func (term *emulator) until(parts []string, want bool) {
	term.t.Helper()
	var screen string
	var seen []string // every line that was there meanwhile: messages go
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		screen = term.screen()
		done := true
		for _, p := range parts {
			done = done && strings.Contains(flat(screen), flat(p)) == want
		}
		if done {
			return
		}
		for line := range strings.Lines(screen) {
			if !slices.Contains(seen, line) {
				seen = append(seen, line)
			}
		}
	}
	seen = slices.DeleteFunc(seen, func(line string) bool { return strings.Contains(screen, line) })
	term.t.Fatalf("waited for %q to be there: %v\n%s\nseen meanwhile:\n%s", parts, want, screen, strings.Join(seen, ""))
}

// flat returns a text without its blanks and line breaks.
func flat(text string) string { return strings.Join(strings.Fields(text), "") }

// copied polls until the clipboard's file holds something and returns it.
func (term *emulator) copied() string {
	term.t.Helper()
	var text []byte
	waitFor(term.t, "a text in the clipboard's file", func() bool {
		text, _ = os.ReadFile(term.lab.path("clipboard"))
		return len(text) > 0
	})
	return string(text)
}

// forget empties the clipboard's file.
func (term *emulator) forget() {
	term.t.Helper()
	if err := os.Remove(term.lab.path("clipboard")); err != nil {
		term.t.Fatal(err)
	}
}

// runCLI runs provkeys in a lab of its own and returns its output and exit code.
func runCLI(t *testing.T, env []string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	return newLab(t, env...).run("provkeys " + strings.Join(args, " "))
}
