//go:build e2e

package main

import (
	"strings"
	"testing"
	"unicode"
)

// TestE2EEveryLookReachesTheTerminal holds that switches, variables and the locale
// arrive where the console is drawn.
func TestE2EEveryLookReachesTheTerminal(t *testing.T) {
	t.Parallel()
	const cursorAndMouse = "#{cursor_x},#{cursor_y} #{cursor_flag} #{mouse_any_flag}"
	for _, tt := range []struct {
		name, command, signs, state string
	}{
		{"as usual", "provkeys demo --still", "▸", " 0 0"},
		{"mouse", "provkeys demo --still --mouse", "▸", " 0 1"},
		{"ascii", "LANG=C provkeys demo --still", ">", " 0 0"},
		{"plain", "PROVKEYS_PLAIN=true provkeys demo --still", ">", "0,3 1 0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			term := newLab(t).terminal(90, 20, lasting(tt.command), clipboardOn)
			term.sees("ap-east-1-asg")
			term.keys("j")
			term.sees(tt.signs + "  ap-east-1-asg")
			if got := term.asks(cursorAndMouse); !strings.HasSuffix(got, tt.state) {
				t.Errorf("cursor and mouse are %q, want %q", got, tt.state)
			}
			if i := strings.IndexFunc(term.screen(), func(r rune) bool { return r > unicode.MaxASCII }); i >= 0 && tt.signs == ">" {
				t.Errorf("not ASCII:\n%s", term.screen())
			}
			term.keys("q")
			term.sees("exit 0")
		})
	}
}
