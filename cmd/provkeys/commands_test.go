package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
)

const (
	denial  = `{"id":"authz.featureflag.permission.denied","reason":"not in this tenant"}`
	refusal = `{"id":"access.denied","reason":"wrong pair"}`
)

func TestDeniedKindIsALineAndNoFailure(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.intercept(failing("NP_ASSISTANT_GRP", 401, denial))

	f.mustRun(exitDone, "list", "-o", "name")

	if !strings.Contains(f.out.String(), "app-connector/"+okKey+"\n") {
		t.Error("the other kinds are not listed")
	}
	if got := f.err.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "network-connector") {
		t.Errorf("stderr is %q, want one line about the kind", got)
	}
	f.mustRun(exitError, "list", "--kind", "network-connector")
	f.mustRun(exitDone, "get", okKey)
}

func TestATenantWhereNothingMayBeSeenIsAnError(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["ZPA_CUSTOMER_ID"] = "216196257331281920" // somebody else's

	f.mustRun(exitError, "list", "-o", "name")

	if got := f.err.String(); !strings.Contains(got, "check the customer id") {
		t.Errorf("stderr is %q", got)
	}
}

func TestATextThatWillNotEnrolIsHandedOutWithAWarning(t *testing.T) {
	t.Parallel()
	f := newFixture(t)

	f.mustRun(exitDone, "get", usedUpKey, "--field", "key")

	if got := f.err.String(); !strings.Contains(got, "is used up: its text will not enrol") {
		t.Errorf("stderr is %q", got)
	}
}

func TestATerminalThatCannotShowTheConsoleIsRefused(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.terminals[stdin], f.terminals[stdout] = true, true
	for _, name := range []string{"", "dumb"} {
		f.vars["TERM"] = name
		f.mustRun(exitUsage)
		f.mustRun(exitUsage, "demo")
	}
}

func TestFailedKindLeavesTheRestAndSaysSo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.intercept(failing("SERVICE_EDGE_GRP", 500, "<html><h1>Bad \x1b[2JGateway</h1></html>"))

		f.mustRun(exitUnavailable, "list", "-o", "name")

		if !strings.Contains(f.out.String(), "app-connector/"+okKey+"\n") {
			t.Error("the other kinds are not listed")
		}
		if got := f.err.String(); !strings.Contains(got, "service-edge") || strings.Contains(got, "\x1b") {
			t.Errorf("stderr is %q", got)
		}
		f.mustRun(exitUnavailable, "get", okKey)
		if got := f.err.String(); !strings.Contains(got, "app-connector/"+okKey) {
			t.Errorf("stderr is %q, want how to name the key", got)
		}
		f.mustRun(exitDone, "get", "app-connector/"+okKey)
	})
}

func TestMovedTenantIsToldWhatToSet(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	calls := 0
	f.intercept(func(*http.Request) *http.Response {
		calls++
		return response(http.StatusBadRequest, "Access is possible only through Zscaler OneAPI")
	})

	f.mustRun(exitSignIn, "list")

	if !strings.Contains(f.err.String(), "ZSCALER_CLIENT_ID") || calls != 1 {
		t.Errorf("stderr is %q after %d calls", f.err.String(), calls)
	}
}

func TestTimeoutEndsTheWholeCommand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.intercept(failing(appKind, http.StatusServiceUnavailable, "{}"))
		start := time.Now()

		f.mustRun(exitUnavailable, "list", "--timeout", "1s", "--kind", "app-connector")

		if took := time.Since(start); took > time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestInterruptEndsWith130(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.intercept(failing(appKind, http.StatusServiceUnavailable, "{}"))
		ctx, interrupt := context.WithCancel(t.Context())
		f.ctx = ctx
		time.AfterFunc(100*time.Millisecond, interrupt)

		f.mustRun(exitInterrupted, "get", okKey, "-o", "json")

		if !strings.Contains(f.err.String(), `"code":130,"kind":"interrupted"`) {
			t.Errorf("stderr is %q", f.err.String())
		}
	})
}

func TestLongWaitIsToldOnceAndToPeopleAlone(t *testing.T) {
	t.Parallel()
	for _, person := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			f := newFixture(t)
			f.terminals[stderr] = person
			limited := map[string]bool{}
			next := f.mock.Transport()
			f.transport = roundTripper(func(r *http.Request) (*http.Response, error) {
				if !strings.Contains(r.URL.Path, "provisioningKey") || limited[r.URL.Path] {
					return next.RoundTrip(r)
				}
				limited[r.URL.Path] = true
				resp := response(http.StatusTooManyRequests, "{}")
				resp.Header.Set("Retry-After", "8s")
				return resp, nil
			})

			f.mustRun(exitDone, "list", "--kind", "app-connector", "-o", "name")

			want := ""
			if person {
				want = "provkeys: waiting 8s: rate limit\n"
			}
			if f.err.String() != want {
				t.Errorf("stderr is %q, want %q", f.err.String(), want)
			}
		})
	}
}

func TestWaitsThatOverlapAreToldOnce(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	a := &app{err: &f.err, isTerminal: func(stream) bool { return true }, now: func() time.Time { return noon }}

	for range 4 {
		a.tellWait(client.Wait{For: 8 * time.Second, Cause: client.ErrRateLimited})
	}
	a.tellWait(client.Wait{For: time.Second})
	a.tellWait(client.Wait{For: 20 * time.Second, Cause: client.ErrUnavailable})

	if got := strings.Count(f.err.String(), "\n"); got != 2 {
		t.Errorf("%d lines were told: %s", got, f.err.String())
	}
}

func TestTerminalGetsATableAndAPipeDoesNot(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.terminals[stdout], f.cells = true, 80

	f.mustRun(exitDone, "list")
	if !strings.Contains(f.out.String(), "\x1b[") || !strings.Contains(f.out.String(), "NAME") {
		t.Error("the terminal gets no coloured table")
	}
	f.mustRun(exitDone, "get", okKey)
	if !strings.Contains(f.out.String(), "max_uses:") {
		t.Error("the terminal gets no block")
	}
	f.mustRun(exitDone, "get", okKey, "--field", "key")
	if !strings.HasSuffix(f.out.String(), "\n") {
		t.Error("a person gets no line")
	}

	for name, args := range map[string][]string{"NO_COLOR": nil, "PROVKEYS_NO_COLOR": nil, "": {"--no-color"}} {
		f.vars["NO_COLOR"], f.vars["PROVKEYS_NO_COLOR"] = "", ""
		f.vars[name] = "true"
		f.mustRun(exitDone, append([]string{"list"}, args...)...)
		if strings.Contains(f.out.String(), "\x1b[") {
			t.Errorf("%s%v leaves colours", name, args)
		}
	}
}

func TestConflictIsShownAndNothingIsSent(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	kind, id, _ := f.mock.FindKey(okKey)
	puts, changed := 0, false
	f.intercept(func(r *http.Request) *http.Response {
		switch {
		case r.Method == http.MethodPut:
			puts++
		case !changed && strings.HasSuffix(r.URL.Path, "/provisioningKey/"+id):
			// Somebody else is faster, between the list and the reading.
			changed = true
			f.mock.SetField(kind, id, "maxUsage", "777")
		}
		return nil
	})

	f.mustRun(exitConflict, "set-max", okKey, "900")

	if puts != 0 || !strings.Contains(f.err.String(), "is now 777") {
		t.Errorf("%d writes were sent; stderr is %q", puts, f.err.String())
	}
	f.mustRun(exitDone, "set-max", okKey, "+1")
	if !strings.Contains(f.out.String(), "777 → 778") {
		t.Errorf("the raise says %q, want it counted from what the server holds", f.out.String())
	}
}

func TestForbiddenChangeIsNoSignInFault(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.intercept(func(r *http.Request) *http.Response {
		if r.Method == http.MethodPut {
			return response(http.StatusForbidden, refusal)
		}
		return nil
	})

	f.mustRun(exitError, "set-max", okKey, "+1", "-o", "json")

	got := decode[struct{ Error struct{ Kind, Hint string } }](t, f.err.Bytes())
	if got.Error.Kind != "permission" || got.Error.Hint == "" {
		t.Errorf("error is %+v", got.Error)
	}
}
