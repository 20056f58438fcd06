package diagnose_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
)

var logTime = time.Date(2026, 11, 22, 3, 0, 0, 0, time.UTC)

// logKey makes a key whose secret part begins with the characters given.
func logKey(name, begins string, uses, limit int64) client.Key {
	text := "3|mock.example|" + begins + strings.Repeat("MOCK", 96)[len(begins):]
	return client.Key{
		Kind: client.AppConnector, ID: client.ID("id-" + name), Name: name, Group: "EU West 1",
		Uses: uses, MaxUses: limit, Enabled: true, Exportable: true,
		Text: client.NewSecret(text), Hint: keytext.Describe(text),
	}
}

// logTenant is a tenant with a key of each state that matters to a log.
func logTenant() diagnose.Known {
	full, over, off, ok := logKey("full", "MOCKful", 10, 10), logKey("over", "MOCKovr", 12, 10), logKey("off", "MOCKoff", 1, 10), logKey("fine", "MOCKfin", 1, 10)
	off.Enabled = false
	old := logKey("old", "MOCKold", 10, 10)
	old.Expires = logTime.Add(-time.Hour)
	edge := logKey("edge", "MOCKedg", 4, 4)
	edge.Kind = client.ServiceEdge
	twin := logKey("twin", "MOCKtwi", 1, 10)
	twin2 := logKey("twin-2", "MOCKtwi", 1, 10)
	hidden := logKey("hidden", "", 1, 10)
	hidden.Exportable, hidden.Text, hidden.Hint = false, client.Secret{}, keytext.Hint{}
	return diagnose.Known{
		Keys: []client.Key{full, over, off, ok, old, edge, twin, twin2, hidden},
		Machines: []client.Connector{
			{Name: "full-1", Fingerprint: "fAkEpRiNt0AAAA=", Key: "full"},
			{Name: "alike-1", Fingerprint: "sAmEpRiNt0AAAA="}, {Name: "alike-2", Fingerprint: "sAmEpRiNt0BBBB="},
		},
		Now: logTime, Complete: true,
	}
}

func explained(known diagnose.Known, lines ...string) []diagnose.Explanation {
	e := diagnose.NewExplainer(known)
	for _, line := range lines {
		for l := range strings.Lines(line) {
			e.Read(l)
		}
	}
	return e.Explanations()
}

// one is explained of which exactly one explanation is expected.
func one(t *testing.T, known diagnose.Known, lines ...string) diagnose.Explanation {
	t.Helper()
	all := explained(known, lines...)
	if len(all) != 1 {
		t.Fatalf("%d explanations: %+v", len(all), all)
	}
	return all[0]
}

func everything(x diagnose.Explanation) string {
	return strings.Join(append([]string{x.Cause, x.Next}, x.Notes...), "\n")
}

func refusalOf(nonce string) string {
	return "Login request failed - http status(401) nonce(<" + nonce + "...>) fingerprint(<nEwPrInT00...>)"
}

func TestRefusedTextIsTracedToItsKey(t *testing.T) {
	for name, c := range map[string]struct {
		begins string
		say    []string
	}{
		"fine": {"MOCKfin", []string{"fine is ok", "1 of 10", "damaged behind its first 7", "/opt/zscaler/var/provision_key", "zpa-connector"}},
		"off":  {"MOCKoff", []string{"off is disabled", "Enable it", "damaged further behind"}},
		"full": {"MOCKful", []string{"full is used up", "10 of 10", "Raise its max uses"}},
		"old":  {"MOCKold", []string{"expired and used up"}},
		"edge": {"MOCKedg", []string{"/opt/zscaler/var/service-edge/provision_key", "zpa-service-edge"}},
	} {
		x := one(t, logTenant(), refusalOf("3|MOCK.example|"+c.begins))
		if x.Match == nil || x.Match.Key.Name != name || x.Match.Relation != diagnose.Almost || x.Match.Difference == "" || x.Match.Gone {
			t.Errorf("%s: match %+v", name, x.Match)
			continue
		}
		if x.Event != keytext.EventRefused || x.Prefix != "3|mock.example|"+c.begins || x.Harmless {
			t.Errorf("%s: %+v", name, x)
		}
		for _, words := range c.say {
			if !strings.Contains(everything(x), words) {
				t.Errorf("%s: %q is not said in\n%s", name, words, everything(x))
			}
		}
	}
}

func TestNoKeyIsNamedWithoutProof(t *testing.T) {
	for nonce, say := range map[string]string{
		"3|mock.example|MOCKtwi":   "2 keys begin like that",
		"3|mock.example|MOCKxxx":   "None of the 8 keys of this tenant whose text is shown begins like that",
		"3|mocc.example|MOCKfin":   "But for its host it begins like fine",
		"3|other.example|MOCKxxx":  "No known key has the host other.example; theirs: mock.example.",
		"2|mock.example|MOCKfin":   "But for its version it begins like fine",
		"3|mock.example|\"MOCKfi":  "But for the damage it begins like fine",
		"3|mock.example| MOCKtw":   "a blank stands",
		"3|mock.example|MOC":       "it ends too early",
		"3mock.exampleMOCKfin":     "version|host|secret",
		"\u201c3|mock.example|MOC": "typographic quote",
	} {
		x := one(t, logTenant(), refusalOf(nonce))
		if x.Match != nil {
			t.Errorf("%s: %s was named", nonce, x.Match.Key.Name)
		}
		if !strings.Contains(everything(x), say) {
			t.Errorf("%s: %q is not said in\n%s", nonce, say, everything(x))
		}
	}
}

func TestNoneOfTheKeysIsOnlySaidOfAllKeys(t *testing.T) {
	known := logTenant()
	known.Complete = false
	x := one(t, known, refusalOf("3|mock.example|MOCKxxx"))
	if !strings.Contains(everything(x), "not all keys are known") {
		t.Error(everything(x))
	}
	x = one(t, diagnose.Known{}, refusalOf("3|mock.example|MOCKxxx"))
	if len(x.Notes) > 0 {
		t.Errorf("without a tenant it says %q", x.Notes)
	}
}

func TestFaultsOfTheMachineAreNoKeysFault(t *testing.T) {
	for line, c := range map[string]struct {
		event keytext.Event
		say   []string
	}{
		"depth 0:certificate is not yet valid, cert=":            {keytext.EventNotYetValid, []string{"clock", "NTP", "The key is not at fault"}},
		"self signed certificate in certificate chain":           {keytext.EventIntercepted, []string{"TLS", "mock.example"}},
		"Cannot decrypt data from instance_id.crypt":             {keytext.EventMoved, []string{"cloned or moved", "one more use", "mode 644"}},
		"Started provisioning this device using OAuth2.0 method": {keytext.EventNoKey, []string{"mode 644", "24 hours", "restart"}},
		"DNS resolution failed for mock.example":                 {keytext.EventDNS, []string{"/etc/resolv.conf"}},
		"DNS resolution failed for moock.example":                {keytext.EventDNS, []string{"one damage away from mock.example", "its host part is damaged"}},
		"DNS resolution failed for broker.other.example":         {keytext.EventDNS, []string{"No known key has the host", "/etc/resolv.conf", "host part"}},
		"DNS resolution failed for MOCKMOCK":                     {keytext.EventDNS, []string{"no full host name", "provkeys inspect"}},
		"Certificate enrollment failed.":                         {keytext.EventEnrolmentDead, []string{"nothing known stands there"}},
	} {
		x := one(t, logTenant(), line)
		if x.Event != c.event || x.Match != nil || x.Harmless || x.Cause == "" || x.Next == "" {
			t.Errorf("%s: %+v", line, x)
		}
		for _, words := range c.say {
			if !strings.Contains(everything(x), words) {
				t.Errorf("%s: %q is not said in\n%s", line, words, everything(x))
			}
		}
	}
	x := one(t, logTenant(), "No valid certificate. Attempting to enroll")
	if !x.Harmless || x.Cause == "" || x.Next != "" {
		t.Errorf("%+v", x)
	}
}

func TestServiceOfTheLineTellsItsFile(t *testing.T) {
	for process, say := range map[string]string{
		"zpa-connector-child[1]":    "/opt/zscaler/var/provision_key with mode 644 and that its key has uses left, then restart zpa-connector:",
		"np-connector[1]":           "restart np-connector:",
		"zpa-service-edge-child[1]": "/opt/zscaler/var/service-edge/provision_key with mode 644 and that its key has uses left, then restart zpa-service-edge:",
		"zpa-pcc-child[1]":          "restart zpa-pcc:",
		"zpa-unknown[1]":            "restart the service:",
	} {
		x := one(t, logTenant(), "Nov 22 03:01:17 edge-1 "+process+": [OAuth] Started provisioning this device using OAuth2.0 method")
		if !strings.Contains(x.Next, say) {
			t.Errorf("%s: %s", process, x.Next)
		}
	}
}

func TestKeyOfAnotherKindIsSaid(t *testing.T) {
	x := one(t, logTenant(), "edge-1 zpa-service-edge-child[1]: "+refusalOf("3|mock.example|MOCKfin"))
	if !strings.Contains(everything(x), "fine is for the kind app connector, and what showed it is of the kind service edge.") {
		t.Error(everything(x))
	}
}

func TestKeyOfAnotherKindIsReplacedByOneOfTheServicesKind(t *testing.T) {
	const next = "Use a key of the kind service edge: write it to /opt/zscaler/var/service-edge/provision_key, then restart zpa-service-edge."
	const by, usedUp = "Nov 22 03:01:17 edge-1 zpa-service-edge-child[1]: ", ` {"id": "nonce.usage.exceeded"}`
	gone := diagnose.Known{Complete: true, Keys: []client.Key{logKey("other", "MOCKoth", 1, 10)}, Memory: fakeMemory{remembered: map[string][]diagnose.Remembered{
		"3|mock.example|MOCKgon": {{Key: client.Ref{Kind: client.AppConnector, ID: "id-gone"}, Name: "gone", Customer: "7"}},
	}}}
	abroad := gone
	abroad.Customer = "8"
	for what, c := range map[string]struct {
		known     diagnose.Known
		line, say string
	}{
		"refused":                   {logTenant(), refusalOf("3|mock.example|MOCKfin"), next},
		"refused, and disabled":     {logTenant(), refusalOf("3|mock.example|MOCKoff"), next},
		"refused, gone":             {gone, refusalOf("3|mock.example|MOCKgon"), next},
		"refused, another tenant's": {abroad, refusalOf("3|mock.example|MOCKgon"), "Check which tenant the machine is meant for. " + next},
		"used up":                   {logTenant(), loginFull + usedUp, next},
		"used up, raised since":     {logTenant(), strings.Replace(loginFull, "MOCKful", "MOCKfin", 1) + usedUp, next},
	} {
		if x := one(t, c.known, by+c.line); x.Match == nil || x.Next != c.say {
			t.Errorf("%s: %s", what, everything(x))
		}
	}
	if x := one(t, logTenant(), by+refusalOf("3|mock.example|MOCKedg")); strings.Contains(x.Next, "of the kind") {
		t.Errorf("a key of the service's own kind: %s", x.Next)
	}
}

func TestLinesThatTellTheSameAreToldOnce(t *testing.T) {
	other := strings.Replace(refusalOf("3|mock.example|MOCKfin"), "nEwPrInT00", "nEwPrInT11", 1)
	all := explained(logTenant(),
		"nothing known", refusalOf("3|mock.example|MOCKfin"), refusalOf("3|mock.example|MOCKful"), other, "",
		refusalOf("3|MOCK.example|MOCKfin"))
	var got []string
	for _, x := range all {
		got = append(got, fmt.Sprintf("%s %d-%d %d", x.Match.Key.Name, x.First, x.Last, x.Count))
	}
	if want := []string{"fine 2-5 2", "full 3-3 1", "fine 4-4 1"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestFingerprintOfTwoMachinesProvesNothing(t *testing.T) {
	for print, want := range map[string]string{"fAkEpRiNt0": "full-1", "sAmEpRiNt0": "", "fAkEpRiNt": "", "": ""} {
		x := one(t, logTenant(), strings.Replace(refusalOf("3|mock.example|MOCKfin"), "nEwPrInT00", print, 1))
		if x.Machine != want || (want == "") == strings.Contains(everything(x), "fingerprint") {
			t.Errorf("%q: machine %q\n%s", print, x.Machine, everything(x))
		}
	}
}
