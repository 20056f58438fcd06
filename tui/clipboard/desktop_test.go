package clipboard

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// TestCopyThatFailsLeavesTheOlderOneToItsHelper: the turn is of copies that
// arrived.
func TestCopyThatFailsLeavesTheOlderOneToItsHelper(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, second := range map[string]*fakeDesktop{
		"fails": {lies: true, writeErr: errors.New("exit status 1")},
		"lies":  {lies: true},
	} {
		synctest.Test(t, func(t *testing.T) {
			take := func() turn { return takeTurn(folder, ":0") }
			tool := &fakeDesktop{}
			older := &desktopPlace{desktop: tool, take: take}
			older.put(t.Context(), fakeText, newMark(fakeText))
			(&desktopPlace{desktop: second, take: take}).put(t.Context(), "newer", newMark("newer"))
			if got := older.clear(t.Context(), newMark("other"), true); got != EndingChanged {
				t.Errorf("%s: another text ended %v", name, got)
			}
			m := newMark(fakeText)
			if got := older.clear(t.Context(), m, true); got != EndingCleared || tool.holds() != "" {
				t.Errorf("%s: ended %v with %q left", name, got, tool.holds())
			}
		})
	}
}

func TestEmptyClipboardThatCannotBeReadHoldsNothing(t *testing.T) {
	t.Parallel()
	p := nobodyElse(&fakeDesktop{readErr: errors.New("exit status 1")})
	if got := p.clear(t.Context(), newMark(fakeText), true); got != EndingGone {
		t.Errorf("ended %v", got)
	}
}

// TestWhatWasWrittenIsNeverCalledFailed: a tool that takes its time to write and
// then cannot be read has its copy looked after.
func TestWhatWasWrittenIsNeverCalledFailed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tool := &fakeDesktop{slow: 2 * time.Second, stalls: readTries, late: make(chan struct{})}
		h := serveFor(t, server{desktop: tool}, job{Route: RouteNative, Life: time.Minute})
		if h.report.Result != resultDiffers {
			t.Errorf("%+v", h.report)
		}
		if got := h.ending(); got != EndingCleared || tool.holds() != "" {
			t.Errorf("ended %v with %q left", got, tool.holds())
		}
		close(tool.late)
	})
}

// TestFailedCopyLeavesEqualTextsAlone: they may have come by another route.
func TestFailedCopyLeavesEqualTextsAlone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tool := &fakeDesktop{held: fakeText, lies: true, writeErr: errors.New("exit status 3")}
		h := serveFor(t, server{desktop: tool}, job{Route: RouteNative})
		<-h.done
		_ = h.in.Close()
		if tool.holds() != fakeText {
			t.Error("somebody's copy was taken away")
		}
	})
}
