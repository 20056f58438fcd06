package client_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"provkeys/client"
)

var blanks = strings.Repeat(" ", 1<<20)

// endless is a body without an end; read counts its bytes.
type endless struct{ read atomic.Int64 }

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, blanks) // byte by byte it would be most of what the tests cost
	e.read.Add(int64(n))
	return n, nil
}

func TestEndlessAnswerIsCutAndNotAskedForAgain(t *testing.T) {
	for what, status := range map[string]int{"a success": 200, "an error": 400} {
		t.Run(what, func(t *testing.T) {
			body := &endless{}
			f := failing(reply{status: status, reader: body})
			if err := readOne(fakeClient(t, f)); err == nil {
				t.Error("an endless answer was accepted")
			}
			if got := body.read.Load(); got > 40<<20 || len(f.calls) != 1 {
				t.Errorf("%d MiB read in %d calls", got>>20, len(f.calls))
			}
		})
	}
}

func TestPackedBombIsCut(t *testing.T) {
	var calls atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/signin" {
			_, _ = io.WriteString(w, tokenJSON)
			return
		}
		calls.Add(1)
		w.Header().Set("Content-Encoding", "gzip")
		z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		_, _ = io.Copy(z, io.LimitReader(&endless{}, 33<<20))
		_ = z.Close()
	}))
	defer server.Close()
	cfg := config(t, client.Legacy, server.Client().Transport)
	cfg.Endpoints = client.Endpoints{API: server.URL, Token: server.URL + "/signin"}
	err := readOne(newClient(t, cfg))
	if err == nil || !strings.Contains(err.Error(), "larger than 32 MiB") || calls.Load() != 1 {
		t.Errorf("after %d calls: %v", calls.Load(), err)
	}
}

func TestReadThatBreaksOffIsRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{resource: func(n int, _ seen) reply {
			if n < 3 {
				return reply{reader: cutAfter(keyJSON("")[:40])}
			}
			return reply{body: keyJSON("")}
		}}
		if err := readOne(fakeClient(t, f)); err != nil || len(f.calls) != 3 {
			t.Errorf("after %d calls: %v", len(f.calls), err)
		}
	})
}

func TestProxysPageIsShownByItsFirstLine(t *testing.T) {
	const page = "<!DOCTYPE html>\n<html><head><style>p { x: y }</style><script>if (a < b) {}</script>\n<title>Acme Web Gateway</title></head><body>\n<p>Blocked</p></body></html>"
	for what, c := range map[string]struct {
		answer reply
		say    string
	}{
		"a page with 200":           {reply{body: page}, "not from the API: Acme Web Gateway"},
		"a page with 502":           {reply{status: 502, body: page}, "answered 502: Acme Web Gateway"},
		"a page with 403":           {reply{status: 403, body: page}, "answered 403: Acme Web Gateway"},
		"plain text with 200":       {reply{body: "\n  upstream timed out\nmore"}, "not from the API: upstream timed out"},
		"plain text with 400":       {reply{status: 400, body: "upstream timed out\nmore"}, "answered 400: upstream timed out"},
		"the path stays readable":   {reply{status: 404, body: "Cannot GET /mgmtconfig/v1/admin/customers/216196257331281920/connector"}, "/mgmtconfig/v1/admin/customers/216196257331281920/connector"},
		"cut JSON is not quoted":    {reply{body: `{"id":"1","name":"x`}, "cut off or malformed"},
		"another key":               {reply{body: `{"id":"2"}`}, "cut off or malformed"},
		"an empty success":          {reply{body: ""}, "cut off or malformed"},
		"an error without a body":   {reply{status: 400}, "the API answered 400"},
		"an unexpected type":        {reply{status: 400, body: `{"id":5,"reason":"field is wrong","params":"x"}`}, "answered 400: field is wrong"},
		"an OAuth server's words":   {reply{status: 400, body: `{"error":"invalid_scope","error_description":"no such scope"}`}, "400 invalid_scope: no such scope"},
		"a gateway's words":         {reply{status: 400, body: `{"title":"Bad","detail":"no route"}`}, "answered 400: no route"},
		"fields at fault are named": {reply{status: 400, body: `{"id":"invalid.resource.argument","reason":"wrong","params":["maxUsage","name"]}`}, "400 invalid.resource.argument: wrong [maxUsage, name]"},
		"the request id is kept":    {reply{status: 400, header: map[string]string{"x-transaction-id": "r-17"}}, "(request r-17)"},
		"OneAPI's request id":       {reply{status: 400, header: map[string]string{"x-oneapi-request-id": "r-18"}}, "(request r-18)"},
	} {
		t.Run(what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				err := readOne(fakeClient(t, failing(c.answer)))
				if err == nil || !strings.Contains(err.Error(), c.say) || strings.Contains(err.Error(), "\n") {
					t.Errorf("%v\nlacks %q or has several lines", err, c.say)
				}
			})
		})
	}
}

func TestErrorsStayShort(t *testing.T) {
	long := strings.Repeat("so many words ", 1000)
	params, err := json.Marshal(strings.Split(long, " "))
	if err != nil {
		t.Fatal(err)
	}
	for _, body := range []string{long, `{"reason":"` + long + `"}`, `{"id":"x","params":` + string(params) + `}`} {
		if err := readOne(fakeClient(t, failing(reply{status: 400, body: body}))); err == nil || len(err.Error()) > 700 {
			t.Errorf("an error of %d bytes", len(err.Error()))
		}
	}
}

func TestNothingSecretThatAServerEchoesIsInAnError(t *testing.T) {
	forms := map[string]string{
		"client secret":             secretText,
		"client secret, form coded": url.QueryEscape(secretText),
		"client secret, in a page":  html.EscapeString(secretText),
		"token":                     tokenText,
		"key text":                  keyText,
		"key text, cut":             keyText[:60],
		"key text without its head": opaque,
	}
	quote := func(s string) string {
		b, _ := json.Marshal(s)
		return string(b)
	}
	for what, secret := range forms {
		word := quote("you sent " + secret + " to us")
		for where, a := range map[string]reply{
			"reason":           {status: 400, body: `{"id":"x","reason":` + word + `}`},
			"params":           {status: 400, body: `{"id":"x","params":[` + word + `]}`},
			"code":             {status: 400, body: `{"id":` + word + `}`},
			"detail":           {status: 400, body: `{"detail":` + word + `}`},
			"OAuth":            {status: 400, body: `{"error":` + word + `,"error_description":` + word + `}`},
			"wrong types":      {status: 400, body: `{"id":[` + word + `],"params":` + word + `}`},
			"request id":       {status: 400, header: map[string]string{"x-transaction-id": secret}},
			"page with 400":    {status: 400, body: "<html><b>you sent " + secret + "</b></html>"},
			"page with 200":    {status: 200, body: "<html><b>you sent " + secret + "</b></html>"},
			"text with 502":    {status: 502, body: secret},
			"cut JSON":         {status: 200, body: `{"provisioningKey":` + quote(secret)},
			"JSON with a mark": {status: 200, body: "\ufeff" + `{"provisioningKey":` + quote(secret)},
			"another shape":    {status: 200, body: `[` + word + `]`},
			"a bare string":    {status: 200, body: word},
			"wrong type":       {status: 200, body: `{"usageCount":{"x":` + word + `}}`},
			"number":           {status: 200, body: `{"usageCount":` + quote(secret) + `}`},
			"redirect":         {status: 302, header: map[string]string{"Location": "https://elsewhere.example/?" + url.QueryEscape(secret)}},
			"no HTTP":          {err: errors.New(`malformed HTTP response "client_secret=` + secret + `"`)},
		} {
			t.Run(what+" in "+where, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					resource := failing(a)
					signIn := &fake{signIn: func(int, seen) reply { return a }}
					_, updateErr := fakeClient(t, resource).UpdateKey(context.Background(), aKey, client.Change{Enabled: ptr(true)})
					list, listErr := fakeClient(t, resource).ListKeys(context.Background(), client.AppConnector)
					errs := []error{
						readOne(fakeClient(t, resource)), fakeClient(t, signIn).SignIn(context.Background()),
						updateErr, listErr, list.CertificatesErr, list.Failed[client.AppConnector],
					}
					for i, err := range errs {
						if i == 1 && secret == tokenText {
							continue // nobody has a token before the sign-in
						}
						checkNoSecret(t, i, err, secret)
					}
				})
			})
		}
	}
}

// checkNoSecret fails when an error holds a piece of a secret that is long
// enough to be of use. It never prints the error.
func checkNoSecret(t *testing.T, i int, err error, secret string) {
	t.Helper()
	if err == nil {
		return
	}
	encoded, _ := json.Marshal(err)
	for _, shown := range []string{err.Error(), fmt.Sprintf("%+v", err), string(encoded)} {
		for at := 0; at+16 <= len(secret); at++ {
			piece := secret[at : at+16]
			if strings.HasPrefix(secret, "3|") && at < 16 {
				continue // the host is no secret
			}
			if strings.Contains(shown, piece) {
				t.Fatalf("error %d holds 16 bytes of the secret, from byte %d on", i, at)
			}
		}
	}
}

func TestRedirectsAreNotFollowed(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		var strayed atomic.Int64
		elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strayed.Add(1) }))
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/signin" {
				_, _ = io.WriteString(w, tokenJSON)
				return
			}
			http.Redirect(w, r, elsewhere.URL, status)
		}))
		cfg := config(t, client.Legacy, server.Client().Transport)
		cfg.Endpoints = client.Endpoints{API: server.URL, Token: server.URL + "/signin"}
		resourceErr := readOne(newClient(t, cfg))
		cfg.Endpoints.Token = server.URL + "/moved"
		signInErr := readOne(newClient(t, cfg))
		for _, err := range []error{resourceErr, signInErr} {
			if !errors.Is(err, client.ErrUnavailable) || !strings.Contains(err.Error(), "redirects") {
				t.Errorf("status %d: %v", status, err)
			}
		}
		server.Close()
		elsewhere.Close()
		if n := strayed.Load(); n != 0 {
			t.Errorf("status %d: %d calls were made elsewhere", status, n)
		}
	}
}

func TestLogLearnsOfEveryCallAndNothingMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &fake{resource: func(n int, _ seen) reply {
			switch n {
			case 1:
				return reply{status: 503, header: map[string]string{"x-transaction-id": "r-1"}}
			case 2:
				return reply{err: io.ErrUnexpectedEOF}
			}
			return reply{body: keyJSON(`"provisioningKey":"` + keyText + `",`)}
		}}
		cfg := config(t, client.Legacy, f)
		cfg.Microtenant = "7"
		var calls []client.Call
		cfg.OnCall = func(c client.Call) { calls = append(calls, c) }
		if err := readOne(newClient(t, cfg)); err != nil {
			t.Fatal(err)
		}
		var statuses []int
		for _, c := range calls {
			statuses = append(statuses, c.Status)
			shown := fmt.Sprintf("%+v", c)
			for _, secret := range []string{secretText, tokenText, opaque[:20], "?"} {
				if strings.Contains(shown, secret) {
					t.Error("a log line holds a secret or a query")
				}
			}
		}
		if fmt.Sprint(statuses) != "[200 503 0 200]" || calls[1].RequestID != "r-1" || calls[0].Path != "/signin" {
			t.Errorf("calls with the statuses %v, the second with the id %q", statuses, calls[1].RequestID)
		}
	})
}
