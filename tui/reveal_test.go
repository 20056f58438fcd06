package tui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/tui"
	"provkeys/tui/clipboard"
	"provkeys/tui/internal/watched"
)

const (
	blurred  = "\x1b[O"
	onScreen = "shows for 10 s; esc hides it now."
)

// leaks returns whether any 24 characters of a secret, from wherever on, are in
// the text.
func leaks(text, secret string) bool {
	for at := 0; at+24 <= len(secret); at++ {
		if strings.Contains(text, secret[at:at+24]) {
			return true
		}
	}
	return false
}

// reveals finds ap-east-1-asg, reveals it and returns its text.
func (c *console) reveals() string {
	c.t.Helper()
	kind, id := c.find("ap-east-1-asg")
	text := c.field(kind, id, "provisioningKey")
	if leaks(c.bytes(), text) {
		c.t.Fatal("the text was on the terminal before it was asked for")
	}
	c.press("V")
	c.sees("hides in ")
	return text
}

func TestRevealShowsTheExactTextBelowItsRow(t *testing.T) {
	t.Parallel()
	for _, width := range []int{200, 120, 77, 40} {
		run(t, setup{terminal: true, w: width, h: 30}, func(c *console) {
			text := c.reveals()
			c.sees("ap-east-1-asg " + onScreen)
			c.misses("scrolls")
			_, below, _ := strings.Cut(c.text(), "▾")
			_, below, _ = strings.Cut(below, "\n")
			if got := strings.ReplaceAll(below, "\n", ""); !strings.HasPrefix(got, text) {
				t.Errorf("%d cells wide, the text does not stand as it is below its row:\n%s", width, c.text())
			}
		})
	}
}

func TestARevealOnASmallScreenIsScrolled(t *testing.T) {
	t.Parallel()
	for _, h := range []int{8, 9, 10, 14} {
		run(t, setup{w: 40, h: h}, func(c *console) {
			kind, id := c.find("ap-east-1-asg")
			text := c.field(kind, id, "provisioningKey")
			c.press("V")
			c.sees("10 s: esc hides it, down scrolls.")
			for at := 0; at < len(text); at += 40 {
				line := text[at:min(at+40, len(text))]
				for range 2 {
					if !strings.Contains(c.text(), line) {
						c.press(down)
					}
				}
				c.sees(line)
			}
		})
	}
}

func TestARevealEndsBy(t *testing.T) {
	t.Parallel()
	var s suspensions
	n := 0
	for name, ends := range map[string]func(*console){
		"its time": func(c *console) { c.pass(10 * time.Second) },
		"V again":  func(c *console) { c.press("V") }, "esc": func(c *console) { c.press(esc) },
		"refreshing": func(c *console) { c.press("r") }, "another kind": func(c *console) { c.press(tab) },
		"another window": func(c *console) { c.press(blurred) },
		"the next row":   func(c *console) { c.press("j") }, "closing its row": func(c *console) { c.press("h") },
		"enter on its row": func(c *console) { c.press(enter) },
		"filtering":        func(c *console) { c.press("/") }, "help": func(c *console) { c.press("?") },
		"sorting": func(c *console) { c.press("s") }, "the command line": func(c *console) { c.press(":") },
		"copy as": func(c *console) { c.press("Y") }, "an edit": func(c *console) { c.press("e") },
		"suspending": func(c *console) { c.press(ctrlZ, fg) },
		"a pause that nobody saw": func(c *console) {
			c.sigs <- tui.SignalSuspend
			c.settle()
			c.press(fg)
		},
	} {
		if n++; n%watched.Step(4) > 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			run(t, s.setup(clipboard.Outcome{}, 0), func(c *console) {
				c.press("/")
				c.typed("ap-east-1")
				c.press(enter)
				kind, id, _ := c.mock.FindKey("ap-east-1-asg")
				text := c.field(kind, id, "provisioningKey")
				c.press("V")
				if !leaks(c.text(), text) {
					t.Fatalf("nothing is revealed:\n%s", c.text())
				}
				ends(c)
				if leaks(c.text(), text) {
					t.Errorf("it still shows:\n%s", c.text())
				}
				c.misses("hides in", onScreen, "changed meanwhile")
				before := len(c.bytes())
				c.press(esc, esc, "k", "\x0c", "j", "k")
				c.pass(time.Minute)
				if leaks(c.bytes()[before:], text) {
					t.Error("it came back")
				}
			})
		})
	}
}

func TestARevealLastsThrough(t *testing.T) {
	t.Parallel()
	for name, does := range map[string]func(*console){
		"nine seconds": func(c *console) { c.pass(9 * time.Second) },
		"a copy":       func(c *console) { c.press("y") }, "another order": func(c *console) { c.press("S") },
		"drawing it again": func(c *console) { c.press("\x0c") },
	} {
		t.Run(name, func(t *testing.T) {
			run(t, setup{terminal: true}, func(c *console) {
				text := c.reveals()
				does(c)
				if !leaks(c.text(), text) {
					t.Errorf("it is hidden:\n%s", c.text())
				}
			})
		})
	}
}

func TestEscHidesBeforeItDoesAnythingElse(t *testing.T) {
	t.Parallel()
	run(t, setup{terminal: true}, func(c *console) {
		text := c.reveals()
		c.press(esc)
		c.sees("1 of 40 shown")
		c.press(esc)
		c.sees("40 of 40 shown")
		if leaks(c.text(), text) {
			t.Error("it still shows")
		}
	})
}

// TestNothingRevealedIsLeftBehind ends the console while a text shows: whatever
// the terminal kept then would stay on it.
func TestNothingRevealedIsLeftBehind(t *testing.T) {
	t.Parallel()
	for name, ends := range map[string]func(*console){
		"q":         func(c *console) { c.write("q") },
		"ctrl+c":    func(c *console) { c.write("\x03") },
		"a signal":  func(c *console) { c.sigs <- tui.SignalLeave },
		"a hangup":  func(c *console) { c.sigs <- tui.SignalHangup },
		"a panic":   func(c *console) { c.clip.broken = "broken"; c.write("!") },
		"suspended": func(c *console) { c.press(ctrlZ) },
	} {
		t.Run(name, func(t *testing.T) {
			var s suspensions
			run(t, s.setup(clipboard.Outcome{}, 0), func(c *console) {
				text := c.reveals()
				if !leaks(c.text(), text) {
					t.Fatal("nothing is revealed")
				}
				before := len(c.bytes())
				ends(c)
				if len(s.happened) == 0 {
					_, _ = c.ended()
				}
				if got := c.text(); got != "" {
					t.Errorf("left on the screen:\n%s", got)
				}
				if leaks(c.bytes()[before:], text) {
					t.Error("it was sent once more")
				}
			})
		})
	}
}

func TestARevealPausesTheRefresh(t *testing.T) {
	t.Parallel()
	run(t, setup{terminal: true, opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		c.pass(25 * time.Second)
		c.reveals()
		before := len(c.mock.Requests())
		c.pass(9 * time.Second)
		if n := len(c.mock.Requests()) - before; n != 0 {
			t.Errorf("%d requests while a text shows", n)
		}
		c.pass(3 * time.Second)
		if n := len(c.mock.Requests()) - before; n != 4 {
			t.Errorf("%d requests after it was hidden, want 4", n)
		}
	})
}

func TestAKeyThatChangesIsHiddenAgain(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		value any
		then  string
	}{
		"provisioningKey": {"3|mock.example|" + strings.Repeat("N", 384), "V shows it as it is now."},
		"exportable":      {false, "ap-east-1-asg is hidden: its text was shown once"},
		"enabled":         {false, "V shows it as it is now."},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, setup{terminal: true}, func(c *console) {
				kind, id := c.find("ap-east-1-asg")
				c.press("y") // from now on it is read every ten seconds
				c.pass(7 * time.Second)
				text := c.field(kind, id, "provisioningKey")
				c.press("V")
				c.mock.SetField(kind, id, name, test.value)
				c.pass(4 * time.Second)
				c.sees("ap-east-1-asg was hidden again: it has changed meanwhile. " + test.then)
				if leaks(c.text(), text) || leaks(c.bytes(), c.field(kind, id, "provisioningKey")) && name == "provisioningKey" {
					t.Error("a text shows that nobody asked for")
				}
			})
		})
	}
}

func TestARevealIsWrittenDownOnce(t *testing.T) {
	t.Parallel()
	var memory fakeMemory
	run(t, setup{deps: func(_ *console, d *tui.Deps) { d.Memory = &memory }}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("V", "V", "V")
		c.pass(20 * time.Second)
		ref := client.Ref{Kind: client.AppConnector, ID: client.ID(id)}
		want := tui.Deed{Action: tui.DeedRevealed, Key: ref, Name: "ap-east-1-asg"}
		if deed, n := c.journal.last(); n != 2 || !cmp.Equal(deed, want) {
			t.Errorf("%s: %d deeds for two reveals, the last is %+v", kind, n, deed)
		}
		if got := fmt.Sprint(memory.remembered()); got != fmt.Sprint([]client.Ref{ref, ref}) {
			t.Errorf("remembered: %s", got)
		}
	})
}

func TestTheFocusIsAskedForOnlyWhileATextShows(t *testing.T) {
	t.Parallel()
	const on, off = "\x1b[?1004h", "\x1b[?1004l"
	run(t, setup{terminal: true}, func(c *console) {
		c.find("ap-east-1-asg")
		if strings.Contains(c.bytes(), on) {
			t.Error("it is asked for without a reason")
		}
		before := len(c.bytes())
		c.press("V")
		if got := c.bytes()[before:]; !strings.Contains(got, on) {
			t.Error("it is not asked for")
		}
		before = len(c.bytes())
		c.press(esc)
		if got := c.bytes()[before:]; !strings.Contains(got, off) {
			t.Error("it goes on being asked for")
		}
	})
}

// TestARevealCountsDownInFewBytes holds that the countdown of a text that shows
// costs a slow line at most 40 bytes a second.
func TestARevealCountsDownInFewBytes(t *testing.T) {
	t.Parallel()
	run(t, setup{terminal: true, w: 200, h: 50, before: crowd(100)}, func(c *console) {
		c.press("V")
		c.sees("hides in 10s")
		c.pass(time.Second)
		before := len(c.bytes())
		c.pass(7 * time.Second)
		c.sees("hides in 2s")
		n := len(c.bytes()) - before
		if n > 7*40 {
			t.Errorf("%d bytes in 7 seconds", n)
		}
		t.Logf("7 seconds of countdown: %d bytes", n)
	})
}
