package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/tui/clipboard"
)

// waiting is a fixture whose key was used 10 of 60 times, on fake time.
func waiting(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	f.board = &board{outcome: verified()}
	f.set(okKey, "usageCount", "10")
	f.set(okKey, "maxUsage", "60")
	return f
}

// enrolAfter lets connectors enrol with the key, so long from now.
func (f *fixture) enrolAfter(d time.Duration, times int) {
	f.t.Helper()
	text := f.text(okKey)
	time.AfterFunc(d, func() {
		for range times {
			if _, err := f.mock.Enrol(text); err != nil {
				f.t.Error(err)
			}
		}
	})
}

func TestWaitEndsWithTheUseAndSaysWhoseItWas(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.enrolAfter(12*time.Second, 1)
		start := time.Now()

		f.mustRun(exitDone, "copy", okKey, "--wait", "10m", "--timeout", "5s")

		if took := time.Since(start); took < 20*time.Second || took > 21*time.Second {
			t.Errorf("it took %v, want the second look after 10 s each", took)
		}
		want := okKey + " (native): Copied and verified. Clears in 45 s if unchanged.\n" +
			okKey + " was used: 11 of 60 (connector " + okKey + "-11).\n"
		if f.out.String() != want || f.err.Len() > 0 {
			t.Errorf("stdout %q, want %q; stderr %q", f.out.String(), want, f.err.String())
		}
	})
}

func TestSeveralWhoEnrolledAreNamedNewestFirst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.terminals[stderr] = true
		f.enrolAfter(time.Second, 5)

		f.mustRun(exitDone, "copy", okKey, "--wait", "1m")

		want := okKey + " was used: 15 of 60 (connectors " + okKey + "-15, " + okKey + "-14, " + okKey + "-13, 2 more).\n"
		if !strings.HasSuffix(f.out.String(), want) {
			t.Errorf("stdout %q, want %q", f.out.String(), want)
		}
		if f.err.String() != "provkeys: waiting 1m0s for a use of "+okKey+"\n" {
			t.Errorf("stderr is %q, want one note for a person", f.err.String())
		}

		f.enrolAfter(time.Second, 2)
		f.mustRun(exitDone, "copy", okKey, "--wait", "1m", "-o", "json")
		got := decode[copyResult](t, f.out.Bytes())
		if got.Used == nil || !*got.Used || got.Uses != 17 || got.MaxUses != 60 || got.Evidence != "verified" || len(got.Connectors) != 2 {
			t.Errorf("result is %+v", got)
		}
	})
}

func TestUseThatNobodyListsIsToldWithoutNames(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.intercept(func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/connector") {
				return response(http.StatusForbidden, refusal)
			}
			return nil
		})
		f.enrolAfter(time.Second, 1)

		f.mustRun(exitDone, "copy", okKey, "--wait", "1m")

		if want := okKey + " was used: 11 of 60.\n"; !strings.HasSuffix(f.out.String(), want) {
			t.Errorf("stdout %q, want %q", f.out.String(), want)
		}
	})
}

func TestWaitWithoutAUseIsAFailureWithANextStep(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		start := time.Now()

		f.mustRun(exitUnavailable, "copy", okKey, "--wait", "4s", "-o", "json")

		if took := time.Since(start); took < 4*time.Second || took > 5*time.Second {
			t.Errorf("it took %v, want a look at the end of 4 s", took)
		}
		got := decode[copyResult](t, f.out.Bytes())
		if got.Used == nil || *got.Used || got.Uses != 10 || got.Connectors == nil {
			t.Errorf("result is %+v", got)
		}
		fault := decode[struct {
			Error struct{ Kind, Message, Hint string }
		}](t, f.err.Bytes()).Error
		if fault.Kind != "not-used" || !strings.Contains(fault.Message, "not used within 4s: it has 10 of 60 uses") || fault.Hint == "" {
			t.Errorf("error is %+v", fault)
		}
		f.mustRun(exitUsage, "copy", okKey, "--wait", "-1s")
	})
}

func TestUseInAShortWaitIsSeenAtItsEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.enrolAfter(2*time.Second, 1)
		f.mustRun(exitDone, "copy", okKey, "--wait", "3s")
	})
}

func TestBackendThatIsAwayMeanwhileIsToldOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.terminals[stderr] = true
		_, id, _ := f.mock.FindKey(okKey)
		away := time.Now().Add(45 * time.Second)
		f.intercept(func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/provisioningKey/"+id) && time.Now().Before(away) {
				return response(http.StatusServiceUnavailable, "{}")
			}
			return nil
		})
		f.enrolAfter(30*time.Second, 1)

		f.mustRun(exitDone, "copy", okKey, "--wait", "5m")
		if got := f.err.String(); strings.Count(got, "could not be read and is tried again") != 1 || strings.Count(got, "\n") != 2 {
			t.Errorf("stderr is %q, want two lines", got)
		}

		away = time.Now().Add(time.Hour)
		f.mustRun(exitUnavailable, "copy", okKey, "--wait", "1m")
		if got := f.err.String(); !strings.Contains(got, "within 1m0s is not known") || !strings.Contains(got, "provkeys get "+okKey+" --field uses") {
			t.Errorf("stderr is %q", got)
		}
	})
}

func TestDeletedKeyEndsTheWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		kind, id, _ := f.mock.FindKey(okKey)
		time.AfterFunc(15*time.Second, func() { f.mock.DeleteKey(kind, id) })
		start := time.Now()

		f.mustRun(exitNotFound, "copy", okKey, "--wait", "10m")

		if took := time.Since(start); took > time.Minute || !strings.Contains(f.err.String(), "was deleted after it was copied") {
			t.Errorf("after %v stderr is %q", took, f.err.String())
		}
	})
}

func TestInterruptedWaitSaysWhatBecomesOfTheCopy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		outcome clipboard.Outcome
		after   time.Duration
		life    string
		says    string
	}{
		"cleared by a helper":     {verified(), 5 * time.Second, "45s", "clears from your clipboard in 40 s if unchanged"},
		"never cleared":           {verified(), 5 * time.Second, "0", "stays on your clipboard until you copy something else"},
		"cleared already":         {verified(), 50 * time.Second, "45s", "has been cleared"},
		"out of reach":            {clipboard.Outcome{Route: clipboard.RouteTmux, Evidence: clipboard.EvidenceBuffer, PassedOn: true}, 5 * time.Second, "45s", okKey + " is still on your clipboard; provkeys cannot clear it from here."},
		"by a command of its own": {clipboard.Outcome{Route: clipboard.RouteCommand}, 50 * time.Second, "45s", okKey + " is still on your clipboard; provkeys cannot clear it from here."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f := waiting(t)
				f.board.outcome = c.outcome
				ctx, interrupt := context.WithCancel(t.Context())
				f.ctx = ctx
				time.AfterFunc(c.after, interrupt)

				f.mustRun(exitInterrupted, "copy", okKey, "--wait", "10m", "--clear-after", c.life)

				if got := f.err.String(); !strings.Contains(got, `interrupted: "`+okKey+`" was copied and not used yet`) || !strings.Contains(got, c.says) {
					t.Errorf("stderr is %q, want %q", got, c.says)
				}
			})
		})
	}
}

func TestWaitingClearsTheTerminalWhenTheTimeIsUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.board = nil
		f.vars["SSH_TTY"] = "/dev/pts/1"
		f.enrolAfter(2*time.Minute, 1)

		f.mustRun(exitDone, "copy", okKey, "--wait", "10m")

		at := f.tty.writes
		if len(at) != 2 || at[1].Sub(at[0]) != 45*time.Second || !strings.HasSuffix(f.tty.String(), clipboard.Blank(clipboard.FormPlain)) {
			t.Errorf("it was written to at %v, want the blank after 45 s", at)
		}
		if !strings.Contains(f.out.String(), "Clears in 45 s while provkeys runs.") || f.err.Len() > 0 {
			t.Errorf("stdout %q, stderr %q", f.out.String(), f.err.String())
		}
	})
}

func TestWaitThatEndsBeforeTheClearingSaysThatTheCopyStays(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.board = nil
		f.vars["SSH_TTY"] = "/dev/pts/1"
		f.enrolAfter(time.Second, 1)

		f.mustRun(exitDone, "copy", okKey, "--wait", "10m")
		if want := "provkeys: " + okKey + " is still on your clipboard; provkeys cannot clear it from here.\n"; f.err.String() != want {
			t.Errorf("stderr is %q, want %q", f.err.String(), want)
		}
		f.mustRun(exitUnavailable, "copy", okKey, "--wait", "5s")
		if got := f.err.String(); !strings.Contains(got, "is still on your clipboard") {
			t.Errorf("stderr is %q, want what becomes of the copy", got)
		}
	})
}

func TestUnverifiedCopyIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.board.outcome = clipboard.Outcome{Route: clipboard.RouteCommand}
		start := time.Now()
		f.mustRun(exitClipboard, "copy", okKey, "--wait", "10m", "--require-verified")
		if took := time.Since(start); took > time.Second {
			t.Errorf("it took %v", took)
		}
	})
}
