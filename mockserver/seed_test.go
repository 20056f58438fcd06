package mockserver_test

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"provkeys/mockserver"
)

// certificateEnd returns when the tenant's certificates end, by id: the two
// that a tenant keeps for this are known by their ids.
func certificateEnd(id string, now time.Time) time.Time {
	switch id {
	case "7013":
		return now.Add(12 * 24 * time.Hour)
	case "7014":
		return now.Add(-9 * 24 * time.Hour)
	default:
		return now.Add(700 * 24 * time.Hour)
	}
}

func number(k map[string]any, field string) int64 {
	text, _ := k[field].(string)
	n, _ := strconv.ParseInt(text, 10, 64)
	return n
}

// stateOf is the worst state of a key.
func stateOf(k map[string]any, now time.Time) string {
	uses, limit, expiry := number(k, "usageCount"), number(k, "maxUsage"), number(k, "expirationInEpochSec")
	switch {
	case expiry > 0 && expiry <= now.Unix():
		return "expired"
	case k["enabled"] == false:
		return "disabled"
	case uses >= limit:
		return "used up"
	case k["exportable"] == false:
		return "hidden"
	case !certificateEnd(k["enrollmentCertId"].(string), now).After(now):
		return "certificate expired"
	case uses*100 >= 80*limit || limit-uses == 1:
		return "nearly used up"
	default:
		return "ok"
	}
}

func isManaged(k map[string]any) bool { return k["readOnly"] == true || k["zscalerManaged"] == true }

func TestEveryTenantHasEveryState(t *testing.T) {
	for seed := range int64(20) {
		c := newCaller(t, mockserver.Options{Seed: seed + 1})
		found := map[string]int{}
		for kind, list := range c.allKeys() {
			for _, k := range list {
				found[stateOf(k, start())]++
				for what, holds := range map[string]bool{
					kind: true, "readOnly": k["readOnly"] == true, "zscalerManaged": k["zscalerManaged"] == true,
					"one left":            number(k, "maxUsage")-number(k, "usageCount") == 1,
					"80 percent":          number(k, "usageCount")*5 >= number(k, "maxUsage")*4 && number(k, "maxUsage")-number(k, "usageCount") > 1,
					"certificate ending":  k["enrollmentCertId"] == "7013" && stateOf(k, start()) == "ok",
					"used up, managed":    stateOf(k, start()) == "used up" && isManaged(k),
					"used up, hidden":     stateOf(k, start()) == "used up" && k["exportable"] == false,
					"disabled, used up":   stateOf(k, start()) == "disabled" && number(k, "usageCount") >= number(k, "maxUsage"),
					"in a microtenant":    k["microtenantId"] != nil,
					"allowed addresses":   k["ipAcl"] != nil,
					"ends later":          number(k, "expirationInEpochSec") > start().Unix(),
					"own certificate":     k["enrollmentCertId"] == "7012",
					"the highest limit":   k["maxUsage"] == "999999999",
					"unused":              k["usageCount"] == "0",
					"expired and more":    stateOf(k, start()) == "expired" && k["enabled"] == false,
					"hidden and managed":  stateOf(k, start()) == "hidden" && isManaged(k),
					"used up, cert ended": stateOf(k, start()) == "used up" && k["enrollmentCertId"] == "7014",
				} {
					if holds {
						found[what]++
					}
				}
			}
		}
		for _, want := range []string{
			"ok", "nearly used up", "used up", "hidden", "disabled", "expired", "certificate expired",
			"readOnly", "zscalerManaged", "one left", "80 percent", "certificate ending", "used up, managed",
			"used up, hidden", "disabled, used up", "in a microtenant", "allowed addresses", "ends later",
			"own certificate", "the highest limit", "unused", "expired and more", "hidden and managed",
			"used up, cert ended", mockserver.KindAppConnector, mockserver.KindServiceEdge,
			mockserver.KindNetworkConnector, mockserver.KindCloudController,
		} {
			if found[want] == 0 {
				t.Errorf("seed %d: no key is %s", seed+1, want)
			}
		}
	}
}

// naturally orders names as a console does: digits as numbers, case folded.
func naturally(a, b []string) int {
	return slices.CompareFunc(a, b, func(p, q string) int {
		m, errM := strconv.Atoi(p)
		n, errN := strconv.Atoi(q)
		if errM != nil || errN != nil {
			return strings.Compare(p, q)
		}
		return m - n
	})
}

func TestTheFirstOKAndTheFirstUsedUpKeyAreFitForUse(t *testing.T) {
	chunk := regexp.MustCompile(`\d+|\D+`)
	control := regexp.MustCompile(`[\x00-\x1f\x7f-\x9f]`)
	for keys, seeds := range map[int]int64{2: 3, 40: 20, 400: 3} {
		for seed := range seeds {
			c := newCaller(t, mockserver.Options{Seed: seed + 1, Keys: keys})
			for kind, list := range c.allKeys() {
				for _, k := range list {
					want := map[string]string{"ok": firstOK, "used up": firstUsedUp}[stateOf(k, start())]
					name := strings.ToLower(k["name"].(string))
					if k["name"] == want {
						if isManaged(k) || k["exportable"] == false || k["enabled"] == false || k["microtenantId"] != nil ||
							kind != mockserver.KindAppConnector || k["enrollmentCertId"] != "6573" {
							t.Errorf("seed %d, %d keys: %s is not fit for use", seed+1, keys, want)
						}
						continue
					}
					// In either order a console may see them: as sent, or made harmless.
					for _, seen := range []string{name, control.ReplaceAllString(name, "")} {
						if want != "" && naturally(chunk.FindAllString(seen, -1), chunk.FindAllString(want, -1)) <= 0 {
							t.Errorf("seed %d, %d keys: %q comes before %s", seed+1, keys, seen, want)
						}
					}
				}
			}
			for name, want := range map[string]string{firstOK: "ok", firstUsedUp: "used up"} {
				if kind, id := c.find(name); stateOf(c.stored(kind, id), start()) != want {
					t.Errorf("seed %d, %d keys: %s is not %s", seed+1, keys, name, want)
				}
			}
		}
	}
}

func TestTheSameSeedIsTheSameTenant(t *testing.T) {
	read := func(seed int64, keys int) []byte {
		c := newCaller(t, mockserver.Options{Seed: seed, Keys: keys})
		cred := c.server.Credentials()
		all := bytes.NewBufferString(cred.ClientID + cred.ClientSecret + cred.CustomerID + cred.Vanity)
		for _, kind := range allKinds() {
			all.Write(c.get(c.keys(kind) + "?pagesize=500").body)
		}
		for _, path := range []string{"/connector", "/serviceEdgeGroup", "/appConnectorGroup", "/microtenants"} {
			all.Write(c.get(c.base + path + "?pagesize=500").body)
		}
		return all.Bytes()
	}
	first := read(7, 100)
	if !bytes.Equal(first, read(7, 100)) {
		t.Error("the same seed gave another tenant")
	}
	if bytes.Equal(first, read(8, 100)) {
		t.Error("another seed gave the same tenant")
	}
}

func TestKeyTextsAreWellFormedAndUnique(t *testing.T) {
	c := newCaller(t, mockserver.Options{Keys: 800})
	form := regexp.MustCompile(`^3\|mock\.example\|[A-Za-z0-9+/]{384}-[0-9]{18}$`)
	texts, ids, names := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, list := range c.allKeys() {
		for _, k := range list {
			text, _ := k["provisioningKey"].(string)
			if !form.MatchString(text) || len(text) != 418 {
				t.Errorf("%v: a text of %d bytes has the wrong form", k["id"], len(text))
			}
			texts[text], ids[k["id"].(string)], names[k["name"].(string)] = true, true, true
		}
	}
	if len(texts) != 800 || len(ids) != 800 || len(names) != 800 {
		t.Errorf("%d texts, %d ids, %d names: want 800 of each", len(texts), len(ids), len(names))
	}
	long := 0
	for id := range ids {
		if strings.HasPrefix(id, "2161962") && len(id) == 18 {
			long++
		}
	}
	if long < 700 || long == 800 {
		t.Errorf("%d of 800 ids are long", long)
	}
}

func TestHostileNamesAreAmongTheFirstForty(t *testing.T) {
	c := newCaller(t, mockserver.Options{Keys: 40})
	names := strings.Join(c.server.KeyNames(), "\x00")
	for what, part := range map[string]string{
		"CSI": "\x1b[31m", "8-bit CSI": "\u009b7m", "OSC title": "\x1b]0;", "OSC 52": "\x1b]52;c;", "bidi": "\u202e",
		"isolate": "\u2066", "wide": "東京", "stacked": "\u0301\u0323", "HTML": "R&amp;D &lt;lab&gt;",
		"lines": "\r\n", "200 columns": "wide-" + strings.Repeat("0123456789abcde", 13),
	} {
		if !strings.Contains(names, part) {
			t.Errorf("no name with %s", what)
		}
	}
}

func TestKindsHaveTheirShare(t *testing.T) {
	c := newCaller(t, mockserver.Options{Keys: 400})
	got := map[string]int{}
	for kind, list := range c.allKeys() {
		got[kind] = len(list)
	}
	want := map[string]int{
		mockserver.KindAppConnector: 220, mockserver.KindServiceEdge: 120,
		mockserver.KindNetworkConnector: 32, mockserver.KindCloudController: 28,
	}
	if !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestCertificatesAreBuiltInOwnEndingAndEnded(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	signing := map[string]bool{}
	var ending, ended int
	for _, cert := range c.page(strings.Replace(c.base, "/v1/", "/v2/", 1) + "/enrollmentCert").List {
		signing[cert["name"].(string)] = cert["allowSigning"] == true
		ends := time.Unix(number(cert, "validToInEpochSec"), 0)
		switch {
		case !ends.After(start()):
			ended++
		case ends.Before(start().Add(20 * 24 * time.Hour)):
			ending++
		}
		if !strings.HasPrefix(cert["certificate"].(string), "-----BEGIN CERTIFICATE-----\n") {
			t.Errorf("%v has no PEM", cert["name"])
		}
	}
	want := map[string]bool{
		"Root": false, "Client": false, "Connector": true, "Service Edge": true,
		"Connector 2027": true, "Branch Offices": true, "Old Data Center": true,
	}
	if !maps.Equal(signing, want) || ending != 1 || ended != 1 {
		t.Errorf("%v; %d ending, %d ended", signing, ending, ended)
	}
}

func TestKeysOutOfRangeAreRefused(t *testing.T) {
	for _, o := range []mockserver.Options{{Keys: -1}, {Keys: 100_001}, {Latency: -1}, {TokenLife: -1}} {
		if _, err := mockserver.New(o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
	for _, keys := range []int{1, 5, 36, 37} {
		c := newCaller(t, mockserver.Options{Keys: keys})
		if got := len(c.server.KeyNames()); got != keys {
			t.Errorf("%d keys, want %d", got, keys)
		}
	}
}

func BenchmarkNewWith100000Keys(b *testing.B) {
	for b.Loop() {
		if _, err := mockserver.New(mockserver.Options{Keys: 100_000}); err != nil {
			b.Fatal(err)
		}
	}
}
