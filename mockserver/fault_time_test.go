package mockserver_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/mockserver"
)

func TestFaultsThatWaitPassInFakeTime(t *testing.T) {
	for _, tt := range []struct {
		line     string
		from, to time.Duration
	}{
		{"me latency=40s", 40 * time.Second, 40 * time.Second},
		{"me latency=40s jitter=20s", 40*time.Second + 1, time.Minute},
		{"me trickle", 50 * time.Second, 5 * time.Minute},
		{"me trickle=10ms", 500 * time.Millisecond, 3 * time.Second},
	} {
		t.Run(tt.line, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := newVisitor(t, true, mockserver.Options{})
				whole := v.get("/mgmtconfig/v1/admin/me")
				v.set(tt.line)
				began := time.Now()

				got := v.get("/mgmtconfig/v1/admin/me")

				if took := time.Since(began); took < tt.from || took > tt.to || got.err != nil || got.body != whole.body {
					t.Errorf("%v after %s, %q", got.err, took, got.body)
				}
			})
		})
	}
}

func TestLatenciesAddUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v := newVisitor(t, true, mockserver.Options{Latency: time.Second})
		v.set("* latency=2s", "me 503", "read latency=3s")
		began := time.Now()

		got := v.get("/mgmtconfig/v1/admin/me")

		if took := time.Since(began); took != 6*time.Second || got.status != http.StatusServiceUnavailable {
			t.Errorf("status %d after %s", got.status, took)
		}
	})
}

// What is left running when a caller leaves would keep the bubble from ending.
func TestWhatTakesLongEndsWithItsCaller(t *testing.T) {
	for _, line := range []string{"latency=1h", "hang", "hang done", "trickle=1h", "endless", "503 done latency=1h"} {
		t.Run(line, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				v := newVisitor(t, true, mockserver.Options{})
				v.set("keys " + line)
				ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
				defer cancel()
				began := time.Now()

				r, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://x.example"+v.keys(), http.NoBody)
				if err != nil {
					t.Fatal(err)
				}
				r.Header.Set("Authorization", "Bearer "+v.token)
				resp, err := v.client.Do(r)
				if err == nil {
					if line == "endless" {
						time.Sleep(6 * time.Second)
					}
					_, err = io.Copy(io.Discard, resp.Body)
					_ = resp.Body.Close()
				}

				if !errors.Is(err, context.DeadlineExceeded) || time.Since(began) > 6*time.Second {
					t.Errorf("%v after %s", err, time.Since(began))
				}
			})
		})
	}
}

// The listener's Close waits for its handlers, so that one that stays is seen.
func TestOverAListenerTheyEndAsWell(t *testing.T) {
	for _, line := range []string{"latency=1h", "hang", "hang done", "trickle=1h", "endless"} {
		t.Run(line, func(t *testing.T) {
			v := newVisitor(t, false, mockserver.Options{})
			v.set("key " + line)
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			v.call(ctx, http.MethodPut, v.key(), "application/json", "{")
		})
	}
}

func TestAFaultOutlastsTheListenersTimeouts(t *testing.T) {
	server, err := mockserver.New(mockserver.Options{Faults: []mockserver.Fault{{Latency: 80 * time.Millisecond}}})
	if err != nil {
		t.Fatal(err)
	}
	listener := httptest.NewUnstartedServer(server)
	listener.Config.WriteTimeout = 20 * time.Millisecond
	listener.Start()
	defer listener.Close()
	v := &visitor{t: t, server: server, client: listener.Client(), address: listener.URL}

	if got := v.signIn(); got.err != nil || got.token() == "" {
		t.Errorf("%d, %v", got.status, got.err)
	}
}

func TestAnEndlessBodyIsMoreThanAnybodyReads(t *testing.T) {
	overBoth(t, func(v *visitor) {
		v.set("keys endless")

		got := v.get(v.keys())

		if got.err != nil || len(got.body) != 1<<20 || !strings.HasSuffix(got.body, "   ") {
			v.t.Errorf("%v, %d bytes", got.err, len(got.body))
		}
	})
}

func TestAHangingWriteIsDoneOnlyIfAsked(t *testing.T) {
	for line, want := range map[string]string{"hang": "before", "hang done": "77"} {
		synctest.Test(t, func(t *testing.T) {
			v := newVisitor(t, true, mockserver.Options{})
			v.client.Timeout = time.Second
			if want == "before" {
				want = v.limit()
			}
			v.set("PUT key " + line)

			got := v.raise("77")

			if got.err == nil || v.limit() != want {
				t.Errorf("%s: %v, limit %s", line, got.err, v.limit())
			}
		})
	}
}
