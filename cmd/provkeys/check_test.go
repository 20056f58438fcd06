package main

import (
	"strings"
	"testing"
	"time"
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
		{"", "", checkCritical, "CRITICAL - 8 critical, 7 warning of 31 keys: ap-east-1-blue used up (60/60), "},
		{"", "--all", checkCritical, "of 40 keys: "},
		{"", "--kind cloud-controller", checkCritical, "1 critical, 1 warning of 3 keys: fra-pcc-dr used up (20/20), bkk-pcc-dr 4 left (16/20) | "},
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

func TestWarningIsByItselfWhatListCallsNearlyUsedUp(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set(okKey, "maxUsage", "3")
	f.set(okKey, "usageCount", "2")
	f.mustRun(exitDone, "list", "--filter", "name="+okKey+` state:"nearly used up"`, "-o", "name")
	if len(f.rows()) != 1 {
		t.Fatal("the key is not nearly used up")
	}
	for args, want := range map[string]exitCode{
		"":                      checkWarning,
		"--warn 80%":            checkOK,
		"--warn 100%":           checkOK, // with a --crit that follows it
		"--warn 50% --crit 60%": checkCritical,
		"--crit 60%":            checkCritical,
	} {
		f.mustRun(want, append([]string{"check", okKey}, strings.Fields(args)...)...)
	}
	f.writeHome(".config/provkeys/config.yaml", "near: 70%\n")
	f.set(okKey, "maxUsage", "100")
	f.set(okKey, "usageCount", "75")
	f.mustRun(checkWarning, "check", okKey)
	f.set(okKey, "usageCount", "97")
	f.mustRun(checkOK, "check", okKey, "--warn", "100%") // 95% would be critical
}

func TestNamedKeyIsJudgedWhateverItIs(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	_, id, _ := f.mock.FindKey("sin-pse-2")

	f.mustRun(checkCritical, "check", okKey, id, "service-edge/eu-west-1-edge", okKey, "--per-key")

	f.mustJudge("PROVKEYS CRITICAL - 2 critical of 3 keys: ", "sin-pse-2 disabled", "eu-west-1-edge used up (25/25)", " 'app-connector/"+okKey+"'=6;19;23;0;25")
	f.mustRun(checkOK, "check", okKey, "--kind", "app-connector")
	f.mustRun(checkUnknown, "check", okKey, "--kind", "service-edge")
	f.mustJudge("PROVKEYS UNKNOWN - there is no key \"" + okKey + "\"")
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
