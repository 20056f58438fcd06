package tui_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"provkeys/tui"
	"provkeys/tui/clipboard"
)

func TestAFileInTheWayKeepsTheForm(t *testing.T) {
	t.Parallel()
	f := &fakeDownloads{}
	f.fail(errors.New("there is a file already: choose another name \x1b[2J"))
	run(t, writing(f), func(c *console) {
		c.chosen("m")
		c.press("\x15")
		c.typed("mine.age")
		c.press(enter)
		c.tells("mine.age", `there is a file already: choose another name \x1b[2J`)
		f.fail(nil)
		c.press("2", enter)
		c.sees(madeUp, "/home/jo/mine.age2")
	})
}

func TestTheKeyIsReadAgainBeforeItIsWritten(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(c *console, kind, id string)
		words  string
	}{
		"used up":    {func(c *console, kind, id string) { c.mock.SetField(kind, id, "usageCount", "60") }, "is used up (60 of 60)"},
		"no backend": {func(c *console, _, _ string) { c.wire.breakWith(refuseAll) }, "Not written: the uses of " + asg + " could not be checked"},
		"gone": {func(c *console, _, _ string) {
			c.wire.breakWith(answer("provisioningKey/", 404, `{"id":"resource.not.found"}`))
		}, "Not written: " + asg + " is gone"},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fakeDownloads{}
			run(t, writing(f), func(c *console) {
				kind, id := c.chosen("m")
				test.change(c, kind, id)
				c.press(enter)
				c.pass(70 * time.Second)
				c.tells(test.words, "Download "+asg)
				if _, n := f.last(); n != 0 || len(c.journal.deeds) != 0 {
					t.Errorf("%d files and %d deeds", n, len(c.journal.deeds))
				}
			})
		})
	}
}

func TestEscGivesUpADownloadUntilItIsWritten(t *testing.T) {
	t.Parallel()
	f := &fakeDownloads{}
	s := writing(f)
	s.mock = mockSlow
	run(t, s, func(c *console) {
		c.pass(5 * time.Second)
		c.chosen("m")
		c.press(enter)
		c.sees("checking the key…")
		c.press(esc)
		c.sees("Given up: nothing was written.")
		c.press("o", "t") // another one is not taken for the one that was given up
		c.pass(10 * time.Second)
		c.sees("file", asg+".provkey")
		if _, n := f.last(); n != 0 {
			t.Errorf("%d files were written", n)
		}
	})
}

func TestAKeyThatIsNotCopiedIsNotDownloaded(t *testing.T) {
	t.Parallel()
	run(t, writing(&fakeDownloads{}), func(c *console) {
		c.find("ap-east-1-blue")
		c.press("o")
		c.sees("ap-east-1-blue is used up (60 of 60)")
		c.misses("Download")
	})
	run(t, setup{}, func(c *console) {
		c.find(asg)
		c.press("o")
		c.sees("Nothing can be written from here")
	})
}

func TestLeavingWhileAFileIsWrittenSaysSo(t *testing.T) {
	t.Parallel()
	run(t, writing(&fakeDownloads{slow: time.Hour}), func(c *console) {
		c.chosen("m")
		c.press(enter)
		c.sees("writing…")
		left := time.Now()
		c.write("\x03")
		var unfinished *tui.UnfinishedError
		if _, err := c.ended(); !errors.As(err, &unfinished) || unfinished.File != asg+".provkey.age" {
			t.Errorf("Run returned %v", err)
		}
		if took := time.Since(left); took > time.Second {
			t.Errorf("it left after %v", took)
		}
		if deed, _ := c.journal.last(); deed.Action != tui.DeedDownloaded || deed.Evidence != "unknown" {
			t.Errorf("recorded %+v", deed)
		}
	})
}

func TestAPasteNeverWritesAFile(t *testing.T) {
	t.Parallel()
	f := &fakeDownloads{}
	run(t, writing(f), func(c *console) {
		c.find(asg)
		for _, paste := range []string{"ot\r\r\rand so on and on", "om\rand more and more"} {
			c.press(paste)
			c.pass(time.Second)
			c.sees("it was dropped")
			c.misses("Download")
		}
		if _, n := f.last(); n != 0 {
			t.Errorf("%d files were written", n)
		}
	})
}

func TestAPasteDoesNotCloseAPassphrase(t *testing.T) {
	t.Parallel()
	run(t, writing(&fakeDownloads{}), func(c *console) {
		c.chosen("m")
		c.press(enter)
		c.sees(madeUp)
		c.press("some text that somebody pasted")
		c.pass(time.Second)
		c.sees(madeUp)
	})
}

// TestADownloadLeaksNothing searches everything that went to the terminal.
func TestADownloadLeaksNothing(t *testing.T) {
	t.Parallel()
	f := &fakeDownloads{}
	run(t, writing(f), func(c *console) {
		kind, id := c.chosen("m")
		text := c.field(kind, id, "provisioningKey")
		c.press(enter)
		c.sees(madeUp)
		c.press("y", "o", "t", enter, "y")
		f.fail(fmt.Errorf("the disk is full: %w", clipboard.ErrClipboard))
		c.press("o", "m", enter, "?", esc)
		before := c.bytes()
		if _, n := f.last(); n != 2 {
			t.Fatalf("%d files: it proves nothing", n)
		}
		farewell, _ := c.leave()
		findSecrets(t, before+c.bytes()+farewell+fmt.Sprintf("%+v", c.journal.deeds), []string{text})
		if strings.Count(before, madeUp) != 1 {
			t.Errorf("the passphrase was drawn %d times", strings.Count(before, madeUp))
		}
	})
}
