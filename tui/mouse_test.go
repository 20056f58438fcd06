package tui_test

import (
	"strings"
	"testing"

	"provkeys/tui"
)

// mouseModes are the sequences that make a terminal report its mouse.
func mouseModes() []string { return []string{"?1000", "?1002", "?1003", "?1006"} }

func TestTheMouseIsTheTerminalsUnlessAskedFor(t *testing.T) {
	t.Parallel()
	run(t, setup{terminal: true, w: 60, h: 12}, func(c *console) {
		for _, mode := range mouseModes() {
			if strings.Contains(c.bytes(), mode) {
				t.Errorf("the terminal was told %q", mode)
			}
		}
		before := c.text()
		c.press("\x1b[<0;10;6M") // one that reports all the same
		if c.text() != before {
			t.Errorf("a click acts:\n%s", c.text())
		}
	})
}

func TestClicksComeFromTheTerminal(t *testing.T) {
	t.Parallel()
	run(t, setup{terminal: true, w: 80, h: 16, opts: tui.Options{Mouse: true}}, func(c *console) {
		if !strings.Contains(c.bytes(), "?1006h") {
			t.Error("the terminal was not told to report its mouse")
		}
		c.press("\x1b[<0;10;8M", "\x1b[<0;10;8m")
		if line := strings.Split(c.text(), "\n")[7]; !strings.HasPrefix(line, "▸") {
			t.Errorf("the cursor is not on the line that was clicked:\n%s", c.text())
		}
	})
}
