package mockserver_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"provkeys/mockserver"
)

// visitor speaks to a server by a net/http client over one of its transports.
type visitor struct {
	t        *testing.T
	server   *mockserver.Server
	client   *http.Client
	address  string
	base     string
	token    string
	inMemory bool
}

// overBoth runs a test in memory and over a listener.
func overBoth(t *testing.T, test func(v *visitor)) {
	t.Helper()
	t.Run("in memory", func(t *testing.T) { test(newVisitor(t, true, mockserver.Options{Seed: 1, Keys: 120})) })
	t.Run("over a listener", func(t *testing.T) { test(newVisitor(t, false, mockserver.Options{Seed: 1, Keys: 120})) })
}

func newVisitor(t *testing.T, inMemory bool, o mockserver.Options) *visitor {
	t.Helper()
	server, err := mockserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t: t, server: server, inMemory: inMemory}
	v.base = "/mgmtconfig/v1/admin/customers/" + server.Credentials().CustomerID
	if inMemory {
		v.client, v.address = &http.Client{Transport: server.Transport()}, "https://any.example"
	} else {
		listener := httptest.NewServer(server)
		t.Cleanup(listener.Close)
		v.client, v.address = listener.Client(), listener.URL
	}
	v.token = v.signIn().token()
	return v
}

// seen is what a caller saw of one call.
type seen struct {
	status int
	header http.Header
	body   string
	// err is of the call, or of reading its body when there is a status.
	err error
}

func (s seen) token() string {
	var body struct {
		Token string `json:"access_token"`
	}
	_ = json.Unmarshal([]byte(s.body), &body)
	return body.Token
}

// rows returns the ids of a page, or nothing for no page.
func (s seen) rows() []string {
	var page page
	_ = json.Unmarshal([]byte(s.body), &page)
	var ids []string
	for _, row := range page.List {
		ids = append(ids, row["id"].(string))
	}
	return ids
}

// call makes one call and reads at most a mebibyte of its answer.
func (v *visitor) call(ctx context.Context, method, path, contentType, body string) seen {
	v.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, v.address+path, strings.NewReader(body))
	if err != nil {
		v.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+v.token)
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	resp, err := v.client.Do(r)
	if err != nil {
		return seen{err: err}
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return seen{resp.StatusCode, resp.Header, string(text), err}
}

func (v *visitor) get(path string) seen {
	v.t.Helper()
	return v.call(v.t.Context(), http.MethodGet, path, "", "")
}

func (v *visitor) signIn() seen {
	v.t.Helper()
	c := v.server.Credentials()
	form := url.Values{"client_id": {c.ClientID}, "client_secret": {c.ClientSecret}}
	return v.call(v.t.Context(), http.MethodPost, "/signin", "application/x-www-form-urlencoded", form.Encode())
}

// raise sends the first ok key with another limit.
func (v *visitor) raise(limit string) seen {
	v.t.Helper()
	kind, id, _ := v.server.FindKey(firstOK)
	fields, _ := v.server.Key(kind, id)
	fields["maxUsage"] = limit
	body, err := json.Marshal(fields)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.call(v.t.Context(), http.MethodPut, v.key(), "application/json", string(body))
}

// limit is what the server holds.
func (v *visitor) limit() string {
	kind, id, _ := v.server.FindKey(firstOK)
	fields, _ := v.server.Key(kind, id)
	limit, _ := fields["maxUsage"].(string)
	return limit
}

func (v *visitor) keys() string {
	return v.base + "/associationType/" + mockserver.KindAppConnector + "/provisioningKey"
}

func (v *visitor) key() string {
	_, id, _ := v.server.FindKey(firstOK)
	return v.keys() + "/" + id
}

func (v *visitor) set(lines ...string) {
	v.t.Helper()
	faults, err := mockserver.ParseFaults(lines...)
	if err != nil {
		v.t.Fatal(err)
	}
	if err := v.server.SetFaults(faults); err != nil {
		v.t.Fatal(err)
	}
}
