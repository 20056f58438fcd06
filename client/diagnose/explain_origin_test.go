package diagnose_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"provkeys/client/diagnose"
	"provkeys/client/keytext"
)

// What two machines write, in the order in which a log shows it.
const (
	loginFull  = "Login request failed - http status(400) nonce(<3|mock.example|MOCKful...>) fingerprint(<nEwPrInT00...>)"
	loginOver  = "Login request failed - http status(400) nonce(<3|mock.example|MOCKovr...>) fingerprint(<nEwPrInT01...>)"
	answerOfIt = `"id": "nonce.usage.exceeded",`
)

// writes puts a message into a format, as two machines write it.
type writes func(machine, pid, message string) string

func formats() map[string]writes {
	return map[string]writes{
		"journalctl": func(machine, pid, message string) string {
			return fmt.Sprintf("Nov 22 03:01:17 %s zpa-connector-child[%s]: %s\n", machine, pid, message)
		},
		"journalctl -o json": func(machine, pid, message string) string {
			return fmt.Sprintf(`{"MESSAGE":%q,"_HOSTNAME":"%s","_PID":"%s","SYSLOG_IDENTIFIER":"zpa-connector-child"}`+"\n", message, machine, pid)
		},
		"journalctl -o verbose": func(machine, pid, message string) string {
			return fmt.Sprintf("Sun 2026-11-22 03:01:17.123456 UTC [s=a;i=1;b=2;m=3;t=4;x=5]\n    MESSAGE=%s\n    _HOSTNAME=%s\n    _PID=%s\n", message, machine, pid)
		},
		"journalctl -o export": func(machine, pid, message string) string {
			return fmt.Sprintf("__CURSOR=s=a;i=1\n_HOSTNAME=%s\n_PID=%s\nMESSAGE=%s\n\n", machine, pid, message)
		},
		"journalctl -o json-pretty": func(machine, pid, message string) string {
			return fmt.Sprintf("{\n\t\"MESSAGE\" : %q,\n\t\"_HOSTNAME\" : \"%s\",\n\t\"_PID\" : \"%s\"\n}\n", message, machine, pid)
		},
		"rsyslog without a pid": func(machine, _, message string) string {
			return fmt.Sprintf("Nov 22 03:01:17 %s zpa-connector-child: %s\n", machine, message)
		},
		"no time and no pid": func(machine, _, message string) string {
			return fmt.Sprintf("%s zpa-connector-child: %s\n", machine, message)
		},
		"docker compose": func(machine, _, message string) string { return fmt.Sprintf("%s  | %s\n", machine, message) },
		"kubectl --prefix": func(machine, _, message string) string {
			return fmt.Sprintf("[pod/%s/zpa] %s\n", machine, message)
		},
		"stern": func(machine, _, message string) string { return fmt.Sprintf("%s zpa %s\n", machine, message) },
	}
}

// usedUpKeys are the keys that are named for answers without a key; "" where
// none is.
func usedUpKeys(log string) []string {
	var names []string
	for _, x := range explained(logTenant(), log) {
		switch {
		case x.Event != keytext.EventUsedUp:
		case x.Match == nil:
			names = append(names, "")
		default:
			names = append(names, x.Match.Key.Name)
		}
	}
	return names
}

func TestAnswerOfOneMachineIsNeverAnothers(t *testing.T) {
	for what, write := range formats() {
		for order, log := range map[string]string{
			"another's answer": write("edge-1", "12", loginFull) + write("edge-2", "12", answerOfIt),
			"its answer behind another's login": write("edge-1", "12", loginFull) + write("edge-2", "12", loginOver) +
				write("edge-1", "12", answerOfIt),
		} {
			if got := usedUpKeys(log); !slices.Equal(got, []string{""}) {
				t.Errorf("%s, %s: %q is named", what, order, got)
			}
		}
		got := usedUpKeys(write("edge-1", "12", loginFull) + write("edge-1", "12", answerOfIt))
		// An entry that is shown a field a line does not tell in time who wrote it.
		apart := slices.Contains([]string{"journalctl -o verbose", "journalctl -o export", "journalctl -o json-pretty"}, what)
		if want := []string{"full"}; !apart && !slices.Equal(got, want) || apart && slices.Equal(got, want) {
			t.Errorf("%s: %q is named for its own answer", what, got)
		}
	}
}

func TestAnswerWithinAnEntryIsItsLogins(t *testing.T) {
	got := usedUpKeys("Sun 2026-11-22 03:01:17.123456 UTC [s=a;i=1;b=2;m=3;t=4;x=5]\n    MESSAGE=Fetch CSR Response - nonce(<3|mock.example|MOCKful...>)\n" +
		"            {\n            " + answerOfIt + "\n            }\n    _PID=12\n")
	if !slices.Equal(got, []string{"full"}) {
		t.Errorf("%q is named", got)
	}
}

func TestLogWithoutWritersNamesAKeyOnlyWhereOneLoggedIn(t *testing.T) {
	const refusedOver = "Login request failed - http status(401) nonce(<3|mock.example|MOCKovr...>)\n"
	for what, c := range map[string]struct{ log, key string }{
		"one login":                       {loginFull + "\n" + answerOfIt, "full"},
		"the same again":                  {loginFull + "\n" + loginFull + "\n" + answerOfIt, "full"},
		"two logins, the answer":          {loginFull + "\n" + loginOver + "\n" + answerOfIt, ""},
		"another long before":             {loginOver + "\n" + strings.Repeat("Time skew: 0\n", 500) + loginFull + "\n" + answerOfIt, ""},
		"another was refused":             {refusedOver + loginFull + "\n" + answerOfIt, ""},
		"another was accepted":            {"Login request - http status(200) nonce(<3|mock.example|MOCKovr...>)\n" + loginFull + "\n" + answerOfIt, ""},
		"another, in containerd's format": {"2026-11-22T03:01:17.1Z stdout F " + loginFull + "\n2026-11-22T03:01:17.1Z stdout F " + loginOver + "\n2026-11-22T03:01:17.1Z stdout F " + answerOfIt, ""},
		"in the line itself":              {loginFull + "\n" + loginOver + "\n" + loginFull + " {" + answerOfIt + "}", "full"},
		"a machine's name is missing": {
			"Nov 22 03:01:17 zpa-connector-child[1]: " + loginFull + "\nNov 22 03:01:17 zpa-connector-child[1]: " + loginOver +
				"\nNov 22 03:01:17 zpa-connector-child[1]: " + answerOfIt, "",
		},
	} {
		if got := usedUpKeys(c.log); !slices.Equal(got, []string{c.key}) {
			t.Errorf("%s: %q is named, want %q", what, got, c.key)
		}
	}
}

func TestMachineIsNotNamedWhereTwoShowTheSameKey(t *testing.T) {
	other := strings.Replace(loginFull, "nEwPrInT00", "fAkEpRiNt0", 1)
	all := explained(logTenant(), loginFull+"\n"+other+"\n"+answerOfIt)
	i := slices.IndexFunc(all, func(x diagnose.Explanation) bool { return x.Event == keytext.EventUsedUp })
	if i < 0 || all[i].Match == nil || all[i].Match.Key.Name != "full" || all[i].Machine != "" {
		t.Errorf("%+v", all)
	}
}

func TestLoginWaitsForNoAnswerOfAnotherRun(t *testing.T) {
	at := func(clock string) string { return "Nov 22 " + clock + " edge-1 zpa-connector-child[12]: " }
	for what, c := range map[string]struct{ between, answer, key string }{
		"right behind":             {"", at("03:01:18") + answerOfIt, "full"},
		"its next line":            {"", "  " + answerOfIt, "full"},
		"a login without a fault":  {at("03:01:18") + "Login request - http status(200) nonce(<3|mock.example|MOCKful...>)\n", at("03:01:18") + answerOfIt, ""},
		"another's login":          {"edge-2 zpa-connector-child[12]: Login request - http status(200) nonce(<3|mock.example|MOCKful...>)\n", at("03:01:18") + answerOfIt, ""},
		"another boot":             {"-- Boot 3f2a9c1b7d4e4b6f8a0c2d4e6f8a0b1c --\n", at("03:01:18") + answerOfIt, ""},
		"an older journal's boot":  {"-- Reboot --\n", at("03:01:18") + answerOfIt, ""},
		"another boot, no process": {"-- Boot 3f2a9c1b7d4e4b6f8a0c2d4e6f8a0b1c --\n", "  " + answerOfIt, ""},
		"six hours later":          {"", at("09:01:18") + answerOfIt, ""},
		"a day later":              {"", strings.Replace(at("03:01:17"), "22", "23", 1) + answerOfIt, ""},
	} {
		got := usedUpKeys(at("03:01:17") + loginFull + "\n" + c.between + c.answer)
		if !slices.Equal(got, []string{c.key}) {
			t.Errorf("%s: %q is named, want %q", what, got, c.key)
		}
	}
}

func TestFailureOfAnotherBootIsNoReason(t *testing.T) {
	const by = "Nov 22 03:01:17 edge-1 zpa-connector-child[12]: "
	all := explained(logTenant(), by+loginFull+"\n-- Boot 3f2a9c1b7d4e --\n"+by+"Certificate enrollment failed.")
	if next := all[len(all)-1].Next; !strings.Contains(next, "nothing known stands there") {
		t.Error(next)
	}
	verbose := formats()["journalctl -o verbose"]
	all = explained(logTenant(), verbose("edge-1", "12", loginFull)+verbose("edge-1", "12", "Certificate enrollment failed."))
	if next := all[len(all)-1].Next; !strings.Contains(next, "See what line 2 says.") {
		t.Error(next)
	}
}

func TestEndOfAKnownFailureIsNotToldByItself(t *testing.T) {
	const a, b, dead, clock = "edge-1 zpa-connector-child[12]: ", "edge-2 zpa-connector-child[12]: ", "Certificate enrollment failed.\n", "certificate is not yet valid\n"
	const begins, nothing = "No valid certificate. Attempting to enroll\n", "nothing known stands there"
	verbose := formats()["journalctl -o verbose"]
	for what, c := range map[string]struct {
		log  string
		ends []string // of those that are told: count, first, last, next
	}{
		"each behind its own failure": {a + loginFull + "\n" + a + dead + a + answerOfIt + "\n" + a + dead, nil},
		"two machines at once":        {a + clock + b + loginOver + "\n" + a + dead + b + dead, nil},
		"no writer is named":          {clock + dead, nil},
		"other lines between":         {a + clock + b + "x\n" + a + "x\n" + a + dead, nil},
		"nothing known before":        {a + dead, []string{"1 1-1 " + nothing}},
		"another's failure before":    {b + clock + a + dead, []string{"1 2-2 " + nothing}},
		"a second end":                {a + clock + a + dead + a + dead, []string{"1 3-3 " + nothing}},
		"it began anew":               {a + clock + a + begins + a + dead, []string{"1 3-3 " + nothing}},
		"an entry that does not tell": {verbose("edge-1", "12", "certificate is not yet valid") + verbose("edge-2", "12", "Certificate enrollment failed."), []string{"1 6-6 See what line 2 says."}},
		"two of them": {strings.Repeat(verbose("edge-1", "12", "certificate is not yet valid")+verbose("edge-2", "12", "Certificate enrollment failed."), 2),
			[]string{"2 6-14 See what is said before each of them: of the last one line 10."}},
		"within an entry": {verbose("edge-1", "12", "certificate is not yet valid\n            Certificate enrollment failed."), nil},
	} {
		var ends []string
		for _, x := range explained(logTenant(), c.log) {
			if x.Event == keytext.EventEnrolmentDead {
				next := x.Next
				if strings.Contains(next, nothing) {
					next = nothing
				}
				ends = append(ends, fmt.Sprintf("%d %d-%d %s", x.Count, x.First, x.Last, next))
			}
		}
		if !slices.Equal(ends, c.ends) {
			t.Errorf("%s: %q", what, ends)
		}
	}
	e := diagnose.NewExplainer(logTenant())
	if e.Read(a + clock); !e.Read(a + dead) {
		t.Error("the end of a known failure is taken for a line that is not known")
	}
}

func TestLoginsAndTheirAnswersAreCountedOnce(t *testing.T) {
	const by = "Nov 22 03:01:17 edge-1 zpa-connector-child[12]: "
	var got []string
	for _, x := range explained(logTenant(), by+loginFull+"\n"+by+answerOfIt+"\n"+by+loginFull+"\n"+by+loginFull+"\n") {
		got = append(got, fmt.Sprintf("%s %d %d-%d", x.Event, x.Count, x.First, x.Last))
	}
	if want := []string{"used-up 1 2-2", "login-failed 2 3-4"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	got = nil
	for _, x := range explained(logTenant(), by+loginFull+"\n"+by+loginFull+"\n"+by+answerOfIt+"\n"+by+answerOfIt+"\n") {
		got = append(got, fmt.Sprintf("%s %d %d-%d", x.Event, x.Count, x.First, x.Last))
	}
	if want := []string{"login-failed 1 1-1", "used-up 2 3-4"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestServicesOfTwoKindsAreToldApart(t *testing.T) {
	const noKey = ": Started provisioning this device using OAuth2.0 method\n"
	all := explained(logTenant(), "Nov 22 03:01:17 a zpa-connector-child[1]"+noKey+"Nov 22 03:01:17 b zpa-service-edge-child[1]"+noKey)
	if len(all) != 2 || !strings.Contains(all[0].Next, "restart zpa-connector:") || !strings.Contains(all[1].Next, "restart zpa-service-edge:") {
		t.Errorf("%+v", all)
	}
	all = explained(logTenant(), "Nov 22 03:01:17 b zpa-service-edge-child[1]: "+answerOfIt+"\nNov 22 03:01:17 a zpa-connector-child[1]: "+answerOfIt)
	if len(all) != 2 || !strings.Contains(everything(all[0]), "not proved): edge.") || !strings.Contains(everything(all[1]), "not proved): full, over, old.") {
		t.Errorf("%+v", all)
	}
}

func TestMachineThatIsSeenTwiceWaitsOnce(t *testing.T) {
	line := loginFull + " {" + answerOfIt + "}\n"
	x := explained(logTenant(), line+"Nov 22 03:01:17 edge-1 zpa-connector-child[12]: "+line)[0]
	if !strings.Contains(x.Next, "by 1 (1 machine waits in this log)") {
		t.Error(x.Next)
	}
	x = explained(logTenant(), line+strings.Replace(line, "nEwPrInT00", "", 1))[0]
	if !strings.Contains(x.Next, "by 1 (1 machine waits in this log)") {
		t.Errorf("without a fingerprint: %s", x.Next)
	}
}

func TestBeginningsOfSeveralMachinesAreNotOneMachines(t *testing.T) {
	const begins = " zpa-connector-child[1]: No valid certificate. Attempting to enroll\n"
	for log, want := range map[string]bool{
		"Nov 22 03:01:17 a" + begins + "Nov 22 03:01:19 a" + begins:       true,
		"Nov 22 03:01:17 a" + begins + "Nov 22 03:01:17 b" + begins:       false,
		strings.Repeat("No valid certificate. Attempting to enroll\n", 2): false,
	} {
		if x := one(t, logTenant(), log); strings.Contains(everything(x), "It began 2 times") != want {
			t.Errorf("%s%s", log, everything(x))
		}
	}
}

func TestNoneOfOneKeyIsSaidAsOfOne(t *testing.T) {
	known := logTenant()
	known.Keys = known.Keys[:1]
	x := one(t, known, refusalOf("3|mock.example|MOCKxxx"))
	if !strings.Contains(everything(x), "The one key of this tenant does not begin like that:") {
		t.Error(everything(x))
	}
	known.Keys = logTenant().Keys[8:]
	x = one(t, known, refusalOf("3|mock.example|MOCKxxx"))
	if !strings.Contains(everything(x), "No key's text is shown here, so that none could be compared.") {
		t.Error(everything(x))
	}
}
