package tui_test

import (
	"context"
	"testing"
	"time"

	"provkeys/tui"
	"provkeys/tui/clipboard"
)

// insideTmux is a clipboard inside a tmux, which has an alternate screen or none.
type insideTmux struct {
	tui.Clipboard
	alternate bool
}

func (i insideTmux) Plan(t clipboard.Terminal) clipboard.Plan {
	p := i.Clipboard.Plan(t)
	p.Tmux = true
	return p
}

func (i insideTmux) Alternate(context.Context) bool {
	time.Sleep(200 * time.Millisecond)
	return i.alternate
}

func TestASecretShowsInsideTmuxOnlyOnAnAlternateScreen(t *testing.T) {
	t.Parallel()
	for _, alternate := range []bool{true, false} {
		s := setup{terminal: true, deps: func(c *console, d *tui.Deps) {
			d.Clipboard, d.Downloads = insideTmux{c.clip, alternate}, &fakeDownloads{}
		}}
		run(t, s, func(c *console) {
			kind, id := c.find(asg)
			c.press("V")
			c.misses("hides in") // before tmux has answered
			c.pass(300 * time.Millisecond)
			if leaks(c.bytes(), c.field(kind, id, "provisioningKey")) != alternate {
				t.Errorf("with an alternate screen %v: the text shows the other way round", alternate)
			}
			if !alternate {
				c.sees("Not shown: this tmux shows no alternate screen", "y copies it, o writes it")
			}
			c.press("o", "m") // which hides the text
			if !alternate {
				c.sees("It could not be shown: this tmux shows no alternate screen")
				return
			}
			c.sees("enter write")
		})
	}
}

func TestThePassphraseIsOfferedOnceTmuxHasAnswered(t *testing.T) {
	t.Parallel()
	s := setup{deps: func(c *console, d *tui.Deps) {
		d.Clipboard, d.Downloads = insideTmux{c.clip, true}, &fakeDownloads{}
	}}
	run(t, s, func(c *console) {
		c.find(asg)
		c.press("o")
		c.sees("is being asked")
		c.pass(300 * time.Millisecond)
		c.misses("is being asked")
		c.press("m")
		c.sees("enter write")
	})
}

func TestAMovedCursorShowsNothingOnceTmuxHasAnswered(t *testing.T) {
	t.Parallel()
	s := setup{deps: func(c *console, d *tui.Deps) { d.Clipboard = insideTmux{c.clip, true} }}
	run(t, s, func(c *console) {
		c.press("V", "j")
		c.pass(time.Second)
		c.misses("hides in")
		c.press("V") // it is known by now
		c.sees("hides in")
	})
}
