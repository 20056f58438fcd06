package clipboard

import (
	"errors"
	"testing"
	"testing/synctest"
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

func TestFailedCopyIsTakenBackWhereItArrivedAllTheSame(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tool := &fakeDesktop{writeErr: errors.New("exit status 1")} // writes, and says that it did not
		h := serveFor(t, server{desktop: tool}, job{Route: RouteNative})
		if h.report.Result != resultFailed {
			t.Errorf("%+v", h.report)
		}
		<-h.done
		_ = h.in.Close()
		if tool.holds() != "" {
			t.Errorf("%q is left", tool.holds())
		}
	})
}
