package tui_test

import (
	"strings"
	"testing"
	"time"
)

// markedNames returns the names on the lines with a mark.
func (c *console) marked() (names []string) {
	for l := range strings.SplitSeq(c.text(), "\n") {
		if _, rest, ok := strings.Cut(l, "✓"); ok {
			names = append(names, strings.Fields(rest)[0])
		}
	}
	return names
}

func TestMarksBelongToKeysAndNotToRows(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("dc1")
		c.press(enter) // LHR-dc1, nrt-dc1, sin-dc1
		c.press(space)
		c.sees("1 marked", "y copy all")
		c.press("S") // the order turns round
		c.press("/")
		c.typed("\x15-dc1 !sin")
		c.press(enter)
		c.pass(31 * time.Second) // a refresh comes
		if got := strings.Join(c.marked(), " "); got != "LHR-dc1" {
			t.Errorf("marked: %s", got)
		}
		c.press("/")
		c.typed("\x15sin-dc1")
		c.press(enter)
		c.sees("1 marked, 1 of them not shown")
		c.press("/")
		c.typed("\x15is:marked")
		c.press(enter)
		c.sees("1 of 40 shown", "LHR-dc1")
	})
}

func TestARangeAndAllAndNone(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("M")
		c.sees("space sets that one first")
		c.press("j", space, "j", "j", "M")
		c.sees("4 marked")
		if got := strings.Join(c.marked(), " "); got != "ap-east-1-asg ap-east-1-blue bkk-pcc-dr BKK-pcc-dr-2" {
			t.Errorf("marked: %s", got)
		}
		c.press("k", space) // takes one away
		c.sees("3 marked")
		c.press("*")
		c.sees("40 marked")
		c.press("*")
		c.sees("Nothing is marked any more.")
		c.misses("✓")
	})
}

func TestEscTakesTheMarksBeforeTheFilter(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("dc1")
		c.press(enter, space, esc)
		c.misses("✓")
		c.sees("3 of 40 shown")
		c.press(esc)
		c.sees("40 of 40 shown")
	})
}

func TestAMarkGoesWithItsKey(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press(space)
		c.mock.DeleteKey(kind, id)
		c.press("r")
		c.pass(time.Second)
		c.misses("1 marked")
	})
}

func TestMarkedKeysAreCopiedOneALine(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("ap-east-1 or") // nothing
		c.typed("\x15ap-east-1")
		c.press(enter, "*") // one is ok, one used up
		before := len(c.mock.Requests())
		c.press("y")
		c.pass(time.Second)
		c.sees("ap-east-1-asg: Copied and verified.", "1 cannot be copied and stay marked: enter on one says why.")
		kind, id, _ := c.mock.FindKey("ap-east-1-asg")
		if c.clip.copied() != c.field(kind, id, "provisioningKey") {
			t.Error("the clipboard holds another text")
		}
		if n := len(c.mock.Requests()) - before; n != 2 {
			t.Errorf("%d calls, want the list of one kind and the certificates", n)
		}
		if got := strings.Join(c.marked(), " "); got != "ap-east-1-blue" {
			t.Errorf("marked: %s", got)
		}
		c.press("j", enter)
		c.sees("not copied: it is used up (60 of 60)")
		c.press(esc)
		c.press("/")
		c.typed("\x15bkk-vpn")
		c.press(enter, "*", "y")
		c.pass(time.Second)
		c.sees("2 keys, one a line: Copied and verified.")
		if lines := strings.Split(c.clip.copied(), "\n"); len(lines) != 2 || !strings.HasPrefix(lines[1], "3|mock.example|") {
			t.Errorf("%d lines", len(lines))
		}
		c.misses("✓")
		if _, n := c.journal.last(); n != 3 {
			t.Errorf("%d deeds, want one for each copied key", n)
		}
	})
}
