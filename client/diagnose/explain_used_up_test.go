package diagnose_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"provkeys/client/diagnose"
	"provkeys/client/keytext"
)

const usedUpAnswer = `Nov 22 03:01:17 edge-1 zpa-connector-child[1234]: Could not fetch CSR fields
Nov 22 03:01:17 edge-1 zpa-connector-child[1234]: Fetch CSR Response - nonce(<3|mock.example|MOCKful...>) fingerprint(<fAkEpRiNt0...>)
{
  "reason": "nonce usage count reached the limit nonce.maxUsage",
  "id": "nonce.usage.exceeded",
  "params": [
    "nonce.maxUsage"
  ]
}
Nov 22 03:01:17 edge-1 zpa-connector-child[1234]: Certificate enrollment failed.
Nov 22 03:01:19 edge-1 zpa-connector[1037]: zscaler-update: zpa-connector-child exited too fast, was running for 2 s
`

func TestUsedUpAnswerIsTracedThroughItsLogin(t *testing.T) {
	all := explained(logTenant(), usedUpAnswer)
	if len(all) != 1 || all[0].Event != keytext.EventUsedUp {
		t.Fatalf("%+v", all)
	}
	x := all[0]
	if x.Match == nil || x.Match.Key.Name != "full" || x.First != 5 || x.Last != 5 || x.Count != 1 || x.Machine != "full-1" {
		t.Errorf("%+v", x)
	}
	for _, words := range []string{"10 of 10", "Raise max uses of full by 1", "restart zpa-connector", "enrolled before with the key full"} {
		if !strings.Contains(everything(x), words) {
			t.Errorf("%q is not said in\n%s", words, everything(x))
		}
	}
	if strings.Contains(everything(x), "clock") {
		t.Error("it is called a fault of the clock")
	}
}

func TestUsedUpAnswerIsOnlyTracedWhereItIsProved(t *testing.T) {
	const answer = `"id": "nonce.usage.exceeded",`
	login := func(writer, status, begins string) string {
		return writer + "Login request failed - http status(" + status + ") nonce(<3|mock.example|" + begins + "...>)\n"
	}
	a, b := "Nov 22 03:01:17 edge-1 zpa-connector-child[12]: ", "Nov 22 03:01:17 edge-2 zpa-connector-child[12]: "
	for what, c := range map[string]struct{ log, key string }{
		"alone":                        {answer, ""},
		"in the same line":             {`http status(400) nonce(<3|mock.example|MOCKful...>) {"id":"nonce.usage.exceeded"}`, "full"},
		"behind its login":             {login(a, "400", "MOCKful") + answer, "full"},
		"behind its login, its prefix": {login(a, "400", "MOCKful") + b + "x\n" + a + answer, "full"},
		"without any prefix":           {login("", "400", "MOCKful") + "{\n" + answer, "full"},
		"behind the last of two":       {login(a, "400", "MOCKful") + login(a, "400", "MOCKovr") + answer, "over"},
		"behind another's line":        {login(a, "400", "MOCKful") + b + "x\n" + answer, ""},
		"of another machine":           {login(a, "400", "MOCKful") + b + answer, ""},
		"of another container":         {login("a-1  | ", "400", "MOCKful") + "b-1  | " + answer, ""},
		"behind a refused text":        {login(a, "401", "MOCKful") + answer, ""},
		"behind a fault of the server": {login(a, "503", "MOCKful") + answer, ""},
		"behind the end":               {login(a, "400", "MOCKful") + a + "Certificate enrollment failed.\n" + a + answer, ""},
		"behind a new beginning":       {login(a, "400", "MOCKful") + a + "No valid certificate. Attempting to enroll\n" + a + answer, ""},
		"far behind":                   {login(a, "400", "MOCKful") + strings.Repeat("x\n", 13) + answer, ""},
		"of a text that fits two":      {login(a, "400", "MOCKtwi") + answer, ""},
	} {
		all := explained(logTenant(), c.log)
		i := slices.IndexFunc(all, func(x diagnose.Explanation) bool { return x.Event == keytext.EventUsedUp })
		if i < 0 {
			t.Errorf("%s: not explained", what)
			continue
		}
		got := ""
		if all[i].Match != nil {
			got = all[i].Match.Key.Name
		}
		if got != c.key {
			t.Errorf("%s: %q, want %q", what, got, c.key)
		}
		loginTold := slices.ContainsFunc(all, func(x diagnose.Explanation) bool { return x.Event == keytext.EventLoginFailed })
		if c.key == "full" && loginTold {
			t.Errorf("%s: the login is told beside its answer", what)
		}
	}
}

func TestUsedUpAnswerWithoutAKeyNamesCandidates(t *testing.T) {
	x := one(t, logTenant(), `"id": "nonce.usage.exceeded"`)
	if !strings.Contains(everything(x), "(candidates, not proved): full, over, old, edge.") {
		t.Error(everything(x))
	}
	x = one(t, logTenant(), `edge-1 zpa-service-edge-child[9]: {"id": "nonce.usage.exceeded"}`)
	if !strings.Contains(everything(x), "(candidates, not proved): edge.") {
		t.Error(everything(x))
	}
	x = one(t, logTenant(), `edge-1 zpa-pcc-child[9]: {"id": "nonce.usage.exceeded"}`)
	if !strings.Contains(everything(x), "max uses was raised since") {
		t.Error(everything(x))
	}
	known := diagnose.Known{Complete: true}
	for i := range 9 {
		known.Keys = append(known.Keys, logKey(fmt.Sprint("k", i), "", 1, 1))
	}
	x = one(t, known, `"id": "nonce.usage.exceeded"`)
	if !strings.Contains(everything(x), "k0, k1, k2, k3, k4 and 4 more.") {
		t.Error(everything(x))
	}
}

func TestRaisingIsOfferedWhereItHelps(t *testing.T) {
	answer := func(begins, print string) string {
		return `Fetch CSR Response - nonce(<3|mock.example|` + begins + `...>) fingerprint(<` + print + `...>) {"id":"nonce.usage.exceeded"}`
	}
	managed := logTenant()
	managed.Keys[0].ZscalerManaged = true
	raised := logTenant()
	raised.Keys[0].MaxUses = 20
	for what, c := range map[string]struct {
		known diagnose.Known
		lines []string
		say   string
	}{
		"one machine":        {logTenant(), []string{answer("MOCKful", "mAcHiNe001"), answer("MOCKful", "mAcHiNe001")}, "full by 1 (1 machine waits in this log)"},
		"three machines":     {logTenant(), []string{answer("MOCKful", "mAcHiNe001"), answer("MOCKful", "mAcHiNe002"), answer("MOCKful", "mAcHiNe003")}, "full by 3 (3 machines wait in this log)"},
		"above its limit":    {logTenant(), []string{answer("MOCKovr", "mAcHiNe001")}, "over by 3 (it is 2 above its limit, and 1 machine waits in this log)"},
		"another state":      {logTenant(), []string{answer("MOCKold", "mAcHiNe001")}, "raising max uses alone does not help"},
		"managed":            {managed, []string{answer("MOCKful", "mAcHiNe001")}, "managed and cannot be raised"},
		"raised in the time": {raised, []string{answer("MOCKful", "mAcHiNe001")}, "It has uses left again"},
	} {
		if x := explained(c.known, c.lines...)[0]; !strings.Contains(x.Next, c.say) {
			t.Errorf("%s: %q is not said in %q", what, c.say, x.Next)
		}
	}
}
