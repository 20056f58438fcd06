package tui_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"provkeys/tui"
)

// newForm opens the form of a new app connector's key.
func (c *console) newForm() {
	c.t.Helper()
	c.press("n")
	c.tells("New key: which kind?")
	c.press("a")
	c.pass(time.Second)
	c.tells("New key: app connector", "▸ group")
}

// fillNew fills that form.
func (c *console) fillNew(group, name string) {
	c.t.Helper()
	c.newForm()
	c.typed(group)
	c.press(tab)
	c.typed(name)
	c.press(tab)
	c.typed("7")
}

func TestANewKeyIsMadeAndCopied(t *testing.T) {
	t.Parallel()
	for _, size := range sizes() {
		run(t, setup{w: size[0], h: size[1]}, func(c *console) {
			c.fillNew("fra", "fra-new")
			c.tells("7 may enrol", "Connector, until")
			c.press(tab, tab, tab)
			c.typed("\x152100-01-31")
			c.press(tab)
			c.typed("\x15192.0.2.0/24")
			c.press(enter)
			c.tells("group Frankfurt", "name fra-new", "max uses 7", "signing certificate Connector", "exportable yes",
				"expiry 2100-01-31 23:59", "allowed addresses 192.0.2.0/24")
			if n := len(c.writes()); n != 0 {
				t.Fatalf("%v: %d writes before the review", size, n)
			}
			c.press("y")
			c.pass(time.Second)
			c.tells("fra-new is made: app connector, 7 uses, group Frankfurt.", "3|mock.example|••••••••")
			kind, id, ok := c.mock.FindKey("fra-new")
			if !ok {
				t.Fatalf("%v: there is no such key", size)
			}
			for field, want := range map[string]string{
				"maxUsage": "7", "zcomponentName": "Frankfurt", "enrollmentCertName": "Connector", "enabled": "true", "exportable": "true",
				"ipAcl": "[192.0.2.0/24]", "usageCount": "0",
			} {
				if got := c.field(kind, id, field); got != want {
					t.Errorf("%v: %s is %s, want %s", size, field, got, want)
				}
			}
			c.press("y")
			c.pass(time.Second)
			if c.clip.copied() != c.field(kind, id, "provisioningKey") {
				t.Errorf("%v: the clipboard holds another text", size)
			}
			c.press(enter)
			c.misses("is made: app connector")
			c.sees("▸  fra-new") // the cursor is on it
			if deeds := c.journal.of(tui.DeedCreated); len(deeds) != 1 || deeds[0].Name != "fra-new" {
				t.Errorf("%v: %+v", size, deeds)
			}
		})
	}
}

func TestAKeyLikeAnotherHasItsGroupAndCertificate(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("LHR-dc1")
		c.press("N")
		c.pass(time.Second)
		c.tells("New key: app connector", "group London", "▸ name LHR-dc1-2", "max uses 60", "Branch Offices, until")
		c.press(enter, "y")
		c.pass(time.Second)
		c.tells("LHR-dc1-2 is made")
		_, made, _ := c.mock.FindKey("LHR-dc1-2")
		for _, field := range []string{"zcomponentId", "enrollmentCertId", "maxUsage"} {
			if got, want := c.field(kind, made, field), c.field(kind, id, field); got != want {
				t.Errorf("%s is %s, want %s", field, got, want)
			}
		}
	})
}

func TestACertificateThatEndedIsNotOfferedForANewKey(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("fra-edge") // its certificate has ended
		c.press("N")
		c.pass(time.Second)
		c.tells("signing certificate Service Edge, until")
		c.press(tab, tab)
		c.typed("old data")
		c.tells("nothing fits what you typed")
	})
}

func TestTheNameRuleAndADuplicateAreSaidAsOneTypes(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.fillNew("fra", "fra/new")
		c.press(shiftTab)
		c.tells(`cannot hold '/'`)
		c.press(enter)
		c.tells("New key: app connector") // and no review
		c.typed("\x15ap-east-1-asg")
		c.tells("another key has this name, and so would its connectors")
		c.press(enter)
		c.tells("Another key has this name.", "y make it")
		c.press("y")
		c.pass(time.Second)
		c.tells("▸ name ap-east-1-asg", "it was not made:", "has this name already")
	})
}

func TestAFormWithoutAGroupGoesNowhere(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.fillNew("no such group", "fra-new")
		c.press(enter)
		c.tells("▸ group no such group", "nothing fits what you typed: ctrl+u empties it")
		if n := len(c.writes()); n != 0 {
			t.Errorf("%d writes", n)
		}
	})
}

func TestANetworkConnectorsGroupIsGivenByItsId(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("n", "n")
		c.pass(time.Second)
		c.tells("The API does not list the groups of network connectors", "Bangkok Network", "another, by its id")
		c.typed("another")
		c.press(tab, tab)
		c.typed("net-new")
		c.press(tab)
		c.typed("3")
		c.press(enter)
		c.tells("type the id of the group, or choose one above")
		c.typed("216196257331999999")
		c.press(enter, "y")
		c.pass(time.Second)
		c.tells("net-new is made: network connector, 3 uses, group Network connectors 216196257331999999.")
	})
}

func TestGroupsThatMayNotBeReadAreTakenFromTheKeys(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.wire.breakWith(answer("appConnectorGroup", 403, `{"id":"no.permission","reason":"not yours"}`))
		c.newForm()
		c.tells("The groups could not be asked for", "Those of the keys are offered.", "another, by its id")
		c.typed("tokyo")
		c.press(tab, tab)
		c.typed("nrt-new")
		c.press(tab)
		c.typed("3")
		c.press(enter, "y")
		c.pass(time.Second)
		c.tells("nrt-new is made", "group Tokyo")
	})
}

func TestALostAnswerIsLookedForByName(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.fillNew("fra", "fra-new")
		c.press(enter)
		c.wire.losing(http.MethodPost)
		c.press("y")
		c.pass(5 * time.Second)
		c.tells("fra-new is made", "The answer was lost on its way: the key was found by its name.")
		if n := slices.Index(c.writes(), http.MethodPost); n != 0 || len(c.writes()) != 1 {
			t.Errorf("writes: %v", c.writes())
		}
	})
}

func TestAHiddenKeyOfALostAnswerIsSaidToBeLost(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.fillNew("fra", "fra-new")
		c.press(tab, tab, space, enter)
		c.wire.losing(http.MethodPost)
		c.press("y")
		c.pass(5 * time.Second)
		c.tells("is hidden, and its text was in the lost answer: nobody can see it. Delete it (D) and make another.")
		c.press("y")
		c.sees("its text was shown once")
		c.press(enter)
		c.misses("is made: app")
	})
}

func TestAKeyThatWasNotMadeKeepsTheForm(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.fillNew("fra", "fra-new")
		c.press(enter)
		c.wire.breakWith(func(r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodPost {
				return nil, errors.New("the connection was cut")
			}
			return nil, nil
		})
		c.press("y")
		c.pass(5 * time.Second)
		c.tells("group Frankfurt", "name fra-new", "max uses 7", "it was not made: The backend cannot be reached")
		c.wire.breakWith(nil)
		c.press(enter, "y")
		c.pass(time.Second)
		c.tells("fra-new is made")
		if n := strings.Count(strings.Join(c.mock.KeyNames(), "\n"), "fra-new"); n != 1 {
			t.Errorf("there are %d of it", n)
		}
	})
}

func TestACreationThatNobodyCanConfirmSaysSo(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.fillNew("fra", "fra-new")
		c.press(enter)
		c.wire.breakWith(cutAll)
		c.press("y")
		c.pass(time.Minute)
		c.tells("it may have been made, and nobody could find out. The keys are being asked for again")
	})
}

func TestAHiddenKeyIsAtHandUntilItIsClosedAndNeverAgain(t *testing.T) {
	t.Parallel()
	for _, size := range sizes() {
		files := &fakeDownloads{}
		run(t, setup{terminal: true, w: size[0], h: size[1], deps: func(_ *console, d *tui.Deps) { d.Downloads = files }}, func(c *console) {
			c.fillNew("fra", "fra-new")
			c.press(tab, tab, space)
			c.tells("hidden: its text shows once, right after it is made")
			c.press(enter)
			c.tells("It will be hidden: its text can be copied or downloaded from the next page until that is closed, and never again.")
			c.press("y")
			c.pass(time.Second)
			c.tells("Once this is closed its text never shows again.")
			kind, id, _ := c.mock.FindKey("fra-new")
			text := c.field(kind, id, "provisioningKey")
			c.press("y")
			c.pass(time.Second)
			if c.clip.copied() != text {
				t.Fatalf("%v: the clipboard holds another text", size)
			}
			c.press("Y", "e")
			c.pass(time.Second)
			if c.clip.copied() == text || !strings.Contains(c.clip.copied(), text) {
				t.Errorf("%v: it was not copied as a snippet", size)
			}
			c.tells("is made: app connector") // the page came back
			c.press("o", "t", enter, "y")
			c.pass(time.Second)
			if len(files.written) != 1 || files.written[0].Key.Text.Reveal() != text {
				t.Fatalf("%v: %d files", size, len(files.written))
			}
			c.tells("is made: app connector")

			c.press(enter)
			c.tells("is made: app connector") // a held enter leaves it alone
			c.press(esc)
			c.tells("fra-new is hidden: once this is closed nobody can see its text again", "The file that was made of it stays.")
			c.press(esc)
			c.tells("is made: app connector")
			c.press(esc, "y") // copies here too
			c.pass(time.Second)
			c.tells("once this is closed")
			c.press("D")
			c.misses("once this is closed")
			c.press("y")
			c.sees("fra-new is hidden: its text was shown once")
			c.press("r")
			c.pass(time.Second)
			c.press("!", "V", "Y")
			c.sees("fra-new is hidden")
			if strings.Contains(c.bytes(), text[20:60]) {
				t.Errorf("%v: the text went to the screen", size)
			}
		})
	}
}

func TestLeavingAHiddenKeySaysThatItsTextIsGone(t *testing.T) {
	t.Parallel()
	for _, taken := range []bool{false, true} {
		run(t, setup{}, func(c *console) {
			c.fillNew("fra", "fra-new")
			c.press(tab, tab, space, enter, "y")
			c.pass(time.Second)
			if taken {
				c.press("y")
				c.pass(time.Second)
			}
			c.press(esc)
			if taken {
				c.tells("What was copied stays on the clipboard until it is cleared.")
			} else {
				c.tells("It was neither copied nor downloaded.")
			}
			c.write("\x03")
			farewell, _ := c.ended()
			if strings.Contains(farewell, "fra-new was made and is hidden, and its text was neither copied nor downloaded") == taken {
				t.Errorf("taken %v: %q", taken, farewell)
			}
		})
	}
}

func TestAPasteDoesNotCloseAKeyThatWasJustMade(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.fillNew("fra", "fra-new")
		c.press(tab, tab, space, enter, "y")
		c.pass(time.Second)
		c.press(esc)
		c.write("yaml: some\rDDDDDDDDDDDDD")
		c.pass(time.Second)
		c.tells("fra-new is hidden: once this is closed")
	})
}
