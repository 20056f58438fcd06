package tui_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/tui"
)

func TestDeedsAreWrittenDown(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		key  string
		does func(*console)
		want tui.Deed
	}{
		{"copied", "ap-east-1-asg", func(c *console) { c.press("y") },
			tui.Deed{Action: tui.DeedCopied, Route: "native", Evidence: "verified"}},
		{"copied unchecked", "ap-east-1-asg", func(c *console) { c.press("!") },
			tui.Deed{Action: tui.DeedCopied, Route: "native", Evidence: "verified"}},
		{"raised", "ap-east-1-asg", func(c *console) { c.press("e"); c.typed("+5"); c.press(enter) },
			tui.Deed{Action: tui.DeedRaised, From: 60, To: 65}},
		{"lowered", "ap-east-1-asg", func(c *console) { c.press("e"); c.typed("50"); c.press(enter) },
			tui.Deed{Action: tui.DeedLowered, From: 60, To: 50}},
	} {
		t.Run(test.name, func(t *testing.T) {
			run(t, setup{}, func(c *console) {
				_, id := c.find(test.key)
				test.want.Key = client.Ref{Kind: client.AppConnector, ID: client.ID(id)}
				test.want.Name = test.key
				test.does(c)
				c.pass(time.Second)
				if deed, n := c.journal.last(); n != 1 || !cmp.Equal(deed, test.want) {
					t.Errorf("%d deeds, the last is %+v, want %+v", n, deed, test.want)
				}
			})
		})
	}
}

func TestRaiseAndCopyAreTwoDeeds(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byOSC52}, func(c *console) {
		c.find("ap-east-1-blue")
		c.press("E", enter)
		c.pass(time.Second)
		if len(c.journal.deeds) != 2 {
			t.Fatalf("%d deeds: %+v", len(c.journal.deeds), c.journal.deeds)
		}
		raised, copied := c.journal.deeds[0], c.journal.deeds[1]
		if raised.Action != tui.DeedRaised || raised.From != 60 || raised.To != 61 ||
			copied.Action != tui.DeedCopied || copied.Route != "osc52" || copied.Evidence != "sent" {
			t.Errorf("%+v", c.journal.deeds)
		}
	})
}

func TestWhatDidNotHappenIsNotWrittenDown(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		kind, id := c.find("ap-east-1-asg")
		c.clip.fail(errors.New("not copied: the tool failed"))
		c.press("y", "!", "e")
		c.typed("60") // what it is already
		c.press(enter)
		c.pass(time.Second)
		c.sees("nothing is changed yet")
		c.press(esc)
		c.mock.SetField(kind, id, "enabled", false)
		c.clip.fail(nil)
		c.press("y")
		if _, n := c.journal.last(); n != 0 {
			t.Errorf("deeds: %+v", c.journal.deeds)
		}
	})
}

func TestAJournalThatFailsIsToldWithTheCopy(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.journal.err = errors.New("the disk is full")
		c.find("ap-east-1-asg")
		c.press("y")
		c.sees("ap-east-1-asg: Copied and verified. The journal could not be written: the disk is full.")
		c.press("e")
		c.typed("+5")
		c.press(enter)
		c.pass(time.Second)
		c.sees("max uses 60 → 65 (20 left). u undoes it for 30 s. The journal could not be written: the disk is full.")
	})
}

func TestLeavingAtOnceStillWritesTheJournal(t *testing.T) {
	t.Parallel()
	for _, signal := range []tui.Signal{tui.SignalLeave, tui.SignalHangup} {
		run(t, setup{}, func(c *console) {
			c.journal.slow = 100 * time.Millisecond
			c.find("ap-east-1-asg")
			c.press("y")
			c.sigs <- signal
			_, _ = c.ended()
			if _, n := c.journal.last(); n != 1 {
				t.Errorf("%d deeds were written down before the console ended", n)
			}
		})
	}
}

func TestAJournalThatHangsDoesNotKeepTheConsole(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.journal.slow = time.Minute
		c.find("ap-east-1-asg")
		c.press("y")
		before := time.Now()
		_, _ = c.leave()
		if took := time.Since(before); took > time.Second {
			t.Errorf("leaving took %s", took)
		}
	})
}

func TestLeavingAtOnceStillRemembersTheKey(t *testing.T) {
	t.Parallel()
	for name, hands := range map[string]func(*console){
		"copied":     func(c *console) { c.write("y") },
		"revealed":   func(c *console) { c.write("V") },
		"downloaded": func(c *console) { c.press("o", "t", enter); c.write("y") },
	} {
		t.Run(name, func(t *testing.T) {
			memory := &fakeMemory{slow: 100 * time.Millisecond}
			s := setup{deps: func(_ *console, d *tui.Deps) { d.Memory, d.Downloads = memory, &fakeDownloads{} }}
			run(t, s, func(c *console) {
				c.find("ap-east-1-asg")
				hands(c)
				time.Sleep(60 * time.Millisecond)
				_, _ = c.leave()
				if n, got := len(c.journal.deeds), memory.remembered(); n != 1 || len(got) != 1 {
					t.Errorf("%d deeds and %d keys were kept before the console ended", n, len(got))
				}
			})
		})
	}
}

func TestAMemoryThatHangsDoesNotKeepTheConsole(t *testing.T) {
	t.Parallel()
	memory := &fakeMemory{slow: time.Minute}
	run(t, setup{deps: func(_ *console, d *tui.Deps) { d.Memory = memory }}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		before := time.Now()
		_, _ = c.leave()
		if took := time.Since(before); took > time.Second {
			t.Errorf("leaving took %s", took)
		}
	})
}

func TestWithoutAJournalEverythingWorks(t *testing.T) {
	t.Parallel()
	run(t, setup{deps: func(_ *console, d *tui.Deps) { d.Journal = nil }}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.sees("Copied and verified.")
	})
}
