package tui_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"provkeys/mockserver"
	"provkeys/tui"
)

func TestCopyPutsTheExactKeyTextOnTheClipboard(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"y", "c", "!"} {
		run(t, setup{}, func(c *console) {
			kind, id := c.find("ap-east-1-asg")
			c.press(key)
			c.sees("ap-east-1-asg: Copied and verified.")
			if want := c.field(kind, id, "provisioningKey"); c.clip.copied() != want || len(want) != 418 {
				t.Errorf("%s: the clipboard does not hold the key text of 418 bytes", key)
			}
		})
	}
}

func TestCopyOverSSHSendsTheTextThroughTheTerminal(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byOSC52}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("y")
		c.sees("Sent to your terminal, which cannot confirm")
		want := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(c.field(kind, id, "provisioningKey"))) + "\x07"
		if !strings.Contains(c.bytes(), want) {
			t.Error("the sequence with the key text was not sent")
		}
		if strings.Contains(c.text(), want[10:60]) {
			t.Error("the text is on the screen")
		}
	})
}

func TestCopyFetchesTheKeyAgain(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.mock.SetField(kind, id, "usageCount", "60")
		c.press("y")
		c.sees("ap-east-1-asg is used up (60 of 60). e edits max uses, E raises it by one and copies.")
		if c.clip.n != 0 {
			t.Error("a used-up key was copied")
		}
		c.sees("██████████ 60/60")
	})
}

func TestBlockedCopiesSayWhyAndWhatToDo(t *testing.T) {
	t.Parallel()
	past := fmt.Sprint(time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC).Unix())
	for _, test := range []struct {
		name   string
		fields map[string]any
		words  string
	}{
		{"used up", map[string]any{"usageCount": "60"}, "is used up (60 of 60). e edits max uses, E raises it by one and copies."},
		{"hidden", map[string]any{"exportable": false}, "is hidden: its text was shown once, when it was created."},
		{"disabled", map[string]any{"enabled": false}, "is disabled: it enrols nobody"},
		{"expired", map[string]any{"expirationInEpochSec": past}, "is expired. Use another key of its group"},
		{"certificate", map[string]any{"enrollmentCertId": "7014"}, "is signed by an ended certificate (certificate expired): what it enrols would be refused."},
		{"several", map[string]any{"enabled": false, "usageCount": "60"}, "is disabled and used up (60 of 60)"},
		{"managed and used up", map[string]any{"usageCount": "60", "zscalerManaged": true}, "it is managed by Zscaler: nobody can raise it"},
		{"damaged", map[string]any{"provisioningKey": "3|mock.example|AAAA\nBBBB"}, "the key text is damaged: a line break at character 20"},
	} {
		t.Run(test.name, func(t *testing.T) {
			run(t, setup{}, func(c *console) {
				kind, id := c.find("ap-east-1-asg")
				for name, value := range test.fields {
					c.mock.SetField(kind, id, name, value)
				}
				c.press("y")
				c.sees(test.words)
				c.press("!") // what was loaded is blocked too, now that it was read
				c.sees(test.words)
				if c.clip.n != 0 {
					t.Error("it was copied")
				}
			})
		})
	}
}

func TestCopyWithTheBackendAwaySaysHowOldTheUsesAre(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.pass(2 * time.Minute)
		c.wire.breakWith(refuseAll)
		c.press("y")
		c.pass(20 * time.Second)
		c.sees("Not copied: the uses of ap-east-1-asg could not be checked, they are 2m old. ! copies what was loaded.")
		c.press("!")
		c.sees("Copied and verified.")
		if c.clip.copied() != c.field(kind, id, "provisioningKey") {
			t.Error("the clipboard does not hold the key text")
		}
	})
}

func TestCopyOfADeletedKeySaysSo(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.mock.DeleteKey(kind, id)
		c.press("y")
		c.sees("ap-east-1-asg is gone, somebody deleted it", "0 of 39 shown")
	})
}

func TestAClipboardThatFailsSaysSo(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("ap-east-1-asg")
		c.clip.fail(errors.New("not copied: the clipboard tool did not answer in 3s"))
		c.press("y")
		c.sees("ap-east-1-asg: not copied: the clipboard tool did not answer in 3s")
	})
}

func TestRaiseByOneAndCopy(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-blue")
		c.press("E")
		c.sees("Raise ap-east-1-blue from 60 to 61 and copy?")
		c.press(esc)
		if got := c.field(kind, id, "maxUsage"); got != "60" {
			t.Fatalf("esc raised it to %s", got)
		}
		c.press("E", enter)
		c.pass(time.Second)
		c.sees("Copied and verified.", "60/61")
		if got := c.field(kind, id, "maxUsage"); got != "61" {
			t.Errorf("the server holds %s", got)
		}
		if c.clip.copied() != c.field(kind, id, "provisioningKey") {
			t.Error("the clipboard does not hold the key text")
		}
	})
}

func TestRaiseCountsFromWhatTheServerHolds(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-blue")
		c.press("E")
		c.mock.SetField(kind, id, "maxUsage", "70")
		c.press(enter)
		c.pass(time.Second)
		if got := c.field(kind, id, "maxUsage"); got != "71" {
			t.Errorf("the server holds %s", got)
		}
	})
}

func TestALaterCopyNeverCancelsARaise(t *testing.T) {
	t.Parallel()
	run(t, setup{mock: mockSlow}, func(c *console) {
		c.pass(5 * time.Second)
		kind, id := c.find("ap-east-1-blue")
		c.press("E", enter)
		c.pass(time.Second)
		c.press("!")
		c.pass(10 * time.Second)
		c.sees("60/61")
		c.misses("canceled", "was not raised")
		if got := c.field(kind, id, "maxUsage"); got != "61" {
			t.Errorf("the server holds %s", got)
		}
	})
}

func TestAnOlderCopyNeverLandsOnANewerOne(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("name=ap-east-1-asg")
		c.press(enter)
		c.clip.slow = 2 * time.Second
		c.press("!")
		kind, id := c.find("bkk-pcc-dr")
		c.press("!")
		c.pass(3 * time.Second)
		c.sees("bkk-pcc-dr: Copied and verified.")
		if c.clip.copied() != c.field(kind, id, "provisioningKey") {
			t.Error("the clipboard holds the older key")
		}
	})
}

func TestAKeyWhoseCertificateCannotBeCheckedIsNotCopied(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status int
		words  string
		copies bool
	}{
		{500, "Not copied: whether the signing certificate of ap-east-1-asg is still valid could not be checked.", false},
		{403, "Copied and verified. Whether its signing certificate is still valid is not known here.", true},
	} {
		run(t, setup{before: answer("enrollmentCert", test.status, `{"id":"x"}`)}, func(c *console) {
			c.pass(10 * time.Second)
			c.find("ap-east-1-asg")
			c.press("y")
			c.pass(5 * time.Second)
			c.sees(test.words)
			if (c.clip.copied() != "") != test.copies {
				t.Errorf("status %d: copied %v", test.status, !test.copies)
			}
		})
	}
}

func TestAKeyThatRaisingNoLongerHelpsIsNotRaised(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-blue")
		c.press("E")
		c.mock.SetField(kind, id, "enabled", false)
		c.press(enter)
		c.pass(time.Second)
		c.sees("Not raised: ap-east-1-blue is disabled and used up")
		if got := c.field(kind, id, "maxUsage"); got != "60" {
			t.Errorf("max uses is %s", got)
		}
	})
}

func TestARaiseIsToldWithTheCopy(t *testing.T) {
	t.Parallel()
	for _, err := range []error{nil, errors.New("not copied: the tool failed")} {
		run(t, setup{}, func(c *console) {
			c.find("ap-east-1-blue")
			c.clip.fail(err)
			c.press("E", enter)
			c.pass(time.Second)
			c.sees("ap-east-1-blue raised from 60 to 61.")
			if err != nil {
				c.sees(err.Error())
			} else {
				c.sees("Copied and verified.")
			}
		})
	}
}

func TestEscGivesUpACopyThatWaits(t *testing.T) {
	t.Parallel()
	run(t, setup{mock: mockSlow}, func(c *console) {
		c.pass(5 * time.Second)
		c.press("j", "y")
		c.sees("Checking ap-east-1-asg…")
		c.press(esc)
		c.sees("Given up: nothing was copied.")
		c.pass(5 * time.Second)
		if c.clip.n != 0 {
			t.Error("it was copied all the same")
		}
	})
}

func TestRaiseIsOfferedOnlyWhereItHelps(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-blue")
		c.mock.SetField(kind, id, "enabled", false)
		c.press("r", "E")
		c.sees("is disabled and used up")
		c.misses("Raise and copy")
	})
}

func TestDemoBadge(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Demo: true}, mock: mockserver.Options{Keys: 3}}, func(c *console) {
		c.sees("[DEMO]", "3 of 3 shown")
	})
}
