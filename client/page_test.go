package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/mockserver"
)

func TestListsAreReadToTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.OneAPI, mockserver.Options{Keys: 3000, RateLimit: true, Latency: 50 * time.Millisecond})
		listing, err := c.ListKeys(context.Background(), client.Kinds()...)
		if err != nil || len(listing.Failed) > 0 || listing.CertificatesErr != nil {
			t.Fatal(err, listing.Failed, listing.CertificatesErr)
		}
		ids := map[client.Ref]bool{}
		names := map[string]int{}
		for _, k := range listing.Keys {
			ids[k.Ref()] = true
			names[k.Name]++
			if k.CertificateEnd.IsZero() {
				t.Fatal("a key lacks its certificate's end")
			}
		}
		if len(listing.Keys) != 3000 || len(ids) != 3000 {
			t.Errorf("%d keys with %d ids, want 3000", len(listing.Keys), len(ids))
		}
		for _, r := range m.Requests() {
			if r.Status >= 400 {
				t.Errorf("%s %s was answered %d", r.Method, r.Path, r.Status)
			}
		}
	})
}

func TestLargeTenantStaysWithinTheRateLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, m := mockClient(t, client.Legacy, mockserver.Options{Keys: 12000, RateLimit: true, Latency: 50 * time.Millisecond})
		start := time.Now()
		listing, err := c.ListKeys(context.Background(), client.Kinds()...)
		if err != nil || len(listing.Failed) > 0 || len(listing.Keys) != 12000 {
			t.Fatalf("%d keys: %v %v", len(listing.Keys), err, listing.Failed)
		}
		if took := time.Since(start); took > 25*time.Second {
			t.Errorf("took %v of fake time", took)
		}
		for _, r := range m.Requests() {
			if r.Status == http.StatusTooManyRequests {
				t.Fatal("the rate limit was met")
			}
		}
	})
}

func TestPagesShowAsTheyArrive(t *testing.T) {
	f := &fake{resource: func(n int, _ seen) reply { return reply{body: pageJSON(`"totalPages":"9",`, 500*n, 500)} }}
	for keys, err := range fakeClient(t, f).KeyPages(context.Background(), client.AppConnector) {
		if err != nil || len(keys) != 500 {
			t.Fatal(len(keys), err)
		}
		break
	}
	if len(f.calls) != 1 {
		t.Errorf("%d pages were asked for by a reader of one", len(f.calls))
	}
	q := f.calls[0].query
	if q.Get("page") != "1" || q.Get("pagesize") != "500" {
		t.Errorf("the query is %v", q)
	}
}

// pageJSON is a page of n keys, the first with that number.
func pageJSON(counts string, first, n int) string {
	elements := make([]string, n)
	for i := range elements {
		elements[i] = fmt.Sprintf(`{"id":"%d","name":"k%d"}`, first+i, first+i)
	}
	return `{` + counts + `"list":[` + strings.Join(elements, ",") + `]}`
}

func TestWrongCountsLoseNoKey(t *testing.T) {
	const total = 1203
	pages := (total + 499) / 500
	for what, counts := range map[string]string{
		"as strings":           `"totalPages":"3","totalCount":"1203",`,
		"as numbers":           `"totalPages":3,"totalCount":1203,`,
		"pages only":           `"totalPages":"3",`,
		"pages, count of zero": `"totalPages":"3","totalCount":"0",`,
		"missing":              ``,
		"zero":                 `"totalPages":"0","totalCount":"0",`,
		"null":                 `"totalPages":null,"totalCount":null,`,
		"empty":                `"totalPages":"","totalCount":"",`,
		"too few pages":        `"totalPages":"1","totalCount":"1203",`,
		"too few keys":         `"totalPages":"1","totalCount":"20",`,
		"too many pages":       `"totalPages":"40","totalCount":"20000",`,
		"negative":             `"totalPages":"-1","totalCount":"-1",`,
		"hostile":              `"totalPages":"9223372036854775807","totalCount":"9223372036854775807",`,
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{resource: func(_ int, r seen) reply {
					n, _ := strconv.Atoi(r.query.Get("page"))
					first := (n - 1) * 500
					return reply{body: pageJSON(counts, first, max(0, min(500, total-first)))}
				}}
				got := 0
				for keys, err := range fakeClient(t, f).KeyPages(context.Background(), client.ServiceEdge) {
					if err != nil {
						t.Fatal(err)
					}
					got += len(keys)
				}
				if got != total {
					t.Errorf("%d keys, want %d", got, total)
				}
				if len(f.calls) > pages+1 {
					t.Errorf("%d calls for %d pages", len(f.calls), pages)
				}
			})
		})
	}
}

func TestFullLastPageCostsNoCallWhereBothCountsAgree(t *testing.T) {
	f := &fake{resource: func(int, seen) reply {
		return reply{body: pageJSON(`"totalPages":"1","totalCount":"500",`, 0, 500)}
	}}
	for _, err := range fakeClient(t, f).KeyPages(context.Background(), client.ServiceEdge) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(f.calls) != 1 {
		t.Errorf("%d calls, want 1", len(f.calls))
	}
}

func TestListWithoutAnEndIsAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := failing(reply{body: pageJSON(`"totalPages":"99999",`, 0, 1)})
		var last error
		for _, err := range fakeClient(t, f).KeyPages(context.Background(), client.ServiceEdge) {
			last = err
		}
		if !errors.Is(last, client.ErrUnavailable) {
			t.Errorf("after %d pages: %v", len(f.calls), last)
		}
	})
}

func TestEmptyListsComeInManyForms(t *testing.T) {
	for _, body := range []string{
		`{"totalPages":"0","totalCount":"0","list":[]}`, `{"totalPages":0,"list":null}`, `{"totalCount":"0"}`, `{}`, `null`,
	} {
		f := failing(reply{body: body})
		l, err := fakeClient(t, f).ListKeys(context.Background(), client.AppConnector)
		if err != nil || len(l.Keys) != 0 || len(l.Failed) != 0 || l.CertificatesErr != nil || len(f.calls) != 2 {
			t.Errorf("%s: %+v after %d calls, %v", body, l, len(f.calls), err)
		}
	}
}

func TestKindThatFailsStandsBesideThoseThatAnswer(t *testing.T) {
	f := &fake{resource: func(_ int, r seen) reply {
		switch {
		case strings.Contains(r.path, "SITE_CONTROLLER_GRP"):
			return reply{status: 403}
		case strings.Contains(r.path, "NP_ASSISTANT_GRP"):
			return reply{status: 401, body: `{"id":"authz.featureflag.permission.denied"}`}
		case strings.Contains(r.path, "enrollmentCert"):
			return reply{status: 400, body: `{"id":"bad.request"}`}
		}
		return reply{body: pageJSON("", 1, 2)}
	}}
	l, err := fakeClient(t, f).ListKeys(context.Background(), client.Kinds()...)
	if err != nil || len(l.Keys) != 4 || l.CertificatesErr == nil || len(l.Failed) != 2 {
		t.Fatalf("%d keys, failed %v, certificates %v: %v", len(l.Keys), l.Failed, l.CertificatesErr, err)
	}
	for _, kind := range []client.Kind{client.CloudController, client.NetworkConnector} {
		if !errors.Is(l.Failed[kind], client.ErrPermission) {
			t.Errorf("%s failed with %v", kind, l.Failed[kind])
		}
	}
}

func TestFieldsAreReadLeniently(t *testing.T) {
	want := client.Key{
		Kind: client.ServiceEdge, ID: "216196257331404676", Name: "R&D <lab>", Group: "Köln", GroupID: "216196257331404700",
		Certificate: "A&B", CertificateID: "6573", Uses: 3, MaxUses: 10, Enabled: true, Exportable: true, ZscalerManaged: true,
		Expires: time.Unix(1798761600, 0).UTC(), AllowedAddresses: []string{"10.0.0.0/8"}, Created: time.Unix(1773369925, 0).UTC(),
		Modified: time.Unix(1773369926, 0).UTC(), ModifiedBy: "-2", MicrotenantID: "7", Microtenant: "Lab",
	}
	const names = `"name":"R&amp;D &lt;lab&gt;","zcomponentName":"Köln","enrollmentCertName":"A&amp;B","microtenantName":"Lab","ipAcl":["10.0.0.0/8"],"new":{"x":1},`
	for what, fields := range map[string]string{
		"strings": `"id":"216196257331404676","zcomponentId":"216196257331404700","enrollmentCertId":"6573","usageCount":"3","maxUsage":"10",
			"enabled":"true","exportable":"true","readOnly":"false","zscalerManaged":"true","expirationInEpochSec":"1798761600",
			"creationTime":"1773369925","modifiedTime":"1773369926","modifiedBy":"-2","microtenantId":"7"`,
		"numbers": `"id":216196257331404676,"zcomponentId":216196257331404700,"enrollmentCertId":6573,"usageCount":3,"maxUsage":10,
			"enabled":true,"exportable":true,"readOnly":false,"zscalerManaged":true,"expirationInEpochSec":1798761600,
			"creationTime":1773369925,"modifiedTime":1773369926,"modifiedBy":-2,"microtenantId":7`,
	} {
		f := failing(reply{body: `{"list":[{` + names + fields + `}]}`})
		for keys, err := range fakeClient(t, f).KeyPages(context.Background(), client.ServiceEdge) {
			if err != nil || len(keys) != 1 {
				t.Fatalf("%s: %d keys, %v", what, len(keys), err)
			}
			if diff := cmp.Diff(want, keys[0], cmp.Comparer(client.Secret.Equal)); diff != "" {
				t.Errorf("%s:\n%s", what, diff)
			}
		}
	}
}

func TestOnlyAWholeListIsTold(t *testing.T) {
	for what, tt := range map[string]struct {
		second reply // the answer for page 2
		stop   bool  // nobody wants more than the first page
		want   int   // keys told, -1 for nobody
	}{
		"whole":       {second: reply{body: pageJSON(`"totalPages":"2",`, 500, 3)}, want: 503},
		"cut off":     {second: reply{status: http.StatusForbidden}, want: -1},
		"not read on": {stop: true, want: -1},
	} {
		f := &fake{resource: func(_ int, r seen) reply {
			if r.query.Get("page") == "2" {
				return tt.second
			}
			return reply{body: pageJSON(`"totalPages":"2",`, 0, 500)}
		}}
		told := -1
		cfg := config(t, client.Legacy, f)
		cfg.OnKeys = func(_ client.Kind, keys []client.Key) { told = len(keys) }
		var last error
		for _, err := range newClient(t, cfg).KeyPages(context.Background(), client.ServiceEdge) {
			if last = err; tt.stop {
				break
			}
		}
		if told != tt.want {
			t.Errorf("%s: told of %d keys, want %d; the error is %v", what, told, tt.want, last)
		}
	}
}
