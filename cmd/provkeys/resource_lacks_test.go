package main

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// refuse answers for one list of the tenant.
func (f *fixture) refuse(list string, status int, body string) {
	f.intercept(func(r *http.Request) *http.Response {
		if !strings.HasSuffix(r.URL.Path, "/"+list) && !strings.Contains(r.URL.Path, "/"+list+"/") {
			return nil
		}
		return response(status, body)
	})
}

func TestListThatTheRoleMayNotReadIsALineAndNoFailure(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		command, list, kind string
		named               exitCode
	}{
		{"groups", "serviceEdgeGroup", "service-edge", exitError},
		{"groups", "SERVICE_EDGE_GRP", "service-edge", exitDone},
		{"groups", "serviceEdge", "service-edge", exitDone},
		{"groups", "NP_ASSISTANT_GRP", "network-connector", exitError},
		{"connectors", "serviceEdge", "service-edge", exitError},
		{"connectors", "SERVICE_EDGE_GRP", "service-edge", exitDone},
		{"certs", "SERVICE_EDGE_GRP", "", exitDone},
	} {
		f := newFixture(t)
		f.refuse(tt.list, http.StatusForbidden, denial)

		f.mustRun(exitDone, tt.command)
		if got := f.err.String(); strings.Count(got, "\n") != 1 || len(f.rows()) < 2 {
			t.Errorf("%s without %s: stderr is %q above %d rows", tt.command, tt.list, got, len(f.rows()))
		}
		if tt.kind != "" {
			f.mustRun(tt.named, tt.command, "--kind", tt.kind)
		}
	}
	f := newFixture(t)
	f.refuse("enrollmentCert", http.StatusForbidden, denial)
	f.mustRun(exitError, "certs")
	f.mustRun(exitDone, "groups")
}

func TestNoListThatTheRoleMayReadIsAFailure(t *testing.T) {
	t.Parallel()
	for command, lists := range map[string][]string{
		"groups":     {"appConnectorGroup", "serviceEdgeGroup", "privateCloudControllerGroup"},
		"connectors": {"connector", "serviceEdge", "privateCloudController"},
	} {
		for refused := 1; refused <= len(lists); refused++ {
			f := newFixture(t)
			f.intercept(func(r *http.Request) *http.Response {
				for _, list := range append([]string{"NP_ASSISTANT_GRP"}, lists[:refused]...) {
					if strings.HasSuffix(r.URL.Path, "/"+list) || strings.Contains(r.URL.Path, "/"+list+"/") {
						return response(http.StatusForbidden, denial)
					}
				}
				return nil
			})
			want := exitDone
			if refused == len(lists) {
				want = exitError
			}

			f.mustRun(want, command)

			if got := f.err.String(); !strings.Contains(got, "403") {
				t.Errorf("%s: stderr is %q", command, got)
			}
		}
	}
}

func TestListThatIsCutOffWritesNoRows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for command, ends := range map[string][]exitCode{
			"list":       {exitInterrupted},
			"groups":     {exitInterrupted, exitUnavailable},
			"connectors": {exitInterrupted, exitUnavailable},
			"certs":      {exitInterrupted, exitUnavailable},
		} {
			for _, end := range ends {
				f := newFixture(t)
				f.transport = roundTripper(func(r *http.Request) (*http.Response, error) {
					if strings.Contains(r.URL.Path, "/SERVICE_EDGE_GRP/") {
						<-r.Context().Done()
						return nil, r.Context().Err()
					}
					return f.mock.Transport().RoundTrip(r)
				})
				ctx, interrupt := context.WithCancel(t.Context())
				f.ctx = ctx
				if end == exitInterrupted {
					time.AfterFunc(5*time.Second, interrupt)
				}

				f.mustRun(end, command, "-o", "json", "--timeout", "10s")

				if f.out.Len() > 0 || !strings.Contains(f.err.String(), `"code":`) {
					t.Errorf("%s that ends with %d writes %d bytes, and %q", command, end, f.out.Len(), f.err.String())
				}
				interrupt()
			}
		}
	})
}

func TestListThatFailsLeavesTheRestAndSaysSo(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ command, list, says string }{
		{"groups", "appConnectorGroup", "app-connector groups: "},
		{"groups", "SERVICE_EDGE_GRP", "service-edge keys: "},
		{"connectors", "serviceEdge", "service-edge connectors: "},
		{"certs", "enrollmentCert", "certificates: "},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := newFixture(t)
			f.refuse(tt.list, http.StatusInternalServerError, "broken")

			f.mustRun(exitUnavailable, tt.command)

			if got := f.err.String(); !strings.Contains(got, "the list is not complete: "+tt.says) || len(f.rows()) < 2 {
				t.Errorf("%s without %s: stderr is %q above %d rows", tt.command, tt.list, got, len(f.rows()))
			}
		})
	}
}

func TestWhatIsNotKnownIsNullAndNoNumber(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.refuse("CONNECTOR_GRP", http.StatusForbidden, denial)
	f.mustRun(exitDone, "groups", "app-connector/AP East 1", "-o", "json")
	group := decode[map[string]any](t, f.out.Bytes())
	for _, name := range []string{"keys", "uses", "max_uses", "left", "state"} {
		if group[name] != nil {
			t.Errorf("%s is %v of keys that nobody knows", name, group[name])
		}
	}
	f.mustRun(exitDone, "groups", "--filter", "AP East 1", "--columns", "keys,left,state", "-o", "table")
	if got := strings.Fields(f.rows()[1]); !slices.Equal(got, []string{"?", "?", "not", "known"}) {
		t.Errorf("the table has %q", got)
	}
}

// A group whose own list answered cannot hide in another that did not.
func TestNameWithItsKindIgnoresOtherKindsFailures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t)
		f.refuse("serviceEdgeGroup", http.StatusInternalServerError, "broken")

		f.mustRun(exitUnavailable, "groups", "AP East 1")
		if got := f.err.String(); !strings.Contains(got, "say which you mean: app-connector/AP East 1") {
			t.Errorf("stderr is %q", got)
		}
		f.mustRun(exitUnavailable, "groups", "nothing-like-it")
		f.mustRun(exitDone, "groups", "app-connector/AP East 1")
	})
}
