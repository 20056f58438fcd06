package main

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// canaries collects every secret of a fixture: the client secret, the key
// texts, and in token the last one that was used.
func canaries(f *fixture, token *atomic.Value) map[string]string {
	secrets := map[string]string{"the client secret": f.vars["ZPA_CLIENT_SECRET"]}
	for _, name := range f.mock.KeyNames() {
		text := f.text(name)
		// Part of a text is as bad as the whole.
		secrets["the text of "+name] = text[len(text)-40:]
	}
	next := f.transport
	f.transport = roundTripper(func(r *http.Request) (*http.Response, error) {
		if text, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
			token.Store(text)
		}
		return next.RoundTrip(r)
	})
	return secrets
}

func TestNoSecretLeavesThroughOutputLogOrState(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	var token atomic.Value
	secrets := canaries(f, &token)
	f.vars["SSH_TTY"] = "/dev/pts/1"
	f.in = f.text(okKey)[:200] + " " + f.text(okKey)[200:]
	sheet := f.sheet("keys.csv", sheetHead, "from-1,app-connector,Tokyo,1", "from-2,app-connector,Tokyo,1")
	var said strings.Builder
	for _, args := range [][]string{
		{"list"}, {"list", "-o", "json"}, {"list", "-o", "yaml"}, {"list", "-o", "csv"}, {"list", "-o", "name"}, {"list", "-o", "table"},
		{"list", "--columns", "name,key"}, {"groups"}, {"groups", "AP East 1", "-o", "json"}, {"connectors", "-o", "json"}, {"certs", "-o", "table"},
		{"check"}, {"check", "--per-key", "--all"}, {"check", "-o", "json"}, {"check", "-o", "prometheus", "--to", filepath.Join(f.home, "keys.prom")},
		{"check", f.text(okKey)}, {"watch", "--for", "1ms"}, {"watch", okKey, "--for", "1ms", "-o", "json"}, {"list", "--filter", f.text(okKey)},
		{"man"}, {"completion", "bash"}, {"copy", f.text(okKey)},
		{"get", okKey}, {"get", okKey, "-o", "table"}, {"get", "no-such-key"}, {"get", usedUpKey, "-o", "json"},
		{"copy", okKey}, {"copy", okKey, "-o", "json"}, {"copy", usedUpKey}, {"copy", okKey, "--clipboard", "off"},
		{"inspect"}, {"inspect", "-o", "json"}, {"inspect", "--offline", "-o", "yaml"}, {"inspect", f.in}, {"inspect", "--from-clipboard"},
		{"explain"}, {"explain", "-o", "json"}, {"explain", f.in}, {"snippet", okKey, "--for", f.in}, {"copy", okKey, "--as", "cloud-init"},
		{"copy", okKey, "--require-verified"}, {"copy", okKey, "--wait", "1ms"}, {"copy", okKey, "--wait", "1ms", "-o", "yaml"},
		{"download", okKey, "-r", aRecipient, "--to", filepath.Join(f.home, "encrypted")}, {"download", okKey, "-r", f.text(okKey)},
		{"download", usedUpKey, "--plaintext"}, {"download", okKey, "--plaintext", "--to", "/nowhere/at/all"},
		{"set-max", okKey, "+1"}, {"set-max", usedUpKey, "1"}, {"version"}, {"list", "--no-such-flag"},
		{"edit", okKey, "--disable", "-o", "json"}, {"edit", okKey, usedUpKey, "--enable", "--yes"}, {"edit", okKey, "--hide", "--dry-run"},
		{"delete", "gru-lab", "--yes"}, {"delete", okKey, usedUpKey, "--dry-run", "-o", "json"},
		{"create", "made-1", "--like", okKey}, {"create", "made-2", "--like", okKey, "--copy", "--hidden"}, {"create", "made-3", "--like", okKey, "-o", "json"},
		{"create", "made-4", "--like", okKey, "--dry-run"}, {"create", "--from", sheet, "--yes"}, {"create", "--from", sheet, "-o", "csv"},
		{"copy", usedUpKey, "--raise", "1", "-o", "json"},
	} {
		f.run(append(args, "--debug")...)
		said.WriteString(f.out.String() + f.err.String())
	}
	if err := filepath.WalkDir(f.home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		said.WriteString(path + string(b))
		return err
	}); err != nil {
		t.Fatal(err)
	}

	for _, name := range []string{"made-1", "made-2", "made-3", "from-1", "from-2"} {
		text := f.text(name)
		secrets["the text of "+name] = text[len(text)-40:]
	}
	text, seen := token.Load().(string)
	if !strings.Contains(said.String(), ".local/state/provkeys/log") || !strings.Contains(said.String(), `"action":"copied"`) || !seen {
		t.Fatal("there is no log, or no token was seen: the test is blind")
	}
	secrets["a token"] = text
	for what, secret := range secrets {
		if strings.Contains(said.String(), secret) {
			t.Errorf("%s got out", what)
		}
	}
}

func TestAskedForTextsAreWrittenSoThatTheCanaryIsNotBlind(t *testing.T) {
	t.Parallel()
	f := newFixture(t)

	f.mustRun(exitDone, "list", "--with-secrets", "-o", "json")

	if !strings.Contains(f.out.String(), f.text(okKey)) {
		t.Error("the text that was asked for is missing")
	}
}
