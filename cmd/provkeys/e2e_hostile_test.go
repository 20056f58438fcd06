//go:build e2e

package main

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// hostileName is what an attacker would call a key: a clipboard write, a title,
// a move to the top and a clearing of the screen.
func hostileName() string {
	return "zz\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte("attacker")) + "\a\x1b]0;owned\a\x1b[2J\x1b[Hend"
}

// The control: the very name, printed as it is, does to this terminal what it
// says.
func TestE2EControlHostileNameTakesTheTerminal(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	term := l.terminal(110, 30, "echo before; cat "+l.write("name", hostileName())+"; echo; sleep 90", clipboardOn)
	term.sees("end")
	if term.buffer() != "attacker" || term.asks("#{pane_title}") != "owned" || strings.Contains(term.screen(), "before") {
		t.Errorf("the name did nothing, so the tests of it are blind: buffer %q, title %q\n%s",
			term.buffer(), term.asks("#{pane_title}"), term.screen())
	}
}

func TestE2EHostileNamesAreOnlyText(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	id := fmt.Sprint(s.key(okKey)["id"])
	s.change(okKey, "name", hostileName())
	for _, tt := range []struct {
		name, command string
		draw          func(term *emulator)
	}{
		{"the console", lasting("provkeys"), drawHostile},
		{"list", lasting("provkeys list"), func(term *emulator) { term.sees("exit 0") }},
		{"get", lasting("provkeys get " + id), func(term *emulator) { term.sees("exit 0") }},
		{"copy", lasting("provkeys copy " + id), func(term *emulator) { term.sees("exit 0") }},
		{"an error", lasting(`provkeys get "$(cat $NAME)x"`), func(term *emulator) { term.sees("exit 4") }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			l := newLab(t, append(s.legacy(), "PROVKEYS_CLIPBOARD=command", "PROVKEYS_CLIPBOARD_COMMAND=cat >/dev/null")...)
			l.env = append(l.env, "NAME="+l.write("name", hostileName()))
			term := l.terminal(110, 70, "echo before; "+tt.command, clipboardOn)
			title := term.asks("#{pane_title}")
			tt.draw(term)
			term.sees(`zz\x1b]52;c;`)
			if got := term.buffers(); len(got) > 0 {
				t.Errorf("drawing a name wrote a clipboard: %q", term.buffer())
			}
			if got := term.asks("#{pane_title}"); got != title {
				t.Errorf("drawing a name changed the title to %q", got)
			}
		})
	}
}

// drawHostile shows the key in table, details, a dialog and a message, and looks
// for a layout that holds. Its last words are about the key too.
func drawHostile(term *emulator) {
	term.sees("40 of 40 shown")
	term.keys("/")
	term.types("zz")
	term.keys("Enter", "Enter", "e")
	term.sees("1 of 40 shown", `Edit zz\x1b]52;c;`)
	term.keys("Escape")
	term.misses("Edit")
	term.keys("y")
	term.sees(`zz\x1b]52;c;`, "Handed to your clipboard command.")
	lines := strings.Split(strings.TrimRight(term.screen(), "\n"), "\n")
	if !strings.HasPrefix(lines[0], " provkeys") || !strings.HasPrefix(lines[4], "   NAME") || !strings.Contains(lines[len(lines)-1], "q quit") {
		term.t.Errorf("the layout has moved\n%s", term.screen())
	}
	term.keys("q")
	term.sees(`zz\x1b]52;c;`, "went to your clipboard command", "exit 0")
}
