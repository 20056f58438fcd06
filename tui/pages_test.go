package tui_test

import (
	"fmt"
	"strings"
	"testing"
)

// onCursor fails the test unless the row under the cursor says every part.
func (c *console) onCursor(parts ...string) {
	c.t.Helper()
	row := c.line("▸")
	for _, p := range parts {
		if !strings.Contains(row, p) {
			c.t.Fatalf("the cursor's row does not say %q: %q\n%s", p, row, c.text())
		}
	}
}

func TestThePagesFollowTheSelectedKey(t *testing.T) {
	t.Parallel()
	for _, size := range sizes() {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			t.Parallel()
			run(t, setup{w: size[0], h: size[1]}, func(c *console) {
				c.find("ap-east-1-asg")
				c.press("2")
				c.onCursor("AP East 1")
				c.press("1", "3")
				c.onCursor("ap-east-1-asg-", "connected")
				c.press("1", "4")
				c.onCursor("Connector")
				c.press("1")
				c.onCursor("ap-east-1-asg")
				c.sees("1 of 40 shown")
			})
		})
	}
}

func TestThePagesFollowEachOther(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("ap-east-1-blue")
		c.press("3", "2")
		c.onCursor("AP East 1")
		c.press("4")
		c.onCursor("Connector")
	})
}

func TestARowIsOpenedOnEveryPage(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("2", enter)
		c.sees("keys ap-east-1-asg · ", "uses ", "more can enrol", "connectors ", "to add one Y copies a snippet with ap-east-1-")
		c.press("h")
		c.misses("more can enrol")
		c.press("3", enter)
		c.sees("health connected since", "version ", "key ap-east-1-", "addresses private ", "fingerprint ", "enrolled ")
		c.press("4", enter)
		c.sees("validity ", "2189 days", "issued by CN=Root", "serial ", "signs for ", "f shows them all")
	})
}

func TestNothingOfAnOpenRowIsCutOnANarrowScreen(t *testing.T) {
	t.Parallel()
	run(t, setup{w: 60, h: 34}, func(c *console) {
		c.find("ap-east-1-blue")
		c.press("2", enter)
		c.sees("to add one Y copies a snippet with ap-east-1-asg (", "left)")
		c.press("3", enter)
		c.sees("public 203.0.113.")
		for _, line := range strings.Split(c.text(), "\n") {
			if strings.HasPrefix(line, "     ") && strings.Contains(line, "…") {
				t.Errorf("it is cut: %s", line)
			}
		}
	})
}

func TestFShowsTheKeysOfARow(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("2", "f")
		c.sees(`/ group="AP East 1"`, "2 of 40 shown", "ap-east-1-asg", "ap-east-1-blue")
		c.press("3", "f")
		c.sees("/ id=", "1 of 40 shown")
		c.onCursor("ap-east-1-")
		c.press("4", "f")
		c.sees(`/ cert="Connector"`, " of 40 shown")
		c.press(esc)
		c.sees("/ filters")
	})
}

func TestEveryPageHasAFilterAndAnOrderOfItsOwn(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("2", "/")
		c.typed("keys<99 !tokyo")
		c.press(enter)
		c.misses("Tokyo")
		c.press("3")
		c.sees("/ filters")
		c.press("/")
		c.typed("is:disconnected")
		c.press(enter)
		c.sees("disconnected ")
		c.misses(" connected ")
		c.press("s", "v")
		c.sees("Sorted by version", "sorted by version")
		c.press("S")
		c.sees("sorted by version, turned round")
		c.press("2")
		c.sees("/ keys<99 !tokyo")
		c.misses("sorted by")
		c.press("/")
		c.typed(" left<")
		c.sees("left")
		c.press(esc)
		c.sees("/ keys<99 !tokyo")
		c.press(esc)
		c.sees("/ filters")
	})
}

func TestKindsAreWalkedOnThePages(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("2", tab, tab)
		c.sees("groups of network connectors: as keys name them")
		c.onCursor("network connector", "?")
		c.press(enter)
		c.sees("the API does not list the groups of network connectors: keys name this one", "connectors the API does not list network connectors")
		c.press("3", tab, tab)
		c.sees("network connector: no list", "The API does not list network connectors.")
		c.press("1")
		c.sees("40 of 40 shown") // each page has a kind of its own
	})
}

func TestHowToAddOneIsASnippetForItsKind(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("3", "Y")
		c.sees("Copy ap-east-1-")
		c.press("c")
		c.sees("cloud-init")
		if got := c.clip.text.Reveal(); !strings.Contains(got, "#cloud-config") || !strings.Contains(got, "3|mock.example|") {
			t.Error("no snippet with a key was copied")
		}
	})
}

func TestAGroupWithoutACopyableKeySaysSo(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("2", "/")
		c.typed("keys=0")
		c.press(enter, "Y")
		c.sees("None of the keys of its group can be copied: f shows them.")
		c.press("f")
		c.sees("has no key yet.")
		c.press(enter)
		c.sees("none of its keys can be copied: n on the page of keys makes one")
	})
}

func TestActionsOfKeysSayWhereTheyAre(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		for _, page := range []string{"2", "3", "4"} {
			c.press(page)
			for key, what := range map[string]string{"y": "copy", "e": "edit", "D": "delete", "n": "new", " ": "mark", "V": "reveal", "o": "download"} {
				c.press(key)
				c.sees(what + " is for keys: 1 shows them.")
			}
		}
		c.press("1", "f")
		c.sees("show-keys is for groups: 2 shows them.")
		if len(c.writes()) != 0 {
			t.Errorf("something was sent: %v", c.writes())
		}
	})
}
