package tui_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/mockserver"
	"provkeys/tui"
)

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
