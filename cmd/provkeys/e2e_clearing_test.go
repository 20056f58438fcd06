//go:build e2e

package main

import (
	"slices"
	"testing"
	"time"
)

// inTmux copies in a tmux inside the terminal and returns both.
func inTmux(t *testing.T, s *server, w way, env ...string) (inner, outer *emulator) {
	t.Helper()
	l := newLab(t, append(s.legacy(), env...)...)
	command, inner := l.tmuxInside("inner", "tmux set-buffer -b mine keep; "+w.in(l))
	outer = l.terminal(110, 32, command, clipboardOn)
	w.copies(outer, s.text(okKey), outer.buffer, passedOn)
	return inner, outer
}

// alone waits until of the buffers only the operator's own is left.
func alone(inner *emulator) {
	inner.t.Helper()
	waitFor(inner.t, "no buffer of ours", func() bool { return slices.Equal(inner.buffers(), []string{"mine"}) })
}

func TestE2ETmuxBufferIsClearedWithProvkeysGone(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	inBothWays(t, func(t *testing.T, w way) {
		inner, outer := inTmux(t, s, w, "PROVKEYS_CLEAR_AFTER="+shortLife.String())
		if w.console {
			outer.keys("q")
			outer.sees(farewell, "exit 0")
		}
		alone(inner)
		// Nobody is left who may write to the terminal.
		if outer.buffer() != text {
			t.Error("the terminal's clipboard was written to by a program that has left")
		}
		waitFor(t, "the helper's end", func() bool { return len(inner.lab.provkeys()) == 0 })
	})
}

func TestE2ERunningConsoleClearsTheTerminalToo(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	text := s.text(okKey)
	for name, clear := range map[string]struct {
		life string
		keys []string
	}{"when the time is up": {"2s", nil}, "on X": {"45s", []string{"X"}}} {
		t.Run(name+" behind tmux", func(t *testing.T) {
			t.Parallel()
			inner, outer := inTmux(t, s, console(), "PROVKEYS_CLEAR_AFTER="+clear.life)
			outer.keys(clear.keys...)
			waitFor(t, "a blank clipboard", func() bool { return outer.buffer() == " " })
			alone(inner)
			outer.keys("q")
			outer.sees("exit 0")
			outer.misses(farewell)
		})
		t.Run(name+" by a sequence", func(t *testing.T) {
			t.Parallel()
			l := newLab(t, append(s.legacy(), "PROVKEYS_CLEAR_AFTER="+clear.life)...)
			term := l.terminal(110, 30, console().in(l, "env -u TMUX"), clipboardOn)
			console().copies(term, text, term.buffer, viaTmux)
			term.keys(clear.keys...)
			waitFor(t, "a blank clipboard", func() bool { return term.buffer() == " " })
			term.keys("q")
			term.sees("exit 0")
			term.misses(farewell)
		})
	}
}

func TestE2EClearingLeavesWhatWasCopiedSince(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	inner, outer := inTmux(t, s, console(), "PROVKEYS_CLEAR_AFTER="+shortLife.String())
	inner.tmux("set-buffer", "-w", "-b", "mine", "newer")
	waitFor(t, "the newer text on the clipboard", func() bool { return outer.buffer() == "newer" })
	alone(inner)
	// A blank would follow on the heels of the buffer's end.
	time.Sleep(300 * time.Millisecond)
	if got := outer.buffer(); got != "newer" {
		t.Errorf("what was copied since was overwritten: %q", got)
	}
}

// Of several copies only the newest waits in tmux.
func TestE2ENextCopyTakesTheBufferOfTheOneBefore(t *testing.T) {
	t.Parallel()
	s := serve(t, "--listen", "127.0.0.1:0", "--rate-limit", "off")
	inner, outer := inTmux(t, s, console())
	first := inner.buffers()[0]
	outer.keys("j", "E")
	outer.sees("Raise and copy") // an Enter on the heels of the E is none
	outer.keys("Enter")
	want := s.text(usedUpKey)
	waitFor(t, "the second text", func() bool { return outer.buffer() == want })
	waitFor(t, "the first buffer's end", func() bool { return !slices.Contains(inner.buffers(), first) })
	if got := inner.buffers(); len(got) != 2 || inner.buffer() != want {
		t.Errorf("the buffers are %q", got)
	}
	outer.keys("q")
	outer.sees(usedUpKey+" is still on your clipboard", "exit 0")
}
