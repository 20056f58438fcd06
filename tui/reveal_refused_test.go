package tui_test

import (
	"strings"
	"testing"
	"time"

	"provkeys/tui"
	"provkeys/tui/clipboard"
)

func TestRevealIsRefused(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		set     setup
		answers string
		fields  map[string]any
		words   string
	}{
		{name: "hidden", fields: map[string]any{"exportable": false}, words: "ap-east-1-asg is hidden: its text was shown once, when it was created."},
		{name: "hidden and expired", fields: map[string]any{"exportable": false, "expirationInEpochSec": "86400"}, words: "ap-east-1-asg is hidden: its text was shown once"},
		{name: "damaged", fields: map[string]any{"provisioningKey": "3|mock.example|" + strings.Repeat("B", 200) + "\x1b[2J"}, words: "the key text is damaged: a control character at character 216"},
		{name: "mask: always", set: setup{opts: tui.Options{MaskAlways: true}}, words: "Key texts never show here: the configuration says mask: always. y copies it, o writes it into a file."},
		{name: "a bare terminal", set: setup{deps: func(c *console, d *tui.Deps) { d.Clipboard = bareTerminal{c.clip} }}, words: "Not shown: this terminal has no alternate screen"},
		{name: "GNU screen", set: setup{copies: byOSC52}, answers: answersScreen, words: "Not shown: GNU screen has no alternate screen of its own"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.set.terminal = true
			run(t, test.set, func(c *console) {
				c.press(test.answers)
				kind, id, _ := c.mock.FindKey("ap-east-1-asg")
				for name, value := range test.fields {
					c.mock.SetField(kind, id, name, value)
				}
				c.press("r")
				c.find("ap-east-1-asg")
				c.press("V")
				c.sees(test.words)
				c.misses("hides in")
				if leaks(c.bytes(), c.field(kind, id, "provisioningKey")) {
					t.Error("it was shown")
				}
				if _, n := c.journal.last(); n != 0 {
					t.Error("a refusal is in the journal")
				}
			})
		})
	}
}

// bareTerminal is a clipboard whose session has a terminal of the old kind.
type bareTerminal struct{ tui.Clipboard }

func (b bareTerminal) Plan(t clipboard.Terminal) clipboard.Plan {
	p := b.Clipboard.Plan(t)
	p.Bare = true
	return p
}

// TestAnAnswerThatComesLateStillHides is about a GNU screen at the end of a slow
// line.
func TestAnAnswerThatComesLateStillHides(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byOSC52}, func(c *console) {
		c.pass(time.Second)
		text := c.reveals()
		c.press(answersScreen)
		if leaks(c.text(), text) {
			t.Error("it still shows")
		}
	})
}

func TestRevealWaitsUntilItIsKnownWhoTheTerminalIs(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byOSC52}, func(c *console) {
		c.quickFind()
		c.press("V")
		c.sees("Not shown: who the terminal is, is not known yet. Press V again in a second.")
		c.pass(time.Second) // it does not answer, and nothing speaks of GNU screen
		c.press("V")
		c.sees("hides in")
	})
}

func TestAKeyThatWouldNotEnrolIsShownAsWhatItIs(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		fields map[string]any
		words  string
	}{
		{"used up", map[string]any{"usageCount": "60"}, "ap-east-1-asg is used up (60 of 60): it would not enrol. It shows for 10 s"},
		{"disabled", map[string]any{"enabled": false}, "ap-east-1-asg is disabled: it would not enrol."},
		{"expired", map[string]any{"expirationInEpochSec": "86400"}, "ap-east-1-asg is expired: it would not enrol."},
		{"a blank", map[string]any{"provisioningKey": "3|mock.example|" + strings.Repeat("B", 200) + " " + strings.Repeat("C", 184)}, "The key text has a blank at character 216 of 400."},
	} {
		t.Run(test.name, func(t *testing.T) {
			run(t, setup{terminal: true}, func(c *console) {
				kind, id, _ := c.mock.FindKey("ap-east-1-asg")
				for name, value := range test.fields {
					c.mock.SetField(kind, id, name, value)
				}
				c.press("r")
				text := c.reveals()
				c.sees(test.words)
				if !leaks(c.text(), text) {
					t.Error("it does not show")
				}
			})
		})
	}
}
