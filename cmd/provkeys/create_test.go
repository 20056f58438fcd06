package main

import (
	"net/http"
	"strings"
	"testing"
)

// likeOK creates a key like the ok one.
func likeOK(args ...string) []string {
	return append([]string{"create", "new-1", "--like", okKey}, args...)
}

func TestCreateMakesTheKeyThatWasAskedFor(t *testing.T) {
	t.Parallel()
	f := newFixture(t)

	f.mustRun(exitDone, "create", "new-1", "--kind", "service-edge", "--group", "Singapore Edge", "--max-uses", "5",
		"--disabled", "--expires", "2099-01-31T12:00:00Z", "--allow", "192.0.2.0/24", "--allow", "198.51.100.7", "-o", "json")

	got := decode[struct {
		Name, Kind, Group, State, Certificate, Key string
		MaxUses                                    int64 `json:"max_uses"`
	}](t, f.out.Bytes())
	if got.Name != "new-1" || got.Kind != "service-edge" || got.Group != "Singapore Edge" || got.State != "disabled" || got.Certificate != "Service Edge" || got.MaxUses != 5 {
		t.Errorf("the record is %+v", got)
	}
	for field, want := range map[string]any{
		"maxUsage": "5", "enrollmentCertId": "6574", "enabled": false, "exportable": true, "expirationInEpochSec": "4073544000",
	} {
		if got := f.field("new-1", field); got != want {
			t.Errorf("the tenant holds %s = %v, want %v", field, got, want)
		}
	}
	if !strings.HasSuffix(got.Key, "|••••••••") || strings.Contains(f.out.String()+f.err.String(), f.text("new-1")) {
		t.Error("the text shows")
	}
	if got := f.journalled(); len(got) != 1 || got[0].Action != "created" || got[0].Name != "new-1" || got[0].ID == "" {
		t.Errorf("the journal holds %+v", got)
	}
}

func TestAKeyLikeAnotherTakesItsPlaceAndName(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set(okKey, "maxUsage", "33")
	f.set(okKey, "enrollmentCertId", "7012")

	f.mustRun(exitDone, "create", "--like", okKey)
	f.mustRun(exitDone, "create", "--like", okKey, "--max-uses", "7")

	for name, limit := range map[string]string{okKey + "-2": "33", okKey + "-3": "7"} {
		if f.field(name, "maxUsage") != limit || f.field(name, "enrollmentCertId") != "7012" || f.field(name, "zcomponentId") != f.field(okKey, "zcomponentId") {
			t.Errorf("%s is not like %s", name, okKey)
		}
	}
}

func TestAPersonIsToldHowToGetTheTextOfANewKey(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.terminals[stdout] = true

	f.mustRun(exitDone, likeOK()...)
	if got := f.err.String(); !strings.Contains(got, "provkeys copy new-1 copies it") {
		t.Errorf("stderr is %q", got)
	}
	f.mustRun(exitDone, "create", "new-2", "--like", okKey, "--with-secrets")
	if f.err.Len() > 0 || !strings.Contains(f.out.String(), f.text("new-2")) {
		t.Errorf("stderr is %q", f.err.String())
	}
	if got := f.journalled(); len(got) != 3 || got[2].Action != "revealed" || got[2].Name != "new-2" {
		t.Errorf("the journal holds %+v", got)
	}
}

func TestCreateRefusesWhatCannotBeBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.set(usedUpKey, "enrollmentCertId", "7014")
	whole := func(args ...string) []string {
		return append([]string{"create", "new-1", "--kind", "app-connector", "--group", "Tokyo", "--max-uses", "5"}, args...)
	}
	for _, c := range []struct {
		says string
		args []string
	}{
		{"takes a NAME", []string{"create"}},
		{"takes one NAME", []string{"create", "a", "b", "--like", okKey}},
		{"--kind is missing", []string{"create", "a", "--group", "Tokyo", "--max-uses", "5"}},
		{"--group is missing", []string{"create", "a", "--kind", "app-connector", "--max-uses", "5"}},
		{"--max-uses is missing", []string{"create", "a", "--kind", "app-connector", "--group", "Tokyo"}},
		{"--group is empty", whole("--group", "")},
		{"there is no kind", whole("--kind", "gateway")},
		{"there is no app connector group", whole("--group", "Singapore Edge")},
		{"must be from 1", whole("--max-uses", "0")},
		{"is no number of uses", whole("--max-uses", "+5")},
		{"it has ended", whole("--certificate", "Old Data Center")},
		{"does not allow signing", whole("--certificate", "Root")},
		{"no signing certificate", whole("--certificate", "Nobody's")},
		{"it has ended", []string{"create", "--like", usedUpKey}},
		{"cannot hold '/'", []string{"create", "a/b", "--like", okKey}},
		{"is taken", []string{"create", usedUpKey, "--like", okKey}},
		{"one like it is too", likeOK("--kind", "service-edge")},
		{"in the past", likeOK("--expires", "2001-01-01")},
		{"cannot hold", likeOK("--allow", "10.0.0")},
		{"exclude each other", likeOK("--copy", "--print")},
		{"exclude each other", likeOK("--print", "-o", "yaml")},
		{"not copied", likeOK("--copy", "--disabled")},
		{"--format says", likeOK("--format", "csv")},
		{"not both", []string{"create", "a", "--from", "keys.csv"}},
		{"--like is for one key", []string{"create", "--like", okKey, "--from", "keys.csv"}},
		{"CSV or YAML", []string{"create", "--from", "-"}},
		{"cannot be read", []string{"create", "--from", "no-such-file.csv"}},
	} {
		f.mustRun(exitUsage, c.args...)
		if !strings.Contains(f.err.String(), c.says) || !strings.Contains(f.err.String(), "hint: ") {
			t.Errorf("%v: stderr is %q, want %q", c.args, f.err.String(), c.says)
		}
	}
	f.mustRun(exitNotFound, "create", "--like", "nobody")
	if f.writes() != nil {
		t.Errorf("writes were sent: %v", f.writes())
	}
}

func TestNetworkConnectorGroupsAreThoseOfKeysOrAnID(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	whole := func(name, group string) []string {
		return []string{"create", name, "--kind", "network-connector", "--max-uses", "5", "--group", group}
	}

	f.mustRun(exitDone, whole("np-1", "EU West 1 Network")...)
	f.mustRun(exitDone, whole("np-2", "123456")...)
	f.mustRun(exitUsage, whole("np-3", "Nowhere")...)

	if f.field("np-1", "zcomponentId") != f.field("eu-west-1-np", "zcomponentId") || f.field("np-2", "zcomponentId") != "123456" {
		t.Error("the keys are in other groups")
	}
	if !strings.Contains(f.err.String(), "the API lists no groups here") {
		t.Errorf("stderr is %q", f.err.String())
	}
}

func TestAHiddenKeyNeedsAPlaceForItsText(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, args := range [][]string{nil, {"-o", "json"}, {"--with-secrets", "-o", "name"}, {"--dry-run"}} {
		f.mustRun(exitUsage, likeOK(append(args, "--hidden")...)...)
		if !strings.Contains(f.err.String(), "--print or --copy") {
			t.Errorf("%v: stderr is %q", args, f.err.String())
		}
	}
	f.vars["PROVKEYS_MASK"], f.terminals[stdout] = "always", true
	f.mustRun(exitRefused, likeOK("--hidden", "--with-secrets")...)
	f.mustRun(exitRefused, likeOK("--hidden", "--print")...)
	f.terminals[stdout] = false
	f.mustRun(exitClipboard, likeOK("--hidden", "--copy", "--clipboard", "off")...)
	f.tty.missing = true
	f.mustRun(exitClipboard, likeOK("--hidden", "--copy", "--clipboard", "osc52")...)
	if f.writes() != nil {
		t.Fatalf("writes were sent: %v", f.writes())
	}

	f.mustRun(exitDone, likeOK("--hidden", "--print")...)
	if f.out.String() != f.text("new-1") {
		t.Error("what --print writes is not the text to the byte")
	}
	for i, format := range []string{"json", "yaml", "csv", "tsv", "table"} {
		name := "hidden-" + string(rune('a'+i))
		f.mustRun(exitDone, "create", name, "--like", okKey, "--hidden", "--with-secrets", "-o", format)
		if !strings.Contains(f.out.String(), f.text(name)) || f.field(name, "exportable") != false {
			t.Errorf("%s has no text", format)
		}
	}
	f.in = f.text("hidden-a")
	f.mustRun(exitDone, "inspect", "--offline")
	if !strings.Contains(f.out.String(), "hidden-a") {
		t.Errorf("its text is not recognised afterwards: %s", f.out.String())
	}
}

func TestADryRunOfACreationShowsTheCall(t *testing.T) {
	t.Parallel()
	f := newFixture(t)

	f.mustRun(exitDone, likeOK("--dry-run", "--read-only", "--hidden", "--print")...)
	if !strings.Contains(f.out.String(), "max uses 25, hidden)\n  POST ") {
		t.Errorf("stdout is %q", f.out.String())
	}
	f.mustRun(exitDone, likeOK("--dry-run", "-o", "json")...)

	got := decode[outcomeLine](t, f.out.Bytes())
	if got.Result != "would be done" || got.Request == nil || got.Request.Method != http.MethodPost || got.Request.Body["name"] != "new-1" {
		t.Errorf("the result is %+v", got)
	}
	if f.writes() != nil || f.exists("new-1") {
		t.Errorf("writes were sent: %v", f.writes())
	}
}

func TestACreationThatTheServerRefusesIsNotMade(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.intercept(func(r *http.Request) *http.Response {
		if r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/provisioningKey") {
			return response(http.StatusBadRequest, `{"id":"resource.already.exist","reason":"taken"}`)
		}
		return nil
	})

	f.mustRun(exitUsage, likeOK()...)

	if !strings.Contains(f.err.String(), `"new-1": `) || !strings.Contains(f.err.String(), "choose another name") || f.journalled() != nil {
		t.Errorf("stderr is %q", f.err.String())
	}
}
