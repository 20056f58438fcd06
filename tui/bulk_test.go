package tui_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
	"provkeys/tui"
)

// raised returns name and max uses of every key that was written to, as the server
// holds them.
func (c *console) raised() map[string]int {
	all := map[string]int{}
	for _, r := range c.mock.Requests() {
		if parts := strings.Split(r.Path, "/"); r.Method == http.MethodPut && r.Status == http.StatusNoContent {
			kind, id := parts[len(parts)-3], parts[len(parts)-1]
			limit, err := strconv.Atoi(c.field(kind, id, "maxUsage"))
			if err != nil {
				c.t.Fatal(err)
			}
			all[c.field(kind, id, "name")] = limit
		}
	}
	return all
}

func TestFortyRaisedKeysCancelledInTheMiddle(t *testing.T) {
	t.Parallel()
	opts := tui.Options{Kind: client.AppConnector, Filter: "state:ok"}
	run(t, setup{w: 120, h: 60, mock: mockserver.Options{Keys: 3000, RateLimit: true}, opts: opts}, func(c *console) {
		c.pass(20 * time.Second) // the pages wait for the limit too
		c.press(space)
		for range 38 {
			c.write("j")
			c.pass(40 * time.Millisecond)
		}
		c.press("M")
		c.sees("40 marked")
		c.press("E")
		c.tells("Raise 40 marked keys", "by", "each counts from what the server holds then")
		c.press("1", enter)
		c.pass(14 * time.Second)
		c.tells("of 40", "rate limit", "esc stops before the next one")
		c.press(esc)
		c.pass(2 * time.Second)
		said := regexp.MustCompile(`(\d+) of 40 raised, (\d+) not begun`).FindStringSubmatch(c.dialog())
		if said == nil {
			t.Fatalf("no summary:\n%s", c.text())
		}
		raised := c.raised()
		for name, limit := range raised {
			if line := fmt.Sprintf("%s: max uses %d → %d (", name, limit-1, limit); !strings.Contains(c.text(), line) {
				t.Errorf("the screen does not say %q", line)
			}
		}
		n := len(raised)
		if fmt.Sprint(n) != said[1] || n < 10 || n > 39 || strings.Count(c.text(), ": max uses ") != n || len(c.writes()) != n {
			t.Errorf("the server raised %d, the screen says %s\n%s", n, said[1], c.text())
		}
		for _, r := range c.mock.Requests() {
			if r.Status == http.StatusTooManyRequests {
				t.Error("the limit was hit")
			}
		}
		c.press(enter)
		c.sees(said[2] + " marked") // what was not begun stays so
	})
}

func TestMarkedKeysAreDisabledAndEnabled(t *testing.T) {
	t.Parallel()
	for _, size := range sizes() {
		run(t, setup{w: size[0], h: size[1]}, func(c *console) {
			c.press("/")
			c.typed("ap-east-1")
			c.press(enter, "*", "e")
			c.tells("Change 2 marked keys")
			c.press("d")
			c.tells("Disable 2 marked keys", "ap-east-1-asg, ap-east-1-blue")
			c.press(enter) // is no answer: it may be a held one
			c.tells("y disable them")
			c.press("y")
			c.pass(time.Second)
			c.tells("2 of 2 disabled.", "ap-east-1-asg: disabled")
			c.press(enter)
			c.misses("✓")
			for _, name := range []string{"ap-east-1-asg", "ap-east-1-blue"} {
				kind, id, _ := c.mock.FindKey(name)
				if got := c.field(kind, id, "enabled"); got != "false" {
					t.Errorf("%v: enabled of %s is %s", size, name, got)
				}
			}
			c.press("*", "e", "n", "y")
			c.pass(time.Second)
			c.tells("2 of 2 enabled.")
		})
	}
}

func TestWhatFailsStaysMarkedWithItsReason(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("us-")
		c.press(enter, "*") // one of them is managed
		changed, id, _ := c.mock.FindKey("us-west-2-blue")
		c.mock.SetField(changed, id, "name", "renamed")
		c.press("e", "s")
		c.typed("500")
		c.press(enter)
		c.pass(time.Second)
		c.tells("set, 2 failed", "us-east-1-blue: It is managed by Zscaler", "us-west-2-blue: changed elsewhere meanwhile: name was us-west-2-blue, is now renamed")
		c.press(enter)
		c.sees("2 marked", "What was not done is marked still.")
		c.press("/")
		c.typed("\x15is:marked us-east")
		c.press(enter, enter)
		c.sees("not set: It is managed by Zscaler")
	})
}

func TestMarkedKeysAreDeletedByTheirNumber(t *testing.T) {
	t.Parallel()
	for _, size := range sizes() {
		run(t, setup{w: size[0], h: size[1]}, func(c *console) {
			c.press("/")
			c.typed("bkk-vpn")
			c.press(enter, "*", "D")
			c.pass(time.Second)
			c.tells("Delete 2 marked keys", "e disables them instead", "The last keys of Bangkok Network are among them.", "Network connectors are listed nowhere.")
			c.typed("3")
			c.press(enter)
			c.tells("type 2 to delete them")
			c.press("\x15")
			c.typed("2")
			kind, id, _ := c.mock.FindKey("bkk-vpn-2")
			c.mock.DeleteKey(kind, id)
			c.press(enter)
			c.pass(time.Second)
			c.tells("2 of 2 deleted.", "BKK-vpn: deleted", "bkk-vpn-2: gone already, somebody deleted it")
			if _, _, there := c.mock.FindKey("BKK-vpn"); there || len(c.writes()) != 1 {
				t.Errorf("%v: writes %v, BKK-vpn is there: %v", size, c.writes(), there)
			}
			if n := len(c.journal.of(tui.DeedDeleted)); n != 1 {
				t.Errorf("%v: %d deeds", size, n)
			}
		})
	}
}

func TestDeletingManySaysHowManyDependOnThem(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("ap-east-1")
		c.press(enter, "*", "D")
		c.pass(time.Second)
		c.tells("24 connectors enrolled with them: they are not upgraded any more without them.")
	})
}

func TestMarkedKeysAreDownloadedEachIntoItsFile(t *testing.T) {
	t.Parallel()
	files := &fakeDownloads{}
	run(t, setup{deps: func(_ *console, d *tui.Deps) { d.Downloads = files }}, func(c *console) {
		c.press("/")
		c.typed("ap-east-1")
		c.press(enter, "*", "o")
		c.tells("Download 2 marked keys")
		c.press("m") // a passphrase that is made up
		c.tells("folder ./")
		c.typed("\x15keys")
		c.press(enter)
		c.pass(5 * time.Second)
		c.tells("1 of 2 downloaded, 1 failed.", madeUp, "ap-east-1-blue: it is used up (60 of 60)", "ap-east-1-asg: written to /home/jo/keys/")
		if len(files.written) != 1 || files.written[0].Path != "keys/" || files.written[0].Passphrase.Reveal() != madeUp {
			t.Errorf("written: %d", len(files.written))
		}
		c.press(enter, esc)
		c.tells(madeUp) // it is shown once, and goes by y alone
		c.press("y")
		c.misses(madeUp)
		if n := len(c.journal.of(tui.DeedDownloaded)); n != 1 {
			t.Errorf("%d deeds", n)
		}
	})
}

func TestALostBackendLeavesTheRestMarked(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("ap-east-1")
		c.press(enter, "*", "E", "1")
		c.wire.breakWith(refuseAll)
		c.press(enter)
		c.pass(3 * time.Minute)
		c.tells("0 of 2 raised, 1 failed, 1 not begun.", "The backend cannot be reached")
		c.press(enter)
		c.sees("2 marked")
	})
}
