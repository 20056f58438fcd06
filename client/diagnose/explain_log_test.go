package diagnose_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
)

// The journals below are written as the tools write them; hosts, keys and
// fingerprints are made up.
func TestJournalsAreExplainedAsTheToolsShowThem(t *testing.T) {
	for what, c := range map[string]struct {
		journal string
		want    string // event count first-last key, one a word
	}{
		"journalctl": {`-- Journal begins at Sun 2026-11-22 02:58:01 UTC. --
Nov 22 03:01:15 edge-1 systemd[1]: Started Zscaler Private Access Connector.
Nov 22 03:01:16 edge-1 zpa-connector[1037]: zscaler-update: zpa-connector-child Started from /opt/zscaler/var/image.bin
Nov 22 03:01:17 edge-1 zpa-connector-child[1234]: ` + "\x1b[1;39mChecking Enrollment\x1b[0m" + `
Nov 22 03:01:17 edge-1 zpa-connector-child[1234]: No valid certificate. Attempting to enroll
Nov 22 03:01:17 edge-1 zpa-connector-child[1234]: Enroll: Connecting to mock.example via co2br.mock.example.
Nov 22 03:01:18 edge-1 zpa-connector-child[1234]: Login request failed - http status(401) nonce(<3|mock.example|MOCKfin...>) fingerprint(<nEwPrInT00...>)
Nov 22 03:01:18 edge-1 zpa-connector-child[1234]: Certificate enrollment failed.
Nov 22 03:01:20 edge-1 zpa-connector-child[1301]: No valid certificate. Attempting to enroll
Nov 22 03:01:21 edge-1 zpa-connector-child[1301]: Login request failed - http status(401) nonce(<3|mock.example|MOCKfin...>) fingerprint(<nEwPrInT00...>)
Nov 22 03:01:21 edge-1 zpa-connector-child[1301]: Certificate enrollment failed.
`, "enrolling 2 5-9 -, key-refused 2 7-10 fine"},
		"journalctl -o short-iso, CRLF": {"2026-11-22T03:01:17+0000 edge-1 zpa-service-edge-child[88]: DNS resolution failed for mock.example\r\n" +
			"2026-11-22T03:01:17+0000 edge-1 zpa-service-edge-child[88]: Could not create HTTP client\r\n" +
			"2026-11-22T03:01:17+0000 edge-1 zpa-service-edge-child[88]: Certificate enrollment failed.\r\n",
			"dns 1 1-1 -"},
		"journalctl -o cat": {`notice:Checking Enrollment
notice:No valid certificate. Attempting to enroll
notice:Enroll: Connecting to mock.example via co2br.mock.example.
error:Login request failed - http status(401) nonce(<3|mock.example|MOCKoff...>) fingerprint(<nEwPrInT00...>)
notice:Certificate enrollment failed.
`, "enrolling 1 2-2 -, key-refused 1 4-4 off"},
		"docker logs --timestamps": {`2026-11-22T03:01:17.123456789Z notice:No valid certificate. Attempting to enroll
2026-11-22T03:01:18.000000001Z error:Login request failed - http status(400) nonce(<3|mock.example|MOCKful...>) fingerprint(<nEwPrInT00...>)
2026-11-22T03:01:18.000000002Z {
2026-11-22T03:01:18.000000003Z   "params": ["nonce.maxUsage"],
2026-11-22T03:01:18.000000004Z   "id":"nonce.usage.exceeded"
2026-11-22T03:01:18.000000005Z }
2026-11-22T03:01:18.000000006Z notice:Certificate enrollment failed.
`, "enrolling 1 1-1 -, used-up 1 5-5 full"},
		"docker's own file": {`{"log":"error:Login request failed - http status(400) nonce(\u003c3|mock.example|MOCKful...\u003e) fingerprint(\u003cnEwPrInT00...\u003e)\n","stream":"stdout","time":"2026-11-22T03:01:18Z"}
{"log":"{\"params\":[\"nonce.maxUsage\"],\"id\":\"nonce.usage.exceeded\"}\n","stream":"stdout","time":"2026-11-22T03:01:18Z"}
`, "used-up 1 2-2 full"},
		"rsyslog's file": {`Nov 22 03:01:17 edge-1 zpa-connector-child[1234]: Fetch CSR Response - nonce(<3|mock.example|MOCKful...>) fingerprint(<nEwPrInT00...>)#012{#012"id": "nonce.usage.exceeded"#012}
`, "used-up 1 1-1 full"},
		"docker compose, two at once": {`a-1  | error:Login request failed - http status(400) nonce(<3|mock.example|MOCKful...>)
b-1  | error:Login request failed - http status(400) nonce(<3|mock.example|MOCKovr...>)
b-1  | "id": "nonce.usage.exceeded"
`, "login-failed 1 1-1 full, used-up 1 3-3 over"},
		"a moved machine": {`Feb  2 05:08:21 edge-1 zpa-connector-child[15083]: memory_arena_count=14
Feb  2 05:08:21 edge-1 zpa-connector-child[15083]: Checking Enrollment
Feb  2 05:08:21 edge-1 zpa-connector-child[15083]: Cannot decrypt data from instance_id.crypt
Feb  2 05:08:21 edge-1 zpa-connector-child[15083]: Cannot get instance id
Feb  2 05:08:21 edge-1 zpa-connector: 139944367298368:error:06065064:digital envelope routines:EVP_DecryptFinal_ex:bad decrypt:evp_enc.c:590:
`, "machine-moved 1 3-3 -"},
		"a clock behind": {`Mar 02 11:49:56 edge-1 zpa-connector-child[10500]: This provisioning key has already been enrolled. Attempting to re-enroll
Mar 02 11:49:56 edge-1 zpa-connector-child[10500]: Certificates retrieved do not successfully verify: depth 0:certificate is not yet valid, cert=
-----BEGIN CERTIFICATE-----
Mar 02 11:49:56 edge-1 zpa-connector-child[10500]: Certificate enrollment failed.
`, "clock 1 2-2 -"},
		"a healthy machine": {`Nov 08 02:29:53 zpa-connector-child[6123]: -------- Connector Status:ID=72000000000000000:Name=edge-1:Ver=26.1.1 --------
Nov 08 02:29:53 zpa-connector-child[6123]: Certificate will expire in 227 days, 21 hours, 26 minutes, 13 seconds
Nov 08 02:29:53 zpa-connector-child[6123]: Time skew: - 0.012783s
`, ""},
	} {
		var got []string
		for _, x := range explained(logTenant(), c.journal) {
			key := "-"
			if x.Match != nil {
				key = x.Match.Key.Name
			}
			got = append(got, fmt.Sprintf("%s %d %d-%d %s", x.Event, x.Count, x.First, x.Last, key))
		}
		if joined := strings.Join(got, ", "); joined != c.want {
			t.Errorf("%s:\n%s, want\n%s", what, joined, c.want)
		}
	}
}

// fakeMemory remembers keys by what a log shows of them.
type fakeMemory struct {
	remembered map[string][]diagnose.Remembered
	asked      *int
}

func (m fakeMemory) ByText(client.Secret) (diagnose.Remembered, bool) {
	return diagnose.Remembered{}, false
}

func (m fakeMemory) ByPrefix(version, host, prefix string) []diagnose.Remembered {
	if m.asked != nil {
		*m.asked++
	}
	return m.remembered[version+"|"+host+"|"+prefix]
}

func TestHiddenAndGoneKeysAreKnownFromMemory(t *testing.T) {
	seen := time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC)
	remember := func(name string) diagnose.Remembered {
		return diagnose.Remembered{
			Key: client.Ref{Kind: client.AppConnector, ID: client.ID("id-" + name)}, Name: name, Group: "Old group", Customer: "7", At: seen,
		}
	}
	memory := fakeMemory{remembered: map[string][]diagnose.Remembered{
		"3|mock.example|MOCKhid": {remember("hidden")},
		"3|mock.example|MOCKgon": {remember("gone")},
		"3|mock.example|MOCKtw1": {remember("gone"), remember("gone-2")},
		"3|mock.example|MOCKfin": {remember("fine")},
		"3|mock.example|MOCKoff": {remember("gone")},
	}}
	for begins, c := range map[string]struct {
		complete bool
		name     string
		gone     bool
		say      string
	}{
		"MOCKhid": {true, "hidden", false, "seen here on 2026-10-01; the tenant does not show it."},
		"MOCKgon": {true, "gone", true, "holds no such key any more."},
		"MOCKtw1": {true, "", false, "2 keys begin like that"},
		"MOCKfin": {true, "fine", false, "fine is ok"},
		"MOCKoff": {true, "", false, "2 keys begin like that"},
	} {
		known := logTenant()
		known.Memory, known.Complete = memory, c.complete
		x := one(t, known, refusalOf("3|mock.example|"+begins))
		if c.name == "" != (x.Match == nil) || x.Match != nil && (x.Match.Key.Name != c.name || x.Match.Gone != c.gone) {
			t.Errorf("%s: %+v", begins, x.Match)
		}
		if !strings.Contains(everything(x), c.say) {
			t.Errorf("%s: %q is not said in\n%s", begins, c.say, everything(x))
		}
	}
	known := diagnose.Known{Memory: memory, Complete: true, Customer: "8"}
	x := one(t, known, refusalOf("3|mock.example|MOCKgon"))
	if x.Match == nil || x.Match.Gone || !strings.Contains(everything(x), "Check which tenant the machine is meant for.") {
		t.Errorf("of another tenant: %+v\n%s", x.Match, everything(x))
	}
	known = diagnose.Known{Memory: memory}
	x = one(t, known, refusalOf("3|mock.example|MOCKgon"))
	if x.Match == nil || x.Match.Gone || !x.Match.Remembered.Equal(seen) || x.Match.Key.Group != "Old group" || x.Match.Customer != "7" {
		t.Errorf("without a tenant: %+v", x.Match)
	}
	if !strings.Contains(everything(x), "seen here on 2026-10-01") {
		t.Error(everything(x))
	}
}

func TestNoKeyAmongHundredsIsMistakenForAnother(t *testing.T) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	known := diagnose.Known{Now: logTime, Complete: true}
	byPrefix := map[string][]string{}
	for i := range 400 {
		// Neighbours differ in one character alone; the last two are the same.
		n := min(i, 398)
		k := logKey(fmt.Sprint("asg-", i), "MOCK"+string([]byte{'x', alphabet[n/64], alphabet[n%64]}), 1, 9)
		known.Keys = append(known.Keys, k)
		byPrefix[k.Hint.LogPrefix] = append(byPrefix[k.Hint.LogPrefix], k.Name)
	}
	whole := func(p string) string { return p }
	for what, c := range map[string]struct {
		begin  string
		damage func(string) string
		proved int
	}{
		"as it is":        {"3|mock.example|", whole, 398},
		"another version": {"2|mock.example|", whole, 0},
		"another host":    {"3|mocc.example|", whole, 0},
		"one is changed":  {"3|mock.example|", func(p string) string { return p[:6] + "=" }, 0},
		"one is missing":  {"3|mock.example|", func(p string) string { return p[:6] }, 0},
		"a blank":         {"3|mock.example|", func(p string) string { return p[:3] + " " + p[3:6] }, 0},
		"another case":    {"3|mock.example|", func(p string) string { return "mock" + p[4:] }, 0},
	} {
		var lines []string
		for p := range byPrefix {
			lines = append(lines, refusalOf(c.begin+c.damage(p)))
		}
		proved := 0
		for _, x := range explained(known, lines...) {
			if x.Match == nil {
				continue
			}
			proved++
			if names := byPrefix[strings.TrimPrefix(x.Prefix, c.begin)]; len(names) != 1 || names[0] != x.Match.Key.Name {
				t.Errorf("%s: %s is named for %s", what, x.Match.Key.Name, x.Prefix)
			}
		}
		if proved != c.proved {
			t.Errorf("%s: %d keys are named, want %d", what, proved, c.proved)
		}
	}
}

func TestPastedLogIsToldFromAKeyText(t *testing.T) {
	text := "3|mock.example|" + strings.Repeat("MOCK+/09", 48)
	wrapped := ""
	for rest := text; rest != ""; rest = rest[min(64, len(rest)):] {
		wrapped += rest[:min(64, len(rest))] + "\n"
	}
	for pasted, want := range map[string]bool{
		usedUpAnswer:                        true,
		refusalOf("3|mock.example|MOCKfin"): true,
		"Nov 22 03:01:17 h a[1]: x\nNov 22 03:01:17 h b[2]: y": true,
		"Nov 22 03:01:17 h a[1]: x":                            false,
		"":                                                     false,
		"\n\n":                                                 false,
		text:                                                   false,
		text[:100]:                                             false,
		text + "\n" + text:                                     false,
		wrapped:                                                false,
		"# cat /opt/zscaler/var/provision_key\n" + text:                   false,
		"[root@edge-1 ~]$ export ZPA_PROVISION_KEY='" + text + "'":        false,
		`{"id":"1","name":"fine","provisioningKey":"` + text + `","x":1}`: false,
	} {
		if got := diagnose.LooksLikeLog(pasted); got != want {
			t.Errorf("%.40q: %v", pasted, got)
		}
	}
}

func TestNoMoreOfATextIsToldThanConnectorsLog(t *testing.T) {
	secret := "FAKEsecretPART" + strings.Repeat("Zz09", 92)
	for _, log := range []string{
		"Login request failed - http status(401) nonce(<3|mock.example|%s>) fingerprint(<%[1]s>)",
		"http status(401) nonce(<3|%s|mock.example>)", "http status(401) nonce(<%s|mock.example|3>)", "http status(401) nonce(<3mock.example%s>)",
		"http status(401) nonce(<3|mock.example%s|x>)", "DNS resolution failed for %s", "DNS resolution failed for mock.example%s",
		"%s[1]: Certificate enrollment failed.", "h zpa-connector[1]: DNS resolution failed for 3|mock.example|%s", `{"id":"nonce.usage.exceeded","text":"%s"}`,
	} {
		for _, x := range explained(logTenant(), fmt.Sprintf(log, secret)) {
			if told := everything(x) + x.Prefix + x.Machine; strings.Contains(told, secret[3:14]) || strings.Contains(told, secret[:8]) {
				t.Errorf("%s: told in\n%s", log, told)
			}
		}
	}
}

func TestHostileLogIsExplainedWithinBounds(t *testing.T) {
	asked := 0
	known := logTenant()
	known.Memory = fakeMemory{asked: &asked}
	e := diagnose.NewExplainer(known)
	const lines = 5_000
	for i := range lines {
		e.Read(fmt.Sprintf("http status(401) nonce(<3|mock.example|M%06d...>)", i))
	}
	all, count := e.Explanations(), 0
	for _, x := range all {
		count += x.Count
	}
	if len(all) > 1100 || count != lines || asked > 100 {
		t.Errorf("%d explanations of %d lines, the memory was asked %d times", len(all), count, asked)
	}
	if last := all[len(all)-1]; last.Event != keytext.EventRefused || last.Match != nil || !strings.Contains(everything(last), "more than can be told apart") {
		t.Errorf("%+v", last)
	}
}

const quietLine = "Nov 08 02:29:53 edge-1 zpa-connector-child[6123]: Broker data connection count = 55, backed_off connections = 0"

func TestUnknownLineCostsTheExplainerNoMemory(t *testing.T) {
	e := diagnose.NewExplainer(logTenant())
	if n := testing.AllocsPerRun(1000, func() { e.Read(quietLine) }); n > 1 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkExplain100000Lines(b *testing.B) {
	lines := strings.Split(strings.TrimSuffix(strings.Repeat(quietLine+"\n", 90)+usedUpAnswer, "\n"), "\n")
	known := logTenant()
	for i := range 400 {
		known.Keys = append(known.Keys, logKey(fmt.Sprint("asg-", i), fmt.Sprintf("MOC%04d", i), 1, 9))
	}
	for b.Loop() {
		e := diagnose.NewExplainer(known)
		for i := range 100_000 {
			e.Read(lines[i%len(lines)])
		}
		if len(e.Explanations()) == 0 {
			b.Fatal("nothing was explained")
		}
	}
}
