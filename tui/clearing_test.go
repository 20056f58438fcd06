package tui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"provkeys/tui"
	"provkeys/tui/clipboard"
)

// life45 clears a copy as the default does.
var life45 = tui.Options{ClearAfter: 45 * time.Second}

// blank is what takes a text off the clipboard of a plain terminal.
const blank = "\x1b]52;c;IA==\x07"

func TestACopyCountsDownAndIsCleared(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.sees("Copied and verified. Clears in 45 s if unchanged.", "rows 1–1 of 1 · ap-east-1-asg clears in 45s")
		c.pass(13 * time.Second)
		c.sees("ap-east-1-asg clears in 32s")
		c.pass(33 * time.Second)
		c.sees("ap-east-1-asg was cleared from your clipboard.")
		c.misses("clears in", "clearing")
		if c.clip.copied() != "" {
			t.Error("the text is still there")
		}
	})
}

func TestTheTerminalIsAskedToClearWhatItWasAskedToCopy(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byOSC52, opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.sees("Clears in 45 s while provkeys runs.", "ap-east-1-asg clears in 45s")
		c.pass(43 * time.Second)
		if strings.Contains(c.bytes(), blank) {
			t.Fatal("it was cleared too early")
		}
		c.pass(3 * time.Second)
		c.sees("ap-east-1-asg: your terminal was asked to clear its clipboard.")
		c.misses("clears in")
		c.pass(5 * time.Minute)
		if n := strings.Count(c.bytes(), blank); n != 1 {
			t.Errorf("the blank was sent %d times", n)
		}
	})
}

func TestXClearsAtOnce(t *testing.T) {
	t.Parallel()
	for _, life := range []time.Duration{0, 45 * time.Second} {
		run(t, setup{opts: tui.Options{ClearAfter: life}}, func(c *console) {
			c.find("ap-east-1-asg")
			c.press("y")
			c.press("X")
			c.sees("ap-east-1-asg was cleared from your clipboard.")
			if c.clip.copied() != "" {
				t.Error("the text is still there")
			}
			c.press("X")
			c.sees("Nothing that was copied from here waits to be cleared.")
		})
		run(t, setup{copies: byOSC52, opts: tui.Options{ClearAfter: life}}, func(c *console) {
			c.find("ap-east-1-asg")
			c.press("y", "X")
			c.sees("your terminal was asked to clear its clipboard.")
			if n := strings.Count(c.bytes(), blank); n != 1 {
				t.Errorf("the blank was sent %d times", n)
			}
			c.press("X")
			c.sees("Nothing that was copied from here waits to be cleared.")
		})
	}
}

func TestACopyWithoutALifeStaysAndSaysHowItIsCleared(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.sees("X clears ap-east-1-asg")
		c.misses("Clears in", "clears in")
		c.pass(2 * time.Minute)
		c.sees("X clears ap-east-1-asg")
		if c.clip.copied() == "" {
			t.Error("it was cleared")
		}
	})
}

func TestWhatACommandCopiedCannotBeCleared(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byCommand, opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.sees("Handed to your clipboard command.")
		c.misses("clears in", "X clears")
		c.press("X")
		c.sees("provkeys cannot clear what your clipboard command copied.")
		c.press("?", "/")
		c.sees("not now: provkeys cannot clear what your clipboard command copied.")
	})
}

func TestANewerCopyTakesThePlaceOfTheOlder(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.pass(30 * time.Second)
		kind, id := c.find("bkk-pcc-dr")
		c.press("y")
		c.sees("bkk-pcc-dr clears in 45s")
		c.misses("ap-east-1-asg clears")
		c.pass(20 * time.Second) // the older one's time is up
		if c.clip.copied() != c.field(kind, id, "provisioningKey") || !c.clip.leases[0].was(superseded) || c.clip.leases[1].was(over) {
			t.Error("the newer copy was not left alone")
		}
		c.misses("left alone", "was cleared")
		c.pass(30 * time.Second)
		c.sees("bkk-pcc-dr was cleared from your clipboard.")
	})
}

func TestCopyingAgainBeginsTheTimeAnew(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byOSC52, opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.pass(30 * time.Second)
		c.press("y")
		c.pass(30 * time.Second)
		if strings.Contains(c.bytes(), blank) {
			t.Error("the newer copy was cleared in the older one's time")
		}
		c.pass(20 * time.Second)
		if n := strings.Count(c.bytes(), blank); n != 1 {
			t.Errorf("the blank was sent %d times", n)
		}
	})
}

func TestAFailedCopyLeavesTheOlderOneAndItsTime(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.pass(10 * time.Second)
		c.clip.fail(errors.New("not copied: the tool failed"))
		c.find("bkk-pcc-dr")
		c.press("y")
		c.sees("bkk-pcc-dr: not copied: the tool failed", "ap-east-1-asg clears in 3")
		if c.clip.leases[0].was(superseded) {
			t.Error("the older copy was given up")
		}
		c.pass(40 * time.Second)
		c.sees("ap-east-1-asg was cleared from your clipboard.")
	})
}

func TestACopyUnderWayIsNeverClearedInTheOlderOnesTime(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byOSC52, opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.pass(40 * time.Second)
		c.clip.slow = 10 * time.Second
		c.press("y")
		c.pass(9 * time.Second)
		if strings.Contains(c.bytes(), blank) {
			t.Error("the clipboard was cleared while a copy was under way")
		}
		c.pass(5 * time.Second)
		c.sees("ap-east-1-asg clears in 4")
	})
}

func TestEndingsAreToldAsTheyAre(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		ending clipboard.Ending
		before func(*console)
		words  string
		then   string
	}{
		{"something else was copied", 0, func(c *console) { c.clip.put("a shopping list") },
			"ap-east-1-asg was left alone: something else was copied since.", "Nothing that was copied from here waits to be cleared."},
		{"it fails", clipboard.EndingFailed, nil,
			"ap-east-1-asg could not be cleared from the clipboard: copy something else over it.", "ap-east-1-asg cannot be cleared from here any more"},
	} {
		t.Run(test.name, func(t *testing.T) {
			run(t, setup{opts: life45}, func(c *console) {
				c.find("ap-east-1-asg")
				c.press("y")
				c.clip.leases[0].willEnd(test.ending)
				if test.before != nil {
					test.before(c)
				}
				c.pass(46 * time.Second)
				c.sees(test.words)
				c.misses("clears in")
				c.press("X")
				c.sees(test.then)
				if test.before != nil && c.clip.copied() != "a shopping list" {
					t.Error("something else was cleared")
				}
			})
		})
	}
}

func TestAHelperThatGoesAwayIsToldOf(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.clip.leases[0].vanish()
		c.pass(time.Second)
		c.sees("ap-east-1-asg could not be cleared from the clipboard: copy something else over it.")
		c.misses("clears in")
	})
}

func TestAReadBackThatDiffersIsAFailureAndGivesNothingUp(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.clip.outcome = unequal
		c.find("bkk-pcc-dr")
		c.press("y")
		c.sees("bkk-pcc-dr: Not confirmed: the clipboard tool reported success, but reading back gave something else.")
		c.misses("bkk-pcc-dr clears in")
		if c.clip.leases[0].was(over) {
			t.Error("the helper of the older copy, which may still be there, was sent away")
		}
		c.clip.put("")
		c.press("X")
		c.sees("bkk-pcc-dr is not on the clipboard.")
	})
}

func TestTheCountdownFitsSmallScreens(t *testing.T) {
	t.Parallel()
	run(t, setup{w: 40, h: 10, opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.pass(30 * time.Second)
		if got, want := c.line("rows 1"), " rows 1–1 of 1 · clears in 15s"; got != want {
			t.Errorf("the line is %q, want %q", got, want)
		}
	})
}

func TestEscComesTooLateOnceATextIsHandedOver(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.clip.slow = 2 * time.Second
		c.press("y", esc)
		c.sees("Too late to give up: it is being handed to the clipboard.")
		c.pass(3 * time.Second)
		c.sees("Copied and verified.", "ap-east-1-asg clears in")
	})
}

func TestACopyThatWasOvertakenIsStillClearedIfTheNewerFails(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.clip.slow = 2 * time.Second
		c.press("!") // hangs, and lands all the same
		c.wire.breakWith(refuseAll)
		c.press("y")
		c.pass(20 * time.Second)
		c.sees("Not copied", "ap-east-1-asg clears in")
		c.pass(40 * time.Second)
		if c.clip.copied() != "" {
			t.Error("the text stays for ever")
		}
	})
}
