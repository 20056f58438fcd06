package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"provkeys/mockserver"
)

// process is a run of the command inside the test.
type process struct {
	out  *bufio.Reader
	stop context.CancelFunc
	code chan int
}

func startProcess(t *testing.T, args ...string) process {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	p := process{out: bufio.NewReader(reader), stop: cancel, code: make(chan int, 1)}
	go func() {
		p.code <- run(ctx, args, writer, io.Discard)
		_ = writer.Close()
	}()
	return p
}

// announced reads the line that --json prints.
func (p process) announced(t *testing.T) announcement {
	t.Helper()
	line, err := p.out.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var a announcement
	if err := json.Unmarshal([]byte(line), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func (p process) end(t *testing.T) {
	t.Helper()
	p.stop()
	if code := <-p.code; code != exitDone {
		t.Errorf("exit code %d", code)
	}
}

// signIn posts a form to an address and returns status and token.
func signIn(t *testing.T, address string, form url.Values) (status int, token string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var body struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&body); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, body.Token
}

// get returns the status of a read.
func get(t *testing.T, address, token string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

func TestTheAnnouncedAddressesAndCredentialsWork(t *testing.T) {
	p := startProcess(t, "--json", "--latency", "0", "--seed", "3")
	a := p.announced(t)

	legacy, _ := signIn(t, a.URL+"/signin", url.Values{"client_id": {a.ClientID}, "client_secret": {a.ClientSecret}})
	oneAPI, token := signIn(t, a.TokenURL, url.Values{
		"grant_type": {"client_credentials"}, "audience": {"https://api.zscaler.com"},
		"client_id": {a.ClientID}, "client_secret": {a.ClientSecret},
	})
	list := get(t, a.URL+"/zpa/mgmtconfig/v1/admin/customers/"+a.CustomerID+"/connector", token)

	if legacy != http.StatusOK || oneAPI != http.StatusOK || list != http.StatusOK {
		t.Errorf("legacy %d, OneAPI %d, list %d", legacy, oneAPI, list)
	}
	if a.Vanity != "mock" {
		t.Errorf("vanity %q", a.Vanity)
	}
	p.end(t)
}

func TestPastedLinesSetOneFrontDoorOnly(t *testing.T) {
	p := startProcess(t)
	var text strings.Builder
	for !strings.Contains(text.String(), "PROVKEYS_TOKEN_URL") {
		line, err := p.out.ReadString('\n')
		if err != nil {
			t.Fatal(err)
		}
		text.WriteString(line)
	}
	p.end(t)

	names := func(start string) string {
		var list []string
		for _, m := range regexp.MustCompile(`(?m)^`+start+`export (\w+)=\S+$`).FindAllStringSubmatch(text.String(), -1) {
			list = append(list, m[1])
		}
		return strings.Join(list, " ")
	}
	if got := names(""); got != "ZPA_CLIENT_ID ZPA_CLIENT_SECRET ZPA_CUSTOMER_ID PROVKEYS_BASE_URL" {
		t.Errorf("set: %s", got)
	}
	if got := names("# "); got != "ZSCALER_CLIENT_ID ZSCALER_CLIENT_SECRET ZSCALER_VANITY_DOMAIN ZPA_CUSTOMER_ID PROVKEYS_BASE_URL PROVKEYS_TOKEN_URL" {
		t.Errorf("commented out: %s", got)
	}
}

func TestRateLimitCanBeTurnedOff(t *testing.T) {
	for setting, want := range map[string]int{"on": http.StatusTooManyRequests, "off": http.StatusUnauthorized} {
		p := startProcess(t, "--json", "--latency", "0", "--rate-limit", setting)
		a := p.announced(t)
		last := 0
		for range 21 {
			last = get(t, a.URL+"/mgmtconfig/v1/admin/me", "")
		}
		if last != want {
			t.Errorf("%s: the 21st read got %d, want %d", setting, last, want)
		}
		p.end(t)
	}
}

func TestFaultsAreThereFromTheFirstCall(t *testing.T) {
	p := startProcess(t, "--json", "--fault", "me 503", "--fault", "* latency=1ms count=1")
	a := p.announced(t)

	if got := get(t, a.URL+"/mgmtconfig/v1/admin/me", ""); got != http.StatusServiceUnavailable {
		t.Errorf("status %d", got)
	}
	if got := get(t, a.URL+"/mock/faults", ""); got != http.StatusOK {
		t.Errorf("the list of faults: status %d", got)
	}
	p.end(t)
}

func TestBadFlagsAreUsageErrors(t *testing.T) {
	for _, tt := range []struct{ args, says string }{
		{"--listen 0.0.0.0:8080", "loopback"},
		{"--listen :8080", "loopback"},
		{"--listen 192.0.2.1:80", "loopback"},
		{"--listen nonsense", "nonsense"},
		{"--keys 0", "--keys"},
		{"--keys 100001", "100000"},
		{"--rate-limit maybe", "on or off"},
		{"--token-life 1ms", "--token-life"},
		{"--latency -1s", "latency"},
		{"--seed x", "seed"},
		{"--public-key nowhere.pem", "openssl pkey"},
		{"--public-key main.go", "BEGIN PUBLIC KEY"},
		{"--fault kyes", `--fault "kyes": "kyes" is no word of a fault`},
		{"--fault keys", "nothing happens"},
		{"extra", "extra"},
	} {
		var stdout, stderr bytes.Buffer

		code := run(t.Context(), strings.Fields(tt.args), &stdout, &stderr)

		if code != exitUsage || stdout.Len() != 0 || !strings.Contains(stderr.String(), tt.says) {
			t.Errorf("%s: exit code %d, stderr %q", tt.args, code, stderr.String())
		}
	}
}

func TestHelpIsNoError(t *testing.T) {
	var stderr bytes.Buffer
	if code := run(t.Context(), []string{"-h"}, io.Discard, &stderr); code != exitDone || !strings.Contains(stderr.String(), "-listen") ||
		!strings.Contains(stderr.String(), mockserver.FaultSyntax) || !strings.Contains(stderr.String(), "/mock/faults") {
		t.Errorf("exit code %d, %q", code, stderr.String())
	}
}

func TestATakenPortIsAnError(t *testing.T) {
	p := startProcess(t, "--json")
	a := p.announced(t)
	var stderr bytes.Buffer

	code := run(t.Context(), []string{"--listen", strings.TrimPrefix(a.URL, "http://")}, io.Discard, &stderr)

	if code != exitError || !strings.Contains(stderr.String(), "listen") {
		t.Errorf("exit code %d, %q", code, stderr.String())
	}
	p.end(t)
}
