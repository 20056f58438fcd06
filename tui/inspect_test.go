package tui_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/tui"
)

// pasted is a text as a terminal with bracketed paste sends it.
func pasted(text string) string {
	return "\x1b[200~" + strings.ReplaceAll(text, "\n", "\r") + "\x1b[201~"
}

// asgText returns the text of a key that copies, as the mock holds it.
func (c *console) asgText() string {
	c.t.Helper()
	kind, id, ok := c.mock.FindKey(asg)
	if !ok {
		c.t.Fatalf("the mock has no key %q", asg)
	}
	return c.field(kind, id, "provisioningKey")
}

func TestAPastedTextIsCountedAndNeverShown(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 35}, {80, 24}, {60, 20}, {40, 8}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			run(t, setup{terminal: true, w: size[0], h: size[1]}, func(c *console) {
				text := c.asgText()
				c.press("i")
				c.sees("Inspect", "0 characters, 0 lines", "enter inspect · esc close")
				c.press(pasted(text[:200]), pasted(text[200:]+"\n"))
				c.sees(fmt.Sprintf("%d characters, 1 line", len(text)+1))
				c.press("\x7f", "\x7f")
				c.sees(fmt.Sprintf("%d characters, 1 line", len(text)-1))
				c.press("\x15")
				c.sees("0 characters, 0 lines")
				c.press(enter)
				c.sees("There is nothing yet") // the smallest screen has no room for a border
				c.press(esc)
				c.misses("Inspect")
				findSecrets(t, c.bytes(), []string{text})
			})
		})
	}
}

func TestADamagedTextIsTracedToItsKey(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 35}, {80, 24}, {60, 20}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			run(t, setup{terminal: true, w: size[0], h: size[1], opts: tui.Options{Filter: "no-such-key"}}, func(c *console) {
				text := c.asgText()
				c.press("i", pasted(text[:len(text)-13]), enter)
				c.pass(time.Second)
				c.tells("13 characters are missing at the end of "+asg, "enter go to the key")
				c.press(enter)
				c.sees("The filter is off, to show " + asg)
				if here := c.line("▸"); !strings.Contains(here, asg) {
					t.Errorf("the cursor is on %s", here)
				}
				findSecrets(t, c.bytes(), []string{text})
			})
		})
	}
}

func TestGoingToAKeyKeepsAFilterThatShowsIt(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Filter: "asg"}}, func(c *console) {
		c.press("i", pasted(c.asgText()), enter)
		c.pass(time.Second)
		c.press(enter)
		c.sees("/ asg")
		c.misses("The filter is off")
		if here := c.line("▸"); !strings.Contains(here, asg) {
			t.Errorf("the cursor is on %s", here)
		}
	})
}

func TestGoingToAKeyShowsItsKind(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Kind: client.ServiceEdge}}, func(c *console) {
		c.press("i", pasted(c.asgText()), enter)
		c.pass(time.Second)
		c.press(enter)
		c.misses("The filter is off")
		if here := c.line("▸"); !strings.Contains(here, asg) {
			t.Errorf("the cursor is on %s", here)
		}
	})
}

func TestAnUnbracketedPasteIsTakenWithItsLineBreaks(t *testing.T) {
	t.Parallel()
	run(t, setup{terminal: true}, func(c *console) {
		text := c.asgText()
		c.press("i")
		c.press(text[:100] + "\r" + text[100:200] + "\n\t" + text[200:] + "\r")
		c.pass(time.Second)
		c.sees(fmt.Sprintf("%d characters, 3 lines", len(text)+4))
		c.press("\rq") // a chunk of the paste that begins with a line break
		c.pass(time.Second)
		c.sees(fmt.Sprintf("%d characters, 5 lines", len(text)+6))
		c.press(enter)
		c.pass(time.Second)
		c.misses("characters, 5 lines\n", "enter inspect")
		c.sees("n new")
		findSecrets(t, c.bytes(), []string{text})
	})
}

func TestAPasteThatOpensTheFieldIsDropped(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("id=3|mock.example|AAAAAAAAAAAA")
		c.pass(time.Second)
		c.sees("it was dropped. Press / first to filter by it, i to inspect it.")
		c.misses("Inspect")
	})
}

func TestMoreThanOneMiBIsRefused(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("i", pasted("some text"), pasted(strings.Repeat("x", 1<<20)))
		c.pass(time.Second)
		c.tells("9 characters, 1 line", "More than 1 MiB is not taken")
	})
}

func TestALogIsExplained(t *testing.T) {
	t.Parallel()
	for _, away := range []bool{false, true} {
		run(t, setup{}, func(c *console) {
			prefix := c.asgText()[:len("3|mock.example|")+7]
			c.press("i", pasted("zpa-connector[1]: No valid certificate. Attempting to enroll\n"+
				"zpa-connector[1]: Login request failed - http status(401) nonce(<"+prefix+"...>) fingerprint(<oXaN4RRiMc...>)\n"))
			c.sees("2 lines")
			if away {
				c.wire.breakWith(refuseAll)
			}
			c.press(enter)
			c.pass(20 * time.Second)
			c.tells("2 lines of a log, 2 findings.", asg)
			if away {
				c.press("G")
				c.tells("The machines could not be asked for")
			}
			c.press("n")
			c.sees("0 characters, 0 lines")
		})
	}
}

func TestAnInspectionThatWasGivenUpShowsNothing(t *testing.T) {
	t.Parallel()
	run(t, setup{mock: mockSlow}, func(c *console) {
		c.pass(5 * time.Second)
		c.press("i", pasted("Login request failed - http status(401) nonce(<3|mock.example|AAAAAAA...>) fingerprint(<oXaN4RRiMc...>)\n"), enter)
		c.sees("looking… esc gives it up")
		c.press(esc, "i")
		c.pass(20 * time.Second)
		c.sees("0 characters, 0 lines")
	})
}

func TestAReportScrolls(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{60, 20}, {40, 8}} {
		run(t, setup{w: size[0], h: size[1]}, func(c *console) {
			c.press("i", pasted(strings.Repeat("Login request failed - http status(401) nonce(<3|mock.example|AAAAAAA...>)\nCertificate enrollment failed.\ncertificate is not yet valid\n", 3)), enter)
			c.pass(time.Second)
			c.sees("↑ ↓ 1–")
			c.press("G")
			c.misses("↑ ↓ 1–")
			c.press("g", down)
			c.sees("↑ ↓ 2–")
			c.press("q")
			c.misses("Inspect")
		})
	}
}

func TestWhatIsRememberedHelpsToInspect(t *testing.T) {
	t.Parallel()
	for name, err := range map[string]error{"read": nil, "broken": errors.New("the disk is on fire")} {
		t.Run(name, func(t *testing.T) {
			s := setup{deps: func(_ *console, deps *tui.Deps) { deps.Memory = gone{err} }}
			run(t, s, func(c *console) {
				c.press("i", pasted("3|mock.example|"+strings.Repeat("Zz9", 128)), enter)
				c.pass(time.Second)
				if err == nil {
					c.tells("deleted-key")
				} else {
					c.tells("What is remembered of hidden keys could not be read: the disk is on fire.")
				}
			})
		})
	}
}

// gone remembers one key that the tenant has no more: of whatever text.
type gone struct{ err error }

func (g gone) Remember(client.Key) error { return nil }

func (g gone) Recall() (diagnose.Memory, error) { return g, g.err }

func (g gone) ByText(client.Secret) (diagnose.Remembered, bool) {
	return diagnose.Remembered{Key: client.Ref{Kind: client.AppConnector, ID: "4"}, Name: "deleted-key"}, true
}

func (g gone) ByPrefix(string, string, string) []diagnose.Remembered { return nil }
