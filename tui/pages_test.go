package tui_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/mockserver"
	"provkeys/tui"
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

func TestAPageAsksForItsListsWhenItIsOpened(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		lists := func() int { return c.asked("/appConnectorGroup") + c.asked("/connector") }
		if lists() != 0 {
			t.Error("the lists of the pages were asked for by the page of keys")
		}
		c.press("2", "3", "2", "1", "3")
		if got := lists(); got != 2 {
			t.Errorf("%d lists of App Connectors were asked for, want 2", got)
		}
		c.pass(11 * time.Second) // the rate limit
		c.press("r")
		if got := lists(); got != 3 {
			t.Errorf("%d lists of App Connectors were asked for after r, want 3: the groups are not on this page", got)
		}
		c.press("1")
		c.pass(5 * time.Minute)
		if got := lists(); got != 3 {
			t.Errorf("%d lists of App Connectors were asked for while nobody looked at them, want 3", got)
		}
	})
}

// failing breaks the calls whose path ends like that.
func failing(end string, status int) func(*http.Request) (*http.Response, error) {
	return func(r *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(r.URL.Path, end) {
			return nil, nil
		}
		if status == 0 {
			return nil, errors.New("connection refused")
		}
		return &http.Response{
			StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Request: r,
			Body: io.NopCloser(strings.NewReader(`{"id":"authz.role","reason":"no"}`)),
		}, nil
	}
}

func TestAListThatIsRefusedIsToldBesideThoseThatAnswered(t *testing.T) {
	t.Parallel()
	run(t, setup{before: failing("/serviceEdge", http.StatusForbidden)}, func(c *console) {
		c.press("3")
		c.sees("service edge: no permission", "app connector ")
		c.press("2", "/")
		c.typed("kind:service-edge keys>0")
		c.press(enter)
		c.onCursor("?")
		c.press(enter)
		c.sees("connectors not known: ")
	})
}

func TestRowsOfAListThatFailsLaterStay(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("3")
		rows := c.line("rows ")
		c.wire.breakWith(failing("/connector", 0))
		c.press("r")
		c.pass(30 * time.Second)
		c.sees("app connector: no answer", rows)
		c.wire.breakWith(nil)
		c.press("r")
		c.pass(5 * time.Second)
		c.misses("no answer")
	})
}

func TestAConnectorWhoseKeyIsGoneSaysSo(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("3")
		c.mock.DeleteKey(kind, id)
		c.press("r", "/")
		c.typed("key:ap-east-1-asg")
		c.press(enter)
		c.onCursor("gone")
		c.press(enter)
		c.sees("is gone: without it the connector is not upgraded any more")
		c.press("f")
		c.sees("The key that ap-east-1-asg-", "enrolled with is not there.")
	})
}

func TestTheCursorIsWhereOneCameForOnceTheListIsThere(t *testing.T) {
	t.Parallel()
	run(t, setup{mock: mockserver.Options{Latency: 2 * time.Second}}, func(c *console) {
		c.pass(10 * time.Second)
		c.find("ap-east-1-blue")
		c.press("3")
		c.sees("The connectors are still loading.")
		c.pass(5 * time.Second)
		c.onCursor("ap-east-1-blue-")
	})
}

func TestAPersonWhoMovesOnIsNotPulledBack(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{"moves": {"G", "k"}, "filters": {"/", "t"}, "walks the kinds": {tab}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			slow := false
			run(t, setup{before: func(r *http.Request) (*http.Response, error) {
				if slow && strings.HasSuffix(r.URL.Path, "/connector") {
					time.Sleep(5 * time.Second)
				}
				return nil, nil
			}}, func(c *console) {
				c.find("ap-east-1-asg")
				c.press("3", "1")
				slow = true
				c.pass(time.Minute)
				c.press("3")
				c.press(keys...)
				row, bar := c.line("▸"), c.line("/ ")
				c.pass(10 * time.Second)
				c.sees(row, bar)
			})
		})
	}
}

func TestGroupsOfKeysThatAreNotKnownSaySo(t *testing.T) {
	t.Parallel()
	run(t, setup{before: failing("/CONNECTOR_GRP/provisioningKey", http.StatusForbidden)}, func(c *console) {
		c.press("2", tab)
		c.onCursor("?", "not known")
		c.press(enter)
		c.sees("keys not known: no permission")
		c.press("f")
		c.sees("are not known: no permission.")
	})
}

func TestFAsksForTheIDWhereANameIsNotEnough(t *testing.T) {
	t.Parallel()
	for name, group := range map[string]string{"two of one name": "London", "no name": "", "a tab": "A\tB"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run(t, setup{}, func(c *console) {
				kind, id := c.find("ap-east-1-asg")
				of := c.field(kind, id, "zcomponentId")
				for _, key := range []string{"ap-east-1-asg", "ap-east-1-blue"} {
					kind, id, _ := c.mock.FindKey(key)
					c.mock.SetField(kind, id, "zcomponentName", group)
				}
				c.wire.breakWith(failing("/appConnectorGroup", http.StatusForbidden))
				c.press("r", "2", "f")
				c.sees(`group="`+of+`"`, "2 of 40 shown", "ap-east-1-blue")
			})
		})
	}
}

func TestAGroupWithoutKeysShowsItsConnectors(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		for _, key := range []string{"ap-east-1-asg", "ap-east-1-blue"} {
			kind, id, _ := c.mock.FindKey(key)
			c.mock.DeleteKey(kind, id)
		}
		c.press("r", "2", "/")
		c.typed("ap east 1")
		c.press(enter)
		c.onCursor("no key")
		c.press("3")
		c.onCursor("ap-east-1-", "gone")
	})
}

func TestAListThatFailedIsAskedForAgain(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: tui.Options{Refresh: 30 * time.Second}, before: failing("/connector", 0)}, func(c *console) {
		c.press("3")
		c.pass(10 * time.Second)
		c.sees("app connector: no answer")
		c.wire.breakWith(nil)
		c.pass(40 * time.Second)
		c.misses("no answer")
	})
}

func TestAFilterThatHidesWhatOneCameForIsTakenAway(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("2", "/")
		c.typed("tokyo")
		c.press(enter, "1")
		c.find("ap-east-1-asg")
		c.press("2")
		c.onCursor("AP East 1")
		c.sees("The filter is taken away: it hid what belongs to ap-east-1-asg.")
	})
}
