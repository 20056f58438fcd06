package tui_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
	"provkeys/tui"
)

func TestTheTableShowsEveryKindWithItsCount(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.sees("acme-test", "[RW]", "all 40 · app connector 22 · network connector 3 · service edge 12 · cloud controller 3",
			"40 of 40 shown", "rows 1–27 of 40", "updated just now")
		c.sees("ap-east-1-blue", "██████████ 60/60", "⊘ used up")
		c.misses("[RO]", "[DEMO]", "STALE")
	})
}

func TestHostileNamesShowAsEscapes(t *testing.T) {
	t.Parallel()
	run(t, setup{terminal: true}, func(c *console) {
		c.sees(`\x1b]0;owned\atitle`, `osc52-\x1b]52;c;bW9ja==`[:14], "R&D <lab>")
		for _, bad := range []string{"\x1b]0;owned", "\x1b]52;"} {
			if strings.Contains(c.bytes(), bad) {
				t.Errorf("%q reached the terminal", bad)
			}
		}
	})
}

func TestEnterShowsTheDetailsOfOneKey(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("ap-east-1-blue")
		c.misses("certificate  Connector")
		c.press(enter)
		c.sees("certificate  Connector, valid until", "key          3|mock.example|••••••••   in logs as", "uses         60 of 60, 0 left", "app connector · id")
		c.press(enter)
		c.misses("certificate  Connector")
		c.press("l")
		c.sees("certificate  Connector")
		c.press("h")
		c.misses("certificate  Connector")
	})
}

func TestExpandAllShowsAndHidesAllDetails(t *testing.T) {
	t.Parallel()
	run(t, setup{h: 120, w: 120}, func(c *console) {
		c.press("O")
		if n := strings.Count(c.text(), "certificate  "); n < 15 {
			t.Errorf("%d keys show their details\n%s", n, c.text())
		}
		c.press("O")
		c.misses("certificate  ")
	})
}

func TestFilterNarrowsWhileTyping(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("blue")
		c.sees("ap-east-1-blue", "ca-central-1-blue")
		c.misses("ap-east-1-asg")
		before := c.line("of 40 shown")
		c.typed(" !central")
		c.misses("ca-central-1-blue")
		if after := c.line("of 40 shown"); after == before {
			t.Errorf("the count did not change: %s", after)
		}
		c.press(enter)
		c.press("j") // a key again, no letter
		c.sees("blue !central")
		c.press(esc)
		c.sees("40 of 40 shown")
	})
}

func TestEscRestoresTheFilterFromBefore(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Filter: "kind:edge"}}, func(c *console) {
		c.sees("12 of 40 shown")
		c.press("/", "\x15")
		c.typed("nothing-like-it")
		c.sees("0 of 40 shown", "No key matches the filter")
		c.press(esc)
		c.sees("12 of 40 shown", "kind:edge")
	})
}

func TestAWrongFilterSaysWhyAndKeepsTheLastResult(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("left<5 !")
		c.sees("/ left<5 !", "11 of 40 shown", "needs")
		c.press("\x7f")
		c.typed("\"us")
		c.sees("11 of 40 shown", "quotation mark is open")
	})
}

func TestTabWalksTheKinds(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press(tab)
		c.sees("22 of 40 shown")
		c.press(tab, tab)
		c.sees("12 of 40 shown")
		c.press(shiftTab)
		c.sees("3 of 40 shown")
	})
}

func TestSortByAColumnAndTurnItRound(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("s")
		c.sees("Sort by", "certificate")
		c.press("l", "g")
		c.sees("sorted by left")
		if first := c.line("▸"); !strings.Contains(first, "       0  ") {
			t.Errorf("the key with the fewest uses left is not first: %s", first)
		}
		c.press("S", "g")
		c.sees("sorted by left, turned round")
		if first := c.line("▸"); !strings.Contains(first, "999M") {
			t.Errorf("the key with the most uses left is not first: %s", first)
		}
	})
}

func TestTheCursorFollowsItsKey(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		for range 5 {
			c.press("j")
		}
		here := c.line("▸")
		name := strings.Fields(here)[1]
		c.press("s", "u")
		if !strings.Contains(c.line("▸"), name) {
			t.Errorf("sorting moved the cursor from %s to %s", name, c.line("▸"))
		}
		c.press("/")
		c.typed("zzz-no-such")
		c.press(esc)
		if !strings.Contains(c.line("▸"), name) {
			t.Errorf("the cursor is on %s instead of %s", c.line("▸"), name)
		}
	})
}

func TestARefreshNeverMovesTheCursorToAnotherKey(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		before := strings.Fields(c.line("▸"))[1]
		// A new first key appears: the cursor was never moved by a person.
		kind, id, _ := c.mock.FindKey("fra-k8s-prod")
		c.mock.SetField(kind, id, "name", "\x01aaa")
		c.pass(31 * time.Second)
		c.press("k")
		c.sees(`\x01aaa`)
		c.press("j")
		if after := strings.Fields(c.line("▸"))[1]; after != before {
			t.Errorf("the cursor went from %s to %s", before, after)
		}
	})
}

func TestTheNeighbourOfADeletedKeyTakesTheCursor(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}}, func(c *console) {
		for range 10 {
			c.press("j")
		}
		kind, id, _ := c.mock.FindKey("eu-central-1-green")
		c.mock.DeleteKey(kind, id)
		c.pass(31 * time.Second)
		c.sees("eu-central-1-green is gone, somebody deleted it.")
		if here := c.line("▸"); !strings.Contains(here, "eu-west-1-pse ") {
			t.Errorf("the cursor is on %s", here)
		}
	})
}

func TestAKindThatLosesItsPermissionIsNotCalledDeleted(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("j")
		c.wire.breakWith(answer("/CONNECTOR_GRP/", 403, `{"id":"no.permission"}`))
		c.press("r")
		c.sees("app connector: no permission", "18 of 18 shown")
		c.misses("deleted", "ap-east-1-asg")
	})
}

func TestLongNumbersAreWrittenShortAndNotCut(t *testing.T) {
	t.Parallel()
	run(t, setup{w: 60, h: 20}, func(c *console) {
		c.find("nrt-lab")
		if row := c.line("nrt-lab"); !strings.Contains(row, "5/999M") {
			t.Errorf("the uses are cut: %s", row)
		}
	})
}

func TestHelpComesFromTheKeyMapAndSaysWhyNot(t *testing.T) {
	t.Parallel()
	run(t, setup{h: 70, w: 120}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("?")
		c.sees("copy the key text", "not now: ap-east-1-asg can be copied as it is")
		c.press("G")
		c.sees("quit (ctrl+c does so everywhere)")
		c.press("q") // closes the page, does not quit
		c.sees("of 40 shown")
	})
}

func TestReadOnlyRefusesWritesAndHidesThem(t *testing.T) {
	t.Parallel()
	run(t, setup{h: 60, w: 120, opts: tui.Options{ReadOnly: true}}, func(c *console) {
		c.sees("[RO]")
		c.find("ap-east-1-blue")
		c.press("e")
		c.sees("read-only")
		c.press("E")
		c.sees("read-only")
		c.press("?")
		c.sees("6 actions that change something are hidden")
		c.misses("edit max uses")
		for _, r := range c.mock.Requests() {
			if r.Method == http.MethodPut {
				t.Errorf("a write reached the server: %v", r)
			}
		}
	})
}

func TestAKindThatTheTenantRefusesSaysSo(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.wire.breakWith(answer("NP_ASSISTANT_GRP", 401, `{"id":"authz.featureflag.permission.denied"}`))
		c.press("r")
		c.sees("network connector: no permission", "app connector 22")
		c.misses("STALE")
	})
}

func TestCommandLineRunsActionsByName(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press(":")
		c.typed("nonsense")
		c.press(enter)
		c.sees("There is no such command: ? lists them.")
		c.press(esc, ":")
		c.typed("help")
		c.press(enter)
		c.sees("copy the key text")
	})
}

func TestQuitByCommand(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press(":")
		c.typed("q")
		c.press(enter)
		if err := <-c.done; err != nil {
			t.Errorf("quit: %v", err)
		}
		c.done <- nil
	})
}

func TestStartsFilteredAndWithAKind(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Filter: "edge", Kind: client.ServiceEdge}, mock: mockserver.Options{Seed: 7}}, func(c *console) {
		c.misses("ap-east-1-asg")
		c.sees("/ edge")
	})
}
