package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

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

func TestBackendThatIsAwayIsCalledSeldom(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		var calls atomic.Int64
		begin := time.Now()
		next := f.mock.Transport()
		f.transport = roundTripper(func(r *http.Request) (*http.Response, error) {
			if time.Since(begin) < 10*time.Second {
				return next.RoundTrip(r)
			}
			calls.Add(1)
			return nil, errors.New("connection refused")
		})

		f.mustRun(exitDone, "watch", "--for", "1h")

		if most := int64(4 * 120); calls.Load() > most { // four tries every 30 s
			t.Errorf("it was called %d times, want %d at most", calls.Load(), most)
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
