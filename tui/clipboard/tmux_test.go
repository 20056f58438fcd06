package clipboard

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestTmuxReportsWhoElseGotTheText(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		tmux *fakeTmux
		want report
	}{
		"client attached":     {&fakeTmux{client: atPTS}, report{Result: resultEqual, PassedOn: true, Top: true}},
		"no client":           {&fakeTmux{}, report{Result: resultEqual, Top: true}},
		"attached over ssh":   {&fakeTmux{client: atPTS, remote: true}, report{Result: resultEqual, PassedOn: true, Top: true, Remote: true}},
		"newer tmux":          {&fakeTmux{named: true}, report{Result: resultEqual}},
		"server gone or old":  {&fakeTmux{err: errors.New("exit status 1")}, report{Result: resultFailed, Why: "exit status 1"}},
		"tool not on the way": {&fakeTmux{err: errNoTool}, report{Result: resultFailed, Why: errNoTool.Error()}},
	} {
		p := &tmuxPlace{tmux: tc.tmux, name: bufferName()}
		if got := p.put(t.Context(), fakeText, newMark(fakeText)); got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
	}
}

// TestTheTerminalIsTheOneThatWasUsedLast: a session may be shown to several
// people, and other sessions are none of ours.
func TestTheTerminalIsTheOneThatWasUsedLast(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		list string
		want attached
	}{
		"nobody":                 {"", attached{}},
		"one":                    {"1700000000 12 /dev/pts/1 256,clipboard,title\n", attached{"/dev/pts/1", "12"}},
		"one that takes nothing": {"1700000000 12 /dev/pts/1 256,title\n", attached{}},
		"one without features":   {"1700000000 12 /dev/pts/1 \n", attached{}},
		"two":                    {"1700000000 12 /dev/pts/1 clipboard\n1700000009 13 /dev/pts/2 256,clipboard\n", attached{"/dev/pts/2", "13"}},
		"the last takes nothing": {"1700000000 12 /dev/pts/1 clipboard\n1700000009 13 /dev/pts/2 256\n", attached{}},
		"the first was used":     {"1700000009 12 /dev/pts/1 clipboard\n1700000000 13 /dev/pts/2 256\n", attached{"/dev/pts/1", "12"}},
		"nonsense":               {"x y\n\nnever 1 2 clipboard\n", attached{}},
	} {
		if got := lastUsed(tc.list); got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
	}
}

func TestTmuxBufferGoesWhenTheTimeIsUp(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		meanwhile func(f *fakeTmux, ours string)
		gone      bool // the program has left
		want      Ending
		terminal  string // what the terminal's clipboard holds then
	}{
		"program here":          {nil, false, EndingCleared, " "},
		"program gone":          {nil, true, EndingCleared, fakeText},
		"newer buffer":          {func(f *fakeTmux, _ string) { _ = f.Load(t.Context(), "buffer0", "mine", atPTS) }, false, EndingChanged, "mine"},
		"newer buffer, gone":    {func(f *fakeTmux, _ string) { _ = f.Load(t.Context(), "buffer0", "mine", atPTS) }, true, EndingCleared, "mine"},
		"deleted by hand":       {func(f *fakeTmux, ours string) { _ = f.Delete(t.Context(), ours) }, false, EndingFailed, fakeText},
		"deleted by hand, gone": {func(f *fakeTmux, ours string) { _ = f.Delete(t.Context(), ours) }, true, EndingGone, fakeText},
		"somebody else attached": {func(f *fakeTmux, _ string) { f.attach(attached{atPTS.client, "9"}) },
			false, EndingFailed, fakeText},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := &fakeTmux{client: atPTS}
			h := serveFor(t, server{tmux: f}, job{Route: RouteTmux, Life: 45 * time.Second})
			ours := f.buffers()[0]
			time.Sleep(time.Second)
			if tc.meanwhile != nil {
				tc.meanwhile(f, ours)
			}
			if tc.gone {
				_ = h.in.Close()
			}
			if got := h.ending(); got != tc.want || f.terminal != tc.terminal {
				t.Errorf("%s: ended %v, the terminal holds %q; want %v and %q", name, got, f.terminal, tc.want, tc.terminal)
			}
			if left := f.buffers(); slices.Contains(left, ours) || f.terminal == "mine" && !slices.Equal(left, []string{"buffer0"}) {
				t.Errorf("%s: the buffers left are %q", name, left)
			}
		})
	}
}

func TestNewerCopyTakesTheOlderBufferAndNothingElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeTmux{client: atPTS}
		h := serveFor(t, server{tmux: f}, job{Route: RouteTmux, Life: 45 * time.Second})
		_ = f.Load(t.Context(), "provkeys-newer", "newer", atPTS)
		h.tell(superseded)
		if got := h.ending(); got != EndingChanged || f.terminal != "newer" || strings.Join(f.names, " ") != "provkeys-newer" {
			t.Errorf("ended %v, the terminal holds %q, buffers %q", got, f.terminal, f.names)
		}
	})
}

// TestBuffersOfOlderCopiesGoWithTheNextOne: whichever process made them.
func TestBuffersOfOlderCopiesGoWithTheNextOne(t *testing.T) {
	t.Parallel()
	f := &fakeTmux{client: atPTS}
	for _, name := range []string{"buffer0", "provkeys-0123abcd", "provkeys-by-hand", "provkeys-0123abcde"} {
		_ = f.Load(t.Context(), name, "older", attached{})
	}
	p := &tmuxPlace{tmux: f, name: bufferName()}
	p.put(t.Context(), fakeText, newMark(fakeText))
	if want := []string{p.name, "provkeys-0123abcde", "provkeys-by-hand", "buffer0"}; !slices.Equal(f.names, want) {
		t.Errorf("the buffers are %q, want %q", f.names, want)
	}
}

func TestBesideTheDesktopTheTerminalIsLeftToIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeTmux{client: atPTS}
		h := serveFor(t, server{tmux: f}, job{Route: RouteTmux, Life: 45 * time.Second})
		h.tell(notBeyond)
		if got := h.ending(); got != EndingCleared || f.terminal != fakeText || len(f.names) != 0 {
			t.Errorf("ended %v, the terminal holds %q, buffers %q", got, f.terminal, f.names)
		}
	})
}

func TestBufferNamesAreOurOwn(t *testing.T) {
	t.Parallel()
	a, b := bufferName(), bufferName()
	if a == b || !ours.MatchString(a) || !strings.HasPrefix(a, "provkeys-") {
		t.Errorf("%s, %s", a, b)
	}
}
