package tui_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// wantsOut are texts that want to leave the field they are pasted into, and to
// act: by the end of a bracketed paste, by esc, which a terminal cannot tell from
// alt, and by what acts everywhere.
var wantsOut = map[string]string{
	"end of paste, esc and E, enter": "x\x1b[201~\x1bE\r",
	"end of paste, esc and y":        "x\x1b[201~\x1by",
	"end of paste, enter, y":         "x\x1b[201~\r\ry",
	"end of paste, esc esc, E":       "x\x1b[201~\x1b\x1bE\r",
	"end of paste, ctrl+z, ctrl+c":   "x\x1b[201~\x1a\x03",
	"esc and E, enter":               "x\x1bE\r",
	"esc and y":                      "x\x1by",
	"esc and y, twice":               "x\x1by\x1by",
	"ctrl+z, ctrl+c":                 "x\x1a\x03",
}

// fields are the keys that open a text field, and what shows while it is open.
var fields = map[string]struct {
	keys []string
	open string
}{
	"inspect":  {[]string{"i"}, "ctrl+u empty"},
	"filter":   {[]string{"/"}, "0 of 40 shown"},
	"edit":     {[]string{"e"}, "Edit"},
	"download": {[]string{"o", "p"}, "passphrase"},
	"command":  {[]string{":"}, " :x"},
	"help":     {[]string{"?", "/"}, " / x"},
}

func TestAHostileTextNeitherLeavesItsFieldNorActs(t *testing.T) {
	t.Parallel()
	for name, in := range fields {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pasteHostile(t, in.keys, in.open)
		})
	}
}

// pasteHostile pastes every text into a field, one behind another, with the cursor
// on a key that E would raise, or y would copy where a file can be written.
func pasteHostile(t *testing.T, keys []string, open string) {
	t.Helper()
	changes := 0
	s := writing(&fakeDownloads{})
	s.before = func(r *http.Request) (*http.Response, error) {
		if r.Method == http.MethodPut {
			changes++
		}
		return nil, nil
	}
	run(t, s, func(c *console) {
		name := "ap-east-1-blue"
		if keys[0] == "o" {
			name = asg
		}
		c.find(name)
		c.press(keys...)
		for what, text := range wantsOut {
			for _, paste := range []string{"\x1b[200~" + text + "\x1b[201~", text} {
				c.write(paste)
				c.pass(time.Second)
				if shown := c.text(); !strings.Contains(shown, open) || strings.Contains(shown, "Raise and copy") || strings.Contains(shown, "/home/jo") {
					t.Fatalf("%s (%q) left the field or acted:\n%s", what, paste, shown)
				}
				if changes != 0 || c.clip.n != 0 {
					t.Fatalf("%s: %d changes were sent, %d copies made", what, changes, c.clip.n)
				}
			}
		}
	})
}

func TestAQuestionIsNotAnsweredByWhatAskedIt(t *testing.T) {
	t.Parallel()
	for _, keys := range []string{"E\r", "\rE\r", "E\r\r\r"} {
		run(t, setup{}, func(c *console) {
			kind, id := c.find("ap-east-1-blue")
			c.write(keys)
			c.pass(time.Second)
			if got := c.field(kind, id, "maxUsage"); got != "60" || c.clip.n != 0 {
				t.Errorf("%q raised max uses to %s", keys, got)
			}
			c.sees("Raise and copy")
			c.press(enter) // a person's own
			c.pass(time.Second)
			if got := c.field(kind, id, "maxUsage"); got != "61" {
				t.Errorf("max uses are %s", got)
			}
		})
	}
}

// TestWhatFollowsAPastedEnterIsDropped pastes a filter that ends itself.
func TestWhatFollowsAPastedEnterIsDropped(t *testing.T) {
	t.Parallel()
	for _, paste := range []string{"b\re99\r", "b\rE\r", "b\ry", "\re99\rand a whole line behind"} {
		run(t, setup{}, func(c *console) {
			kind, id := c.find("ap-east-1-blue")
			c.press("/")
			c.write(paste)
			c.pass(time.Second)
			c.misses("Raise and copy", "Edit")
			if got := c.field(kind, id, "maxUsage"); got != "60" || c.clip.n != 0 {
				t.Errorf("%q set max uses to %s and copied %d times", paste, got, c.clip.n)
			}
		})
	}
}

// A slow line brings together what a person typed one by one.
func TestAKeyRightBehindAPressedEscOrEnterActs(t *testing.T) {
	t.Parallel()
	for _, leave := range []string{esc, enter} {
		run(t, setup{}, func(c *console) {
			c.find(asg)
			c.press("/")
			c.write(leave)
			c.pass(escHeld)
			c.write("e")
			c.pass(time.Second)
			c.sees("Edit " + asg)
		})
	}
}

// escHeld is how long the terminal's reader holds an esc back, and a moment.
const escHeld = 60 * time.Millisecond

// TestAQuickEscOrCtrlCLeavesIfNothingFollows types what a slow line brings in one
// piece.
func TestAQuickEscOrCtrlCLeavesIfNothingFollows(t *testing.T) {
	t.Parallel()
	for _, open := range []string{"/", "e", ":", "i"} {
		for _, out := range []string{"\x1b", "\x1b\x1b"} {
			run(t, setup{}, func(c *console) {
				c.find(asg)
				c.press(open)
				c.write("15" + out)
				c.pass(time.Second)
				c.misses("Edit", "ctrl+u empty", " :15")
				c.press("?")
				c.sees("Help", "Copying")
			})
		}
		for _, out := range []string{"\x03", "\x03\x03\x03"} {
			run(t, setup{}, func(c *console) {
				c.press(open)
				c.write("15" + out)
				if _, err := c.ended(); err != nil {
					t.Error(err)
				}
			})
		}
	}
}

func TestWhatFollowsAPasteOutsideAFieldIsDropped(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find(asg)
		c.write("\x1b[200~x\x1b[201~yq\x03")
		c.pass(time.Second)
		c.sees("it was dropped")
		if c.clip.n != 0 {
			t.Error("it was copied")
		}
		c.press("y") // keys act again
		c.pass(time.Second)
		if c.clip.n != 1 {
			t.Error("nothing was copied")
		}
	})
}
