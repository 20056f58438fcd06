package mockserver_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"provkeys/mockserver"
)

func TestALineSaysItsFault(t *testing.T) {
	for line, want := range map[string]mockserver.Fault{
		"keys 503 p=0.2":            {Route: "keys", Status: 503, Chance: 0.2},
		"PUT key cut=after count=1": {Method: "PUT", Route: "key", Effect: mockserver.CutAfter, Count: 1},
		"* latency=50ms jitter=20ms": {
			Latency: 50 * time.Millisecond, Jitter: 20 * time.Millisecond,
		},
		"SERVICE_EDGE_GRP 403":       {Kind: mockserver.KindServiceEdge, Status: 403},
		"p=1 done 503 after=2 write": {Method: "write", Status: 503, Done: true, Chance: 1, After: 2},
		"html=502":                   {Effect: mockserver.HTML, Status: 502},
		"/*/connector html seed=-4":  {Route: "/*/connector", Effect: mockserver.HTML, Seed: -4},
		"trickle=10ms":               {Effect: mockserver.Trickle, Every: 10 * time.Millisecond},
		"keys total-pages=0 total-count=+2 clock=-3h": {
			Route: "keys", TotalPages: "0", TotalCount: "+2", Clock: -3 * time.Hour,
		},
		"429 id=x retry-after=2s|date+1m": {Status: 429, Code: "x", RetryAfter: "2s|date+1m"},
	} {
		got, err := mockserver.ParseFaults(line)
		if err != nil || len(got) != 1 || got[0] != want {
			t.Errorf("%s: %+v, %v", line, got, err)
		}
		again, err := mockserver.ParseFaults(want.String())
		if err != nil || again[0] != want {
			t.Errorf("%s was written as %q: %+v, %v", line, want, again, err)
		}
	}
}

func TestAWrongLineSaysWhatWouldBeRight(t *testing.T) {
	for line, says := range map[string]string{
		"":                          "nothing happens: add a status such as 503",
		"keys":                      "nothing happens",
		"keys 5o3":                  `"5o3" is no word of a fault; a fault is [METHOD] [WHERE]`,
		"kyes 503":                  `"kyes" is no word`,
		"keys 418":                  "418 is no status of a fault: it is one of 400, 401,",
		"keys 503 p=2":              "p is a number above 0, at most 1",
		"keys 503 p=NaN":            "p is a number above 0",
		"keys 503 p=0":              "with p=0 it never fires: leave the fault out",
		"keys 503 p=often":          "p=often: write a number above 0, at most 1, as in p=0.2",
		"keys 503 count=0":          "count=0: write a whole number, as in count=3",
		"keys 503 after=-1":         "after and count are whole numbers from 0",
		"keys latency=5":            "latency=5: write a time other than 0, as in latency=1500ms",
		"keys latency=-5s":          "none of them negative",
		"keys cut=sometime":         "it is one of cut=before, cut=after, cut=headers,",
		"keys row=lost":             "it is one of row=twice, row=gone",
		"keys html=99":              "html=99 is no status that has a page: write html=200",
		"keys html=x":               "html=x: write a status, as in html=502",
		"keys 503 cut=body":         "503 and cut=body cannot both be the answer: write two faults",
		"keys cut=after done":       "done goes with a status, html or hang",
		"keys truncated id=x":       "id and retry-after go with a status such as 429",
		"keys 503 total-pages=0":    "change an answer of the API, and here there is none",
		"PUT key other":             "are for reads: leave PUT out",
		"PUT key total-pages=0":     "are for reads: leave PUT out",
		"keys 503 503":              `"503" comes after another status: a fault has one`,
		"keys key 503":              `"key" comes after another place`,
		"keys 429 retry-after=":     "a value is missing behind retry-after=",
		"keys 429 retry-after=date": "retry-after=date is no date: write date+30s",
		"keys 503 id=\x1b[31m":      "may hold visible ASCII characters only",
		"storm count=3":             `"count=3" does not go with storm: write storm p=0.2 seed=7`,
		"storm p=3":                 "p is a number above 0, at most 1",
	} {
		list, err := mockserver.ParseFaults("503", line)
		if err == nil || list != nil || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), "fault \"") {
			t.Errorf("%q: %v, want %q", line, err, says)
		}
	}
}

func TestAStormCanBeWrittenAsALine(t *testing.T) {
	got, err := mockserver.ParseFaults("me 503", "storm p=0.3 seed=7")
	if err != nil || !slices.Equal(got[1:], mockserver.Storm(7, 0.3)) {
		t.Errorf("%v, %v", got, err)
	}
	if usual, err := mockserver.ParseFaults("storm"); err != nil || !slices.Equal(usual, mockserver.Storm(0, 0.2)) {
		t.Errorf("%v, %v", usual, err)
	}
	if none := mockserver.Storm(1, 0); none != nil {
		t.Errorf("a storm that never strikes: %v", none)
	}
}

// FuzzParseFaults holds the parser to reading what it writes.
func FuzzParseFaults(f *testing.F) {
	for _, line := range []string{
		"keys 503 p=0.2", "PUT key cut=after count=1", "* latency=50ms jitter=20ms", "storm p=0.2 seed=7",
		"write 429 retry-after=2s|date+1m done after=3 seed=-1", "html=502 done", "trickle=1ms clock=-3h total-pages=0",
		"/*/x=y row=twice", "total-count=none content-type=a/b", "p=NaN 503", "latency=9999999h 503",
	} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		list, err := mockserver.ParseFaults(line)
		if err != nil {
			return
		}
		for _, fault := range list {
			again, err := mockserver.ParseFaults(fault.String())
			if err != nil || len(again) != 1 || again[0] != fault {
				t.Fatalf("%q was read as %+v, written as %q and read as %+v, %v", line, fault, fault, again, err)
			}
		}
	})
}
