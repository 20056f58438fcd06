//go:build e2e

package main

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// shortLife is the clear-after of the cases that wait for it.
const shortLife = 2 * time.Second

// desktopLab is a lab with a display. Its provkeys finds one clipboard tool and
// nothing else, and is in no tmux as far as it can tell.
type desktopLab struct {
	*lab
	*display
	surroundings string
}

func newDesktop(t *testing.T, s *server, tool string, env ...string) desktopLab {
	t.Helper()
	l := newLab(t, append(s.legacy(), env...)...)
	return desktopLab{l, l.startDisplay(tool), "env -u TMUX -u TMUX_PANE PATH=" + l.only(tool)}
}

// cleared waits until the text is gone from the clipboard and the helper from
// the machine.
func (d desktopLab) cleared() {
	d.t.Helper()
	waitFor(d.t, "a clipboard without the text", func() bool { return strings.TrimSpace(d.text()) == "" })
	d.gone()
}

// gone waits until nothing of provkeys runs any more.
func (d desktopLab) gone() {
	d.t.Helper()
	waitFor(d.t, "nothing of provkeys left behind", func() bool { return len(d.provkeys()) == 0 })
}

// withBothTools runs a case with each tool that Debian has for X.
func withBothTools(t *testing.T, run func(t *testing.T, tool string)) {
	t.Helper()
	for _, tool := range []string{"xclip", "xsel"} {
		t.Run(tool, func(t *testing.T) {
			t.Parallel()
			run(t, tool)
		})
	}
}

func TestE2ECopyOnTheDesktopIsReadBackAndClearedWithProvkeysGone(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	withBothTools(t, func(t *testing.T, tool string) {
		inBothWays(t, func(t *testing.T, w way) {
			d := newDesktop(t, s, tool, "PROVKEYS_CLEAR_AFTER="+shortLife.String())
			term := d.terminal(110, 30, w.in(d.lab, d.surroundings))
			w.copies(term, text, d.text, "Copied and verified. Clears in 2 s if unchanged.")
			if w.console {
				term.keys("q")
				term.sees("exit 0")
			}
			d.cleared()
		})
	})
}

// The tools go into the background before they hold the clipboard, so that a
// hasty look finds the text of the copy before.
func TestE2ECopyOnTheDesktopIsVerifiedTimeAfterTime(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	last := s.text(otherOKKey)
	withBothTools(t, func(t *testing.T, tool string) {
		d := newDesktop(t, s, tool, "PROVKEYS_CLEAR_AFTER=0")
		provkeys := d.surroundings + " " + d.path("bin", "provkeys") + " copy "
		loop := "for n in 1 2 3 4 5 6 7 8 9 10; do " + provkeys + okKey + " && " + provkeys + otherOKKey + " || break; done; echo \"ended at $n\"; sleep 90"
		term := d.terminal(110, 60, loop)
		term.sees("ended at")
		if got := strings.Count(term.screen(), "Copied and verified."); got != 20 {
			t.Errorf("%d of 20 copies were verified\n%s", got, term.screen())
		}
		if d.text() != last {
			t.Error("the clipboard does not hold the last one")
		}
	})
}

// otherOKKey copies too.
const otherOKKey = "ca-central-1-asg"

func TestE2ECopyOnTheDesktopIsClearedWhenTheTerminalIsKilled(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	withBothTools(t, func(t *testing.T, tool string) {
		d := newDesktop(t, s, tool, "PROVKEYS_CLEAR_AFTER="+shortLife.String())
		term := d.terminal(110, 30, console().in(d.lab, d.surroundings))
		console().copies(term, text, d.text, "Copied and verified.")
		for _, pid := range d.processes("tmux") {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		waitFor(t, "the console's end", func() bool { return len(d.provkeys()) == len(d.helpers()) })
		if d.text() != text {
			t.Error("the text is gone before its time")
		}
		d.cleared()
	})
}

func TestE2ECopyOnTheDesktopIsLeftAloneWhenItHasChanged(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	withBothTools(t, func(t *testing.T, tool string) {
		d := newDesktop(t, s, tool, "PROVKEYS_CLEAR_AFTER="+shortLife.String())
		term := d.terminal(110, 30, commandLine().in(d.lab, d.surroundings))
		commandLine().copies(term, text, d.text, "Copied and verified.")
		d.put("of another program")
		d.gone()
		if got := d.text(); got != "of another program" {
			t.Errorf("the clipboard of another program now holds %d bytes", len(got))
		}
	})
}

func TestE2EClearAtOnce(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	withBothTools(t, func(t *testing.T, tool string) {
		d := newDesktop(t, s, tool)
		term := d.terminal(110, 30, console().in(d.lab, d.surroundings))
		console().copies(term, text, d.text, "Copied and verified. Clears in 45 s if unchanged.")
		term.keys("X")
		term.sees(okKey + " was cleared from your clipboard.")
		if d.text() != "" {
			t.Error("X left something on the clipboard")
		}
		waitFor(t, "the helper's end", func() bool { return len(d.helpers()) == 0 })
		term.keys("q")
		term.sees("exit 0")
		if strings.Contains(term.screen(), "clipboard") {
			t.Errorf("a cleared copy is spoken of\n%s", term.screen())
		}
	})
}

// In tmux and on a desktop both get the text, and both are cleared.
func TestE2ECopyInsideTmuxOnADesktop(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	inBothWays(t, func(t *testing.T, w way) {
		l := newLab(t, append(s.legacy(), "PROVKEYS_CLEAR_AFTER="+shortLife.String())...)
		d := l.startDisplay("xclip")
		term := l.terminal(110, 30, w.in(l))
		w.copies(term, text, d.text, "Copied and verified, and in the tmux buffer", "Both clear in 2 s if unchanged.")
		holds(term, text)
		waitFor(t, "a cleared desktop and no buffer", func() bool { return d.text() == "" && len(term.buffers()) == 0 })
	})
}
