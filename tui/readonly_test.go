package tui_test

import (
	"strings"
	"testing"
	"time"

	"provkeys/tui"
)

// Every key that a terminal can send, letters and signs, and what dialogs are
// answered with.
func everyKey() []string {
	var keys []string
	for r := '!'; r <= '~'; r++ {
		if r != 'q' {
			keys = append(keys, string(r))
		}
	}
	return append(keys, space, enter)
}

func TestNoKeyWritesInAReadOnlyConsole(t *testing.T) {
	t.Parallel()
	for _, marked := range []bool{false, true} {
		opts := tui.Options{ReadOnly: true}
		run(t, setup{w: 60, h: 12, opts: opts, deps: func(_ *console, d *tui.Deps) { d.Downloads = &fakeDownloads{} }}, func(c *console) {
			c.find("ap-east-1-blue")
			for _, key := range everyKey() {
				if marked {
					c.press(space)
				}
				c.press(key)
				c.press("1", enter, "y", enter, esc, esc)
			}
			for _, action := range []string{"edit", "raise", "undo", "new", "new-like", "delete"} {
				c.press(":")
				c.typed(action)
				c.press(enter)
				c.sees("This console is read-only: it changes nothing on the server.")
			}
			c.pass(time.Second)
			if w := c.writes(); len(w) != 0 {
				t.Errorf("writes: %s", strings.Join(w, " "))
			}
		})
	}
}
