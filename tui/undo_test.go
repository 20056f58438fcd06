package tui_test

import (
	"testing"
	"time"
)

func TestUndoPutsTheLastEditBack(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("75")
		c.press(tab)
		c.typed("\x15renamed")
		c.press(enter)
		c.pass(time.Second)
		if _, err := c.mock.Enrol(c.field(kind, id, "provisioningKey")); err != nil { // which disturbs nobody
			t.Fatal(err)
		}
		c.pass(25 * time.Second)
		c.press("u")
		c.pass(time.Second)
		c.sees("Undone: renamed:", "max uses 75 → 60", "name is now ap-east-1-asg")
		if limit, name := c.field(kind, id, "maxUsage"), c.field(kind, id, "name"); limit != "60" || name != "ap-east-1-asg" {
			t.Errorf("the server holds %s, %s", limit, name)
		}
		c.press("u")
		c.sees("There is no edit to undo.")
	})
}

func TestUndoEndsAfterThirtySeconds(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("75")
		c.press(enter)
		c.pass(31 * time.Second)
		c.press("u")
		c.sees("The last edit, of ap-east-1-asg, was more than 30 s ago")
		if got := c.field(kind, id, "maxUsage"); got != "75" {
			t.Errorf("the server holds %s", got)
		}
	})
}

func TestUndoOverwritesNobody(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("75")
		c.press(enter)
		c.pass(time.Second)
		c.mock.SetField(kind, id, "maxUsage", "90")
		c.press("u")
		c.pass(time.Second)
		c.sees("Not undone, it was changed elsewhere meanwhile: max uses was 75, is now 90.")
		if got := c.field(kind, id, "maxUsage"); got != "90" {
			t.Errorf("the server holds %s", got)
		}
	})
}

func TestUndoBelowTheUsesIsRefused(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-blue") // 60 of 60
		c.press("E", enter)
		c.pass(time.Second)
		if _, err := c.mock.Enrol(c.field(kind, id, "provisioningKey")); err != nil {
			t.Fatal(err)
		}
		c.press("u")
		c.pass(time.Second)
		c.sees("ap-east-1-blue was not put back: max uses cannot be 60: the key has been used 61 times already")
	})
}

func TestATextThatWasHiddenStaysSo(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e", tab, tab, tab, tab, space, enter)
		c.pass(time.Second)
		c.sees("exportable yes → no")
		c.misses("u undoes it")
		c.press("u")
		c.sees("There is no edit to undo.")
		c.press("e")
		c.typed("75")
		c.press(enter)
		c.pass(time.Second)
		c.press("u")
		c.pass(time.Second)
		if limit, shown := c.field(kind, id, "maxUsage"), c.field(kind, id, "exportable"); limit != "60" || shown != "false" {
			t.Errorf("the server holds %s, exportable %s", limit, shown)
		}
	})
}
