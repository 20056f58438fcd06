package tui_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"provkeys/tui/clipboard"
)

// What terminals answer to clipboard.Question.
const (
	answersXterm  = "\x1b[>41;370;0c\x1b[?64;1;2;6;52c"
	answersPlain  = "\x1b[>1;10;0c\x1b[?62;22c"
	answersScreen = "\x1b[>83;40900;0c\x1b[?1;2c"
	answersTmux   = "\x1b[>84;0;0c\x1b[?1;2;4c"
)

// inPieces is what GNU screen passes on: a long sequence in DCS strings of 250
// bytes each.
func inPieces(sequence string) string {
	var b strings.Builder
	for len(sequence) > 0 {
		n := min(250, len(sequence))
		b.WriteString("\x1bP" + sequence[:n] + "\x1b\\")
		sequence = sequence[n:]
	}
	return b.String()
}

// throughTmux is a sequence bare and then wrapped, for a tmux that takes either.
func throughTmux(sequence string) string {
	return sequence + "\x1bPtmux;" + strings.ReplaceAll(sequence, "\x1b", "\x1b\x1b") + "\x1b\\"
}

func osc52(text string) string {
	return "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(text)) + "\x07"
}

func TestTheSequenceIsWrittenForWhoeverIsInnermost(t *testing.T) {
	t.Parallel()
	bare := func(s string) string { return s }
	for _, test := range []struct {
		name, answers string
		form          func(string) string
		words         string
	}{
		{"a terminal that claims writes", answersXterm, bare, "Sent; your terminal accepts clipboard writes. Paste to check."},
		{"a terminal that claims nothing", answersPlain, bare, "Sent to your terminal, which cannot confirm: paste to check."},
		{"GNU screen", answersScreen, inPieces, "Sent through GNU screen, which cannot confirm: paste to check."},
		{"tmux", answersTmux, throughTmux, "Sent through tmux, which cannot confirm: paste to check. Nothing there? V shows; or set -g set-clipboard on in that tmux."},
		{"nobody", "", bare, "Sent to your terminal, which cannot confirm: paste to check."},
	} {
		t.Run(test.name, func(t *testing.T) {
			run(t, setup{copies: byOSC52, opts: life45}, func(c *console) {
				if !strings.Contains(c.bytes(), clipboard.Question) {
					t.Fatal("the terminal was not asked who it is")
				}
				c.press(test.answers)
				kind, id := c.find("ap-east-1-asg")
				before := c.bytes()
				c.press("y")
				c.sees("ap-east-1-asg: " + test.words)
				want := test.form(osc52(c.field(kind, id, "provisioningKey")))
				sent := strings.TrimPrefix(c.bytes(), before)
				if strings.Count(sent, want) != 1 || strings.Count(sent, "52;c;") != strings.Count(want, "52;c;") {
					t.Errorf("want %d bytes of OSC 52 in one piece, got %d bytes with %d beginnings", len(want), len(sent), strings.Count(sent, "52;c;"))
				}
				c.pass(46 * time.Second)
				if !strings.Contains(c.bytes(), test.form(blank)) {
					t.Error("the blank was not sent in the same form")
				}
			})
		})
	}
}

func TestACopyWaitsForTheTerminalsAnswer(t *testing.T) {
	t.Parallel()
	for _, answers := range []string{answersScreen, ""} {
		run(t, setup{copies: byOSC52}, func(c *console) {
			kind, id := c.quickFind()
			c.press("!")
			if strings.Contains(c.bytes(), "\x1b]52;") {
				t.Fatal("it was copied before anybody knew for whom to write it")
			}
			c.press(answers)
			c.pass(clipboard.AnswerTime)
			c.sees("ap-east-1-asg: Sent")
			want := osc52(c.field(kind, id, "provisioningKey"))
			if answers != "" {
				want = inPieces(want)
			}
			if !strings.Contains(c.bytes(), want) {
				t.Errorf("after the answers %q the sequence is in another form", answers)
			}
		})
	}
}

func TestALateAnswerIsStillTaken(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byOSC52}, func(c *console) {
		c.pass(5 * time.Second)
		c.press(answersScreen)
		kind, id := c.find("ap-east-1-asg")
		c.press("y")
		c.sees("Sent through GNU screen")
		if !strings.Contains(c.bytes(), inPieces(osc52(c.field(kind, id, "provisioningKey")))) {
			t.Error("the sequence is in another form")
		}
	})
}

func TestATerminalIsNotAskedForNothing(t *testing.T) {
	t.Parallel()
	run(t, setup{terminal: true}, func(c *console) {
		if strings.Contains(c.bytes(), clipboard.Question) {
			t.Error("it was asked, and no copy goes through it")
		}
		c.press(answersTmux) // and what it says unasked does no harm
		c.find("ap-east-1-asg")
		c.press("y")
		c.sees("Copied and verified.")
	})
}

func TestOnlyTheLastOfTwoQuickCopiesIsSent(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byOSC52}, func(c *console) {
		c.quickFind()
		c.press("!", "!") // both wait for the terminal's answer
		c.pass(time.Second)
		if n := strings.Count(c.bytes(), "\x1b]52;"); n != 1 {
			t.Errorf("%d sequences were sent", n)
		}
		c.sees("ap-east-1-asg: Sent")
	})
}

// quickFind puts the cursor on ap-east-1-asg in a tenth of a second.
func (c *console) quickFind() (kind, id string) {
	c.t.Helper()
	kind, id, ok := c.mock.FindKey("ap-east-1-asg")
	if !ok {
		c.t.Fatal("the mock has no key ap-east-1-asg")
	}
	c.write(fmt.Sprintf("/id:%s\r", id))
	c.settle()
	return kind, id
}
