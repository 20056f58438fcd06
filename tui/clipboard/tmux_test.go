package clipboard

import (
	"errors"
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
		"client attached":     {&fakeTmux{attached: true}, report{Result: resultEqual, PassedOn: true, Top: true}},
		"no client":           {&fakeTmux{}, report{Result: resultEqual, Top: true}},
		"attached over ssh":   {&fakeTmux{attached: true, remote: true}, report{Result: resultEqual, PassedOn: true, Top: true, Remote: true}},
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

func TestTmuxBufferGoesWhenTheTimeIsUp(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		gone     bool   // the program has left
		newer    string // a buffer that somebody made meanwhile
		deleted  bool   // somebody deleted ours
		want     Ending
		terminal string // what the terminal's clipboard holds then
	}{
		"program here":         {false, "", false, EndingCleared, " "},
		"program gone":         {true, "", false, EndingCleared, fakeText},
		"newer buffer":         {false, "mine", false, EndingChanged, "mine"},
		"newer buffer, gone":   {true, "mine", false, EndingCleared, "mine"},
		"deleted by hand":      {false, "", true, EndingChanged, fakeText},
		"deleted by hand,gone": {true, "", true, EndingChanged, fakeText},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := &fakeTmux{attached: true}
			h := serveFor(t, server{tmux: f}, job{Route: RouteTmux, Life: 45 * time.Second})
			ours := f.buffers()[0]
			time.Sleep(time.Second)
			if tc.deleted {
				_ = f.Delete(t.Context(), ours)
			}
			if tc.newer != "" {
				_ = f.Load(t.Context(), "buffer0", tc.newer)
			}
			if tc.gone {
				_ = h.in.Close()
			}
			if got := h.ending(); got != tc.want || f.terminal != tc.terminal {
				t.Errorf("%s: ended %v, the terminal holds %q; want %v and %q", name, got, f.terminal, tc.want, tc.terminal)
			}
			if _, there := f.texts[ours]; there {
				t.Errorf("%s: the buffer is still there", name)
			}
			if tc.newer != "" && f.texts["buffer0"] != tc.newer {
				t.Errorf("%s: somebody else's buffer was touched", name)
			}
		})
	}
}

func TestNewerCopyTakesTheOlderBufferAndNothingElse(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &fakeTmux{attached: true}
		h := serveFor(t, server{tmux: f}, job{Route: RouteTmux, Life: 45 * time.Second})
		_ = f.Load(t.Context(), "provkeys-newer", "newer")
		h.tell(superseded)
		if got := h.ending(); got != EndingChanged || f.terminal != "newer" || strings.Join(f.names, " ") != "provkeys-newer" {
			t.Errorf("ended %v, the terminal holds %q, buffers %q", got, f.terminal, f.names)
		}
	})
}

func TestBufferNamesAreOurOwn(t *testing.T) {
	t.Parallel()
	a, b := bufferName(), bufferName()
	if a == b || len(a) != len(bufferPrefix)+8 || !strings.HasPrefix(a, "provkeys-") {
		t.Errorf("%s, %s", a, b)
	}
}
