package mockserver_test

import (
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"provkeys/mockserver"
)

// struckOf makes n reads of a path and says which of them were struck, as 1 and 0.
func struckOf(v *visitor, n int, path string) string {
	var b strings.Builder
	for range n {
		if v.get(path).status == http.StatusOK {
			b.WriteByte('0')
		} else {
			b.WriteByte('1')
		}
	}
	return b.String()
}

func TestAfterAndCountSayWhichCallsAreStruck(t *testing.T) {
	v := newVisitor(t, true, mockserver.Options{})
	for line, want := range map[string]string{
		"keys 503": "111111", "keys 503 count=2": "110000", "keys 503 after=3": "000111",
		"keys 503 after=1 count=2": "011000", "key 503": "000000",
	} {
		v.set(line)
		if got := struckOf(v, 6, v.keys()); got != want {
			t.Errorf("%s: %s, want %s", line, got, want)
		}
	}
}

func TestTheSameSeedAndCallsGiveTheSameFaults(t *testing.T) {
	run := func(seed int64, line string) string {
		v := newVisitor(t, true, mockserver.Options{Seed: seed})
		v.set(line)
		return struckOf(v, 64, "/mgmtconfig/v1/admin/me")
	}
	first := run(1, "me 503 p=0.5")

	if again := run(1, "me 503 p=0.5"); again != first {
		t.Errorf("%s, then %s", first, again)
	}
	for _, other := range []string{run(2, "me 503 p=0.5"), run(1, "me 503 p=0.5 seed=9"), run(1, "* 503 p=0.5")} {
		if other == first {
			t.Errorf("another seed or fault has the same luck: %s", first)
		}
	}
}

func TestCallsBesideEachOtherDoNotChangeEachOthersLuck(t *testing.T) {
	kinds := allKinds()
	run := func(together bool) []string {
		v := newVisitor(t, true, mockserver.Options{})
		v.set("keys 503 p=0.4", "read 500 p=0.2")
		got := make([]string, len(kinds))
		var group sync.WaitGroup
		for i, kind := range kinds {
			group.Go(func() {
				got[i] = struckOf(v, 32, v.base+"/associationType/"+kind+"/provisioningKey")
			})
			if !together {
				group.Wait()
			}
		}
		group.Wait()
		return got
	}

	apart, together := run(false), run(true)

	if !slices.Equal(apart, together) {
		t.Errorf("one after the other %v, together %v", apart, together)
	}
	if apart[0] == apart[1] {
		t.Errorf("two kinds have the same luck: %s", apart[0])
	}
}

func TestChanceIsHowOftenItFires(t *testing.T) {
	v := newVisitor(t, true, mockserver.Options{Keys: 1})
	const calls = 2000
	for _, p := range []float64{0.05, 0.2, 0.9} {
		v.set(fmt.Sprintf("me 503 p=%g", p))

		struckOf(v, calls, "/mgmtconfig/v1/admin/me")

		got := v.server.Faults()[0]
		// Four times the standard deviation.
		if off := math.Abs(float64(got.Fired) - calls*p); got.Matched != calls || off > 4*math.Sqrt(calls*p*(1-p)) {
			t.Errorf("p=%g: fired %d of %d", p, got.Fired, got.Matched)
		}
	}
}

func TestTheFirstFaultThatFiresActsAndAloneCounts(t *testing.T) {
	v := newVisitor(t, true, mockserver.Options{})
	v.set("keys 429 count=1", "read 503 count=1", "* latency=1ns")

	var statuses []int
	for range 3 {
		statuses = append(statuses, v.get(v.keys()).status)
	}

	if !slices.Equal(statuses, []int{429, 503, 200}) {
		t.Errorf("statuses %v", statuses)
	}
	for i, want := range [][2]int{{3, 1}, {3, 1}, {3, 3}} {
		if got := v.server.Faults()[i]; got.Matched != want[0] || got.Fired != want[1] {
			t.Errorf("%s: matched %d, fired %d", got.Fault, got.Matched, got.Fired)
		}
	}
}

func TestAFaultIsAboutTheCallsItNames(t *testing.T) {
	base := "/mgmtconfig/v1/admin/customers/1"
	keys := base + "/associationType/CONNECTOR_GRP/provisioningKey"
	calls := map[string]string{
		"keys": "GET " + keys, "create": "POST " + keys, "key": "GET " + keys + "/7", "update": "PUT " + keys + "/7",
		"edge keys": "GET " + base + "/associationType/SERVICE_EDGE_GRP/provisioningKey",
		"groups":    "GET " + base + "/appConnectorGroup", "edge groups": "GET " + base + "/serviceEdgeGroup/3",
		"controller groups": "GET " + base + "/privateCloudControllerGroup",
		"connectors":        "GET " + base + "/connector", "bulk": "POST " + base + "/connector/bulkDelete",
		"edges": "GET " + base + "/serviceEdge", "controllers": "GET " + base + "/privateCloudController",
		"certificates": "GET /mgmtconfig/v2/admin/customers/1/enrollmentCert",
		"microtenants": "GET " + base + "/microtenants/summary", "me": "GET /mgmtconfig/v1/admin/me",
		"sign-in": "POST /signin", "token": "POST /oauth2/v1/token", "sign-out": "POST /signout",
		"other door": "GET /zpa" + keys, "other me": "GET /zpa/mgmtconfig/v1/admin/me", "nowhere": "GET /x",
	}
	for about, want := range map[string]string{
		"keys": "create, edge keys, keys, other door", "key": "key, update", "POST keys": "create",
		"CONNECTOR_GRP":         "bulk, connectors, create, groups, key, keys, other door, update",
		"keys SERVICE_EDGE_GRP": "edge keys", "groups": "controller groups, edge groups, groups",
		"connectors": "bulk, connectors, controllers, edges", "certificates": "certificates",
		"microtenants": "microtenants", "me": "me, other me", "sign-in": "sign-in, token", "sign-out": "sign-out",
		"write": "bulk, create, update", "/*/bulkDelete": "bulk", "GET /mgmtconfig/*/me": "me, other me",
		"/x": "nowhere", "/*/connector*": "bulk, connectors", "/*Key/7": "key, update",
	} {
		faults, err := mockserver.ParseFaults(about + " 502")
		if err != nil {
			t.Fatal(err)
		}
		server, err := mockserver.New(mockserver.Options{Keys: 1, Faults: faults})
		if err != nil {
			t.Fatal(err)
		}
		var struck []string
		for name, call := range calls {
			method, path, _ := strings.Cut(call, " ")
			r, err := http.NewRequestWithContext(t.Context(), method, "https://x.example"+path, http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := server.Transport().RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusBadGateway {
				struck = append(struck, name)
			}
		}
		slices.Sort(struck)
		if got := strings.Join(struck, ", "); got != want {
			t.Errorf("%s: %s, want %s", about, got, want)
		}
	}
}
