package clipboard

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
)

func TestReadBackDecidesWhatIsVerified(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		tool *fakeDesktop
		want result
	}{
		"honest tool":        {&fakeDesktop{}, resultEqual},
		"lying tool":         {&fakeDesktop{held: "before", lies: true}, resultDiffers},
		"read-back fails":    {&fakeDesktop{readErr: errors.New("exit status 1")}, resultDiffers},
		"tool that fails":    {&fakeDesktop{writeErr: errors.New("exit status 3")}, resultFailed},
		"adds a line break":  {&fakeDesktop{held: fakeText + "\n", lies: true}, resultDiffers},
		"cuts the last byte": {&fakeDesktop{held: fakeText[:len(fakeText)-1], lies: true}, resultDiffers},
	} {
		synctest.Test(t, func(t *testing.T) {
			if got := nobodyElse(tc.tool).put(t.Context(), fakeText, newMark(fakeText)); got.Result != tc.want {
				t.Errorf("%s: %q, want %q", name, got.Result, tc.want)
			}
		})
	}
}

func TestToolThatIsSlowToTakeTheTextIsWaitedFor(t *testing.T) {
	t.Parallel()
	for late, want := range map[time.Duration]result{0: resultEqual, 400 * time.Millisecond: resultEqual, time.Minute: resultDiffers} {
		synctest.Test(t, func(t *testing.T) {
			tool := &fakeDesktop{held: "before", lies: true}
			time.AfterFunc(late, func() { tool.set(fakeText) })
			start := time.Now()
			got := nobodyElse(tool).put(t.Context(), fakeText, newMark(fakeText))
			if took := time.Since(start); got.Result != want || took > settleTime+settleStep {
				t.Errorf("%v late: %q after %v, want %q", late, got.Result, took, want)
			}
			time.Sleep(time.Minute) // the tool's timer ends within the bubble
		})
	}
}

func TestDesktopIsClearedWhenTheTimeIsUpAndUnchanged(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		meanwhile string // what somebody else copies; "" for nothing
		want      Ending
		left      string
	}{
		"unchanged": {"", EndingCleared, ""},
		"changed":   {"mine", EndingChanged, "mine"},
	} {
		synctest.Test(t, func(t *testing.T) {
			tool := &fakeDesktop{}
			h := serveFor(t, server{desktop: tool}, job{Route: RouteNative, Life: 45 * time.Second})
			start := time.Now()
			_ = h.in.Close() // the program is gone
			time.Sleep(44 * time.Second)
			if tool.holds() != fakeText {
				t.Errorf("%s: cleared too early", name)
			}
			if tc.meanwhile != "" {
				tool.set(tc.meanwhile)
			}
			if got := h.ending(); got != tc.want || tool.holds() != tc.left {
				t.Errorf("%s: ended %v with %q left, want %v and %q", name, got, tool.holds(), tc.want, tc.left)
			}
			if took := time.Since(start); took != 45*time.Second {
				t.Errorf("%s: ended after %v", name, took)
			}
		})
	}
}

func TestHelperIsToldToClearOrToGiveWay(t *testing.T) {
	t.Parallel()
	for said, tc := range map[command]struct {
		want Ending
		left string
	}{
		clearNow:   {EndingCleared, ""},
		superseded: {EndingCleared, ""}, // the newer copy went elsewhere
	} {
		synctest.Test(t, func(t *testing.T) {
			tool := &fakeDesktop{}
			h := serveFor(t, server{desktop: tool}, job{Route: RouteNative, Life: 45 * time.Second})
			start := time.Now()
			h.tell(said)
			if got := h.ending(); got != tc.want || tool.holds() != tc.left || time.Since(start) != 0 {
				t.Errorf("%s: ended %v after %v with %q left", said, got, time.Since(start), tool.holds())
			}
		})
	}
}

func TestCopyForEverStaysUntilItIsToldOtherwise(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tool := &fakeDesktop{}
		h := serveFor(t, server{desktop: tool}, job{Route: RouteNative})
		time.Sleep(24 * time.Hour)
		h.tell(clearNow)
		if got := h.ending(); got != EndingCleared || tool.holds() != "" {
			t.Errorf("ended %v with %q left", got, tool.holds())
		}
	})
	synctest.Test(t, func(t *testing.T) {
		tool := &fakeDesktop{}
		h := serveFor(t, server{desktop: tool}, job{Route: RouteNative})
		_ = h.in.Close()
		if got := h.ending(); got != EndingUnknown || tool.holds() != fakeText {
			t.Errorf("left alone it ended %v with %q left", got, tool.holds())
		}
	})
}

func TestShutdownOfTheSessionClearsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tool := &fakeDesktop{}
		h := serveFor(t, server{desktop: tool}, job{Route: RouteNative, Life: time.Hour})
		start := time.Now()
		h.stop()
		if got := h.ending(); got != EndingCleared || tool.holds() != "" || time.Since(start) != 0 {
			t.Errorf("ended %v after %v with %q left", got, time.Since(start), tool.holds())
		}
	})
}

func TestToolThatHangsIsGivenUpAfterThreeSeconds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tool := &fakeDesktop{hangs: make(chan struct{})}
		start := time.Now()
		h := serveFor(t, server{desktop: tool}, job{Route: RouteNative, Life: time.Second})
		if h.report.Result != resultFailed || h.report.Why != errHung.Error() || time.Since(start) != 3*time.Second {
			t.Errorf("after %v: %+v", time.Since(start), h.report)
		}
		if hung := <-h.done; !hung {
			t.Error("the tool is not called hung: nobody ends it")
		}
		close(tool.hangs)
	})
}

func TestToolThatHangsWhenItClearsIsGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tool := &fakeDesktop{}
		h := serveFor(t, server{desktop: tool}, job{Route: RouteNative, Life: time.Minute})
		tool.hangs = make(chan struct{})
		h.tell(clearNow)
		var last farewell
		if err := h.answers.Decode(&last); err != nil || endingOf(last.Ended) != EndingFailed || !<-h.done {
			t.Errorf("ended %q, %v", last.Ended, err)
		}
		close(tool.hangs)
		_ = h.in.Close()
	})
}

// TestReadingThatNeverAnswersIsTriedAgain: what hung is left to be killed.
func TestReadingThatNeverAnswersIsTriedAgain(t *testing.T) {
	t.Parallel()
	for stalls, want := range map[int]result{1: resultEqual, readTries - 1: resultEqual, readTries: resultDiffers} {
		synctest.Test(t, func(t *testing.T) {
			tool := &fakeDesktop{stalls: stalls, late: make(chan struct{})}
			h := serveFor(t, server{desktop: tool}, job{Route: RouteNative, Life: time.Minute})
			if h.report.Result != want {
				t.Errorf("%d readings hung: %q, want %q", stalls, h.report.Result, want)
			}
			h.tell(clearNow)
			var last farewell
			if err := h.answers.Decode(&last); err != nil || endingOf(last.Ended) != EndingCleared || !<-h.done {
				t.Errorf("%d readings hung: ended %q, %v, or what hung was forgotten", stalls, last.Ended, err)
			}
			close(tool.late)
			_ = h.in.Close()
		})
	}
}

func TestReportHoldsNoText(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		var in bytes.Buffer
		if err := writeJob(&in, job{Route: RouteNative, Life: time.Second}, client.NewSecret(fakeText)); err != nil {
			t.Fatal(err)
		}
		tool := &fakeDesktop{writeErr: errors.New("exit status 3")}
		if _, err := (server{desktop: tool, limit: time.Second}).serve(t.Context(), &in, &out); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "mock.example") || !strings.Contains(out.String(), "exit status 3") {
			t.Errorf("the report is %s", out.String())
		}
	})
}

func TestHelperRefusesWhatIsNoJob(t *testing.T) {
	t.Parallel()
	for name, in := range map[string]string{
		"nothing":        "",
		"no JSON":        "canary-not-to-be-quoted\n",
		"no text":        `{"route":2,"bytes":10}` + "\nshort",
		"too long":       `{"route":2,"bytes":99999999}` + "\n",
		"negative":       `{"route":2,"bytes":-1}` + "\n",
		"empty":          `{"route":2,"bytes":0}` + "\n",
		"negative life":  `{"route":2,"bytes":1,"life":-1}` + "\nx",
		"no such route":  `{"route":7,"bytes":1}` + "\nx",
		"not by sending": `{"route":3,"bytes":1}` + "\nx",
	} {
		tool := &fakeDesktop{}
		_, err := (server{desktop: tool, limit: time.Second}).serve(t.Context(), strings.NewReader(in), io.Discard)
		if err == nil || strings.Contains(err.Error(), "canary") || tool.holds() != "" {
			t.Errorf("%s: error %v, the clipboard holds %q", name, err, tool.holds())
		}
	}
}
