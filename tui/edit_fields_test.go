package tui_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/tui"
)

// writes returns the calls that changed something, or would have.
func (c *console) writes() []string {
	var list []string
	for _, r := range c.mock.Requests() {
		if r.Method != http.MethodGet && !strings.Contains(r.Path, "/sign") {
			list = append(list, r.Method)
		}
	}
	return list
}

// sizes are the screens that every form is used on.
func sizes() [][2]int { return [][2]int{{120, 35}, {80, 24}, {60, 20}} }

func TestEveryFieldOfAKeyIsEdited(t *testing.T) {
	t.Parallel()
	for _, size := range sizes() {
		run(t, setup{w: size[0], h: size[1]}, func(c *console) {
			kind, id := c.find("ap-east-1-asg")
			group, text := c.field(kind, id, "zcomponentId"), c.field(kind, id, "provisioningKey")
			c.press("e")
			c.tells("Edit ap-east-1-asg", "max uses now 60, used 45 →")
			c.typed("70")
			c.press(tab)
			c.typed("\x15ap-east-1-new")
			c.press(tab)
			c.tells("type to search", "Connector, until")
			c.typed("branch") // searches the certificates
			c.press(tab, space)
			c.tells("no it enrols nobody")
			c.press(tab, space)
			c.tells("hides the text for good: it cannot be turned on again")
			c.press(tab)
			c.typed("\x1530d")
			c.tells("in 30d")
			c.press(tab)
			c.typed("\x15192.0.2.7, 198.51.100.0/24")
			c.press(enter)
			c.pass(time.Second)
			c.sees("max uses 60 → 70", "name is now ap-east-1-new", "enabled yes → no", "exportable yes → no", "u undoes it for 30 s")
			for field, want := range map[string]string{
				"maxUsage": "70", "name": "ap-east-1-new", "enabled": "false", "exportable": "false",
				"ipAcl": "[192.0.2.7 198.51.100.0/24]", "zcomponentId": group, "provisioningKey": text,
			} {
				if got := c.field(kind, id, field); got != want {
					t.Errorf("%v: the server holds %s %s, want %s", size, field, got, want)
				}
			}
			if got := c.field(kind, id, "enrollmentCertName"); got != "Branch Offices" {
				t.Errorf("%v: the certificate is %s", size, got)
			}
			if n := len(c.writes()); n != 1 {
				t.Errorf("%v: %d writes", size, n)
			}
			if deeds := c.journal.of(tui.DeedEdited); len(deeds) != 1 || len(deeds[0].Fields) != 6 {
				t.Errorf("%v: %+v", size, deeds)
			}
		})
	}
}

func TestAFieldThatWasNotTouchedIsNotSentAsItLooks(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		const odd = "odd \x1b[31m & <name>"
		c.mock.SetField(kind, id, "name", odd)
		c.mock.SetField(kind, id, "expirationInEpochSec", "4102444859") // not on a whole minute
		c.mock.SetField(kind, id, "ipAcl", []string{"10.0.0.9", "10.0.0.1"})
		c.press("r")
		c.pass(time.Second)
		c.press("e")
		c.typed("+5")
		c.press(enter)
		c.pass(time.Second)
		for field, want := range map[string]string{"name": odd, "expirationInEpochSec": "4102444859", "ipAcl": "[10.0.0.9 10.0.0.1]", "maxUsage": "65"} {
			if got := c.field(kind, id, field); got != want {
				t.Errorf("%s is %q now, want %q", field, got, want)
			}
		}
	})
}

func TestAFormSaysWhatAFieldCannotHaveAsItIsTyped(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		tabs        int
		typed, says string
	}{
		{1, "\x15a/b", `cannot hold '/'`},
		{1, "\x15", "is missing"},
		{1, "\x15ap-east-1-blue", "another key has this name"},
		{2, "zzz", "nothing fits what you typed"},
		{5, "\x15yesterday", "write never, 2027-01-31"},
		{5, "\x151999-01-01", "is in the past"},
		{6, "\x1510.0.0.300", "write 192.0.2.7 or 192.0.2.0/24"},
	} {
		run(t, setup{}, func(c *console) {
			c.find("ap-east-1-asg")
			c.press("e")
			for range test.tabs {
				c.press(tab)
			}
			c.typed(test.typed)
			if test.typed == "\x15" {
				c.press(enter)
			}
			c.tells(test.says)
			c.press(enter)
			if n := len(c.writes()); n > 0 && test.says != "another key has this name" {
				t.Errorf("%q: %d writes", test.typed, n)
			}
		})
	}
}

func TestARefusedFieldKeepsEveryInputAndSaysWhichItIs(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("70")
		c.press(tab)
		c.typed("\x15ap-east-1-blue") // taken, which the form warns of
		c.press(shiftTab, enter)
		c.pass(time.Second)
		c.tells("max uses now 60, used 45 → 70", "▸ name ap-east-1-blue", "has this name already")
		if got := c.field(kind, id, "maxUsage"); got != "60" {
			t.Errorf("the limit is %s", got)
		}
		c.typed("x")
		c.press(enter)
		c.pass(time.Second)
		c.sees("name is now ap-east-1-bluex", "max uses 60 → 70")
	})
}

func TestAHiddenKeyCannotBeShownAgain(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("sin-dc1")
		c.press("e", tab, tab, tab, tab, space)
		c.tells("exportable cannot be turned on again")
		c.press(enter)
		c.tells("Edit sin-dc1")
		if n := len(c.writes()); n != 0 {
			t.Errorf("%d writes", n)
		}
	})
}
