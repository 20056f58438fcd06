//go:build e2e

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"provkeys/mockserver"
)

// server is a mockserver process.
type server struct {
	t         *testing.T
	cmd       *exec.Cmd
	listening struct {
		URL          string `json:"url"`
		TokenURL     string `json:"token_url"`
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
		CustomerID   string `json:"customer_id"`
		Vanity       string `json:"vanity"`
	}
	token string
}

// binary returns a built command; make e2e builds them first.
func binary(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "bin", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v: run make build first", err)
	}
	return path
}

// serve starts the stand-alone mock and reads what it prints.
func serve(t *testing.T, args ...string) *server {
	t.Helper()
	s := &server{t: t}
	s.start(append([]string{"--json", "--seed", "1"}, args...)...)
	t.Cleanup(s.stop)
	return s
}

func (s *server) start(args ...string) {
	s.t.Helper()
	s.cmd = exec.Command(binary(s.t, "mockserver"), args...)
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		s.t.Fatalf("the mock printed nothing: %v", err)
	}
	if err := json.Unmarshal(line, &s.listening); err != nil {
		s.t.Fatal(err)
	}
	s.token = ""
}

// stop ends the mock as an operating system does, and checks that it obeys.
func (s *server) stop() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("the mock did not stop cleanly: %v", err)
	}
	s.cmd = nil
}

// legacy returns the variables of the legacy front door.
func (s *server) legacy() []string {
	l := s.listening
	return []string{"ZPA_CLIENT_ID=" + l.ClientID, "ZPA_CLIENT_SECRET=" + l.ClientSecret, "ZPA_CUSTOMER_ID=" + l.CustomerID, "PROVKEYS_BASE_URL=" + l.URL}
}

// oneAPI returns the variables of OneAPI.
func (s *server) oneAPI() []string {
	l := s.listening
	return []string{"ZSCALER_CLIENT_ID=" + l.ClientID, "ZSCALER_CLIENT_SECRET=" + l.ClientSecret, "ZSCALER_VANITY_DOMAIN=" + l.Vanity,
		"ZPA_CUSTOMER_ID=" + l.CustomerID, "PROVKEYS_BASE_URL=" + l.URL, "PROVKEYS_TOKEN_URL=" + l.TokenURL}
}

// call speaks to the mock without our client, whose view it must not share.
func (s *server) call(method, path string, body string) []byte {
	s.t.Helper()
	if s.token == "" {
		resp, err := http.PostForm(s.listening.URL+"/signin", url.Values{"client_id": {s.listening.ClientID}, "client_secret": {s.listening.ClientSecret}})
		if err != nil {
			s.t.Fatal(err)
		}
		var token struct {
			Text string `json:"access_token"`
		}
		err = json.NewDecoder(resp.Body).Decode(&token)
		_ = resp.Body.Close()
		if err != nil {
			s.t.Fatal(err)
		}
		s.token = token.Text
	}
	req, err := http.NewRequest(method, s.listening.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode > 299 {
		s.t.Fatalf("%s %s: %d %v", method, path, resp.StatusCode, err)
	}
	return answer
}

// key returns an App Connector key by name, every field as the server holds it.
func (s *server) key(name string) map[string]any {
	s.t.Helper()
	var page struct {
		List []map[string]any `json:"list"`
	}
	path := "/mgmtconfig/v1/admin/customers/" + s.listening.CustomerID + "/associationType/" + appKind + "/provisioningKey?pagesize=500&search=" + url.QueryEscape("name EQ "+name)
	if err := json.Unmarshal(s.call(http.MethodGet, path, ""), &page); err != nil || len(page.List) != 1 {
		s.t.Fatalf("%d keys are called %s: %v", len(page.List), name, err)
	}
	return page.List[0]
}

// change updates a key behind everybody's back.
func (s *server) change(name, field string, value any) {
	s.t.Helper()
	k := s.key(name)
	k[field] = value
	body, err := json.Marshal(k)
	if err != nil {
		s.t.Fatal(err)
	}
	s.call(http.MethodPut, "/mgmtconfig/v1/admin/customers/"+s.listening.CustomerID+"/associationType/"+appKind+"/provisioningKey/"+fmt.Sprint(k["id"]), string(body))
}

// text returns the key text of an App Connector key.
func (s *server) text(name string) string {
	s.t.Helper()
	return fmt.Sprint(s.key(name)["provisioningKey"])
}

// enrol plays a connector that uses a key once.
func (s *server) enrol(text string) {
	s.t.Helper()
	resp, err := http.Post(s.listening.URL+"/mock/enrol", "text/plain", strings.NewReader(text))
	if err != nil {
		s.t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		s.t.Fatalf("the enrolment was answered with %d", resp.StatusCode)
	}
}

// serveLong serves a tenant whose first ok key has a text of three times the
// usual length, of which GNU screen prints what it does not keep.
func serveLong(t *testing.T) *server {
	t.Helper()
	mock, err := mockserver.New(mockserver.Options{Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	kind, id, _ := mock.FindKey(okKey)
	fields, _ := mock.Key(kind, id)
	text := fmt.Sprint(fields["provisioningKey"])
	if !mock.SetField(kind, id, "provisioningKey", text+text[15:]+text[15:]) {
		t.Fatalf("the tenant has no key %q to change", okKey)
	}
	web := httptest.NewServer(mock)
	t.Cleanup(web.Close)
	s, c := &server{t: t}, mock.Credentials()
	s.listening.URL, s.listening.TokenURL = web.URL, web.URL+"/oauth2/v1/token"
	s.listening.ClientID, s.listening.ClientSecret = c.ClientID, c.ClientSecret
	s.listening.CustomerID, s.listening.Vanity = c.CustomerID, c.Vanity
	return s
}
