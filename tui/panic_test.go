package tui_test

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui"
)

func TestAPanicKeepsTheConsolesPromises(t *testing.T) {
	t.Parallel()
	const canary = "3|mock.example|canary-of-a-panic"
	var broken atomic.Bool
	for _, test := range []struct {
		name string
		deps func(*console, *tui.Deps)
		opts []tea.ProgramOption
		pull func(*console)
	}{
		{name: "in Update",
			deps: func(_ *console, d *tui.Deps) {
				d.Now = func() time.Time {
					if broken.Load() {
						panic(canary)
					}
					return time.Now()
				}
			},
			pull: func(c *console) { c.press("j") },
		},
		{name: "in View",
			opts: []tea.ProgramOption{tea.WithFilter(func(model tea.Model, msg tea.Msg) tea.Msg {
				if broken.CompareAndSwap(true, false) {
					tui.BreakView(model, canary)
				}
				return msg
			})},
			pull: func(c *console) { c.press("?") },
		},
		{name: "in an effect", pull: func(c *console) {
			c.clip.broken = canary
			c.press("!")
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			broken.Store(false)
			run(t, setup{terminal: true, copies: passedOn, deps: test.deps, opts: tui.Options{ClearAfter: time.Minute, Extra: test.opts}}, func(c *console) {
				c.find("ap-east-1-asg")
				c.press("y")
				c.sees("In the tmux buffer")
				broken.Store(true)
				test.pull(c)
				says, err := c.ended()
				var fault *tui.Fault
				if !errors.As(err, &fault) || strings.Contains(err.Error(), "canary") || !strings.Contains(err.Error(), "tui") {
					t.Errorf("Run returned the error %v", err)
				}
				if want := "ap-east-1-asg is still on your clipboard; provkeys cannot clear it from here."; says != want {
					t.Errorf("the farewell is %q, want %q", says, want)
				}
				if strings.Contains(c.bytes(), "canary") {
					t.Error("the value of the panic reached the terminal")
				}
				if c.screen.IsAltScreen() || !c.told.cursor || c.text() != "" {
					t.Errorf("the terminal is not restored: alternate screen %v, cursor %v\n%s", c.screen.IsAltScreen(), c.told.cursor, c.text())
				}
			})
		})
	}
}
