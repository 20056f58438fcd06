package mockserver_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"provkeys/mockserver"
)

// tally is a row of GET /mock/faults.
type tally struct {
	Fault          string
	Matched, Fired int
}

func (c *caller) tallies() []tally {
	c.t.Helper()
	var list []tally
	if err := json.Unmarshal(c.get("/mock/faults").body, &list); err != nil {
		c.t.Fatal(err)
	}
	return list
}

func (c *caller) postFaults(body string) answer {
	c.t.Helper()
	return c.send(http.MethodPost, "/mock/faults", "application/x-www-form-urlencoded", body, nil)
}

func TestFaultsAreSetCountedReplacedAndCleared(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	path := c.base + "/connector"

	c.expect("set", c.postFaults(`["connectors 503 count=1", "keys 429"]`), http.StatusOK, "")
	c.expect("first", c.get(path), http.StatusServiceUnavailable, "retryable.server.error")
	c.expect("second", c.get(path), http.StatusOK, "")
	if got := c.tallies(); !slices.Equal(got, []tally{{"connectors 503 count=1", 2, 1}, {"keys 429", 0, 0}}) {
		t.Errorf("%v", got)
	}

	c.expect("replaced", c.postFaults(`["connectors 500"]`), http.StatusOK, "")
	c.expect("third", c.get(path), http.StatusInternalServerError, "internal.error")
	if got := c.tallies(); !slices.Equal(got, []tally{{"connectors 500", 1, 1}}) {
		t.Errorf("%v", got)
	}

	c.expect("cleared", c.send(http.MethodDelete, "/mock/faults", "", "", nil), http.StatusNoContent, "")
	c.expect("fourth", c.get(path), http.StatusOK, "")
	if got := c.tallies(); len(got) != 0 || c.server.Faults() != nil {
		t.Errorf("%v", got)
	}
}

func TestAWrongListOfFaultsChangesNothing(t *testing.T) {
	c := newCaller(t, mockserver.Options{Faults: []mockserver.Fault{{Route: "me", Status: 503}}})
	for body, says := range map[string]string{
		"":                      "JSON list",
		"{}":                    "JSON list",
		"null":                  "JSON list",
		`[7]`:                   "JSON list",
		`["keys 503", "keys"]`:  "nothing happens",
		`["keys 503", "kyes"]`:  "no word of a fault",
		`["keys 503 p=twelve"]`: "p=twelve",
	} {
		a := c.postFaults(body)

		c.expect(body, a, http.StatusBadRequest, "bad.request")
		if reason := a.fields(t)["reason"].(string); !strings.Contains(reason, says) {
			t.Errorf("%s: %s", body, reason)
		}
	}
	if got := c.tallies(); len(got) != 1 || got[0].Fault != "me 503" {
		t.Errorf("%v", got)
	}
}

func TestFaultsInGoAreCheckedLikeThoseInWords(t *testing.T) {
	wrong := []mockserver.Fault{{Effect: "explode"}, {Status: 503, Method: "get"}, {Status: 503, Route: "kyes"}, {Status: 503, Kind: "x"}, {}}
	for _, f := range wrong {
		if _, err := mockserver.New(mockserver.Options{Faults: []mockserver.Fault{f}}); err == nil {
			t.Errorf("%+v was taken", f)
		}
	}
}

func TestTheMocksOwnCallsNeverFail(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	c.postFaults(`["503", "* latency=1h", "* refuse"]`)

	c.expect("requests", c.get("/mock/requests"), http.StatusOK, "")
	c.expect("writes", c.get("/mock/writes"), http.StatusOK, "")
	c.expect("enrol", c.send(http.MethodPost, "/mock/enrol", "text/plain", "x", nil), http.StatusUnauthorized, "nonce.unknown")
	c.expect("faults", c.get("/mock/faults"), http.StatusOK, "")
}

func TestTheRateLimitCountsOnlyWhatIsDone(t *testing.T) {
	c := newCaller(t, mockserver.Options{RateLimit: true})
	c.postFaults(`["connectors 503 count=30", "connectors truncated count=20"]`)
	for range 50 {
		c.get(c.base + "/connector")
	}

	c.expect("the 21st that is done", c.get(c.base+"/connector"), http.StatusTooManyRequests, "invalid.toomanyrequests")
}

func TestAFaultyCallIsRecordedAndHasARequestID(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	c.postFaults(`["connectors html=502"]`)

	a := c.get(c.base + "/connector")

	last := c.server.Requests()[1]
	if a.header.Get("x-transaction-id") == "" || last.Status != http.StatusBadGateway || last.Path != c.base+"/connector" {
		t.Errorf("header %v, recorded %v", a.header, last)
	}
}

// Without faults a call costs a look at a pointer, and memory not at all.
func BenchmarkACallWithout(b *testing.B) {
	for name, faults := range map[string][]mockserver.Fault{"faults": nil, "a fault of its own": {{Route: "me", Status: 503}}} {
		b.Run(name, func(b *testing.B) {
			server, err := mockserver.New(mockserver.Options{Faults: faults})
			if err != nil {
				b.Fatal(err)
			}
			r := httptest.NewRequest(http.MethodGet, "/mgmtconfig/v1/admin/customers/1/connector", http.NoBody)
			b.ReportAllocs()
			for b.Loop() {
				server.ServeHTTP(httptest.NewRecorder(), r)
			}
		})
	}
}
