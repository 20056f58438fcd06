package tui_test

import (
	"net/http"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
	"provkeys/tui"
)

func TestAKeyIsDeletedByItsName(t *testing.T) {
	t.Parallel()
	for _, size := range sizes() {
		run(t, setup{w: size[0], h: size[1]}, func(c *console) {
			kind, id := c.find("ap-east-1-asg")
			c.press("D")
			c.pass(time.Second)
			c.tells("Delete ap-east-1-asg", "connectors enrolled with it", "they are not upgraded any more without it",
				"▸ disable it instead")
			c.press(down, enter)
			c.typed("ap-east-1-as")
			c.press(enter)
			c.tells("type ap-east-1-asg to delete it, esc leaves it")
			if n := len(c.writes()); n != 0 {
				t.Fatalf("%v: %d writes before the name was typed", size, n)
			}
			c.typed("g")
			c.press(enter)
			c.pass(time.Second)
			c.sees("ap-east-1-asg is deleted.")
			if _, there := c.mock.Key(kind, id); there {
				t.Errorf("%v: the server has it still", size)
			}
			if deeds := c.journal.of(tui.DeedDeleted); len(deeds) != 1 || deeds[0].Key.ID != client.ID(id) {
				t.Errorf("%v: %+v", size, deeds)
			}
		})
	}
}

func TestDeletingSaysWhatDependsOnTheKey(t *testing.T) {
	t.Parallel()
	for name, words := range map[string]string{
		"eu-central-1-green": "Nothing that is there now enrolled with it. It is the last key of its group, EU Central 1",
		"us-west-2-pse-2":    "2 of", // see below
		"bkk-vpn-2":          "The API does not list what enrolled with it. It was used 35 times",
	} {
		run(t, setup{}, func(c *console) {
			c.find(name)
			c.press("D")
			c.pass(time.Second)
			if name == "us-west-2-pse-2" {
				c.tells("us-west-2-pse-2-2, us-west-2-pse-2-1 enrolled with it: they are not upgraded any more without it.")
				c.misses("last key of its group")
				return
			}
			c.tells(words)
		})
	}
}

func TestDependentsThatCannotBeReadAreNotDenied(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("ap-east-1-asg")
		c.wire.breakWith(answer("/connector", 403, `{"id":"no.permission","reason":"not yours"}`))
		c.press("D")
		c.pass(5 * time.Second)
		c.tells("What enrolled with it could not be asked for", "It was used 45 times")
	})
}

func TestAKeyIsDisabledInsteadOfDeleted(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("D")
		c.pass(time.Second)
		c.press(enter)
		c.pass(time.Second)
		c.sees("enabled yes → no", "u undoes it for 30 s")
		if got := c.field(kind, id, "enabled"); got != "false" {
			t.Errorf("enabled is %s", got)
		}
		c.press("D")
		c.pass(time.Second)
		c.press(enter)
		c.tells("It is disabled already.")
	})
}

func TestADeletionOfAKeyThatIsGoneIsDone(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("D")
		c.pass(time.Second)
		c.press(down, enter)
		c.typed("ap-east-1-asg")
		c.mock.DeleteKey(kind, id)
		c.press(enter)
		c.pass(time.Second)
		c.sees("ap-east-1-asg was gone already: somebody else deleted it meanwhile.")
		if n := len(c.writes()) + len(c.journal.of(tui.DeedDeleted)); n != 0 {
			t.Errorf("%d writes and deeds", n)
		}
	})
}

func TestAKeyThatChangedMeanwhileIsNotDeleted(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("D")
		c.pass(time.Second)
		c.press(down, enter)
		c.typed(id) // its id does as well
		c.mock.SetField(kind, id, "maxUsage", "90")
		c.press(enter)
		c.pass(time.Second)
		c.sees("ap-east-1-asg was not deleted, it was changed elsewhere meanwhile: max uses was 60, is now 90.")
		if _, there := c.mock.Key(kind, id); !there {
			t.Error("it is gone")
		}
	})
}

func TestADeletionThatIsRefusedSaysWhy(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.mock.SetReferenced(kind, id, true)
		c.press("D")
		c.pass(time.Second)
		c.press(down, enter)
		c.typed("ap-east-1-asg")
		c.press(enter)
		c.pass(time.Second)
		c.sees("ap-east-1-asg was not deleted: Something else refers to it")
		c.find("eu-west-1-pse")
		c.press("D")
		c.sees("eu-west-1-pse is managed by Zscaler: the API refuses to delete it.")
	})
}

func TestAHostileNameIsDeletedByItsId(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		var name string
		for _, n := range c.mock.KeyNames() {
			if len(n) > 6 && n[:6] == "osc52-" {
				name = n
			}
		}
		kind, id := c.find(name)
		c.press("D")
		c.pass(time.Second)
		c.press(down, enter)
		c.tells("type " + id + " to delete it")
		c.typed(id)
		c.press(enter)
		c.pass(time.Second)
		if _, there := c.mock.Key(kind, id); there {
			t.Error("the server has it still")
		}
	})
}

func TestADeletionThatIsLeftIsToldLater(t *testing.T) {
	t.Parallel()
	run(t, setup{mock: mockserver.Options{Latency: time.Second}}, func(c *console) {
		c.pass(5 * time.Second)
		c.find("ap-east-1-asg")
		c.press("D")
		c.pass(3 * time.Second)
		c.press(down, enter)
		c.typed("ap-east-1-asg")
		c.press(enter, esc)
		c.sees("The deletion of ap-east-1-asg is still being sent.")
		c.pass(5 * time.Second)
		c.sees("ap-east-1-asg is deleted.")
		if n := len(c.writes()); n != 1 || c.writes()[0] != http.MethodDelete {
			t.Errorf("writes: %v", c.writes())
		}
	})
}
