package tui_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui"
	"provkeys/tui/clipboard"
)

func TestTheFarewellSaysWhatStaysOnTheClipboard(t *testing.T) {
	t.Parallel()
	const stays = "ap-east-1-asg is still on your clipboard; provkeys cannot clear it from here."
	for _, test := range []struct {
		name   string
		copies clipboard.Outcome
		life   time.Duration
		after  time.Duration
		says   string
	}{
		{"verified", clipboard.Outcome{}, 45 * time.Second, 13 * time.Second, "ap-east-1-asg clears from your clipboard in 32 s."},
		{"verified and cleared", clipboard.Outcome{}, 45 * time.Second, time.Minute, ""},
		{"verified, never cleared", clipboard.Outcome{}, 0, time.Minute, "ap-east-1-asg stays on your clipboard until something else is copied."},
		{"in the tmux buffer", byTmux, 45 * time.Second, 13 * time.Second, "ap-east-1-asg clears from the tmux buffer in 32 s."},
		{"in the tmux buffer, never cleared", byTmux, 0, time.Minute, "ap-east-1-asg stays in the tmux buffer until another key is copied."},
		{"passed on by tmux", passedOn, 45 * time.Second, 13 * time.Second, stays},
		{"passed on by tmux and cleared", passedOn, 45 * time.Second, time.Minute, ""},
		{"sent", byOSC52, 45 * time.Second, 13 * time.Second, stays},
		{"sent, never cleared", byOSC52, 0, 2 * time.Minute, stays},
		{"sent and cleared", byOSC52, 45 * time.Second, time.Minute, ""},
		{"by a command", byCommand, 45 * time.Second, 2 * time.Minute, "ap-east-1-asg went to your clipboard command; provkeys cannot clear it from here."},
		{"not confirmed", unequal, 45 * time.Second, time.Second, "ap-east-1-asg may be on your clipboard; provkeys could not read it back."},
	} {
		t.Run(test.name, func(t *testing.T) {
			run(t, setup{copies: test.copies, opts: tui.Options{ClearAfter: test.life}}, func(c *console) {
				c.find("ap-east-1-asg")
				c.press("y")
				c.pass(test.after)
				if says, err := c.leave(); says != test.says || err != nil {
					t.Errorf("Run returned %q and %v, want %q", says, err, test.says)
				}
			})
		})
	}
}

func TestThereIsNoFarewellForNothing(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		if says, err := c.leave(); says != "" || err != nil {
			t.Errorf("Run returned %q and %v", says, err)
		}
	})
}

func TestLeavingInTheMiddleOfACopySaysSo(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.clip.slow = 2 * time.Second
		c.press("!")
		if says, _ := c.leave(); says != "ap-east-1-asg may still reach your clipboard: you left while it was being copied." {
			t.Errorf("the farewell is %q", says)
		}
		if deed, n := c.journal.last(); n != 1 || deed.Action != tui.DeedCopied || deed.Name != "ap-east-1-asg" || deed.Evidence != "unknown" {
			t.Errorf("the journal has %d deeds, the last is %+v", n, deed)
		}
	})
}

func TestTheHelperOutlivesTheConsole(t *testing.T) {
	t.Parallel()
	run(t, setup{opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		_, _ = c.leave()
		if c.clip.leases[0].was(over) || c.clip.copied() == "" {
			t.Fatal("leaving took the copy away")
		}
		time.Sleep(45 * time.Second)
		if c.clip.copied() != "" {
			t.Error("the copy stays for ever")
		}
	})
}

func TestASignalLeavesWithTheFarewell(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byOSC52}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		c.sigs <- tui.SignalLeave
		says, err := c.ended()
		if says != "ap-east-1-asg is still on your clipboard; provkeys cannot clear it from here." || !errors.Is(err, context.Canceled) {
			t.Errorf("Run returned %q and %v", says, err)
		}
		if c.text() != "" || c.screen.IsAltScreen() {
			t.Errorf("left on the screen:\n%s", c.text())
		}
	})
}

// A hangup that somebody sends leaves a terminal that still lives, which must be
// given back; what is on its clipboard is nobody's promise any more.
func TestAHangupGivesTheTerminalBackAndSaysNothing(t *testing.T) {
	t.Parallel()
	run(t, setup{copies: byOSC52, opts: life45}, func(c *console) {
		c.find("ap-east-1-asg")
		c.press("y")
		before := c.bytes()
		c.sigs <- tui.SignalHangup
		says, err := c.ended()
		if says != "" || !errors.Is(err, context.Canceled) {
			t.Errorf("Run returned %q and %v", says, err)
		}
		more := strings.TrimPrefix(c.bytes(), before)
		if !strings.Contains(more, "\x1b[?1049l") || !strings.Contains(more, "\x1b[?25h") {
			t.Errorf("the terminal was not given back: %q", more)
		}
		if strings.Contains(more, "]52") || strings.Contains(more, "asg") {
			t.Errorf("a hangup still brought %q", more)
		}
	})
}

// suspensions stands in for Bubble Tea's own suspension, which would stop the
// test: it keeps what happened in which order, and a focus event takes the
// place of the shell's fg.
type suspensions struct{ happened []string }

func (s *suspensions) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	switch msg.(type) {
	case tea.SuspendMsg:
		s.happened = append(s.happened, "suspended")
		return nil
	case tea.FocusMsg:
		return tea.ResumeMsg{}
	}
	return msg
}

func (s *suspensions) setup(copies clipboard.Outcome, life time.Duration) setup {
	return setup{
		copies: copies, terminal: true,
		opts: tui.Options{ClearAfter: life, Extra: []tea.ProgramOption{tea.WithFilter(s.filter)}},
		deps: func(_ *console, d *tui.Deps) {
			d.LetSuspend = func() {
				time.Sleep(10 * time.Millisecond) // nothing may overtake it
				s.happened = append(s.happened, "let")
			}
		},
	}
}

const (
	ctrlZ = "\x1a"
	fg    = "\x1b[I"
)

func TestSuspendingBlanksTheScreenFirst(t *testing.T) {
	t.Parallel()
	for name, before := range map[string][]string{
		"table": nil, "edit": {"e", "7"}, "filter": {"/", "a"}, "command": {":"}, "help": {"?"}, "sort": {"s"}, "raise": {"E"},
	} {
		t.Run(name, func(t *testing.T) {
			var s suspensions
			run(t, s.setup(clipboard.Outcome{}, 0), func(c *console) {
				c.find("ap-east-1-blue")
				c.press(before...)
				shown := c.text()
				c.press(ctrlZ)
				if got := c.text(); got != "" {
					t.Errorf("on the screen while suspended:\n%s", got)
				}
				if !slices.Equal(s.happened, []string{"let", "suspended"}) {
					t.Errorf("it went %v", s.happened)
				}
				c.press("q", "!", ctrlZ) // meant for the shell
				c.press(fg)
				if got := c.text(); got != shown {
					t.Errorf("after fg the screen is\n%s\nand was\n%s", got, shown)
				}
				if c.clip.n != 0 || len(s.happened) != 2 {
					t.Error("keys acted on a screen that nobody saw")
				}
			})
		})
	}
}

func TestASignalSuspendsAsCtrlZDoes(t *testing.T) {
	t.Parallel()
	var s suspensions
	run(t, s.setup(clipboard.Outcome{}, 0), func(c *console) {
		c.sigs <- tui.SignalSuspend
		c.settle()
		if c.text() != "" || !slices.Equal(s.happened, []string{"let", "suspended"}) {
			t.Errorf("it went %v:\n%s", s.happened, c.text())
		}
		before := len(c.mock.Requests())
		c.press(fg)
		c.sees("ap-east-1-blue", "updated just now")
		if len(c.mock.Requests()) == before {
			t.Error("nothing was asked for after the return")
		}
		c.sigs <- tui.SignalLeave // and it is still there to leave
		if _, err := c.ended(); !errors.Is(err, context.Canceled) {
			t.Errorf("Run returned %v", err)
		}
	})
}

func TestSuspendingNeedsNobodyElse(t *testing.T) {
	t.Parallel()
	var s suspensions
	set := s.setup(clipboard.Outcome{}, 0)
	set.deps = nil
	run(t, set, func(c *console) {
		c.press(ctrlZ)
		if c.text() != "" || !slices.Equal(s.happened, []string{"suspended"}) {
			t.Errorf("it went %v:\n%s", s.happened, c.text())
		}
		c.press(fg)
		c.sees("ap-east-1-blue")
	})
}
