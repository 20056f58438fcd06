package mockserver_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"provkeys/mockserver"
)

// start is the hour at which every test's tenant begins.
func start() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }

// clock is a clock that a test moves.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// caller speaks to a server at the legacy door, over the in-memory transport.
type caller struct {
	t      *testing.T
	server *mockserver.Server
	clock  *clock
	token  string
	base   string
}

// newCaller makes a server on a clock of its own and signs in.
func newCaller(t *testing.T, o mockserver.Options) *caller {
	t.Helper()
	c := &caller{t: t, clock: &clock{now: start()}}
	o.Now = c.clock.Now
	server, err := mockserver.New(o)
	if err != nil {
		t.Fatal(err)
	}
	c.server = server
	c.base = "/mgmtconfig/v1/admin/customers/" + server.Credentials().CustomerID
	c.signIn()
	return c
}

// answer is a response, read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// fields reads the body as an object.
func (a answer) fields(t *testing.T) map[string]any {
	t.Helper()
	m := map[string]any{}
	if err := json.Unmarshal(a.body, &m); err != nil {
		t.Fatalf("status %d, body is no object: %v", a.status, err)
	}
	return m
}

func (a answer) id(t *testing.T) string {
	t.Helper()
	id, _ := a.fields(t)["id"].(string)
	return id
}

func (a answer) params(t *testing.T) string {
	t.Helper()
	list, _ := a.fields(t)["params"].([]any)
	var names []string
	for _, p := range list {
		names = append(names, p.(string))
	}
	return strings.Join(names, ",")
}

// send makes a request from parts and returns its answer.
func (c *caller) send(method, path, contentType, body string, header http.Header) answer {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), method, "https://any.example"+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if header != nil {
		r.Header = header
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	if c.token != "" && r.Header.Get("Authorization") == "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := c.server.Transport().RoundTrip(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, text}
}

func (c *caller) get(path string) answer {
	c.t.Helper()
	return c.send(http.MethodGet, path, "", "", nil)
}

// write sends a JSON body.
func (c *caller) write(method, path string, body any) answer {
	c.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.send(method, path, "application/json", string(text), nil)
}

func (c *caller) form(path string, pairs ...string) answer {
	c.t.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return c.send(http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode(), nil)
}

func (c *caller) signIn() {
	c.t.Helper()
	cred := c.server.Credentials()
	a := c.form("/signin", "client_id", cred.ClientID, "client_secret", cred.ClientSecret)
	token, isText := a.fields(c.t)["access_token"].(string)
	if a.status != http.StatusOK || !isText {
		c.t.Fatalf("sign-in: status %d", a.status)
	}
	c.token = token
}

// page is one page of a list.
type page struct {
	TotalPages string           `json:"totalPages"`
	TotalCount string           `json:"totalCount"`
	List       []map[string]any `json:"list"`
}

func (c *caller) page(path string) page {
	c.t.Helper()
	a := c.get(path)
	if a.status != http.StatusOK {
		c.t.Fatalf("GET %s: status %d: %s", path, a.status, a.body)
	}
	var p page
	if err := json.Unmarshal(a.body, &p); err != nil {
		c.t.Fatal(err)
	}
	return p
}

// keys is the path of the keys of a kind, or of one of them.
func (c *caller) keys(kind string, id ...string) string {
	return strings.Join(append([]string{c.base + "/associationType/" + kind + "/provisioningKey"}, id...), "/")
}

// find returns kind and id of a key that the tenant always has.
func (c *caller) find(name string) (kind, id string) {
	c.t.Helper()
	kind, id, found := c.server.FindKey(name)
	if !found {
		c.t.Fatalf("no key %q", name)
	}
	return kind, id
}

// stored returns a key as the server holds it.
func (c *caller) stored(kind, id string) map[string]any {
	c.t.Helper()
	k, found := c.server.Key(kind, id)
	if !found {
		c.t.Fatalf("no key %s/%s", kind, id)
	}
	return k
}

// allKeys returns every key as stored, by kind.
func (c *caller) allKeys() map[string][]map[string]any {
	c.t.Helper()
	all := map[string][]map[string]any{}
	for _, kind := range allKinds() {
		for _, k := range c.page(c.keys(kind) + "?pagesize=500").List {
			all[kind] = append(all[kind], c.stored(kind, k["id"].(string)))
		}
	}
	return all
}

func allKinds() []string {
	return []string{
		mockserver.KindAppConnector, mockserver.KindServiceEdge,
		mockserver.KindNetworkConnector, mockserver.KindCloudController,
	}
}

// newKey is a create body that the tenant accepts.
func (c *caller) newKey(name string) map[string]any {
	c.t.Helper()
	kind, id := c.find(firstOK)
	like := c.stored(kind, id)
	return map[string]any{
		"name": name, "maxUsage": "3",
		"zcomponentId": like["zcomponentId"], "enrollmentCertId": like["enrollmentCertId"],
	}
}

// create makes an app connector key and returns the answer's fields.
func (c *caller) create(body map[string]any) map[string]any {
	c.t.Helper()
	a := c.write(http.MethodPost, c.keys(mockserver.KindAppConnector), body)
	if a.status != http.StatusOK {
		c.t.Fatalf("create: status %d: %s %s", a.status, a.id(c.t), a.params(c.t))
	}
	return a.fields(c.t)
}

const (
	firstOK     = "ap-east-1-asg"
	firstUsedUp = "ap-east-1-blue"
)

// expect fails the test unless status and error id are as they should be.
func (c *caller) expect(what string, a answer, status int, id string) {
	c.t.Helper()
	if a.status != status {
		c.t.Errorf("%s: status %d, want %d", what, a.status, status)
	}
	if id == "" {
		if len(bytes.TrimSpace(a.body)) != 0 && status == http.StatusNoContent {
			c.t.Errorf("%s: a body where none belongs", what)
		}
		return
	}
	if got := a.id(c.t); got != id {
		c.t.Errorf("%s: error id %q, want %q", what, got, id)
	}
}
