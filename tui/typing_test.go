package tui_test

import (
	"strings"
	"testing"
	"time"

	"provkeys/tui"
)

func TestFastTypedEscAndKeyAreTwoKeys(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Filter: "blue"}}, func(c *console) {
		c.press("/", "\x1bj") // esc and j in one read: a terminal reports alt+j
		c.misses("bluej")
		c.press("\x1b/")
		c.sees("40 of 40 shown")
		c.typed("asg")
		c.sees("/ asg")
	})
}

func TestPastedKeysAreDropped(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("jkjkjkjkjkEeyq/")
		c.pass(100 * time.Millisecond)
		c.sees("it was dropped", "of 40 shown")
		if here := c.line("▸"); !strings.Contains(here, "ap-east-1-asg") {
			t.Errorf("more than the first key of the paste acted: %s", here)
		}
		c.pass(20 * time.Second)
		c.misses("it was dropped")
		c.press("\x1b[200~q\x1b[201~") // bracketed
		c.sees("it was dropped", "of 40 shown")
	})
}

func TestAPasteThatOpensADialogChangesNothing(t *testing.T) {
	t.Parallel()
	for _, paste := range []string{"e0000000099\rand so on", "e99\rand so on and so on"} {
		run(t, setup{}, func(c *console) {
			kind, id := c.find("ap-east-1-blue")
			c.press(paste)
			c.pass(time.Second)
			c.sees("it was dropped", "/ id:"+id)
			c.misses("Edit")
			if got := c.field(kind, id, "maxUsage"); got != "60" {
				t.Errorf("the paste set max uses to %s", got)
			}
			c.press("?")
			c.sees("copy the key text") // keys act again
		})
	}
}

func TestAPasteThatLeavesTheFilterChangesNothing(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-blue")
		c.press("/", "\x15")
		c.press("ap-east-1-blue\rEast\r")
		c.pass(time.Second)
		c.misses("Raise and copy")
		if got := c.field(kind, id, "maxUsage"); got != "60" || c.clip.n != 0 {
			t.Errorf("the paste raised max uses to %s and copied %d times", got, c.clip.n)
		}
	})
}

func TestAMacroTypesAFilterInOneGo(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/ap-east-1-blue\r")
		c.pass(100 * time.Millisecond)
		c.sees("/ ap-east-1-blue", "1 of 40 shown")
		c.press("e+5\r")
		c.pass(time.Second)
		c.sees("max uses 60 → 65")
	})
}

func TestAHeldKeyRepeatsAtAnySpeed(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		for range 12 {
			c.write("j")
			time.Sleep(20 * time.Millisecond)
		}
		c.pass(100 * time.Millisecond)
		c.misses("dropped")
		if here := c.line("▸"); !strings.Contains(here, "eu-west-1-pse-2") {
			t.Errorf("twelve j went to %s", here)
		}
	})
}

func TestCtrlCLeavesEvenBehindAFastEsc(t *testing.T) {
	t.Parallel()
	for _, open := range []string{"", "e", "/", ":", "?", "s"} {
		run(t, setup{}, func(c *console) {
			c.find("ap-east-1-blue")
			if open != "" {
				c.press(open)
			}
			c.write("\x1b\x03")
			select {
			case err := <-c.done:
				c.done <- err
			case <-time.After(time.Second):
				t.Errorf("esc and ctrl+c after %q did not leave", open)
			}
		})
	}
}

func TestKeysThatALineBroughtTogetherAllCount(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("jjjjj")
		c.pass(100 * time.Millisecond)
		if here := c.line("▸"); !strings.Contains(here, "bkk-pcc-dr-3") {
			t.Errorf("five j went to %s", here)
		}
	})
}

func TestEscRestoresTheRowsOfAnUnfinishedFilter(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("left<5 !")
		c.press(enter)
		c.sees("11 of 40 shown")
		c.press("/", "\x15")
		c.typed("no-such-key")
		c.sees("0 of 40 shown")
		c.press(esc)
		c.sees("left<5 !", "11 of 40 shown")
	})
}
