package main

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

const (
	checkOK       exitCode = 0
	checkWarning  exitCode = 1
	checkCritical exitCode = 2
	checkUnknown  exitCode = 3
)

// mustJudge fails the test unless the last output begins with head and has the words.
func (f *fixture) mustJudge(head string, words ...string) {
	f.t.Helper()
	if !strings.HasPrefix(f.out.String(), head) {
		f.t.Errorf("it says %q, want %q", f.out.String(), head)
	}
	for _, w := range words {
		if !strings.Contains(f.out.String(), w) {
			f.t.Errorf("it does not say %q: %s", w, f.out.String())
		}
	}
}

func TestCheckJudgesEachState(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set("gru-dc1", "expirationInEpochSec", time.Now().Add(10*24*time.Hour+time.Hour).Unix())
	for _, tc := range []struct {
		filter string
		flags  string
		want   exitCode
		says   string
	}{
		{"name=ap-east-1-asg", "", checkOK, "OK - 1 key, ap-east-1-asg has the least left: 19 (6/25)"},
		{"name=ap-east-1-asg", "--warn 20% --crit 50%", checkWarning, "ap-east-1-asg 19 left (6/25)"},
		{"name=ap-east-1-asg", "--warn 20 --crit 18", checkWarning, "19 left"},
		{"name=ap-east-1-asg", "--warn 20% --crit 19", checkCritical, "19 left"},
		{"name=ap-east-1-blue", "", checkCritical, "ap-east-1-blue used up (60/60)"},
		{"name=ap-east-1-blue", "--warn 0 --crit 0", checkCritical, "used up (60/60)"},
		{"name=ca-central-1-batch", "", checkCritical, "1 left (59/60)"},
		{"name=ca-central-1-batch", "--crit 0", checkWarning, "1 left (59/60)"},
		{"name=ca-central-1-batch", "--warn 0 --crit 0", checkOK, "the least left: 1"},
		{"name=sin-pse", "", checkWarning, "15 left (185/200)"},
		{"name=us-west-2-blue", "", checkOK, "27 (23/50)"},
		{"name=eu-west-1-blue", "", checkCritical, "used up (60/60)"}, // hidden, too
		{"name=eu-west-1-edge", "", checkUnknown, "no key counts"},
		{"name=eu-west-1-edge", "--all", checkCritical, "used up (25/25)"},
		{"name=sin-pse-2", "", checkUnknown, "no key counts"},
		{"name=sin-pse-2", "--all", checkCritical, "sin-pse-2 disabled"},
		{"name=eu-central-1-blue", "", checkUnknown, "no key counts"},
		{"name=eu-central-1-blue", "--all", checkCritical, "eu-central-1-blue expired on"},
		{"name=gru-dc1", "", checkWarning, "gru-dc1 expires in 10d"},
		{"name=gru-dc1", "--expiry-warn 36h", checkOK, "OK - 1 key"},
		{"name=ca-central-1-asg", "", checkWarning, "signing certificate ends in 1"},
		{"name=ca-central-1-asg", "--cert-warn 1w", checkOK, "OK - 1 key"},
		{"name=us-east-1-pse", "--cert-warn 0", checkCritical, "signing certificate ended on"},
		{"", "", checkCritical, "CRITICAL - 15 of 31 keys: ap-east-1-blue used up (60/60), "},
		{"", "--all", checkCritical, "of 40 keys: "},
		{"", "--kind cloud-controller", checkCritical, "2 of 3 keys: fra-pcc-dr used up (20/20), bkk-pcc-dr 4 left (16/20) | "},
		{"zzz", "", checkUnknown, "no key fits"},
	} {
		f.mustRun(tc.want, append([]string{"check", "--filter", tc.filter}, strings.Fields(tc.flags)...)...)
		words := map[exitCode]string{checkOK: "OK", checkWarning: "WARNING", checkCritical: "CRITICAL", checkUnknown: "UNKNOWN"}
		f.mustJudge("PROVKEYS "+words[tc.want]+" - ", tc.says)
		if f.err.Len() > 0 {
			t.Errorf("%s %s: stderr is %q", tc.filter, tc.flags, f.err.String())
		}
	}
}

func TestNamedKeyIsJudgedWhateverItIs(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	_, id, _ := f.mock.FindKey("sin-pse-2")

	f.mustRun(checkCritical, "check", okKey, id, "service-edge/eu-west-1-edge", okKey, "--per-key")

	f.mustJudge("PROVKEYS CRITICAL - 2 of 3 keys: ", "sin-pse-2 disabled", "eu-west-1-edge used up (25/25)", " 'app-connector/"+okKey+"'=6;19;23;0;25")
	f.mustRun(checkOK, "check", okKey, "--kind", "app-connector")
	f.mustRun(checkUnknown, "check", okKey, "--kind", "service-edge")
	f.mustJudge("PROVKEYS UNKNOWN - there is no key \"" + okKey + "\"")
}

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

func TestOtherFormatsAreRefusedByCheckAndItsOwnByOthers(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, word := range []string{"table", "tsv", "csv", "name", "xml"} {
		f.mustRun(checkUnknown, "check", okKey, "-o", word)
		f.mustJudge("PROVKEYS UNKNOWN - check does not write \"" + word + "\"\nhint: use json, yaml or prometheus")
	}
	f.mustRun(exitUsage, "list", "-o", "prometheus")

	// A variable may be meant for other commands.
	f.vars["PROVKEYS_OUTPUT"] = "csv"
	f.mustRun(checkOK, "check", okKey)
	f.mustJudge("PROVKEYS OK - ")
	f.vars["PROVKEYS_OUTPUT"] = "json"
	f.mustRun(checkOK, "check", okKey)
	f.mustJudge("{\n  \"status\": \"OK\"")
}

func TestCheckAsksForNoMoreThanItNeeds(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(checkCritical, "check")
	f.mustHaveSent(6)
	f.mustRun(checkWarning, "check", "--kind", "network-connector", "--filter", "name=eu-west-1-np")
	f.mustHaveSent(6 + 3)
}

func TestCheckNeverSendsARefusedSignInAgainNorAsks(t *testing.T) {
	t.Parallel()
	f := refusedFixture(t)
	f.terminals[stdin], f.terminals[stdout], f.terminals[stderr] = true, true, true
	f.tty.lines = []string{"y"}

	f.mustRun(checkUnknown, "check")

	f.mustHaveSent(1)
	f.mustJudge("PROVKEYS UNKNOWN - sign-in not sent", "\nhint: correct the secret")
	if f.tty.Len() > 0 {
		t.Errorf("somebody was asked %q", f.tty.String())
	}
}

func TestCheckGoesWithoutAKindThatTheRoleMayNotRead(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.intercept(failing("NP_ASSISTANT_GRP", 401, denial))

	f.mustRun(checkOK, "check", "--filter", "name="+okKey)

	f.mustJudge("PROVKEYS OK - 1 key, ", "; not judged: network-connector (no permission) | ", "\nnetwork-connector: the API answered 401")
	f.mustRun(checkOK, "check", okKey)
	if strings.Contains(f.out.String(), "not judged") {
		t.Errorf("a named key is judged whole, and it says %s", f.out.String())
	}
	f.mustRun(checkUnknown, "check", "--kind", "network-connector")
	f.mustJudge("PROVKEYS UNKNOWN - network-connector: ")
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
			f.mustJudge("PROVKEYS CRITICAL - 1 of 1 key: "+usedUpKey+" used up (60/60); not judged: "+part+" (failed) | ", "\n"+part+": ")
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

func TestCheckWritesAFileForACollector(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	path := filepath.Join(t.TempDir(), "provkeys.prom")
	written := func() string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}

	f.mustRun(checkCritical, "check", usedUpKey, "-o", "prometheus", "--to", path)
	before := written()
	if !strings.Contains(before, "\nprovkeys_check_status 2\n") || f.out.Len()+f.err.Len() > 0 {
		t.Errorf("the file holds %q, and it says %q and %q", before, f.out.String(), f.err.String())
	}

	for _, args := range [][]string{{"nowhere"}, {"--filter", "zzz"}, {"--bogus"}} {
		f.mustRun(checkUnknown, append([]string{"check", "-o", "prometheus", "--to", path}, args...)...)
		if written() != before || f.out.Len() > 0 || !strings.Contains(f.err.String(), "hint: ") {
			t.Errorf("%v: the file holds %q, and it says %q and %q", args, written(), f.out.String(), f.err.String())
		}
	}

	f.mustRun(checkOK, "check", okKey, "--to", path)
	if !strings.HasPrefix(written(), "PROVKEYS OK - ") {
		t.Errorf("the file holds %q", written())
	}
	f.mustRun(checkUnknown, "check", okKey, "--to", filepath.Join(path, "below"))
	f.mustTell("--to cannot be written", "hint: ")
}

func TestJSONOfACheckHasExactlyTheseFields(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	_, id, _ := f.mock.FindKey(okKey)
	f.mustRun(checkOK, "check", okKey, "-o", "json")

	got := decode[map[string]any](t, f.out.Bytes())
	if _, err := time.Parse(time.RFC3339, got["checked"].(string)); err != nil {
		t.Error(err)
	}
	delete(got, "checked")
	want := map[string]any{
		"status": "OK", "code": 0.0, "profile": nil,
		"counts": map[string]any{
			"keys": 1.0, "ok": 1.0, "warning": 0.0, "critical": 0.0, "skipped": 0.0,
			"uses": 6.0, "max_uses": 25.0, "left": 19.0, "least_left": 19.0,
		},
		"thresholds": map[string]any{"warn": "80%", "crit": "95%", "cert_warn": "30d", "expiry_warn": "14d", "all": true},
		"keys": []any{map[string]any{
			"kind": "app-connector", "name": okKey, "id": id, "group": "AP East 1",
			"uses": 6.0, "max_uses": 25.0, "left": 19.0, "state": "ok", "status": "OK", "reasons": []any{},
		}},
		"missing": []any{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}

	f.mustRun(checkCritical, "check", "-o", "json", "--expiry-warn", "36h", "--cert-warn", "0")
	whole := decode[map[string]any](t, f.out.Bytes())
	f.mustRun(checkCritical, "check", "-o", "yaml", "--expiry-warn", "36h", "--cert-warn", "0")
	var same map[string]any
	if err := yaml.Unmarshal(f.out.Bytes(), &same); err != nil {
		t.Fatal(err)
	}
	if len(same) != len(whole) || len(same["keys"].([]any)) != len(whole["keys"].([]any)) {
		t.Errorf("YAML holds %v", same)
	}
}

func TestCheckShowsNoKeyText(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, format := range []string{"", "json", "yaml", "prometheus"} {
		f.mustRun(checkCritical, "check", "--all", "--with-secrets", "-o", format)
		if strings.Contains(f.out.String(), f.text(okKey)) || strings.Contains(f.out.String(), "mock.example") || f.out.Len() == 0 {
			t.Errorf("-o %s shows a text", format)
		}
		assertPrintable(t, strings.ReplaceAll(f.out.String(), "\n", ""))
	}
}

func TestTheExamplesOfCheckWork(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitDone, "check", "--help")
	_, examples, _ := strings.Cut(f.out.String(), "Examples:\n")
	examples, _, _ = strings.Cut(examples, "\n\n")
	lines := strings.Split(examples, "\n")
	if len(lines) < 4 {
		t.Fatalf("the examples are %q", examples)
	}
	for _, line := range lines {
		args := words(t, strings.Replace(strings.TrimSpace(line), "/var/lib/node_exporter", t.TempDir(), 1))
		if code := f.run(args[1:]...); code >= int(checkUnknown) {
			t.Errorf("%s: exit %d: %s%s", line, code, f.out.String(), f.err.String())
		}
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
