package tui_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"provkeys/tui"
)

// foreign is a sound text that no key of the mock has.
func foreign() string { return "3|mock.example|" + strings.Repeat("Zz9", 128) }

// denying refuses the kinds whose paths contain part.
func denying(part string) func(*http.Request) (*http.Response, error) {
	return answer(part, http.StatusForbidden, `{"id":"authz.featureflag.permission.denied","reason":"no"}`)
}

func TestAKeyOfAKindThatMayNotBeReadIsNotSaidToBeGone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		part string
		gone bool
		note string
	}{
		"its kind":    {"CONNECTOR_GRP/provisioningKey", false, "App connector keys may not be read by this client's role, and were not compared."},
		"all kinds":   {"provisioningKey", false, "App connector, network connector, service edge, cloud controller keys may not be read"},
		"other kinds": {"SERVICE_EDGE_GRP/provisioningKey", true, "Service edge keys may not be read by this client's role"},
		"none":        {"no such path", true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := setup{before: denying(test.part), deps: func(_ *console, d *tui.Deps) { d.Memory = gone{} }}
			run(t, s, func(c *console) {
				c.pass(10 * time.Second)
				c.press("i", pasted(foreign()), enter)
				c.pass(time.Second)
				c.tells("deleted-key", test.note)
				if test.note == "" {
					c.misses("may not be read")
				}
				if got := strings.Contains(c.dialog(), "does not hold any more"); got != test.gone {
					t.Errorf("said to be gone: %v\n%s", got, c.text())
				}
			})
		})
	}
}

func TestInspectSaysWhatItCouldNotCompareWith(t *testing.T) {
	t.Parallel()
	const log = "Login request failed - http status(401) nonce(<3|mock.example|Zz9Zz9Z...>)\n"
	for name, test := range map[string]struct {
		before func(*http.Request) (*http.Response, error)
		wait   time.Duration
		paste  string
		note   string
	}{
		"failed":         {answer("provisioningKey", 500, `{}`), 70 * time.Second, foreign(), "cloud controller keys could not be read, so that not all of them were compared: r tries again."},
		"failed, a log":  {answer("provisioningKey", 500, `{}`), 70 * time.Second, log, "cloud controller keys could not be read"},
		"one kind":       {answer("CONNECTOR_GRP/provisioningKey", 500, `{}`), 70 * time.Second, foreign(), "App connector keys could not be read"},
		"refused":        {denying("provisioningKey"), 10 * time.Second, foreign(), "cloud controller keys may not be read by this client's role"},
		"refused, a log": {denying("provisioningKey"), 10 * time.Second, log, "cloud controller keys may not be read by this client's role"},
	} {
		t.Run(name, func(t *testing.T) {
			run(t, setup{before: test.before}, func(c *console) {
				c.pass(test.wait)
				c.press("i", pasted(test.paste), enter)
				c.pass(time.Second)
				c.tells(test.note)
			})
		})
	}
	run(t, setup{mock: mockSlow}, func(c *console) {
		c.press("i", pasted(foreign()), enter)
		c.pass(time.Second)
		c.tells("keys were not compared: they are still loading.")
	})
}

func TestWhatCouldNotBeComparedDoesNotMatterOnceTheKeyIsFound(t *testing.T) {
	t.Parallel()
	run(t, setup{before: denying("SERVICE_EDGE_GRP/provisioningKey")}, func(c *console) {
		c.press("i", pasted(c.asgText()), enter)
		c.pass(time.Second)
		c.tells("It is " + asg + ", to the byte.")
		c.misses("may not be read")
	})
}
