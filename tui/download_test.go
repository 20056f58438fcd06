package tui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"provkeys/tui"
)

const asg = "ap-east-1-asg"

// chosen opens the dialog for a key that copies and takes one of its offers.
func (c *console) chosen(offer string) (kind, id string) {
	c.t.Helper()
	kind, id = c.find(asg)
	c.press("o", offer)
	return kind, id
}

func TestDownloadOffersEncryptionFirst(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{120, 35}, {80, 24}, {60, 20}, {40, 10}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			s := writing(&fakeDownloads{})
			s.w, s.h = size[0], size[1]
			run(t, s, func(c *console) {
				c.find(asg)
				c.press("o")
				c.sees("Download "+asg, "▸ m encrypted, with a passphrase", "p encrypted", "r encrypted", "t plain text", "enter go on · esc cancel")
				c.press("j", "k", down, enter)
				c.sees("passphrase", "again", "file", asg+".provkey")
				c.press(esc)
				c.misses("Download " + asg)
			})
		})
	}
}

func TestAMadePassphraseIsShownOnce(t *testing.T) {
	t.Parallel()
	f, memory := &fakeDownloads{slow: time.Second}, &fakeMemory{}
	s := setup{deps: func(_ *console, d *tui.Deps) { d.Downloads, d.Memory = f, memory }}
	run(t, s, func(c *console) {
		kind, id := c.chosen("m")
		c.press(enter)
		c.pass(300 * time.Millisecond)
		c.sees("writing…")
		c.press(esc, enter) // too late, and not yet
		c.misses(madeUp)
		c.pass(2 * time.Second)
		c.tells(madeUp, "not shown again", "/home/jo/"+asg+".provkey.age", "for whoever has the passphrase", "mode 0600")
		d, n := f.last()
		if n != 1 || d.Passphrase.Reveal() != madeUp || d.Recipients != nil || d.Key.Text.Reveal() != c.field(kind, id, "provisioningKey") {
			t.Errorf("%d files were written, the last as %+v", n, d)
		}
		c.press("q", "x", enter, esc)
		c.sees(madeUp, "y I have it: close")
		c.press("y")
		c.misses(madeUp, "Download "+asg)
		c.sees(asg + " is written to /home/jo/" + asg + ".provkey.age, for whoever")
		if deed, n := c.journal.last(); n != 1 || deed.Action != tui.DeedDownloaded || deed.Route != "age" || deed.Name != asg {
			t.Errorf("%d deeds, the last %+v", n, deed)
		}
		if got := memory.remembered(); len(got) != 1 || string(got[0].ID) != id {
			t.Errorf("remembered %v", got)
		}
	})
}

func TestAPassphraseIsTypedTwiceAndNeverShown(t *testing.T) {
	t.Parallel()
	const typed = typedPassphrase
	f := &fakeDownloads{}
	run(t, writing(f), func(c *console) {
		c.chosen("p")
		c.sees("12 characters or more")
		c.typed("short")
		c.sees("•••••", "has 5 characters and needs 12")
		c.press("\x15", "\x1b[200~"+typed+"\n\x1b[201~", tab)
		c.typed("Quince and %9 walnut")
		c.press(enter)
		c.sees("the two differ: ctrl+u empties the field")
		c.press("\x15")
		c.typed(typed)
		c.press(enter)
		c.sees(asg + " is written to /home/jo/" + asg + ".provkey.age, for whoever")
		if d, n := f.last(); n != 1 || d.Passphrase.Reveal() != typed {
			t.Errorf("%d files, with another passphrase than was typed", n)
		}
		for _, part := range []string{"Quince", "walnut"} {
			if strings.Contains(c.bytes(), part) {
				t.Errorf("%q reached the terminal", part)
			}
		}
	})
}

func TestEveryRecipientHasAField(t *testing.T) {
	t.Parallel()
	f := &fakeDownloads{}
	run(t, writing(f), func(c *console) {
		c.chosen("r")
		c.press(enter)
		c.sees("type or paste a recipient")
		c.typed("age1good")
		c.sees("and to", "or leave it empty")
		c.press(tab, "\x1b[200~ssh-dss AAAA jo@host\n\x1b[201~", enter)
		c.sees("ssh-dss AAAA jo@host", "that is no recipient")
		if _, n := f.last(); n != 0 {
			t.Error("a file was written for a recipient that will not do")
		}
		c.press("\x15", "\x1b[200~age1good of somebody else\x1b[201~", tab, tab, "\x15")
		c.typed("elsewhere.age")
		c.press(enter)
		c.sees("is written to /home/jo/elsewhere.age")
		d, _ := f.last()
		if got := strings.Join(d.Recipients, "|"); got != "age1good|age1good of somebody else" || d.Path != "elsewhere.age" || !d.Passphrase.IsZero() {
			t.Errorf("written for %q to %q", got, d.Path)
		}
	})
}

func TestQuickEntersWriteNoPlainText(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string]string{"two enters": "\r\r", "a pasted path and line breaks": "2\r\r"} {
		t.Run(name, func(t *testing.T) {
			f := &fakeDownloads{}
			run(t, writing(f), func(c *console) {
				c.chosen("t")
				c.write(keys)
				c.pass(time.Second)
				c.tells("Write "+asg+" in the plain?", "y write it in the plain")
				if _, n := f.last(); n != 0 {
					t.Error("it was written")
				}
			})
		})
	}
}

func TestAHeldEnterLosesNoPassphrase(t *testing.T) {
	t.Parallel()
	f := &fakeDownloads{slow: time.Second}
	run(t, writing(f), func(c *console) {
		c.chosen("m")
		for range 90 { // as a keyboard repeats it, for 3 s
			c.write(enter)
			time.Sleep(33 * time.Millisecond)
		}
		c.settle()
		c.tells(madeUp)
		if _, n := f.last(); n != 1 {
			t.Errorf("%d files were written", n)
		}
	})
}

func TestNoPassphraseIsMadeUpWhereItMightStay(t *testing.T) {
	t.Parallel()
	f := &fakeDownloads{}
	s := writing(f)
	s.copies = byOSC52
	run(t, s, func(c *console) {
		c.press(answersScreen)
		c.chosen("m")
		c.tells("It could not be shown: GNU screen has no alternate screen of its own", "Take another way.")
		c.press(enter, enter)
		c.pass(time.Second)
		c.misses("file ")
		c.press("p")
		c.sees("12 characters or more")
		if _, n := f.last(); n != 0 || strings.Contains(c.bytes(), madeUp) {
			t.Error("a passphrase was made up")
		}
	})
}

func TestTheLineOfKeysNamesTabWhereThereIsAnotherField(t *testing.T) {
	t.Parallel()
	run(t, writing(&fakeDownloads{}), func(c *console) {
		for offer, more := range map[string]bool{"m": false, "t": false, "p": true, "r": true} {
			c.chosen(offer)
			c.sees("enter write · esc cancel")
			if got := strings.Contains(c.dialog(), "tab next field"); got != more {
				t.Errorf("%s names tab: %v", offer, got)
			}
			c.press(esc)
		}
	})
}

func TestPlainTextIsAskedForTwice(t *testing.T) {
	t.Parallel()
	f := &fakeDownloads{}
	run(t, writing(f), func(c *console) {
		c.chosen("t")
		c.press(enter)
		c.tells("Write "+asg+" in the plain?", "Whoever can read /home/jo/"+asg+".provkey can enrol with it.")
		c.press(esc)
		if _, n := f.last(); n != 0 {
			t.Fatal("it was written without the second yes")
		}
		c.sees("file")
		c.press(enter, enter, enter)
		if _, n := f.last(); n != 0 {
			t.Fatal("an enter was the second yes")
		}
		c.press("y")
		d, n := f.last()
		if n != 1 || !d.Plain || !d.Passphrase.IsZero() || d.Recipients != nil {
			t.Errorf("%d files, the last as %+v", n, d)
		}
		if deed, _ := c.journal.last(); deed.Action != tui.DeedDownloaded || deed.Route != "plain" {
			t.Errorf("recorded %+v", deed)
		}
	})
}
