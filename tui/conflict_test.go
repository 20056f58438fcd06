package tui_test

import (
	"testing"
	"time"
)

func TestTwoConsolesEditOneKey(t *testing.T) {
	t.Parallel()
	for _, size := range sizes() {
		run(t, setup{w: size[0], h: size[1]}, func(c *console) {
			other := start(c.t, setup{w: size[0], h: size[1], beside: c})
			defer func() { _ = other.stop() }()
			kind, id := c.find("ap-east-1-asg")
			other.find("ap-east-1-asg")
			other.press("e")
			other.typed("75")
			other.press(tab)
			other.typed("\x15their-name")
			other.press(tab, tab, tab, tab)
			other.typed("\x15never") // as it is

			c.press("e")
			c.typed("+10")
			c.press(tab)
			c.typed("\x15my-name")
			c.press(enter)
			c.pass(time.Second)
			c.sees("max uses 60 → 70")

			other.press(enter)
			other.pass(time.Second)
			other.tells("Not sent: it was changed elsewhere meanwhile.",
				"name keep mine: their-name", "was ap-east-1-asg, is now my-name",
				"max uses keep mine: 75", "was 60, is now 70")
			if got := c.field(kind, id, "maxUsage"); got != "70" {
				t.Fatalf("%v: overwritten with %s", size, got)
			}
			other.press(space) // the name as the other has it
			other.tells("name take theirs: my-name")
			other.press(enter) // is no answer: it may be a held one
			other.tells("Not sent")
			other.press("y")
			other.pass(time.Second)
			other.sees("max uses 70 → 75")
			if limit, name := c.field(kind, id, "maxUsage"), c.field(kind, id, "name"); limit != "75" || name != "my-name" {
				t.Errorf("%v: the server holds %s, %s", size, limit, name)
			}
		})
	}
}

func TestAnEnrolmentDisturbsNeitherOfTwoConsoles(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		other := start(c.t, setup{beside: c})
		defer func() { _ = other.stop() }()
		kind, id := c.find("ap-east-1-asg")
		other.find("ap-east-1-asg")
		text := c.field(kind, id, "provisioningKey")
		c.press("e")
		c.typed("+5")
		other.press("e")
		other.press(tab)
		other.typed("\x15renamed")
		for range 2 {
			if _, err := c.mock.Enrol(text); err != nil {
				t.Fatal(err)
			}
		}
		other.press(esc)
		c.press(enter)
		c.pass(time.Second)
		c.sees("max uses 60 → 65 (18 left)")
	})
}

func TestWhatIsTakenFromTheOtherIsNotSent(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("75")
		c.mock.SetField(kind, id, "maxUsage", "90")
		c.mock.SetField(kind, id, "ipAcl", []string{"192.0.2.1"})
		c.press(enter)
		c.pass(time.Second)
		c.tells("max uses keep mine: 75", "allowed addresses take theirs: 192.0.2.1")
		c.press(space, "y")
		c.pass(time.Second)
		c.sees("Nothing was sent: ap-east-1-asg stays as they made it.")
		if n := len(c.writes()); n != 0 {
			t.Errorf("%d writes", n)
		}
		c.sees("45/90") // what they made shows
	})
}

func TestMineInAFieldThatIDidNotTouchPutsItBack(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("75")
		c.mock.SetField(kind, id, "name", "renamed")
		c.press(enter)
		c.pass(time.Second)
		c.tells("name take theirs: renamed")
		c.press(space, "y")
		c.pass(time.Second)
		if limit, name := c.field(kind, id, "maxUsage"), c.field(kind, id, "name"); limit != "75" || name != "ap-east-1-asg" {
			t.Errorf("the server holds %s, %s", limit, name)
		}
	})
}

func TestEscLeavesAConflictAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("75")
		c.mock.SetField(kind, id, "maxUsage", "90")
		c.press(enter)
		c.pass(time.Second)
		c.press(esc)
		c.tells("max uses now 90, used 45 → 75", "75 · 30 left")
		c.press(esc)
		c.misses("Edit ap-east-1-asg")
		if got := c.field(kind, id, "maxUsage"); got != "90" {
			t.Errorf("the server holds %s", got)
		}
	})
}

func TestASecondConflictIsToldToo(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("75")
		for _, by := range [][2]string{{"90", enter}, {"91", "y"}} {
			limit, send := by[0], by[1]
			c.mock.SetField(kind, id, "maxUsage", limit)
			c.press(send)
			c.pass(time.Second)
			c.tells("Not sent", "is now "+limit)
		}
		c.press("y")
		c.pass(time.Second)
		c.sees("max uses 91 → 75")
	})
}
