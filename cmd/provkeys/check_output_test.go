package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
)

func TestOtherFormatsAreRefusedByCheckAndItsOwnByOthers(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, word := range []string{"table", "tsv", "csv", "name", "xml"} {
		f.mustRun(checkUnknown, "check", okKey, "-o", word)
		f.mustJudge("PROVKEYS UNKNOWN - check does not write \"" + word + "\"\nhint: use json, yaml or prometheus")
	}
	f.mustRun(exitUsage, "list", "-o", "prometheus")

	// A variable may be meant for other commands.
	f.vars["PROVKEYS_OUTPUT"] = "csv"
	f.mustRun(checkOK, "check", okKey)
	f.mustJudge("PROVKEYS OK - ")
	f.vars["PROVKEYS_OUTPUT"] = "json"
	f.mustRun(checkOK, "check", okKey)
	f.mustJudge("{\n  \"status\": \"OK\"")
}

func TestCheckWritesAFileForACollector(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	path := filepath.Join(t.TempDir(), "provkeys.prom")
	written := func() string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}

	f.mustRun(checkCritical, "check", usedUpKey, "-o", "prometheus", "--to", path)
	before := written()
	if !strings.Contains(before, "\nprovkeys_check_status 2\n") || f.out.Len()+f.err.Len() > 0 {
		t.Errorf("the file holds %q, and it says %q and %q", before, f.out.String(), f.err.String())
	}

	for _, args := range [][]string{{"nowhere"}, {"--filter", "zzz"}, {"--bogus"}} {
		f.mustRun(checkUnknown, append([]string{"check", "-o", "prometheus", "--to", path}, args...)...)
		if written() != before || f.out.Len() > 0 || !strings.Contains(f.err.String(), "hint: ") {
			t.Errorf("%v: the file holds %q, and it says %q and %q", args, written(), f.out.String(), f.err.String())
		}
	}

	f.mustRun(checkOK, "check", okKey, "--to", path)
	if !strings.HasPrefix(written(), "PROVKEYS OK - ") {
		t.Errorf("the file holds %q", written())
	}
	f.mustRun(checkUnknown, "check", okKey, "--to", filepath.Join(path, "below"))
	f.mustTell("--to cannot be written", "hint: ")
}

func TestJSONOfACheckHasExactlyTheseFields(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	_, id, _ := f.mock.FindKey(okKey)
	f.mustRun(checkOK, "check", okKey, "-o", "json")

	got := decode[map[string]any](t, f.out.Bytes())
	if _, err := time.Parse(time.RFC3339, got["checked"].(string)); err != nil {
		t.Error(err)
	}
	delete(got, "checked")
	want := map[string]any{
		"status": "OK", "code": 0.0, "profile": nil,
		"counts": map[string]any{
			"keys": 1.0, "ok": 1.0, "warning": 0.0, "critical": 0.0, "skipped": 0.0,
			"uses": 6.0, "max_uses": 25.0, "left": 19.0, "least_left": 19.0,
		},
		"thresholds": map[string]any{"warn": "80%", "crit": "95%", "cert_warn": "30d", "expiry_warn": "14d", "all": true},
		"keys": []any{map[string]any{
			"kind": "app-connector", "name": okKey, "id": id, "group": "AP East 1",
			"uses": 6.0, "max_uses": 25.0, "left": 19.0, "state": "ok", "status": "OK", "reasons": []any{},
		}},
		"missing": []any{},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}

	f.mustRun(checkCritical, "check", "-o", "json", "--expiry-warn", "36h", "--cert-warn", "0")
	whole := decode[map[string]any](t, f.out.Bytes())
	f.mustRun(checkCritical, "check", "-o", "yaml", "--expiry-warn", "36h", "--cert-warn", "0")
	var same map[string]any
	if err := yaml.Unmarshal(f.out.Bytes(), &same); err != nil {
		t.Fatal(err)
	}
	if len(same) != len(whole) || len(same["keys"].([]any)) != len(whole["keys"].([]any)) {
		t.Errorf("YAML holds %v", same)
	}
}

func TestCheckShowsNoKeyText(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, format := range []string{"", "json", "yaml", "prometheus"} {
		f.mustRun(checkCritical, "check", "--all", "--with-secrets", "-o", format)
		if strings.Contains(f.out.String(), f.text(okKey)) || strings.Contains(f.out.String(), "mock.example") || f.out.Len() == 0 {
			t.Errorf("-o %s shows a text", format)
		}
		assertPrintable(t, strings.ReplaceAll(f.out.String(), "\n", ""))
	}
}
