package tui_test

import (
	"strings"
	"testing"
	"time"

	"provkeys/tui"
)

func TestABackendThatIsAwayIsNotLoading(t *testing.T) {
	t.Parallel()
	run(t, setup{before: refuseAll}, func(c *console) {
		c.press("V")
		c.sees("The backend does not answer")
		c.misses("still loading")
		c.pass(time.Minute)
		c.press("Y")
		c.sees("The backend does not answer", "refused. r tries again now.")
	})
}

func TestTheFooterNamesMoreWhereThereIsRoom(t *testing.T) {
	t.Parallel()
	for w, more := range map[int]string{120: "/ filter", 80: "", 60: ""} {
		run(t, setup{w: w, h: 24, deps: func(_ *console, d *tui.Deps) { d.Downloads = &fakeDownloads{} }}, func(c *console) {
			footer := c.line("? help")
			for _, word := range []string{"Y copy as", "V show", "o download", "i inspect"} {
				if strings.Contains(footer, word) != (more != "") {
					t.Errorf("%d cells: %s", w, footer)
				}
			}
		})
	}
}

func TestWhatLogsShowOfAKeyIsWholeOnANarrowScreen(t *testing.T) {
	t.Parallel()
	run(t, setup{w: 60, h: 24}, func(c *console) {
		kind, id := c.find(asg)
		c.press(enter)
		logged := c.fetch(kind, id).Hint.LogPrefix
		c.sees("in logs      " + logged)
	})
}

func TestARevealSaysThatASelectionHasLineBreaks(t *testing.T) {
	t.Parallel()
	run(t, setup{}, func(c *console) {
		c.find(asg)
		c.press("V")
		c.sees("esc hides it now. y copies it whole: a selection has line breaks.")
	})
}
