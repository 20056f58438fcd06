package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
	"provkeys/client/changes"
	"provkeys/tui/style"
)

// watchLine is a line of "watch -o json".
type watchLine struct {
	Time       time.Time
	Event      string
	Kind       *string
	Name       *string
	ID         *string
	Group      *string
	Uses       *int64
	UsesBefore *int64 `json:"uses_before"`
	MaxUses    *int64 `json:"max_uses"`
	MaxBefore  *int64 `json:"max_uses_before"`
	Left       *int64
	State      *string
	Connectors []string
	Changes    []struct{ Field, Before, After string }
	Message    *string
}

// said is what happened to what.
func (l watchLine) said() string {
	switch {
	case l.Name != nil:
		return l.Event + " " + *l.Name
	case l.Kind != nil:
		return l.Event + " " + *l.Kind
	}
	return l.Event
}

// lines are those of the last run.
func (f *fixture) lines() []watchLine {
	f.t.Helper()
	var all []watchLine
	for line := range bytes.Lines(f.out.Bytes()) {
		all = append(all, decode[watchLine](f.t, line))
	}
	return all
}

// mustHappen fails the test unless the last run told exactly that, in order.
func (f *fixture) mustHappen(want ...string) {
	f.t.Helper()
	var got []string
	for _, l := range f.lines() {
		got = append(got, l.said())
	}
	if !slices.Equal(got, want) {
		f.t.Fatalf("it tells %q, want %q\nstderr: %s", got, want, f.err.String())
	}
}

// called counts the calls to a path since the fixture was made.
func (f *fixture) called(part string) int {
	n := 0
	for _, r := range f.mock.Requests() {
		if strings.Contains(r.Path, part) {
			n++
		}
	}
	return n
}

func TestWatchTellsWhatHappenedWithItsNumbers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.set(okKey, "maxUsage", "12")
		time.AfterFunc(5*time.Second, func() { f.set(okKey, "maxUsage", "15") })
		f.enrolAfter(40*time.Second, 2)
		kind, id, _ := f.mock.FindKey(usedUpKey)
		time.AfterFunc(70*time.Second, func() { f.mock.DeleteKey(kind, id) })
		start := time.Now()

		f.mustRun(exitDone, "watch", "--for", "2m", "-o", "json")

		if took := time.Since(start); took < 2*time.Minute || took > 121*time.Second {
			t.Errorf("it took %v, want 2m", took)
		}
		f.mustHappen("raised "+okKey, "enrolled "+okKey, "nearly used up "+okKey, "deleted "+usedUpKey)
		lines := f.lines()
		raised, enrolled, gone := lines[0], lines[1], lines[3]
		if *raised.MaxBefore != 12 || *raised.MaxUses != 15 || len(raised.Changes) != 1 || raised.Connectors == nil {
			t.Errorf("raised is %+v", raised)
		}
		if *enrolled.UsesBefore != 10 || *enrolled.Uses != 12 || *enrolled.Left != 3 || *enrolled.State != "nearly used up" ||
			!slices.Equal(enrolled.Connectors, []string{okKey + "-12", okKey + "-11"}) || enrolled.Message != nil {
			t.Errorf("enrolled is %+v", enrolled)
		}
		if *gone.ID != id || *gone.Kind != "app-connector" || gone.Time.Location() != time.UTC {
			t.Errorf("deleted is %+v", gone)
		}
		if f.err.Len() > 0 {
			t.Errorf("stderr is %q", f.err.String())
		}
	})
}

func TestWatchOfANewKeyTellsWhatItIs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		out := &bytes.Buffer{}
		time.AfterFunc(5*time.Second, func() {
			other := *f
			other.stdout, other.out, other.err = nil, bytes.Buffer{}, bytes.Buffer{}
			if code := other.run("create", "new-1", "--like", okKey, "--max-uses", "9"); code != 0 {
				t.Errorf("create ends with %d: %s", code, other.err.String())
			}
		})
		f.stdout = out

		f.mustRun(exitDone, "watch", "--for", "30s", "-o", "json")

		l := decode[watchLine](t, out.Bytes())
		if l.said() != "created new-1" || l.UsesBefore != nil || l.MaxBefore != nil || *l.Uses != 0 || *l.MaxUses != 9 || *l.Group == "" {
			t.Errorf("it says %s", out)
		}
	})
}

func TestWatchForPeopleAndForPipes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.set(okKey, "maxUsage", "12")
		f.terminals[stdout], f.terminals[stderr], f.cells = true, true, 120
		f.vars["NO_COLOR"] = "1"
		f.enrolAfter(time.Second, 2)

		f.mustRun(exitDone, "watch", okKey, "--for", "10s")

		clock := time.Now().Format(time.TimeOnly)
		want := clock + "  enrolled        app-connector/ap-east-1-asg  10/12 → 12/12, 0 left, by ap-east-1-asg-12, ap-east-1-asg-11\n" +
			clock + "  used up         app-connector/ap-east-1-asg  12/12\n"
		if f.out.String() != want {
			t.Errorf("stdout is\n%s\nwant\n%s", f.out.String(), want)
		}
		if want := "provkeys: watching 1 key for 10s, every 30s; ctrl+c ends\n"; f.err.String() != want {
			t.Errorf("stderr is %q, want %q", f.err.String(), want)
		}

		f.terminals = map[stream]bool{}
		time.AfterFunc(time.Second, func() { f.set(okKey, "name", "tab\there\x1b[2J") })
		f.mustRun(exitDone, "watch", okKey, "--for", "10s")
		want = time.Now().Format(time.RFC3339) + "\trenamed\tapp-connector/tab\\there\\x1b[2J\twas ap-east-1-asg, used up\n"
		if f.out.String() != want || f.err.Len() > 0 {
			t.Errorf("stdout is %q, want %q; stderr %q", f.out.String(), want, f.err.String())
		}
	})
}

func TestWatchedNumbersThatLeaveTheFilterAreNoDeletion(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t) // 10 of 60
		f.set(okKey, "name", "watched-1")
		time.AfterFunc(5*time.Second, func() { f.set("watched-1", "usageCount", "50") })  // begins to fit
		time.AfterFunc(35*time.Second, func() { f.set("watched-1", "maxUsage", "600") })  // ceases to
		time.AfterFunc(65*time.Second, func() { f.set("watched-1", "usageCount", "51") }) // fits neither before nor after

		f.mustRun(exitDone, "watch", "--filter", "watched used>=80%", "--for", "2m", "-o", "json")

		f.mustHappen("enrolled watched-1", "nearly used up watched-1", "raised watched-1")
	})
}

func TestOutageIsOneLineAndItsChangesFollow(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		begin := time.Now()
		f.intercept(func(*http.Request) *http.Response {
			if since := time.Since(begin); since > 10*time.Second && since < 270*time.Second {
				return response(http.StatusBadGateway, "<html>3|mock.example|"+strings.Repeat("FAKEfake", 48)+"</html>")
			}
			return nil
		})
		f.terminals[stderr] = true
		f.enrolAfter(2*time.Minute, 1)

		f.mustRun(exitDone, "watch", okKey, "--for", "6m", "-o", "json")

		f.mustHappen("unavailable", "back", "enrolled "+okKey)
		lines := f.lines()
		if m := *lines[0].Message; !strings.Contains(m, "the backend does not answer since "+clockTime(begin.Add(30*time.Second))+": the API answered 502") ||
			!strings.HasSuffix(m, "; next try in 2s") || strings.Contains(m, "FAKE") {
			t.Errorf("unavailable says %q", m)
		}
		if m := *lines[1].Message; !strings.Contains(m, "after 4m") {
			t.Errorf("back says %q", m)
		}
		if got := strings.Count(f.err.String(), "\n"); got != 1 {
			t.Errorf("stderr is %q, want one line", f.err.String())
		}
	})
}

func TestBackendThatHangsEndsAReadingAndNotTheWatch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		begin := time.Now()
		next := f.mock.Transport()
		f.transport = roundTripper(func(r *http.Request) (*http.Response, error) {
			if since := time.Since(begin); since > 10*time.Second && since < 2*time.Minute {
				<-r.Context().Done()
				return nil, r.Context().Err()
			}
			return next.RoundTrip(r)
		})

		f.mustRun(exitDone, "watch", "--for", "10m", "--timeout", "20s", "-o", "json")

		f.mustHappen("unavailable", "back")
		if m := *f.lines()[0].Message; !strings.Contains(m, "no answer came in time") {
			t.Errorf("unavailable says %q", m)
		}
	})
}

func TestKindThatFailsIsToldOnceAndKeepsItsKeys(t *testing.T) {
	t.Parallel()
	for status, event := range map[int]string{http.StatusForbidden: "no permission", http.StatusInternalServerError: "500"} {
		synctest.Test(t, func(t *testing.T) {
			f := waiting(t)
			begin := time.Now()
			f.intercept(func(r *http.Request) *http.Response {
				if since := time.Since(begin); since > 10*time.Second && since < 3*time.Minute {
					return failing("SERVICE_EDGE_GRP", status, denial)(r)
				}
				return nil
			})
			f.enrolAfter(time.Minute, 1)

			f.mustRun(exitDone, "watch", "--for", "10m", "-o", "json")

			f.mustHappen("unavailable service-edge", "enrolled "+okKey, "back service-edge")
			if m := *f.lines()[0].Message; !strings.Contains(m, fmt.Sprint(status)) {
				t.Errorf("%s: unavailable says %q", event, m)
			}
		})
	}
}

func TestKindThatAnswersLaterIsNotAllNew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		begin := time.Now()
		f.intercept(func(r *http.Request) *http.Response {
			if time.Since(begin) < time.Minute {
				return failing("NP_ASSISTANT_GRP", http.StatusUnauthorized, denial)(r)
			}
			return nil
		})

		f.mustRun(exitDone, "watch", "--for", "11m", "-o", "json")

		f.mustHappen("back network-connector")
		if got := f.err.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "network-connector") {
			t.Errorf("stderr is %q, want a line about what is not watched", got)
		}
	})
}

// listWithout answers for the list of a kind as if some keys were in none of its pages.
func listWithout(kind string, cut func() bool) func(*http.Request) *http.Response {
	return func(r *http.Request) *http.Response {
		if cut() && strings.HasSuffix(r.URL.Path, kind+"/provisioningKey") {
			return response(http.StatusOK, `{"totalPages":"1","totalCount":"0","list":[]}`)
		}
		return nil
	}
}

func TestKeyThatAListLacksIsNotDeletedWhileItCanBeRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		begin := time.Now()
		lacking := func() bool { s := time.Since(begin); return s > 10*time.Second && s < 80*time.Second }
		f.intercept(listWithout(appKind, lacking))
		kind, id, _ := f.mock.FindKey(usedUpKey)
		time.AfterFunc(100*time.Second, func() { f.mock.DeleteKey(kind, id) })
		f.set("ap-east-1-asg", "usageCount", "10")

		f.mustRun(exitDone, "watch", "--for", "5m", "-o", "json")

		f.mustHappen("deleted " + usedUpKey)
		if got := f.called("/provisioningKey/"); got > 2*goneAsked+1 {
			t.Errorf("%d keys were looked for, want %d in each of two readings, and the one that is gone", got, goneAsked)
		}
	})
}

func TestManyThatGoAtOnceAreAllToldInTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		names := f.mock.KeyNames()[:12]
		time.AfterFunc(time.Second, func() {
			for _, name := range names {
				kind, id, _ := f.mock.FindKey(name)
				f.mock.DeleteKey(kind, id)
			}
		})

		f.mustRun(exitDone, "watch", "--for", "2m", "-o", "json")

		if got := f.lines(); len(got) != len(names) || got[0].Event != "deleted" || got[goneAsked].Time.Equal(got[0].Time) {
			t.Errorf("it says %s", f.out.String())
		}
	})
}

func TestListThatBreaksOffDeletesNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		begin := time.Now()
		f.intercept(func(r *http.Request) *http.Response {
			if time.Since(begin) < 10*time.Second || !strings.HasSuffix(r.URL.Path, appKind+"/provisioningKey") {
				return nil
			}
			if r.URL.Query().Get("page") == "1" {
				return response(http.StatusOK, `{"totalPages":"2","totalCount":"900","list":[]}`)
			}
			return response(http.StatusBadRequest, `{"id":"bad.request"}`)
		})

		f.mustRun(exitDone, "watch", "--for", "3m", "-o", "json")

		f.mustHappen("unavailable app-connector")
	})
}

func TestAnHourOfWatchingLeavesOthersMostOfTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.intercept(failing("NP_ASSISTANT_GRP", http.StatusForbidden, denial))

		f.mustRun(exitDone, "watch", "--for", "1h")

		// Three kinds answer 121 times; the certificates are read every 5 minutes.
		if got, want := f.called("/provisioningKey"), 3*121; got != want {
			t.Errorf("keys were asked for %d times, want %d", got, want)
		}
		if got := f.called("/enrollmentCert"); got > 13 {
			t.Errorf("certificates were asked for %d times", got)
		}
		if got := f.called("/signin"); got > 2 {
			t.Errorf("it signed in %d times", got)
		}
	})
}

func TestBackendThatIsAwayIsCalledSeldom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		begin, calls := time.Now(), 0
		next := f.mock.Transport()
		f.transport = roundTripper(func(r *http.Request) (*http.Response, error) {
			if time.Since(begin) < 10*time.Second {
				return next.RoundTrip(r)
			}
			calls++
			return nil, errors.New("connection refused")
		})

		f.mustRun(exitDone, "watch", "--for", "1h")

		if most := 4 * 120; calls > most { // four tries every 30 s
			t.Errorf("it was called %d times, want %d at most", calls, most)
		}
		if got := strings.Count(f.out.String(), "\n"); got != 1 {
			t.Errorf("stdout is %q, want one line", f.out.String())
		}
	})
}

func TestExpiredTokenIsRenewedAndARefusedSignInEndsTheWatch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		time.AfterFunc(40*time.Second, f.mock.ExpireTokens)
		f.mustRun(exitDone, "watch", "--for", "2m", "-o", "json")
		f.mustHappen()

		time.AfterFunc(40*time.Second, func() { f.mock.SetSecret("another"); f.mock.ExpireTokens() })
		start := time.Now()
		f.mustRun(exitSignIn, "watch", "-o", "json")
		if took := time.Since(start); took > 62*time.Second || !strings.Contains(f.err.String(), `"kind":"sign-in"`) {
			t.Errorf("after %v stderr is %q", took, f.err.String())
		}
	})
}

func TestSleepingMachineSaysHowLongItWasBlind(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.enrolAfter(45*time.Second, 1)
		begin := time.Now()
		a := f.app()
		a.now = func() time.Time { // 50 seconds on, two hours are gone
			if now := time.Now(); now.Sub(begin) > 50*time.Second {
				return now.Add(2 * time.Hour)
			}
			return time.Now()
		}
		ctx, interrupt := context.WithCancel(t.Context())
		time.AfterFunc(80*time.Second, interrupt)

		if code := a.run(ctx, []string{"watch", "-o", "json"}); code != int(exitInterrupted) {
			t.Fatalf("exit %d, stderr %s", code, f.err.String())
		}

		f.mustHappen("resumed", "enrolled "+okKey)
		if m := *f.lines()[0].Message; !strings.Contains(m, "nothing was read for 2h0m30s") {
			t.Errorf("resumed says %q", m)
		}
	})
}

func TestInterruptEndsAWatchWithoutAWord(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, after := range []time.Duration{45 * time.Second, 30*time.Second + time.Millisecond} {
			f := newFixture(t)
			hang := func(r *http.Request) (*http.Response, error) { // a reading is under way in the second case
				if after < 31*time.Second && r.Method == http.MethodGet && f.called("/provisioningKey") >= 4 {
					<-r.Context().Done()
					return nil, r.Context().Err()
				}
				return f.mock.Transport().RoundTrip(r)
			}
			f.transport = roundTripper(hang)
			ctx, interrupt := context.WithCancel(t.Context())
			f.ctx = ctx
			time.AfterFunc(after, interrupt)

			f.mustRun(exitInterrupted, "watch", "-o", "json")

			if f.out.Len() > 0 || f.err.Len() > 0 {
				t.Errorf("stdout %q, stderr %q", f.out.String(), f.err.String())
			}
		}
	})
}

// closed is a pipe whose reader has gone.
type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestWatchEndsWithItsReader(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		f.stdout = closed{}
		f.enrolAfter(time.Second, 1)
		f.mustRun(exitError, "watch")
	})
}

func TestWatchThatCannotBeginSaysWhy(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		for _, c := range []struct {
			code exitCode
			args []string
			says string
		}{
			{exitNotFound, []string{"no-such-key"}, "there is no key"},
			{exitUsage, []string{okKey, "--filter", "x"}, "not both"},
			{exitUsage, []string{""}, "NAME is empty"},
			{exitUsage, []string{"--every", "9s"}, "--every 10s or more"},
			{exitUsage, []string{"--for", "0s"}, "write it as 10m"},
			{exitUsage, []string{"--for", "-1s"}, "write it as 10m"},
			{exitUsage, []string{"-o", "yaml"}, "watch does not write yaml"},
			{exitUsage, []string{"-o", "name"}, "-o json, table or tsv"},
			{exitUsage, []string{"--with-secrets"}, "writes no key texts"},
			{exitUsage, []string{"--filter", "used>"}, "the filter cannot be read"},
		} {
			f.mustRun(c.code, append([]string{"watch"}, c.args...)...)
			if !strings.Contains(f.err.String(), c.says) {
				t.Errorf("%q: stderr is %q, want %q", c.args, f.err.String(), c.says)
			}
		}
		f.vars["PROVKEYS_OUTPUT"] = "yaml" // meant for other commands
		f.mustRun(exitDone, "watch", "--for", "1s")

		f.intercept(failing("NP_ASSISTANT_GRP", http.StatusForbidden, denial))
		f.mustRun(exitError, "watch", "--kind", "network-connector")
		f.intercept(func(*http.Request) *http.Response { return response(http.StatusServiceUnavailable, "{}") })
		f.mustRun(exitUnavailable, "watch")
	})
}

func TestWatchNeverWritesAKeyText(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := waiting(t)
		opaque := strings.Split(f.text(okKey), "|")[2]
		f.enrolAfter(time.Second, 1)
		time.AfterFunc(2*time.Second, func() { f.set(okKey, "exportable", false) })
		for _, format := range []string{"json", "tsv", "table"} {
			f.mustRun(exitDone, "watch", "--for", "10s", "-o", format)
			if strings.Contains(f.out.String()+f.err.String(), opaque[:12]) {
				t.Errorf("-o %s writes the key text", format)
			}
		}
	})
}

func TestExamplesOfWatchEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		for _, name := range []string{"eu-west-1-asg", "eu-west-1-blue"} {
			if _, _, there := f.mock.FindKey(name); !there {
				f.set(f.mock.KeyNames()[len(name)], "name", name)
			}
		}
		f.mustRun(exitDone, "watch", "--help")
		_, examples, _ := strings.Cut(f.out.String(), "Examples:\n")
		examples, _, _ = strings.Cut(examples, "\n\n")
		lines := strings.Split(examples, "\n")
		if len(lines) < 4 {
			t.Fatalf("the examples are %q", examples)
		}
		for _, line := range lines {
			args := words(t, remark.ReplaceAllString(strings.TrimSpace(line), ""))
			code := exitDone
			ctx, interrupt := context.WithCancel(t.Context())
			if !slices.Contains(args, "--for") { // its remark says how it ends
				code = exitInterrupted
				time.AfterFunc(time.Minute, interrupt)
			}
			f.ctx = ctx
			f.mustRun(code, args[1:]...)
			interrupt()
		}
	})
}

func TestNamesOfOneKindAskForNoOther(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		time.AfterFunc(time.Second, func() { f.set(usedUpKey, "maxUsage", "999") })

		f.mustRun(exitDone, "watch", okKey, "--for", "5m", "-o", "json")

		f.mustHappen()
		if got := f.called("/SERVICE_EDGE_GRP/"); got != 1 {
			t.Errorf("service edges were asked for %d times, want once, to find the name", got)
		}
	})
}

func TestRateLimitIsToldOnceInAWatch(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.terminals[stderr] = true
		begin, limited := time.Now(), false
		f.intercept(func(r *http.Request) *http.Response {
			if time.Since(begin) < 10*time.Second || limited || !strings.Contains(r.URL.Path, appKind) {
				return nil
			}
			limited = true
			resp := response(http.StatusTooManyRequests, "{}")
			resp.Header.Set("Retry-After", "8s")
			return resp
		})

		f.mustRun(exitDone, "watch", "--for", "2m", "-o", "json")

		f.mustHappen()
		if got := f.err.String(); strings.Count(got, "rate limit") != 1 || strings.Count(got, "\n") != 2 {
			t.Errorf("stderr is %q", got)
		}
	})
}

func TestNarrowTerminalCutsTheNameAndBreaksTheWords(t *testing.T) {
	t.Parallel()
	k := client.Key{Kind: client.AppConnector, ID: "1", Name: strings.Repeat("long-", 20), Uses: 53, MaxUses: 60}
	was := k
	was.Uses = 52
	for _, h := range []happening{
		{event: eventUnavailable, kind: client.ServiceEdge, words: strings.Repeat("words ", 12)},
		{event: eventUnavailable, words: strings.Repeat("words ", 24)},
		{
			event: string(changes.Enrolled), kind: k.Kind, by: []string{"ip-10-0-0-7"},
			change: changes.Change{Event: changes.Enrolled, Before: was, After: k},
		},
	} {
		out := &bytes.Buffer{}
		tell := &teller{app: &app{out: out}, format: formatTable, look: tableLook{width: 80}, widest: 90}

		if err := tell.line(h); err != nil {
			t.Fatal(err)
		}

		lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
		for _, line := range lines {
			if cells := style.Width(line); cells > 80 {
				t.Errorf("%d cells: %q", cells, line)
			}
		}
		if indent := strings.Repeat(" ", 26); len(lines) < 2 || !strings.HasPrefix(lines[1], indent) {
			t.Errorf("the words are not below each other: %q", lines)
		}
	}
}
