package mockserver_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"provkeys/mockserver"
)

func TestPagesLeadToTheEnd(t *testing.T) {
	c := newCaller(t, mockserver.Options{Keys: 3000})
	seen := map[string]bool{}
	for _, kind := range allKinds() {
		for number := 1; ; number++ {
			p := c.page(fmt.Sprintf("%s?page=%d&pagesize=500", c.keys(kind), number))
			for _, k := range p.List {
				seen[k["id"].(string)] = true
			}
			if fmt.Sprint(number) == p.TotalPages {
				break
			}
			if len(p.List) != 500 {
				t.Fatalf("%s: page %d of %s holds %d", kind, number, p.TotalPages, len(p.List))
			}
		}
	}
	if len(seen) != 3000 {
		t.Errorf("%d different keys, want 3000", len(seen))
	}
}

func TestPageSizes(t *testing.T) {
	c := newCaller(t, mockserver.Options{Keys: 2000})
	for _, tt := range []struct {
		query string
		want  int
	}{
		{"", 20}, {"?pagesize=7", 7}, {"?pagesize=500", 500}, {"?pagesize=5000", 500},
		{"?page=1000", 0}, {"?page=2&unknown=x", 20},
	} {
		p := c.page(c.keys(mockserver.KindAppConnector) + tt.query)
		if len(p.List) != tt.want || p.TotalCount != "1100" {
			t.Errorf("%q: %d listed of %s, want %d of 1100", tt.query, len(p.List), p.TotalCount, tt.want)
		}
	}
	for _, query := range []string{"?page=0", "?page=x", "?pagesize=0", "?pagesize=-1"} {
		c.expect(query, c.get(c.keys(mockserver.KindAppConnector)+query), http.StatusBadRequest, "invalid.resource.argument")
	}
}

func TestSearch(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	for i, name := range []string{"find one", "find two", "find a+b", "find x AND y"} {
		body := c.newKey(name)
		body["maxUsage"] = 1000 + i
		c.create(body)
	}
	for _, tt := range []struct{ raw, want string }{
		{"name+EQ+find+one", "find one"},
		{"name%20EQ%20find%20one", "find one"},
		{"name%2BEQ%2Bfind%2Bone", "find one"},
		{"name%20EQ%20find%20a%2Bb", "find a+b"},
		{"name%20EQ%20find%20x%20AND%20y", "find x AND y"},
		{"name%20LIKE%20FIND", "find one|find two|find a+b|find x AND y"},
		{"name+LIKE+find+AND+maxUsage+GT+1001", "find a+b|find x AND y"},
		{"name%2BLIKE%2Bfind%2BAND%2BmaxUsage%2BLT%2B1001", "find one"},
		{"name+LIKE+find+AND+maxUsage+GTEQ+1003", "find x AND y"},
		{"name+LIKE+find+AND+maxUsage+LTEQ+1000", "find one"},
		{"name+LIKE+find+AND+name+NE+find+one", "find two|find a+b|find x AND y"},
		{"maxUsage+GT+999+AND+maxUsage+LT+1004", "find one|find two|find a+b|find x AND y"},
		{"name+EQ+nobody", ""},
		{"nosuchfield+EQ+x", ""},
	} {
		var names []string
		for _, k := range c.page(c.keys(mockserver.KindAppConnector) + "?pagesize=500&search=" + tt.raw).List {
			names = append(names, k["name"].(string))
		}
		if got := strings.Join(names, "|"); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.raw, got, tt.want)
		}
	}
}

func TestSearchRefusesWhatItCannotRead(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	for _, search := range []string{"asg", "name", "name IS x", "provisioningKey LIKE 3|"} {
		a := c.get(c.keys(mockserver.KindAppConnector) + "?search=" + url.QueryEscape(search))
		c.expect(search, a, http.StatusBadRequest, "invalid.resource.argument")
	}
}

func TestAnswersAreZippedOnRequest(t *testing.T) {
	c := newCaller(t, mockserver.Options{})
	plain := c.get(c.keys(mockserver.KindAppConnector))
	if plain.header.Get("Content-Encoding") != "" {
		t.Error("zipped without being asked")
	}
	for coding, zipped := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "gzip;q=0": false, "br": false} {
		a := c.send(http.MethodGet, c.keys(mockserver.KindAppConnector), "", "", http.Header{"Accept-Encoding": {coding}})
		body := a.body
		if (a.header.Get("Content-Encoding") == "gzip") != zipped {
			t.Errorf("%q: Content-Encoding %q", coding, a.header.Get("Content-Encoding"))
			continue
		}
		if zipped {
			z, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if body, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(body, plain.body) {
			t.Errorf("%q: another body", coding)
		}
	}
}
