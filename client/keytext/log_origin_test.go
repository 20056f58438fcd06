package keytext_test

import (
	"strings"
	"testing"

	"provkeys/client/keytext"
)

func TestOriginIsReadFromEveryFormat(t *testing.T) {
	for line, want := range map[string][2]string{
		`{"__CURSOR":"s=1","_HOSTNAME":"edge-1","_PID":"12","SYSLOG_IDENTIFIER":"zpa-connector-child","MESSAGE":"x"}`: {"edge-1", "zpa-connector-child[12]"},
		`{"MESSAGE":"\"_HOSTNAME\":\"other\"","_HOSTNAME": "edge-1","SYSLOG_IDENTIFIER":"zpa-connector"}`:             {"edge-1", "zpa-connector"},
		`{"_HOSTNAME":"edge-1","_PID":"one","SYSLOG_IDENTIFIER":"` + strings.Repeat("n", 65) + `"}`:                   {"edge-1", ""},
		`{"_HOSTNAME":"edge-1","_PID":"123","SYSLOG_IDENTIFIER":"` + strings.Repeat("n", 60) + `"}`:                   {"edge-1", strings.Repeat("n", 60)},
		`{"_HOSTNAME":null,"_PID":"7"}`:                                         {"", "[7]"},
		`{"log":"zpa-connector[1]: x"}`:                                         {"", ""},
		"Nov 22 03:01:17 edge-1 zpa-connector-child: x":                         {"edge-1", "zpa-connector-child"},
		"2026-11-22T03:01:17+00:00 edge-1 zpa-connector-child: x":               {"edge-1", "zpa-connector-child"},
		"edge-1 zpa-connector-child: x":                                         {"edge-1", "zpa-connector-child"},
		"Nov 22 03:01:17 edge-1 chronyd: x":                                     {"edge-1", "chronyd"},
		"2026-11-22T03:01:17.1Z Enrol failed: x":                                {"", ""},
		"zpa-connector-child: x":                                                {"", ""},
		"Time skew: - 0.012783s":                                                {"", ""},
		"Certificates retrieved do not successfully verify: depth 0":            {"", ""},
		"Nov 22 03:01:17 edge-1 " + strings.Repeat("n", 65) + ": x":             {"", ""},
		"[pod/zpa-0/connector] Nov 22 03:01:17 edge-1 zpa-connector-child[1]: ": {"zpa-0/connector", "zpa-connector-child[1]"},
	} {
		if got := keytext.ReadLog(line); got.Source != want[0] || got.Process != want[1] {
			t.Errorf("%s: %q and %q", line, got.Source, got.Process)
		}
	}
}

func TestOtherProgramsFaultsAreNotTheConnectors(t *testing.T) {
	const dns, tls = "DNS resolution failed for pool.mock.example", "x509: self signed certificate in certificate chain"
	for line, want := range map[string]keytext.Event{
		"Nov 22 03:01:17 a chronyd[1]: " + dns:                                                                 keytext.EventNone,
		"Nov 22 03:01:17 a chronyd: " + dns:                                                                    keytext.EventNone,
		"Nov 22 03:01:17 a dockerd[1]: " + tls:                                                                 keytext.EventNone,
		"Nov 22 03:01:18 a puppet-agent[3]: certificate is not yet valid":                                      keytext.EventNone,
		"Nov 22 03:01:18 a bash[3]: grep '" + refusal + "'":                                                    keytext.EventNone,
		"Nov 22 03:01:18 a -bash[3]: grep 'Certificate enrollment failed.' x":                                  keytext.EventNone,
		`Nov 22 03:01:18 a CROND[9]: (root) CMD (grep '"nonce.usage.exceeded"' /var/log/messages)`:             keytext.EventNone,
		"Nov 22 03:01:18 a ansible-ansible.legacy.command[9]: Invoked with _raw_params=grep '" + refusal + "'": keytext.EventNone,
		`{"_HOSTNAME":"a","_PID":"1","SYSLOG_IDENTIFIER":"chronyd","MESSAGE":"` + dns + `"}`:                   keytext.EventNone,
		"Nov 22 03:01:17 a zpa-connector-child[1]: " + dns:                                                     keytext.EventDNS,
		"Nov 22 03:01:17 a np-connector[1]: " + dns:                                                            keytext.EventDNS,
		"Nov 22 03:01:17 a zscaler-update[1]: " + dns:                                                          keytext.EventDNS,
		"Nov 22 03:01:17 a 3f2a9c1b7d4e[812]: " + dns:                                                          keytext.EventDNS,
		"Nov 22 03:01:17 a conmon[812]: " + tls:                                                                keytext.EventIntercepted,
		// No other program writes these.
		"Nov 22 03:01:17 a edge-eu[812]: " + refusal:                      keytext.EventRefused,
		`Nov 22 03:01:17 a edge-eu[812]: {"id":"nonce.usage.exceeded"}`:   keytext.EventUsedUp,
		"Nov 22 03:01:17 a zpa-connector-child: " + dns:                   keytext.EventDNS,
		"2026-11-22T03:01:17.1Z error: " + dns:                            keytext.EventDNS,
		"edge-1  | " + dns:                                                keytext.EventDNS,
		"2026-11-22T03:01:17.1Z stdout F certificate is not yet valid, x": keytext.EventNotYetValid,
	} {
		if got := keytext.ReadLog(line); got.Event != want {
			t.Errorf("%s: %q, want %q", line, got.Event, want)
		}
	}
}

func TestWhatStandsInFrontOfAMessageIsTold(t *testing.T) {
	for line, want := range map[string]string{
		"pod-a zpa " + refusal:                                        "pod-a zpa",
		`pod-a zpa   "id": "nonce.usage.exceeded",`:                   "pod-a zpa",
		"pod-a zpa notice:" + refusal:                                 "pod-a zpa",
		`2026-11-22T03:01:18.000000001Z {"id":"nonce.usage.exceeded"`: "",
		"Sun Nov 22 03:01:17 UTC 2026 error:" + refusal:               "",
		"2026-11-22T03:01:18.1Z stdout F " + refusal:                  "stdout F",
		`{"log":"error:` + refusal + `\n"}`:                           "",
		"pod-a zpa Fetch CSR Response - " + nonce:                     "pod-a zpa",
		"pod-a zpa http status(400) " + nonce:                         "pod-a zpa",
		"a-1  | error:" + refusal:                                     "",
		"edge-1 zpa-connector-child[1]: error:" + refusal:             "",
		"pod-a zpa No valid certificate. Attempting to enroll":        "",
		"3f2a9c1b7d4e " + refusal:                                     "3f2a9c1b7d4e",
	} {
		if got := keytext.ReadLog(line).Front; got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func TestTimesOfTwoLinesCanBeCompared(t *testing.T) {
	const day = 24 * 60 * 60
	for what, c := range map[string]struct {
		first, second string
		apart         int64
	}{
		"syslog":          {"Nov 22 03:01:17 a zpa[1]: ", "Nov 22 09:01:18 a zpa[1]: ", 6*60*60 + 1},
		"over midnight":   {"Nov  9 23:59:59 ", "Nov 10 00:00:01 ", 2},
		"another day":     {"Nov 22 03:01:17 ", "Nov 23 03:01:17 ", day},
		"ISO":             {"2026-11-22T03:01:17+0000 ", "2026-11-22T03:02:17.5+0000 ", 60},
		"ISO, blank":      {"2026-11-22 03:01:17 ", "2026-12-22 03:01:17 ", 31 * day},
		"in a container":  {"a-1  | 2026-11-22T03:01:17Z ", "a-1  | 2026-11-22T03:01:19Z ", 2},
		"a clock alone":   {"03:01:17 ", "03:01:27 ", 10},
		"a journal's own": {`{"__REALTIME_TIMESTAMP":"1795316477000001","M":"`, `{"__REALTIME_TIMESTAMP":"1795316479000000","M":"`, 2},
	} {
		first, second := keytext.ReadLog(c.first+refusal).Second, keytext.ReadLog(c.second+refusal).Second
		if first <= 0 || second-first != c.apart {
			t.Errorf("%s: from %d to %d", what, first, second)
		}
	}
	for _, line := range []string{refusal, "[   12.345678] " + refusal, "Nov 22 03:1:17 " + refusal, strings.Repeat("x", 200) + " 03:01:17 " + refusal} {
		if got := keytext.ReadLog(line).Second; got != 0 {
			t.Errorf("%.40s: %d", line, got)
		}
	}
}

func TestLineThatEndsWhatWasBeforeIsTold(t *testing.T) {
	for line, want := range map[string][2]bool{
		"-- Boot 3f2a9c1b7d4e --":                   {true, false},
		"\x1b[1m-- Boot 3f2a9c1b7d4e --\x1b[0m":     {true, false},
		"-- Reboot --":                              {true, false},
		"    MESSAGE=" + refusal:                    {false, true},
		"MESSAGE=" + refusal:                        {false, true},
		"\t\"MESSAGE\" : \"x\",":                    {false, true},
		"-- No entries --":                          {false, false},
		`{"MESSAGE":"x"}`:                           {false, false},
		"    SYSLOG_IDENTIFIER=zpa-connector-child": {false, false},
	} {
		if got := keytext.ReadLog(line); got.Boot != want[0] || got.Apart != want[1] {
			t.Errorf("%s: another boot %v, an entry %v", line, got.Boot, got.Apart)
		}
	}
}

func TestFieldsBesideAMessageAreNotRead(t *testing.T) {
	const beside = `{"_CMDLINE":"grep Certificate enrollment failed","MESSAGE":%,"_HOSTNAME":"a","SYSLOG_IDENTIFIER":"zpa-connector"}`
	for message, want := range map[string]keytext.Event{
		`"Time skew"`: keytext.EventNone,
		`"a \"quote\" and Cannot decrypt data from instance_id.crypt"`: keytext.EventMoved,
		`"Fetch CSR Response\n{\n\"id\": \"nonce.usage.exceeded\",\n"`: keytext.EventUsedUp,
		`"` + refusal + `"`: keytext.EventRefused,
	} {
		if got := keytext.ReadLog(strings.Replace(beside, "%", message, 1)).Event; got != want {
			t.Errorf("%s: %q, want %q", message, got, want)
		}
	}
}

func TestLoginWithoutAFaultIsALogin(t *testing.T) {
	got := keytext.ReadLog("Login request - http status(200) " + nonce)
	if !got.Login || got.Event != keytext.EventNone || got.Prefix != "MOCK+/0" {
		t.Errorf("%+v", got)
	}
	if keytext.ReadLog("No valid certificate. Attempting to enroll").Login {
		t.Error("a beginning is taken for a login")
	}
}

func TestUnknownLineOfAnyFormatCostsLittleMemory(t *testing.T) {
	for _, line := range []string{
		`{"_HOSTNAME":"edge-1","_PID":"12","SYSLOG_IDENTIFIER":"zpa-connector-child","MESSAGE":"Time skew: - 0.012783s"}`,
		"Nov 22 03:01:17 edge-1 kernel: eth0: link up", "2026-11-22T03:01:17.1Z stdout F Time skew: - 0.012783s", "    MESSAGE=Time skew: - 0.012783s",
	} {
		if n := testing.AllocsPerRun(100, func() { keytext.ReadLog(line) }); n > 1 {
			t.Errorf("%s: %v allocations", line, n)
		}
	}
}

func TestSecretInTheHostsPlaceIsNoHost(t *testing.T) {
	for _, host := range []string{
		opaque[:40], "mock.example" + opaque[:20], "mock.exampleMOCKOIWEMOCK", "mock", opaque[:20] + ".mock.exampleMOCKwhE", strings.Repeat("m", 64) + ".example",
	} {
		if got := keytext.ReadLog("http status(401) nonce(<3|" + host + "|MOCK+/0...>)"); got.Host != "" || got.Damage != keytext.FaultHost {
			t.Errorf("%s: %q is told of a login", host, got.Host)
		}
		if got := keytext.ReadLog("DNS resolution failed for " + host); got.Host != "" || got.Damage != keytext.FaultHost {
			t.Errorf("%s: %q is told of a lookup", host, got.Host)
		}
	}
}
