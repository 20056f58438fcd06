package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/mockserver"
)

const (
	customer   = "216196257331281920"
	secretText = "mock secret+with/odd=characters&<20>"
	tokenText  = "mock.token.0123456789abcdefghijklmnopqrstuvwxyz"
	tokenJSON  = `{"token_type":"Bearer","access_token":"` + tokenText + `","expires_in":"3600"}`
	keyID      = client.ID("216196257331404676")
)

// opaque is the secret part of a key text that is obviously no real one.
var opaque = strings.Repeat("MOCKmock", 48) + "-216196257331404676"

// keyText is a whole key text.
var keyText = "3|mock.example|" + opaque

// seen is one request as a server received it.
type seen struct {
	method, url, path string
	query             url.Values
	header            http.Header
	body              string
}

// reply is what a scripted server answers. A reader goes before a body; an
// error is a connection that broke.
type reply struct {
	status int
	body   string
	reader io.Reader
	header map[string]string
	err    error
}

// fake is a server in memory. Its handlers get the number of the call, counted
// from 1; signing in succeeds unless signIn says otherwise.
type fake struct {
	signIn   func(n int, r seen) reply
	resource func(n int, r seen) reply

	mu             sync.Mutex
	signIns, calls []seen
	times          []time.Time // of the calls
}

func (f *fake) RoundTrip(r *http.Request) (*http.Response, error) {
	s, err := look(r)
	if err != nil {
		return nil, err
	}
	answer := f.answer(s)
	if answer.err != nil {
		return nil, answer.err
	}
	return answer.response(r), nil
}

func (f *fake) answer(s seen) reply {
	f.mu.Lock()
	defer f.mu.Unlock()
	if strings.HasSuffix(s.path, "/signin") || strings.HasSuffix(s.path, "/token") {
		f.signIns = append(f.signIns, s)
		if f.signIn == nil {
			return reply{body: tokenJSON}
		}
		return f.signIn(len(f.signIns), s)
	}
	f.calls = append(f.calls, s)
	f.times = append(f.times, time.Now())
	return f.resource(len(f.calls), s)
}

// methods returns the methods of the calls so far, in their order.
func (f *fake) methods() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var all []string
	for _, c := range f.calls {
		all = append(all, c.method)
	}
	return strings.Join(all, " ")
}

func look(r *http.Request) (seen, error) {
	s := seen{method: r.Method, url: r.URL.String(), path: r.URL.Path, query: r.URL.Query(), header: r.Header.Clone()}
	if r.Body == nil {
		return s, nil
	}
	body, err := io.ReadAll(r.Body)
	s.body = string(body)
	return s, errors.Join(err, r.Body.Close())
}

func (a reply) response(r *http.Request) *http.Response {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	if a.reader == nil {
		a.reader = strings.NewReader(a.body)
	}
	header := http.Header{}
	for k, v := range a.header {
		header.Set(k, v)
	}
	return &http.Response{
		Status: strconv.Itoa(a.status) + " " + http.StatusText(a.status), StatusCode: a.status,
		ProtoMajor: 1, ProtoMinor: 1, Header: header, Body: io.NopCloser(a.reader), ContentLength: -1, Request: r,
	}
}

// cutAfter is a body that breaks off.
func cutAfter(body string) io.Reader {
	return io.MultiReader(strings.NewReader(body), brokenReader{})
}

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// config returns what a client of a server in memory needs.
func config(t *testing.T, door client.Door, transport http.RoundTripper) client.Config {
	t.Helper()
	address := client.Address{BaseURL: "http://127.0.0.1:1", Vanity: "mock"}
	if door == client.OneAPI {
		address.TokenURL = "http://127.0.0.1:1/oauth2/v1/token"
	}
	endpoints, err := address.Endpoints(door)
	if err != nil {
		t.Fatal(err)
	}
	return client.Config{
		Door: door, Endpoints: endpoints, ClientID: "mock-id", ClientSecret: client.NewSecret(secretText),
		CustomerID: customer, Transport: transport,
	}
}

func newClient(t *testing.T, cfg client.Config) *client.Client {
	t.Helper()
	c, err := client.New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// fakeClient returns a legacy client of the scripted server.
func fakeClient(t *testing.T, f *fake) *client.Client {
	t.Helper()
	return newClient(t, config(t, client.Legacy, f))
}

// mock is a tenant of the mock server behind a transport that tests may damage.
type mock struct {
	*mockserver.Server
	wire *wire
}

// wire hands calls on to the mock server and keeps them. A tamper that returns
// a reply answers in the server's place; next asks the server first.
type wire struct {
	tamper func(s seen, next func() reply) *reply

	server http.RoundTripper
	mu     sync.Mutex
	calls  []seen
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	s, err := look(r)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	w.calls = append(w.calls, s)
	w.mu.Unlock()
	pass := func() (*http.Response, error) {
		again := r.Clone(r.Context())
		again.Body = io.NopCloser(strings.NewReader(s.body))
		return w.server.RoundTrip(again)
	}
	if w.tamper == nil {
		return pass()
	}
	answer := w.tamper(s, func() reply {
		resp, err := pass()
		if err != nil {
			return reply{err: err}
		}
		return reply{status: resp.StatusCode, reader: resp.Body}
	})
	switch {
	case answer == nil:
		return pass()
	case answer.err != nil:
		return nil, answer.err
	}
	return answer.response(r), nil
}

// writes returns the updates so far.
func (w *wire) writes() []seen {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []seen
	for _, s := range w.calls {
		if s.method == http.MethodPut {
			list = append(list, s)
		}
	}
	return list
}

// mockClient starts a mock tenant and a client of it.
func mockClient(t *testing.T, door client.Door, options mockserver.Options) (*client.Client, *mock) {
	t.Helper()
	server, err := mockserver.New(options)
	if err != nil {
		t.Fatal(err)
	}
	m := &mock{Server: server, wire: &wire{server: server.Transport()}}
	cfg := config(t, door, m.wire)
	credentials := server.Credentials()
	cfg.ClientID, cfg.CustomerID = credentials.ClientID, credentials.CustomerID
	cfg.ClientSecret = client.NewSecret(credentials.ClientSecret)
	return newClient(t, cfg), m
}

// anyKey returns a key of the tenant that meets the condition.
func anyKey(t *testing.T, c *client.Client, wanted func(client.Key) bool) client.Key {
	t.Helper()
	listing, err := c.ListKeys(context.Background(), client.Kinds()...)
	if err != nil || len(listing.Failed) > 0 {
		t.Fatal(err, listing.Failed)
	}
	for _, k := range listing.Keys {
		if wanted(k) {
			return k
		}
	}
	t.Fatal("the tenant has no such key")
	return client.Key{}
}

// copyable is a condition for anyKey.
func copyable(k client.Key) bool {
	return k.CopyBlock(time.Now()) == nil && !k.Managed() && k.Left() > 1
}

// keyJSON is a key as the API writes it; extra fields go in front.
func keyJSON(extra string) string {
	return `{` + extra + `"id":"` + string(keyID) + `","name":"bkk-dc1","enabled":true,"usageCount":"0","maxUsage":"2",` +
		`"zcomponentId":"216196257331404700","zcomponentName":"Bangkok","enrollmentCertId":"6573","enrollmentCertName":"Connector",` +
		`"readOnly":false,"zscalerManaged":false,"creationTime":"1773369925","modifiedTime":"1773369925","modifiedBy":"3"}`
}

func ptr[T any](v T) *T { return &v }

// failing is a server whose every resource gives the same answer.
func failing(a reply) *fake {
	return &fake{resource: func(int, seen) reply { return a }}
}
