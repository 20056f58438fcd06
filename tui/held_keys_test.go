package tui_test

import (
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"provkeys/mockserver"
	"provkeys/tui"
)

// hold sends a key as a terminal repeats one that is held.
func (c *console) hold(key string, times int) {
	for range times {
		c.write(key)
		c.pass(40 * time.Millisecond)
	}
}

func TestAHeldEnterConfirmsNothing(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(*console){
		"a new key":       func(c *console) { c.fillNew("fra", "fra-new") },
		"a deletion":      func(c *console) { c.find("ap-east-1-asg"); c.press("D"); c.pass(time.Second); c.press(down) },
		"many, disabled":  func(c *console) { c.press("*", "e", "j", "j") },
		"many, raised":    func(c *console) { c.press("*", "e") },
		"many, deleted":   func(c *console) { c.press("*", "D"); c.pass(time.Second) },
		"many, a limit":   func(c *console) { c.press("*", "e", "j") },
		"a conflict":      conflictOpen,
		"one of a burst":  func(c *console) { c.press("*"); c.write("ed\r"); c.pass(time.Second) },
		"two of a burst":  func(c *console) { c.press("*"); c.write("E\r"); c.pass(time.Second) },
		"three of a shot": func(c *console) { c.find("ap-east-1-asg"); c.write("D\r\r"); c.pass(time.Second); c.press(esc) },
	} {
		t.Run(name, func(t *testing.T) {
			run(t, setup{w: 80, h: 24}, func(c *console) {
				open(c)
				before := len(c.writes())
				c.hold(enter, 12)
				c.pass(5 * time.Second)
				if w := c.writes(); len(w) != before {
					t.Errorf("writes: %v\n%s", w, c.text())
				}
			})
		})
	}
}

// conflictOpen edits a key that somebody else has changed.
func conflictOpen(c *console) {
	kind, id := c.find("ap-east-1-asg")
	c.press("e")
	c.typed("75")
	c.mock.SetField(kind, id, "maxUsage", "90")
	c.press(enter)
	c.pass(time.Second)
}

func TestAHeldEnterNeverDropsAHiddenText(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.fillNew("fra", "fra-new")
		c.press(tab, tab, space)
		c.hold(enter, 5)
		c.press("y")
		c.hold(enter, 12)
		c.tells("fra-new is made")
		kind, id, _ := c.mock.FindKey("fra-new")
		c.press("y")
		c.pass(time.Second)
		if c.clip.copied() != c.field(kind, id, "provisioningKey") {
			t.Error("the text is not on the clipboard")
		}
	})
}

func TestAHiddenKeyIsTakenWithoutTheBackend(t *testing.T) {
	t.Parallel()
	files := &fakeDownloads{}
	run(t, setup{deps: func(_ *console, d *tui.Deps) { d.Downloads = files }}, func(c *console) {
		c.fillNew("fra", "fra-new")
		c.press(tab, tab, space, enter, "y")
		c.pass(time.Second)
		kind, id, _ := c.mock.FindKey("fra-new")
		text := c.field(kind, id, "provisioningKey")
		c.wire.breakWith(refuseAll)
		c.press("y")
		c.pass(10 * time.Second)
		c.sees("It could not be checked again since it was made.")
		if c.clip.copied() != text {
			t.Error("the text is not on the clipboard")
		}
		c.press("o", "t", enter, "y")
		c.pass(time.Minute)
		if len(files.written) != 1 || files.written[0].Key.Text.Reveal() != text {
			t.Errorf("%d files", len(files.written))
		}
	})
}

func TestClosingWaitsForACopyUnderWay(t *testing.T) {
	t.Parallel()
	run(t, setup{mock: mockserver.Options{Latency: time.Second}}, func(c *console) {
		c.pass(5 * time.Second)
		c.press("n", "a")
		c.pass(3 * time.Second)
		c.typed("fra")
		c.press(tab)
		c.typed("fra-new")
		c.press(tab)
		c.typed("7")
		c.press(tab, tab, space, enter, "y")
		c.pass(5 * time.Second)
		c.press("y", esc)
		c.sees("Given up: nothing was copied.")
		c.tells("fra-new is made")
		c.press(esc)
		c.tells("once this is closed", "It was neither copied nor downloaded.")
	})
}

func TestAKeyMadeDuringALoadIsNotSaidToBeGone(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.fillNew("fra", "fra-new")
		release := make(chan struct{})
		var held atomic.Bool
		c.wire.breakWith(func(r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/CONNECTOR_GRP/provisioningKey") && held.CompareAndSwap(false, true) {
				resp, err := c.wire.RoundTripper.RoundTrip(r)
				<-release // the list is from before the key
				return resp, err
			}
			return nil, nil
		})
		c.press(esc, "r")
		c.fillNew("fra", "fra-new")
		c.press(enter, "y")
		c.pass(time.Second)
		close(release)
		c.pass(time.Second)
		c.press(enter)
		c.sees("▸  fra-new")
		c.misses("is gone")
	})
}

func TestWhatIsMadeOutOfSightIsNotSaidToBeCopiedByY(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("bkk")
		c.press(enter)
		c.fillNew("fra", "fra-new")
		c.press(enter, "y")
		c.pass(time.Second)
		c.press(enter)
		c.sees("fra-new is made. What shows at present does not have it")
	})
}

func TestUndoIsOfTheLastWriteOrNothing(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("75")
		c.press(enter)
		c.pass(time.Second)
		c.find("fra-k8s-prod")
		c.press("e", tab, tab, tab, tab, space, enter) // hides it, which nobody can undo
		c.pass(time.Second)
		c.press("u")
		c.sees("There is no edit to undo.")
		if got := c.field(kind, id, "maxUsage"); got != "75" {
			t.Errorf("the older edit was undone: %s", got)
		}
	})
}

func TestUndoingARaiseSaysThatTheCopyWouldNotEnrol(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find("ap-east-1-blue")
		c.press("E", enter)
		c.pass(time.Second)
		c.sees("raised from 60 to 61. u undoes it for 30 s.")
		c.press("u")
		c.pass(time.Second)
		c.sees("What you copied would not enrol any more: X clears it.")
	})
}

func TestAFailedUndoCanBeTriedAgain(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("75")
		c.press(enter)
		c.pass(time.Second)
		c.wire.breakWith(answer("provisioningKey/", 403, `{"id":"no.permission","reason":"not yours"}`))
		c.press("u")
		c.pass(time.Second)
		c.sees("ap-east-1-asg was not put back")
		c.wire.breakWith(nil)
		c.press("u")
		c.pass(time.Second)
		if got := c.field(kind, id, "maxUsage"); got != "60" {
			t.Errorf("the server holds %s", got)
		}
	})
}

func TestAFailedEditShowsWhatOthersChangedMeanwhile(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.press("e")
		c.typed("75")
		c.wire.breakWith(func(r *http.Request) (*http.Response, error) {
			if r.Method == http.MethodPut {
				c.mock.SetField(kind, id, "maxUsage", "90")
				return answer("", http.StatusBadRequest, `{"id":"x","reason":"not now"}`)(r)
			}
			return nil, nil
		})
		c.press(enter)
		c.pass(time.Second)
		c.tells("Not sent: it was changed elsewhere meanwhile.", "keep mine: 75", "was 60, is now 90")
	})
}

func TestARefusedSignInEndsBulkWork(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("bkk")
		c.press(enter, "*", "E", "1")
		c.wire.breakWith(func(r *http.Request) (*http.Response, error) {
			if strings.Contains(r.URL.Path, "/sign") {
				return answer("", 401, `{"id":"x","reason":"no"}`)(r)
			}
			return nil, nil
		})
		c.mock.ExpireTokens()
		c.press(enter)
		c.pass(time.Minute)
		c.tells("0 of 5 raised, 1 failed, 4 not begun.")
	})
}

func TestLeavingBulkWorkSaysHowFarItIs(t *testing.T) {
	t.Parallel()
	run(t, setup{mock: mockserver.Options{Keys: 60, RateLimit: true}}, func(c *console) {
		c.pass(20 * time.Second)
		c.press("*", "E", "1", enter)
		c.pass(5 * time.Second) // it waits for the limit
		c.write("\x03")
		_, err := c.ended()
		var unfinished *tui.UnfinishedError
		if !errors.As(err, &unfinished) || len(unfinished.Names) > 0 || !strings.Contains(unfinished.Bulk, " of 60 raised") {
			t.Errorf("Run returned %v", err)
		}
	})
}

func TestSingleCopiesLeaveMarksAlone(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.press("/")
		c.typed("bkk-pcc")
		c.press(enter, "*", "!")
		c.pass(time.Second)
		c.sees("3 marked")
		c.press("Y", "t")
		c.pass(time.Second)
		c.sees("3 marked")
	})
}
