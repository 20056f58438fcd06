package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// withProfile gives the tenant's credentials as a profile in the file, as it is written
// between the lines; nothing is left in variables.
func (f *fixture) withProfile(more string) {
	c := f.mock.Credentials()
	for _, name := range []string{"ZPA_CLIENT_ID", "ZPA_CLIENT_SECRET", "ZPA_CUSTOMER_ID", "PROVKEYS_BASE_URL"} {
		delete(f.vars, name)
	}
	f.writeHome(".config/provkeys/config.yaml", "profiles:\n  lab:\n    base_url: https://mock.example\n    customer_id: '"+
		c.CustomerID+"'\n    client_id: "+c.ClientID+"\n    client_secret: "+c.ClientSecret+"\n"+more)
}

// TestEveryThingWrongIsOneClearLineWithTheNextStep is what stands before whoever made a
// mistake, or met one: two lines on stderr, nothing on stdout, the code, and the same in
// JSON.
func TestEveryThingWrongIsOneClearLineWithTheNextStep(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		given    func(f *fixture)
		args     []string // of list, unless they begin with another command
		code     exitCode
		says     string
		next     string
		unixOnly bool
	}{
		"unknown flag": {
			args: []string{"--bogus"}, code: exitUsage, says: "unknown flag: --bogus", next: "provkeys list --help lists the flags",
		},
		"unknown command": {
			args: []string{"lst"}, code: exitUsage, says: `there is no command "lst"`, next: "did you mean provkeys list?",
		},
		"unknown field in the file": {
			given: func(f *fixture) { f.withProfile("    colr: red\n") },
			code:  exitUsage, says: `line 7: unknown field "colr"`, next: "correct that line",
		},
		"a file that is no YAML": {
			given: func(f *fixture) { f.withProfile("  other: [\n") },
			code:  exitUsage, says: "line", next: "correct",
		},
		"unreadable file": {
			given: func(f *fixture) {
				if err := os.MkdirAll(f.configPath(), 0o700); err != nil {
					f.t.Fatal(err)
				}
			},
			code: exitUsage, says: "config.yaml", next: "make it a file that you can read",
		},
		"file that is not there": {
			args: []string{"--config", "/nowhere/config.yaml"}, code: exitUsage, says: "/nowhere/config.yaml", next: "--config",
		},
		"wrong mode": {
			given: func(f *fixture) {
				f.withProfile("")
				if err := os.Chmod(f.configPath(), 0o644); err != nil {
					f.t.Fatal(err)
				}
			},
			code: exitUsage, says: "config.yaml", next: "chmod 600", unixOnly: true,
		},
		"malformed URL": {
			args: []string{"--base-url", "https://mock.example:port"}, code: exitUsage, says: "write it as https://host", next: "correct --base-url",
		},
		"plain http to a remote host": {
			args: []string{"--base-url", "http://mock.example"}, code: exitUsage, says: "not encrypted: use https", next: "correct --base-url",
		},
		"a proxy's page": {
			given: func(f *fixture) {
				f.intercept(func(*http.Request) *http.Response {
					r := response(http.StatusOK, "<html><h1>Blocked by policy</h1></html>")
					r.Header.Set("Content-Type", "text/html")
					return r
				})
			},
			args: []string{"--timeout", "1s"}, code: exitUnavailable, says: "not from the API: Blocked by policy", next: "proxy",
		},
		"the server's certificate ended": {
			given: func(f *fixture) { f.serveTLS(-time.Hour) },
			code:  exitUnavailable, says: "expired", next: "clock",
		},
		"a server that is not who it should be": {
			given: func(f *fixture) {
				f.serveTLS(time.Hour)
				f.vars["PROVKEYS_BASE_URL"] = strings.Replace(f.vars["PROVKEYS_BASE_URL"], "127.0.0.1", "localhost", 1)
			},
			code: exitUnavailable, says: "localhost", next: "address",
		},
		"the key's certificate ended": {
			given: func(f *fixture) { f.intercept(endedCertificates(f)) },
			args:  []string{"copy", okKey}, code: exitRefused, says: "is not copied: its signing certificate has ended", next: "take another key",
		},
		"a refused sign-in": {
			given: func(f *fixture) { f.mock.SetSecret("another") },
			code:  exitSignIn, says: "sign-in refused", next: "before you try again",
		},
		"half a set of credentials": {
			given: func(f *fixture) { delete(f.vars, "ZPA_CLIENT_SECRET") },
			code:  exitUsage, says: "lacks ZPA_CLIENT_SECRET", next: "set what is missing",
		},
		"a key that is not there": {
			args: []string{"get", "ap-east-1-asq"}, code: exitNotFound, says: `there is no key "ap-east-1-asq"`, next: "did you mean ap-east-1-asg",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if c.unixOnly && runtime.GOOS == "windows" {
				t.Skip("there are no modes here")
			}
			args := c.args
			if len(args) == 0 || strings.HasPrefix(args[0], "-") {
				args = append([]string{"list"}, args...)
			}
			for _, asJSON := range []bool{false, true} {
				f := newFixture(t)
				if c.given != nil {
					c.given(f)
				}
				if asJSON {
					args = append(args, "-o", "json")
				}
				f.mustRun(c.code, args...)
				if f.out.Len() > 0 {
					t.Errorf("stdout has %q", f.out.String())
				}
				message, hint := twoLines(t, f.err.String())
				if asJSON {
					message, hint = oneObject(t, f.err.Bytes(), c.code)
				}
				if !strings.Contains(message, c.says) || !strings.Contains(hint, c.next) {
					t.Errorf("it says %q and %q, want %q and %q", message, hint, c.says, c.next)
				}
				if strings.Contains(f.err.String(), f.mock.Credentials().ClientSecret) {
					t.Error("it says the secret")
				}
			}
		})
	}
}

// twoLines reads an error for people; that for programs is left to oneObject.
func twoLines(t *testing.T, stderr string) (message, hint string) {
	t.Helper()
	if strings.HasPrefix(stderr, "{") {
		return "", ""
	}
	lines := strings.Split(stderr, "\n")
	if len(lines) != 3 || !strings.HasPrefix(lines[0], "provkeys: ") || !strings.HasPrefix(lines[1], "hint: ") || lines[2] != "" {
		t.Errorf("stderr is not two lines: %q", stderr)
		return stderr, stderr
	}
	return lines[0], lines[1]
}

func oneObject(t *testing.T, stderr []byte, code exitCode) (message, hint string) {
	t.Helper()
	var got struct {
		Error struct {
			Code          exitCode
			Message, Hint string
		}
	}
	if err := json.Unmarshal(stderr, &got); err != nil || got.Error.Code != code {
		t.Errorf("no JSON with the code %d: %v in %q", code, err, stderr)
	}
	return got.Error.Message, got.Error.Hint
}

// endedCertificates answers with certificates that have ended.
func endedCertificates(f *fixture) func(*http.Request) *http.Response {
	next := f.mock.Transport()
	return func(r *http.Request) *http.Response {
		if !strings.HasSuffix(r.URL.Path, "/enrollmentCert") {
			return nil
		}
		resp, err := next.RoundTrip(r)
		if err != nil {
			f.t.Error(err)
			return nil
		}
		var page map[string]any
		if err := json.NewDecoder(resp.Body).Decode(&page); err != nil {
			f.t.Error(err)
		}
		list, _ := page["list"].([]any)
		for _, item := range list {
			if c, ok := item.(map[string]any); ok {
				c["validToInEpochSec"] = "1600000000"
			}
		}
		b, err := json.Marshal(page)
		if err != nil {
			f.t.Error(err)
		}
		return response(http.StatusOK, string(b))
	}
}

// serveTLS serves the tenant at 127.0.0.1 with a certificate that is trusted and is
// valid until then, which may have been.
func (f *fixture) serveTLS(until time.Duration) {
	f.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		f.t.Fatal(err)
	}
	now := time.Now()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mock"}, NotBefore: now.Add(-48 * time.Hour), NotAfter: now.Add(until),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		f.t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(f.mock)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	server.StartTLS()
	f.t.Cleanup(server.Close)
	file := filepath.Join(f.home, "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		f.t.Fatal(err)
	}
	f.vars["PROVKEYS_BASE_URL"], f.vars["PROVKEYS_CA_FILE"], f.transport = server.URL, file, nil
}
