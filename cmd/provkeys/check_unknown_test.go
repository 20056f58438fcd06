package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestWhatKeepsCheckFromJudgingIsUnknownInEveryFormat(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		args string
		vars map[string]string
		says string
	}{
		"unknown flag":         {"--bogus", nil, "unknown flag: --bogus"},
		"flag without a value": {"--kind", nil, "needs an argument"},
		"limit":                {"--warn half", nil, "--warn"},
		"limits turned round":  {"--warn 95% --crit 80%", nil, "would come before the warning"},
		"length of time":       {"--cert-warn soon", nil, "--cert-warn"},
		"filter":               {"--filter left<many", nil, "the filter cannot be read"},
		"kind":                 {"--kind gateway", nil, "there is no kind"},
		"view":                 {"--view nowhere", nil, "there is no view"},
		"NAME and filter":      {okKey + " --filter x", nil, "not both"},
		"empty file":           {"--to=", nil, "--to is empty"},
		"no file":              {"--to -", nil, "--to - is no file"},
		"variable":             {"", map[string]string{"PROVKEYS_TIMEOUT": "soon"}, "PROVKEYS_TIMEOUT"},
		"profile":              {"--profile nowhere", nil, "nowhere"},
		"no credentials":       {"", map[string]string{"ZPA_CLIENT_ID": "", "ZPA_CLIENT_SECRET": "", "ZPA_CUSTOMER_ID": "", "PROVKEYS_BASE_URL": ""}, "no profile"},
		"refused sign-in":      {"", map[string]string{"ZPA_CLIENT_SECRET": "a-wrong-secret-canary"}, "sign-in refused"},
		"somebody else's":      {"", map[string]string{"ZPA_CUSTOMER_ID": "216196257331281920"}, "app-connector"},
		"NAME":                 {"nowhere", nil, `there is no key "nowhere"`},
		"nothing fits":         {"--filter zzz", nil, "no key fits"},
	} {
		for _, format := range []string{"", "json", "yaml", "prometheus"} {
			f := newFixture(t)
			for k, v := range tc.vars {
				f.vars[k] = v
			}
			args := append([]string{"check"}, strings.Fields(tc.args)...)
			if format != "" {
				args = append([]string{"check", "-o", format}, args[1:]...)
			}

			f.mustRun(checkUnknown, args...)

			said, silent := f.err.String(), f.out.String()
			switch format {
			case "":
				said, silent = f.out.String(), f.err.String()
				f.mustJudge("PROVKEYS UNKNOWN - ", "\nhint: ")
			case "json":
				if !strings.HasPrefix(said, `{"error":{"code":3,"kind":"`) {
					t.Errorf("%s: the error is %s", name, said)
				}
				said = decode[struct{ Error struct{ Message string } }](t, f.err.Bytes()).Error.Message
			}
			if !strings.Contains(said, tc.says) || silent != "" || strings.Contains(said, "canary") {
				t.Errorf("%s -o %s: says %q, and %q beside", name, format, said, silent)
			}
		}
	}
}

func TestFailedPartIsUnknownUnlessTheRestIsCritical(t *testing.T) {
	t.Parallel()
	for part, answer := range map[string]func(*http.Request) *http.Response{
		"service-edge": failing("SERVICE_EDGE_GRP", 500, "3|mock.example|canary\x1b[2J"),
		"signing certificates": func(r *http.Request) *http.Response {
			if strings.HasSuffix(r.URL.Path, "/enrollmentCert") {
				return response(500, "3|mock.example|canary\x1b[2J")
			}
			return nil
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := newFixture(t)
			f.intercept(answer)

			f.mustRun(checkUnknown, "check", "--filter", "name="+okKey)
			f.mustJudge("PROVKEYS UNKNOWN - the list is not complete: ", " 500")

			f.mustRun(checkCritical, "check", "--filter", "name="+usedUpKey)
			f.mustJudge("PROVKEYS CRITICAL - 1 critical of 1 key: "+usedUpKey+" used up (60/60); not judged: "+part+" (failed) | ", "\n"+part+": ")
			if strings.ContainsAny(f.out.String(), "\x1b") || strings.Contains(f.out.String(), "canary") {
				t.Errorf("it says %q", f.out.String())
			}
			f.mustRun(checkCritical, "check", "--filter", "name="+usedUpKey, "-o", "json")
			f.mustJudge("{", `"missing": [`, `{"part": "`+part+`", "denied": false, "reason": "`)
		})
	}
}

func TestCheckThatIsCutOffIsUnknown(t *testing.T) {
	t.Parallel()
	for _, interrupted := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			f := newFixture(t)
			f.intercept(failing("SERVICE_EDGE_GRP", http.StatusServiceUnavailable, "{}"))
			name := okKey
			if interrupted {
				name = usedUpKey // who interrupts it wants no verdict, not even a bad one
				ctx, interrupt := context.WithCancel(t.Context())
				f.ctx = ctx
				time.AfterFunc(100*time.Millisecond, interrupt)
			}

			f.mustRun(checkUnknown, "check", "--timeout", "1s", "--filter", "name="+name)

			if f.mustJudge("PROVKEYS UNKNOWN - "); strings.Contains(f.out.String(), "interrupted") != interrupted {
				t.Errorf("interrupted %v: it says %s", interrupted, f.out.String())
			}
		})
	}
}

func TestAFlagInFrontOfCheckThatThereIsNotIsUnknownToo(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(checkUnknown, "--bogus", "check")
	if !strings.HasPrefix(f.out.String(), "PROVKEYS UNKNOWN - unknown flag: --bogus") {
		t.Errorf("stdout is %q", f.out.String())
	}
	f.mustRun(exitUsage, "--bogus", "list")
}
