package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/mockserver"
)

func TestSeveralKeysAreChangedInTurnAndOneFailureLeavesTheOthers(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.limits("10", okKey, usedUpKey, "gru-lab")
	f.set(usedUpKey, "zscalerManaged", true)

	f.mustRun(exitRefused, "set-max", okKey, usedUpKey, "gru-lab", "+5", "--yes")

	want := okKey + ": max uses 10 → 15 (15 left)\n" +
		usedUpKey + ": failed: the key is managed by Zscaler, and the API refuses to change it\n" +
		"gru-lab: max uses 10 → 15 (15 left)\n"
	if f.out.String() != want {
		t.Errorf("stdout is %q, want %q", f.out.String(), want)
	}
	if !strings.HasPrefix(f.err.String(), `provkeys: 2 of 3 keys were changed, 1 failed; "`+usedUpKey+`": `) {
		t.Errorf("stderr is %q", f.err.String())
	}
	if f.field(okKey, "maxUsage") != "15" || f.field(usedUpKey, "maxUsage") != "10" || f.field("gru-lab", "maxUsage") != "15" {
		t.Error("the tenant holds something else")
	}
}

func TestAProgramGetsAListOfResults(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.limits("10", okKey, usedUpKey)
	f.set(usedUpKey, "usageCount", "9")

	f.mustRun(exitUsage, "set-max", okKey, usedUpKey, "5", "--yes", "-o", "json")

	got := decode[[]outcomeLine](t, f.out.Bytes())
	if len(got) != 2 || got[0].Result != "done" || got[1].Result != "failed" {
		t.Fatalf("results are %+v", got)
	}
	if c := got[0].Changes; len(c) != 1 || c[0].Field != "max_uses" || c[0].Before != "10" || c[0].After != "5" || got[0].Error != nil {
		t.Errorf("what was done is %+v", got[0])
	}
	if e := got[1].Error; e == nil || e.Code != 2 || e.Kind != "usage" || e.Hint == "" || !strings.Contains(e.Message, "used 9 times") {
		t.Errorf("what failed is %+v", e)
	}
	if e := decode[struct{ Error struct{ Code int } }](t, f.err.Bytes()); e.Error.Code != 2 {
		t.Errorf("stderr is %s", f.err.String())
	}
}

func TestAFilterChangesWhatItFitsAndNothingWhereThatIsNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)

	f.mustRun(exitNotFound, "set-max", "--filter", "name:nobody", "+5", "--yes")
	f.mustRun(exitUsage, "set-max", "--filter", "", "+5", "--yes")
	f.mustRun(exitUsage, "set-max", "--filter", " ", "+5", "--yes")
	f.mustRun(exitUsage, "set-max", "--filter", "name:ap", okKey, "+5", "--yes")
	f.mustRun(exitUsage, "set-max", "+5")
	if got := f.writes(); got != nil {
		t.Fatalf("writes were sent: %v", got)
	}

	f.limits("10", okKey, usedUpKey)
	f.mustRun(exitDone, "set-max", "--filter", "name:ap-east-1", "+5", "--yes")
	if f.field(okKey, "maxUsage") != "15" || f.field(usedUpKey, "maxUsage") != "15" || len(f.writes()) != 2 {
		t.Errorf("%v, stdout %s", f.writes(), f.out.String())
	}
	if f.err.String() != "provkeys: 2 of 2 keys were changed\n" {
		t.Errorf("stderr is %q", f.err.String())
	}
}

func TestAKeyNamedTwiceIsRaisedOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.limits("10", okKey)

	f.mustRun(exitDone, "set-max", okKey, "app-connector/"+okKey, "+5", "--yes")

	if got := f.field(okKey, "maxUsage"); got != "15" {
		t.Errorf("max uses are %v", got)
	}
}

func TestSeveralKeysAreShownAndAskedAbout(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.limits("10", okKey, usedUpKey)

	f.mustRun(exitRefused, "set-max", okKey, usedUpKey, "60")
	if got := f.err.String(); !strings.Contains(got, "2 keys would be changed") || !strings.Contains(got, "--yes") {
		t.Errorf("stderr is %q", got)
	}
	f.attended("n")
	f.mustRun(exitRefused, "set-max", okKey, usedUpKey, "60")
	f.attended()
	f.mustRun(exitRefused, "set-max", "--filter", "name="+okKey, "60")
	if got := f.writes(); got != nil {
		t.Fatalf("writes were sent: %v", got)
	}

	f.attended("y")
	f.mustRun(exitDone, "set-max", okKey, usedUpKey, "60")
	want := "2 keys: max uses 60\n  " + okKey + "   app-connector      0/10\n  " + usedUpKey + "  app-connector      0/10\nChange 2 keys? [y/N] "
	if f.tty.String() != want {
		t.Errorf("the terminal shows %q, want %q", f.tty.String(), want)
	}
	if f.field(usedUpKey, "maxUsage") != "60" {
		t.Error("nothing was changed")
	}
}

func TestALongListIsCutBeforeTheQuestion(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.attended("no")

	f.mustRun(exitRefused, "set-max", "--filter", "!is:managed", "+1")

	shown := f.tty.String()
	if n := strings.Count(shown, "\n"); n != maxListed+2 || !strings.Contains(shown, "… and ") {
		t.Errorf("%d lines are shown: %s", n, shown)
	}
	if strings.ContainsAny(shown, "\x1b\u202e\u009b\r\t") {
		t.Errorf("a name acts on the terminal: %q", shown)
	}
}

func TestInterruptStopsBetweenTwoKeys(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.limits("10", okKey, usedUpKey, "gru-lab")
	ctx, interrupt := context.WithCancel(t.Context())
	f.ctx = ctx
	f.intercept(func(r *http.Request) *http.Response {
		if r.Method == http.MethodPut {
			interrupt() // while the first is on its way
		}
		return nil
	})

	f.mustRun(exitInterrupted, "set-max", okKey, usedUpKey, "gru-lab", "+5", "--yes", "-o", "json")

	got := outcomes(decode[[]outcomeLine](t, f.out.Bytes()))
	if got[okKey] != "done" || got[usedUpKey] != "not reached" || got["gru-lab"] != "not reached" {
		t.Errorf("results are %v", got)
	}
	if f.field(okKey, "maxUsage") != "15" || f.field(usedUpKey, "maxUsage") != "10" || len(f.writes()) != 1 {
		t.Errorf("%d writes were sent", len(f.writes()))
	}
	if !strings.Contains(f.err.String(), "raised twice") {
		t.Errorf("stderr is %q, want that +5 must not be run again on all", f.err.String())
	}
	if len(f.journalled()) != 1 {
		t.Errorf("the journal holds %+v", f.journalled())
	}
}

func TestABackendThatDiesEndsTheRest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.limits("10", okKey, usedUpKey, "gru-lab")
		puts := 0
		f.intercept(func(r *http.Request) *http.Response {
			if r.Method == http.MethodPut {
				puts++
			}
			if puts > 1 {
				return response(http.StatusBadGateway, "{}")
			}
			return nil
		})

		f.mustRun(exitUnavailable, "set-max", okKey, usedUpKey, "gru-lab", "60", "--yes", "-o", "json")

		got := outcomes(decode[[]outcomeLine](t, f.out.Bytes()))
		if got[okKey] != "done" || got[usedUpKey] != "failed" || got["gru-lab"] != "not reached" {
			t.Errorf("results are %v", got)
		}
	})
}

func TestTheTimeoutIsForEachKeyAndTheRateLimitIsKept(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		mock, err := mockserver.New(mockserver.Options{Seed: 1, RateLimit: true})
		if err != nil {
			t.Fatal(err)
		}
		f.mock, f.transport = mock, mock.Transport()
		start := time.Now()

		f.mustRun(exitDone, "set-max", "--filter", "!is:managed kind:app max<1000", "+5", "--yes", "--timeout", "3s")

		if took := time.Since(start); len(f.writes()) < 15 || took < 10*time.Second {
			t.Errorf("%d keys took %v: the test is blind", len(f.writes()), took)
		}
		for _, r := range mock.Requests() {
			if r.Status == http.StatusTooManyRequests {
				t.Fatalf("%s %s was refused by the rate limit", r.Method, r.Path)
			}
		}
	})
}

func TestADryRunOfSeveralSendsNothing(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.limits("10", okKey, usedUpKey)
	f.set(okKey, "uiConfig", "a\u202eb")

	f.mustRun(exitDone, "set-max", okKey, usedUpKey, "+5", "--dry-run", "-o", "json", "--read-only")

	got := decode[[]outcomeLine](t, f.out.Bytes())
	if len(got) != 2 || got[0].Result != "would be done" || got[0].Request == nil || got[0].Request.Method != http.MethodPut || got[0].Request.Body["maxUsage"] != "15" {
		t.Errorf("results are %+v", got)
	}
	f.mustRun(exitDone, "set-max", okKey, "10", "--dry-run")
	if !strings.Contains(f.out.String(), "as asked") && !strings.Contains(f.out.String(), "10 already") || strings.Contains(f.out.String(), "PUT") {
		t.Errorf("stdout is %q, want that nothing would be sent", f.out.String())
	}
	f.mustRun(exitDone, "set-max", okKey, "12", "--dry-run")
	if !strings.Contains(f.out.String(), `"maxUsage": "12"`) || strings.Contains(f.out.String(), "\u202e") {
		t.Errorf("stdout is %q", f.out.String())
	}
	if f.writes() != nil || f.field(okKey, "maxUsage") != "10" {
		t.Errorf("writes were sent: %v", f.writes())
	}
}

func TestTheTimeoutOfOneKeyIsForTheWholeCommand(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code  exitCode
		names []string
	}{{exitUnavailable, []string{okKey}}, {exitDone, []string{okKey, usedUpKey}}} {
		synctest.Test(t, func(t *testing.T) {
			f := newFixture(t)
			f.limits("10", okKey, usedUpKey)
			f.intercept(func(*http.Request) *http.Response {
				time.Sleep(time.Second)
				return nil
			})
			f.mustRun(c.code, append([]string{"set-max", "--yes", "--timeout", "4s", "--"}, append(c.names, "+1")...)...)
		})
	}
}
