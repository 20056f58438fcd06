package tui_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/tui"
)

func TestEditSetsMaxUses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ typed, note, holds string }{
		{"75", "75 · 15 left", "75"},
		{"+5", "65 · 5 left", "65"},
	} {
		t.Run(test.typed, func(t *testing.T) {
			run(t, setup{}, func(c *console) {
				kind, id := c.find("ap-east-1-blue")
				c.press("e")
				c.sees("Edit ap-east-1-blue", "now 60, used 60 →", "15 sets it, +5 adds to it")
				c.typed(test.typed)
				c.sees(test.note)
				c.press(enter)
				c.pass(time.Second)
				c.sees("ap-east-1-blue: max uses 60 → " + test.holds)
				c.misses("Edit")
				if got := c.field(kind, id, "maxUsage"); got != test.holds {
					t.Errorf("the server holds %s", got)
				}
			})
		})
	}
}

func TestEditRefusesWhatTheKeyCannotHave(t *testing.T) {
	t.Parallel()
	for typed, words := range map[string]string{
		"59":         "max uses cannot be 59",
		"1000000000": "1 to 999999999",
		"x":          "type a number",
		"+-5":        "type a number",
		"":           "nothing is changed yet",
	} {
		t.Run(typed, func(t *testing.T) {
			run(t, setup{}, func(c *console) {
				kind, id := c.find("ap-east-1-blue")
				c.press("e")
				c.typed(typed)
				c.press(enter)
				c.sees("Edit ap-east-1-blue", words)
				if got := c.field(kind, id, "maxUsage"); got != "60" {
					t.Errorf("the server holds %s", got)
				}
			})
		})
	}
}

func TestQIsALetterInADialogAndEscCloses(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("ap-east-1-blue")
		c.press("e", "q")
		c.sees("Edit ap-east-1-blue")
		c.press(esc)
		c.misses("Edit ap-east-1-blue")
		c.sees("id:") // esc closed the dialog alone
	})
}

func TestAConflictIsShownAndNotOverwritten(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-blue")
		c.press("e")
		c.typed("75")
		c.mock.SetField(kind, id, "maxUsage", "90")
		c.press(enter)
		c.pass(time.Second)
		c.sees("Not sent: it was changed elsewhere meanwhile.", "max uses", "keep mine: 75", "was 60, is now 90")
		if got := c.field(kind, id, "maxUsage"); got != "90" {
			t.Fatalf("the conflict was overwritten with %s", got)
		}
		c.press("y") // knowing it, the person goes on
		c.pass(time.Second)
		if got := c.field(kind, id, "maxUsage"); got != "75" {
			t.Errorf("the server holds %s", got)
		}
	})
}

func TestAnEnrolmentMeanwhileIsNoConflict(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("+5")
		if _, err := c.mock.Enrol(c.field(kind, id, "provisioningKey")); err != nil {
			t.Fatal(err)
		}
		c.press(enter)
		c.pass(time.Second)
		c.sees("max uses 60 → 65 (19 left)")
	})
}

func TestAFailedEditKeepsTheForm(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("ap-east-1-blue")
		c.press("e")
		c.typed("75")
		c.wire.breakWith(answer("provisioningKey/", 403, `{"id":"no.permission","reason":"not yours"}`))
		c.press(enter)
		c.pass(5 * time.Second)
		c.sees("Edit ap-east-1-blue", "75", "role lacks", "the permission")
		c.wire.breakWith(nil)
		c.press(enter)
		c.pass(time.Second)
		c.sees("max uses 60 → 75")
	})
}

func TestALateAnswerIsToldWhenTheDialogIsClosed(t *testing.T) {
	t.Parallel()
	run(t, setup{mock: mockSlow}, func(c *console) {
		c.pass(5 * time.Second)
		kind, id := c.find("ap-east-1-blue")
		c.press("e")
		c.typed("75")
		c.press(enter)
		c.sees("sending…")
		c.press(esc)
		c.misses("Edit")
		c.pass(3 * time.Second)
		c.sees("max uses 60 → 75")
		if got := c.field(kind, id, "maxUsage"); got != "75" {
			t.Errorf("the server holds %s", got)
		}
	})
}

func TestADialogOpenedAgainDoesNotConflictWithItsOwnChange(t *testing.T) {
	t.Parallel()
	run(t, setup{mock: mockSlow}, func(c *console) {
		c.pass(5 * time.Second)
		kind, id := c.find("ap-east-1-blue")
		c.press("e")
		c.typed("75")
		c.press(enter, esc, "e")
		c.typed("+5")
		c.pass(5 * time.Second)
		c.sees("now 75, used 60 →", "80 · 20 left")
		c.press(enter)
		c.pass(5 * time.Second)
		c.misses("Not sent")
		if got := c.field(kind, id, "maxUsage"); got != "80" {
			t.Errorf("the server holds %s", got)
		}
	})
}

func TestLeavingWhileAChangeIsSentSaysSo(t *testing.T) {
	t.Parallel()
	run(t, setup{mock: mockSlow}, func(c *console) {
		c.pass(5 * time.Second)
		c.find("ap-east-1-blue")
		c.press("e")
		c.typed("75")
		c.press(enter)
		c.write("\x03")
		var unfinished *tui.UnfinishedError
		if err := <-c.done; !errors.As(err, &unfinished) || unfinished.Names[0] != "ap-east-1-blue" {
			t.Errorf("Run returned %v", err)
		}
		c.done <- nil
	})
}

func TestAnUnconfirmedChangeSaysThatItMayHold(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"e", "E"} {
		run(t, setup{}, func(c *console) {
			c.find("ap-east-1-blue")
			put := false
			c.wire.breakWith(func(r *http.Request) (*http.Response, error) {
				if put && r.Method == http.MethodGet {
					return nil, errors.New("connection refused")
				}
				put = put || r.Method == http.MethodPut
				return nil, nil
			})
			c.press(key)
			if key == "e" {
				c.typed("61")
			}
			c.press(enter)
			c.pass(10 * time.Second)
			c.sees("the change was sent, and nobody could confirm it")
			c.misses("was not changed", "was not raised", "Edit")
		})
	}
}

func TestARefusedEditShowsTheKeyAsItIsNow(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("50")
		c.mock.SetField(kind, id, "usageCount", "55")
		c.press(enter)
		c.pass(time.Second)
		c.sees("max uses cannot be 50", "now 60, used 55 →")
	})
}

func TestAManagedKeyIsNotEdited(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("eu-west-1-pse")
		c.press("e")
		c.sees("eu-west-1-pse is managed by Zscaler")
		if strings.Contains(c.text(), "Edit") {
			t.Error("the dialog opened")
		}
	})
}
