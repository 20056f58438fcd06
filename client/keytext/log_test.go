package keytext_test

import (
	"strings"
	"testing"

	"provkeys/client/keytext"
)

const nonce = "nonce(<3|mock.example|MOCK+/0...>)"

const refusal = "Login request failed - http status(401) " + nonce + " fingerprint(<fAkEpRiNt0...>)"

func TestEveryEventIsToldApart(t *testing.T) {
	for line, want := range map[string]keytext.Event{
		"No valid certificate. Attempting to enroll": keytext.EventEnrolling,
		refusal:                     keytext.EventRefused,
		"http status(401) " + nonce: keytext.EventRefused,
		"Login request failed - http status(401)":                                                 keytext.EventRefused,
		"Login request failed - http status(400) " + nonce:                                        keytext.EventLoginFailed,
		"Login request failed - http status(503) " + nonce:                                        keytext.EventLoginFailed,
		"Login request failed":                                                                    keytext.EventLoginFailed,
		"Fetch CSR Response - " + nonce:                                                           keytext.EventLoginFailed,
		`    "id": "nonce.usage.exceeded",`:                                                       keytext.EventUsedUp,
		`{"params":["nonce.maxUsage"],"id":"nonce.usage.exceeded"}`:                               keytext.EventUsedUp,
		`{"log":"{\"id\":\"nonce.usage.exceeded\"}\n","stream":"stdout"}`:                         keytext.EventUsedUp,
		"&quot;id&quot;: &quot;nonce.usage.exceeded&quot;,":                                       keytext.EventUsedUp,
		"{&#34;id&#34;:&#34;nonce.usage.exceeded&#34;}":                                           keytext.EventUsedUp,
		`Fetch CSR Response - ` + nonce + `#012{#012"id": "nonce.usage.exceeded"#012}`:            keytext.EventUsedUp,
		"Certificates retrieved do not successfully verify: depth 0:certificate is not yet valid": keytext.EventNotYetValid,
		"DNS resolution failed for mock.example":                                                  keytext.EventDNS,
		"BEV_EVENT_ERROR, sock=54 self signed certificate in certificate chain /C=US/CN=x":        keytext.EventIntercepted,
		"verify error: self-signed certificate in certificate chain":                              keytext.EventIntercepted,
		"Cannot decrypt data from instance_id.crypt":                                              keytext.EventMoved,
		"[OAuth] Started provisioning this device using OAuth2.0 method":                          keytext.EventNoKey,
		"Certificate enrollment failed.":                                                          keytext.EventEnrolmentDead,

		"": keytext.EventNone,
		"Certificate will expire in 227 days, 21 hours":                                             keytext.EventNone,
		"Login request - http status(200) " + nonce:                                                 keytext.EventNone,
		"GET /health - http status(401)":                                                            keytext.EventNone,
		"the nonce(x) of another program":                                                           keytext.EventNone,
		"what does nonce.usage.exceeded mean":                                                       keytext.EventNone,
		`"id": "nonce.usage.exceeded.soon"`:                                                         keytext.EventNone,
		"sudo[77]: ops : COMMAND=/usr/bin/grep 'Certificate enrollment failed' /var/log/messages":   keytext.EventNone,
		"sudo[77]: ops : COMMAND=/usr/bin/grep -i 'self signed certificate in certificate chain' f": keytext.EventNone,
	} {
		for what, written := range map[string]string{
			"as it is": line, "in capitals": strings.ToUpper(line), "in small letters": strings.ToLower(line),
			"with a return": line + "\r\n", "in colours": "\x1b[1;39m" + line + "\x1b[0m",
		} {
			// Programs' names and escapes have their case.
			if what == "in capitals" && (strings.Contains(line, `\n`) || strings.HasPrefix(line, "sudo")) {
				continue
			}
			if got := keytext.ReadLog(written).Event; got != want {
				t.Errorf("%s, %s: %q, want %q", line, what, got, want)
			}
		}
	}
}

func TestLoginIsReadToItsParts(t *testing.T) {
	want := keytext.LogLine{
		Event: keytext.EventRefused, Status: 401, Version: "3", Host: "mock.example", Prefix: "MOCK+/0", Fingerprint: "fAkEpRiNt0",
		Login: true,
	}
	for what, line := range map[string]string{
		"plain":                refusal,
		"the console's":        "error:" + refusal,
		"docker's stamp":       "2026-11-22T03:01:17.123456789Z " + refusal,
		"JSON for HTML":        strings.NewReplacer("<", `\u003c`, ">", `\u003e`).Replace(`{"log":"` + refusal + `\n"}`),
		"copied from a page":   strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(refusal),
		"a whole text in it":   strings.Replace(refusal, "MOCK+/0...", opaque, 1),
		"a whole print in it":  strings.Replace(refusal, "fAkEpRiNt0...", "fAkEpRiNt0AndMoreOfIt=", 1),
		"another one before":   "setNonce(a) " + refusal,
		"no end":               strings.TrimSuffix(refusal, "...>)"),
		"colours in the midst": strings.Replace(refusal, "- http", "- \x1b[31mhttp", 1),
	} {
		got := keytext.ReadLog(line)
		if got.Front, got.Second = "", 0; got != want {
			t.Errorf("%s: %+v", what, got)
		}
	}
}

func TestWriterOfALineIsFound(t *testing.T) {
	for line, want := range map[string][2]string{
		"Nov 22 03:01:17 edge-1 zpa-connector-child[1234]: " + refusal:                               {"edge-1", "zpa-connector-child[1234]"},
		"Feb  2 03:01:17 edge-1.lab zpa-service-edge-child[1]: x":                                    {"edge-1.lab", "zpa-service-edge-child[1]"},
		"2026-11-22T03:01:17+0000 edge-1 zpa-connector-child[1234]: x":                               {"edge-1", "zpa-connector-child[1234]"},
		"2026-11-22T03:01:17.000123+00:00 edge-1 zpa-pcc[9]: x":                                      {"edge-1", "zpa-pcc[9]"},
		"Sun 2026-11-22 03:01:17 UTC edge-1 zpa-connector-child[1234]: x":                            {"edge-1", "zpa-connector-child[1234]"},
		"[   12.345678] edge-1 zpa-connector-child[1234]: x":                                         {"edge-1", "zpa-connector-child[1234]"},
		"Nov 22 03:01:17 zpa-connector-child[1234]: no machine":                                      {"", "zpa-connector-child[1234]"},
		"zpa-connector-1  | No valid certificate. Attempting to enroll":                              {"zpa-connector-1", ""},
		"[pod/zpa-0/connector] No valid certificate. Attempting to enroll":                           {"zpa-0/connector", ""},
		"\x1b[36mzpa-1  | \x1b[0mNo valid certificate. Attempting to enroll":                         {"zpa-1", ""},
		"No valid certificate. Attempting to enroll":                                                 {"", ""},
		"notice:Checking Enrollment":                                                                 {"", ""},
		"Received event from [10.0.0.1]:38864;broker.mock.example:[10.0.0.2]:443: BEV_EVENT_READING": {"", ""},
		"x [12]: no name": {"", ""},
		"Nov 22 03:01:17 h " + strings.Repeat("n", 90):      {"", ""},
		"Nov 22 h " + strings.Repeat("n", 90) + "[12]: x":   {"", ""},
		strings.Repeat("n", 300) + " zpa-connector[1]: far": {"", ""},
	} {
		if got := keytext.ReadLog(line); got.Source != want[0] || got.Process != want[1] {
			t.Errorf("%s: %q and %q", line, got.Source, got.Process)
		}
	}
}

func TestDamageOfANonceIsTold(t *testing.T) {
	for nonce, want := range map[string]keytext.LogLine{
		"3|mock.example|MOCK+/0":            {Version: "3", Host: "mock.example", Prefix: "MOCK+/0"},
		"3|MOCK.example|MOCK+/0":            {Version: "3", Host: "MOCK.example", Prefix: "MOCK+/0"},
		`"3|mock.example|MOCK+/0`:           {Version: "3", Host: "mock.example", Prefix: "MOCK+/0", Damage: keytext.FaultQuote},
		"\u201c3|mock.example|MOCK+/0":      {Version: "3", Host: "mock.example", Prefix: "MOCK+/0", Damage: keytext.FaultSmartQuote},
		"\ufeff3|mock.example|MOCK+/0":      {Version: "3", Host: "mock.example", Prefix: "MOCK+/0", Damage: keytext.FaultMark},
		`3\|mock.example\|MOCK+/0`:          {Prefix: "MOCK+/0", Damage: keytext.FaultVersion},
		"3| mock.example|MOCK+/0":           {Version: "3", Host: "mock.example", Prefix: "MOCK+/0", Damage: keytext.FaultBlank},
		"3|mock.example|MOC K+/":            {Version: "3", Host: "mock.example", Prefix: "MOC K+/", Damage: keytext.FaultBlank},
		"3|mock.example| MOCK+/":            {Version: "3", Host: "mock.example", Prefix: " MOCK+/", Damage: keytext.FaultBlank},
		`3|mock.example|"MOCK+/`:            {Version: "3", Host: "mock.example", Prefix: `"MOCK+/`, Damage: keytext.FaultQuote},
		"3|mock.example|MOCK_/0":            {Version: "3", Host: "mock.example", Prefix: "MOCK_/0", Damage: keytext.FaultBase64},
		"3|mock.example|MOCK\x07/0":         {Version: "3", Host: "mock.example", Prefix: "MOCK\x07/0", Damage: keytext.FaultControl},
		"3|mock_.example|MOCK+/0":           {Version: "3", Prefix: "MOCK+/0", Damage: keytext.FaultHost},
		"3|mock.example|MOCKéé":             {Version: "3", Host: "mock.example", Prefix: "MOCKé", Damage: keytext.FaultForeign},
		"3|mock.example|MOCK":               {Version: "3", Host: "mock.example", Prefix: "MOCK", Damage: keytext.FaultShort},
		"3|mock.example|":                   {Version: "3", Host: "mock.example", Damage: keytext.FaultShort},
		"7|mock.example|MOCK+/0":            {Host: "mock.example", Prefix: "MOCK+/0", Damage: keytext.FaultVersion},
		"KEY=3|mock.example|MOCK+/0":        {Host: "mock.example", Prefix: "MOCK+/0", Damage: keytext.FaultVersion},
		"3|mock. example|MOCK+/0":           {Version: "3", Host: "mock.example", Prefix: "MOCK+/0", Damage: keytext.FaultBlank},
		"3|" + opaque + "|mock":             {Version: "3", Prefix: "mock", Damage: keytext.FaultHost},
		"3|mock.example" + opaque + "|MOCK": {Version: "3", Prefix: "MOCK", Damage: keytext.FaultHost},
		"3|mock.example" + opaque:           {Damage: keytext.FaultParts},
		opaque:                              {Damage: keytext.FaultParts},
		"":                                  {Damage: keytext.FaultParts},
	} {
		want.Event, want.Status, want.Login = keytext.EventRefused, 401, true
		if got := keytext.ReadLog("http status(401) nonce(<" + nonce + "...>)"); got != want {
			t.Errorf("%.40q: %+v", nonce, got)
		}
	}
}

func TestUnresolvedHostIsReadAndNoSecretInItsPlace(t *testing.T) {
	for behind, want := range map[string]string{
		" api.mock.example":                     "api.mock.example",
		" api.mock.example.":                    "api.mock.example",
		" api.mock.example, errno 11":           "api.mock.example",
		": \"api.mock.example\"":                "api.mock.example",
		" api.mock.example:443":                 "api.mock.example",
		` api.mock.example\n","time":`:          "api.mock.example",
		" api_mock.example":                     "",
		" ap\u2019i.mock.example":               "",
		" " + opaque:                            "",
		" MOCKMOCKMOCK":                         "",
		" mock.example" + opaque:                "",
		" mock.exampleMOCKMOCKMOCKMOCKMOCKMOCK": "",
		"":                                      "",
	} {
		got := keytext.ReadLog("DNS resolution failed for" + behind)
		damage := keytext.FaultHost
		if want != "" {
			damage = ""
		}
		if got.Event != keytext.EventDNS || got.Host != want || got.Damage != damage {
			t.Errorf("%.40q: %+v", behind, got)
		}
	}
}

func TestUnknownLineCostsNoMemory(t *testing.T) {
	line := "Nov 08 02:29:53 edge-1 zpa-connector-child[6123]: Broker data connection count = 55, backed_off connections = 0"
	if n := testing.AllocsPerRun(100, func() { keytext.ReadLog(line) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestEndlessLineIsReadInPart(t *testing.T) {
	far := strings.Repeat("x", 1<<20)
	if got := keytext.ReadLog(refusal + far); got.Event != keytext.EventRefused || got.Prefix != "MOCK+/0" {
		t.Errorf("%+v", got)
	}
	if got := keytext.ReadLog(far + refusal); got.Event != keytext.EventNone {
		t.Errorf("%+v", got)
	}
}

func FuzzReadLog(f *testing.F) {
	for _, seed := range []string{
		refusal, "Nov 22 03:01:17 edge-1 zpa-connector-child[1234]: " + refusal, "nonce(<", "nonce(<||", "nonce(<3|" + opaque,
		"nonce(<3|mock.example|\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8>) fingerprint(<\xff\xff", "DNS resolution failed for", "DNS resolution failed for \x1b[0ma.b",
		"\x1b[", "a | b", "[pod/", "x[1]:", "nonce(&lt;3|a.b|c&gt;)", `"nonce.usage.exceeded"`, "http status(4e1) nonce(<3|a.b|cccccccc",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		l := keytext.ReadLog(line)
		if len(l.Version) > 1 || len(l.Host) > 253 || len(l.Prefix) > 7 || len(l.Fingerprint) > 10 || len(l.Process) > 64 || len(l.Source) > 64 || len(l.Front) > 512 {
			t.Errorf("more is kept than is bounded: %+v", l)
		}
		if l.Host != "" && !strings.Contains(l.Host, ".") {
			t.Errorf("%q may be a piece of a secret", l.Host)
		}
		if l.Status != 0 && (l.Status < 0 || l.Status > 999) {
			t.Errorf("status %d", l.Status)
		}
	})
}
