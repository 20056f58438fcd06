package mockserver_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"provkeys/mockserver"
)

func TestAStatusComesInPlaceOfTheCall(t *testing.T) {
	for _, tt := range []struct {
		line   string
		status int
		says   string
		retry  string
	}{
		{"400", 400, `"id":"db.simultaneous.request"`, ""},
		{"401", 401, `"id":"access.denied"`, ""},
		{"401 id=authz.featureflag.permission.denied", 401, `"id":"authz.featureflag.permission.denied"`, ""},
		{"403", 403, `"id":"authz.permission.denied"`, ""},
		{"409", 409, `"id":"api.concurrent.access.error"`, ""},
		{"429", 429, `"id":"invalid.toomanyrequests"`, "4s"},
		{"429 retry-after=13", 429, "", "13"},
		{"429 retry-after=none", 429, "", ""},
		{"429 retry-after=soon", 429, "", "soon"},
		{"429 retry-after=99999999999999999999", 429, "", "99999999999999999999"},
		{"429 retry-after=-5", 429, "", "-5"},
		{"429 retry-after=2s|60", 429, "", "2s, 60"},
		{"500", 500, `"id":"internal.error"`, ""},
		{"502", 502, "502 Bad Gateway\n", ""},
		{"503", 503, `"id":"retryable.server.error"`, "10s"},
		{"503 retry-after=none", 503, "", ""},
		{"504", 504, "504 Gateway Timeout\n", ""},
		{"html", 200, "<!DOCTYPE html>", ""},
		{"html=403", 403, "<title>403 Forbidden</title>", ""},
		{"html=502", 502, "<title>502 Bad Gateway</title>", ""},
	} {
		t.Run(tt.line, func(t *testing.T) {
			overBoth(t, func(v *visitor) {
				before := v.limit()
				v.set("PUT key " + tt.line)

				got := v.raise("77")

				if got.err != nil || got.status != tt.status || !strings.Contains(got.body, tt.says) {
					v.t.Errorf("%d, %q, %v", got.status, got.body, got.err)
				}
				if retry := strings.Join(got.header.Values("Retry-After"), ", "); retry != tt.retry {
					v.t.Errorf("retry-after %q, want %q", retry, tt.retry)
				}
				if v.limit() != before {
					v.t.Error("the call was done")
				}
			})
		})
	}
}

func TestARetryAfterDateIsOfTheServersClock(t *testing.T) {
	c := newCaller(t, mockserver.Options{Faults: []mockserver.Fault{
		{Status: 503, RetryAfter: "date+30s|date-1h", After: 1},
	}})

	got := c.get(c.base + "/connector").header.Values("Retry-After")

	if strings.Join(got, "; ") != "Fri, 20 Nov 2026 09:00:30 GMT; Fri, 20 Nov 2026 08:00:00 GMT" {
		t.Errorf("%q", got)
	}
}

func TestADoneWriteKeepsItsEffectWhateverIsAnswered(t *testing.T) {
	for line, status := range map[string]int{
		"503 done": 503, "500 done": 500, "html=502 done": 502, "cut=after": 0, "cut=headers": 0,
		"cut=body": 0, "cut=end": 0, "cut=chunk": 0,
		// Without a body there is nothing to spoil.
		"truncated": 204, "trickle": 204, "bomb": 204, "empty": 204, "content-type=text/plain": 204,
	} {
		t.Run(line, func(t *testing.T) {
			overBoth(t, func(v *visitor) {
				v.set("PUT key count=1 " + line)

				got := v.raise("77")

				if got.status != status || (status == 0) != (got.err != nil) || v.limit() != "77" {
					v.t.Errorf("%d, %v, limit %s", got.status, got.err, v.limit())
				}
			})
		})
	}
}

func TestABrokenConnectionLooksLikeOne(t *testing.T) {
	for _, tt := range []struct {
		line    string
		memory  error
		reading bool // only the body breaks off
	}{
		{"refuse", &net.OpError{}, false},
		{"cut=before", io.ErrUnexpectedEOF, false},
		{"cut=after", io.ErrUnexpectedEOF, false},
		{"cut=headers", io.ErrUnexpectedEOF, false},
		{"cut=body", io.ErrUnexpectedEOF, true},
		{"cut=end", io.ErrUnexpectedEOF, true},
		{"cut=chunk", io.ErrUnexpectedEOF, true},
	} {
		t.Run(tt.line, func(t *testing.T) {
			overBoth(t, func(v *visitor) {
				whole := v.get(v.keys()).body
				v.set("keys " + tt.line + " count=1")
				// The connection from before is still open, and net/http would ask again.
				v.client.CloseIdleConnections()

				got := v.get(v.keys())

				var op *net.OpError
				switch {
				case got.err == nil || tt.reading != (got.status == http.StatusOK):
					v.t.Errorf("%d, %v", got.status, got.err)
				case tt.line == "refuse" && v.inMemory && (!errors.As(got.err, &op) || op.Op != "dial"):
					v.t.Errorf("no error of dialling: %v", got.err)
				case tt.line != "refuse" && !errors.Is(got.err, io.ErrUnexpectedEOF) && !errors.Is(got.err, io.EOF):
					v.t.Errorf("not cut: %v", got.err)
				case tt.reading && !strings.HasPrefix(whole, got.body):
					v.t.Errorf("%q is no part of the answer", got.body)
				case tt.line == "cut=body" && len(got.body) != len(whole)/2:
					v.t.Errorf("%d bytes of %d", len(got.body), len(whole))
				case (tt.line == "cut=end" || tt.line == "cut=chunk") && got.body != whole:
					v.t.Errorf("%d bytes of %d", len(got.body), len(whole))
				}
				if got := v.get(v.keys()); got.err != nil || got.body != whole {
					v.t.Errorf("the next call: %v", got.err)
				}
			})
		})
	}
}

func TestASpoiltAnswerArrivesWhole(t *testing.T) {
	for _, tt := range []struct {
		line string
		ok   func(whole, got seen) bool
	}{
		{"truncated", func(whole, got seen) bool { return got.body == whole.body[:len(whole.body)/2] }},
		{"malformed", func(whole, got seen) bool {
			return !json.Valid([]byte(got.body)) && len(got.body) == len(whole.body)
		}},
		{"empty", func(_, got seen) bool { return got.body == "" }},
		{"content-type=text/plain", func(whole, got seen) bool {
			return got.header.Get("Content-Type") == "text/plain" && got.body == whole.body
		}},
		{"total-pages=+2", totals("3", "66")},
		{"total-pages=-1 total-count=-7", totals("0", "59")},
		{"total-pages=0 total-count=0", totals("0", "0")},
		{"total-count=many", totals("1", "many")},
		{"total-pages=none total-count=none", totals("", "")},
	} {
		t.Run(tt.line, func(t *testing.T) {
			overBoth(t, func(v *visitor) {
				list := v.keys() + "?pagesize=500"
				whole := v.get(list)
				v.set("keys " + tt.line)

				got := v.get(list)

				if got.err != nil || got.status != http.StatusOK || !tt.ok(whole, got) {
					v.t.Errorf("%d, %v, %.80q of %.80q", got.status, got.err, got.body, whole.body)
				}
			})
		})
	}
}

// totals wants a page with these counts and the rows it had.
func totals(pages, count string) func(whole, got seen) bool {
	return func(whole, got seen) bool {
		var p page
		_ = json.Unmarshal([]byte(got.body), &p)
		return p.TotalPages == pages && p.TotalCount == count && len(p.List) == len(whole.rows()) && len(p.List) > 0
	}
}

func TestRowsComeTwiceOrGoBetweenTwoPages(t *testing.T) {
	overBoth(t, func(v *visitor) {
		second := v.keys() + "?pagesize=10&page=2"
		first, want := v.get(v.keys()+"?pagesize=10").rows(), v.get(second).rows()

		v.set("keys row=twice")
		if got := v.get(second).rows(); got[0] != first[9] || got[1] != want[0] || len(got) != 10 {
			v.t.Errorf("twice: %v after %v", got, first)
		}
		v.set("keys row=gone")
		if got := v.get(second).rows(); got[0] != want[1] || len(got) != 10 {
			v.t.Errorf("gone: %v, was %v", got, want)
		}
		certificates := strings.Replace(v.base, "v1", "v2", 1) + "/enrollmentCert"
		all := v.get(certificates).rows()
		v.set("certificates row=gone")
		if got := v.get(certificates).rows(); !slices.Equal(got, all[1:]) {
			v.t.Errorf("certificates: %v of %v", got, all)
		}
	})
}

func TestAnotherKeyIsAnsweredButNeverWritten(t *testing.T) {
	overBoth(t, func(v *visitor) {
		v.set("key other")
		_, id, _ := v.server.FindKey(firstOK)

		got := v.get(v.key())

		var fields struct{ ID, Name string }
		if err := json.Unmarshal([]byte(got.body), &fields); err != nil {
			v.t.Fatal(err)
		}
		if fields.ID == id || fields.Name == firstOK || fields.Name == "" {
			v.t.Errorf("%+v", fields)
		}
		if put := v.raise("78"); put.status != http.StatusNoContent || v.limit() != "78" {
			v.t.Errorf("update: %d, limit %s", put.status, v.limit())
		}
	})
}

func TestABombUnpacksToAGigabyteOfPage(t *testing.T) {
	overBoth(t, func(v *visitor) {
		v.set("keys bomb")

		got := v.get(v.keys())

		if got.err != nil || len(got.body) != 1<<20 || strings.TrimRight(got.body, " ") != `{"totalPages":"1","totalCount":"0","list":[` {
			v.t.Errorf("%v, %d bytes: %.60q", got.err, len(got.body), got.body)
		}
	})
}

func TestABombIsSmallOnTheWire(t *testing.T) {
	v := newVisitor(t, false, mockserver.Options{})
	v.set("keys bomb")
	v.client.Transport.(*http.Transport).DisableCompression = true

	got := v.get(v.keys())

	if got.header.Get("Content-Encoding") != "gzip" || !bytes.HasPrefix([]byte(got.body), []byte{0x1f, 0x8b}) {
		t.Errorf("%v", got.header)
	}
}

func TestADroppedTokenStaysUnknown(t *testing.T) {
	overBoth(t, func(v *visitor) {
		v.set("keys 401 count=1")
		for range 2 {
			if got := v.get(v.keys()); got.status != http.StatusUnauthorized {
				v.t.Errorf("status %d", got.status)
			}
		}

		v.token = v.signIn().token()

		if got := v.get(v.keys()); got.status != http.StatusOK {
			v.t.Errorf("with a new token: status %d", got.status)
		}
	})
}

func TestAClockThatIsOffShowsInDateAndTokenLife(t *testing.T) {
	overBoth(t, func(v *visitor) {
		v.set("clock=-1h30m")

		got := v.signIn()

		var body struct {
			Life string `json:"expires_in"`
		}
		if err := json.Unmarshal([]byte(got.body), &body); err != nil || body.Life != "-1800" {
			v.t.Errorf("life %q, %v", body.Life, err)
		}
		if _, err := http.ParseTime(got.header.Get("Date")); err != nil {
			v.t.Errorf("date: %v", err)
		}
	})
}
