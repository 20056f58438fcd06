package config_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/cmd/internal/config"
)

func TestSettingsHaveDefaults(t *testing.T) {
	defaults := config.Settings{
		Refresh: 30 * time.Second, Clipboard: "auto", ClearAfter: 45 * time.Second, Theme: "auto", Near: client.Threshold{Percent: 80},
	}
	changed := func(change func(*config.Settings)) config.Settings {
		s := defaults
		change(&s)
		return s
	}
	cases := map[string]struct {
		file  string
		flags config.Flags
		want  config.Settings
	}{
		"empty file":          {"", config.Flags{}, defaults},
		"comments only":       {"# nothing yet\n", config.Flags{}, defaults},
		"empty fields":        {"refresh:\nnear: ~\nclipboard: ''\nprofiles:\n", config.Flags{}, defaults},
		"refresh":             {"refresh: 2m", config.Flags{}, changed(func(s *config.Settings) { s.Refresh = 2 * time.Minute })},
		"refresh off":         {"refresh: 0", config.Flags{}, changed(func(s *config.Settings) { s.Refresh = 0 })},
		"refresh off in time": {"refresh: 0s", config.Flags{}, changed(func(s *config.Settings) { s.Refresh = 0 })},
		"clipboard off":       {"clipboard: off", config.Flags{}, changed(func(s *config.Settings) { s.Clipboard = "off" })},
		"clipboard by flag":   {"clipboard: off", config.Flags{Clipboard: "native"}, changed(func(s *config.Settings) { s.Clipboard = "native" })},
		"clipboard of tmux":   {"clipboard: tmux", config.Flags{}, changed(func(s *config.Settings) { s.Clipboard = "tmux" })},
		"clearing":            {"clear_after: 2m", config.Flags{}, changed(func(s *config.Settings) { s.ClearAfter = 2 * time.Minute })},
		"clearing, never":     {"clear_after: 0", config.Flags{}, changed(func(s *config.Settings) { s.ClearAfter = 0 })},
		"clearing by flag":    {"clear_after: 2m", config.Flags{ClearAfter: "10s"}, changed(func(s *config.Settings) { s.ClearAfter = 10 * time.Second })},
		"never, by flag":      {"clear_after: 2m", config.Flags{ClearAfter: "0"}, changed(func(s *config.Settings) { s.ClearAfter = 0 })},
		"theme":               {"theme: mono", config.Flags{}, changed(func(s *config.Settings) { s.Theme = "mono" })},
		"near":                {"near: 95%", config.Flags{}, changed(func(s *config.Settings) { s.Near.Percent = 95 })},
		"near, by number":     {"near: 5", config.Flags{}, changed(func(s *config.Settings) { s.Near = client.Threshold{Percent: 100, Left: 5} })},
		"near, in words":      {"near: 5 left", config.Flags{}, changed(func(s *config.Settings) { s.Near = client.Threshold{Percent: 100, Left: 5} })},
		"view":                {"view: nearly full", config.Flags{}, changed(func(s *config.Settings) { s.View = "nearly full" })},
		"theme by flag":       {"theme: mono", config.Flags{Theme: "light"}, changed(func(s *config.Settings) { s.Theme = "light" })},
		"switched on":         {"mouse: true\nplain: true\nascii: true", config.Flags{}, changed(func(s *config.Settings) { s.Mouse, s.Plain, s.ASCII = true, true, true })},
		"switched off again":  {"mouse: true\nplain: true", config.Flags{Mouse: "false", Plain: "false"}, defaults},
		"masked":              {"mask: always", config.Flags{}, changed(func(s *config.Settings) { s.MaskAlways = true })},
		"masked as usual":     {"mask: auto", config.Flags{}, defaults},
		"byte order mark":     {"\ufefftheme: dark\r\n", config.Flags{}, changed(func(s *config.Settings) { s.Theme = "dark" })},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.writeConfig(c.file)
			got, err := config.LoadSettings(c.flags, u.env())
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("settings (-want +got):\n%s", diff)
			}
		})
	}
}

func TestWrongLineIsNamed(t *testing.T) {
	cases := map[string]struct {
		file string
		want []string
	}{
		"unknown field":            {"theme: dark\n\nkeyring: true\n", []string{"line 3", `"keyring"`}},
		"unknown field below":      {"profiles:\n  lab:\n    # the vendor's word\n    clientSecret: x\n", []string{"line 4", `"clientSecret"`}},
		"keys without an action":   {"keys:\n  - q\n", []string{"line 2"}},
		"an action without a key":  {"keys:\n  quit:\n", []string{"line 2", "a key is expected"}},
		"an empty key in a list":   {"keys:\n  quit:\n    - q\n    - ''\n", []string{"line 4", "a key is expected"}},
		"keys inside keys":         {"keys:\n  quit: [[q]]\n", []string{"line 2", "single value"}},
		"a field twice":            {"theme: dark\ntheme: light\n", []string{"line 2", "second time"}},
		"a field beside its merge": {"profiles:\n  a: &a {cloud: BETA}\n  b:\n    <<: *a\n    cloud: GOV\n", []string{"line ", "<<", "write all fields"}},
		"a profile twice":          {"profiles:\n  a: {}\n  b: {}\n  a: {}\n", []string{"line 4", "second time"}},
		"a list of profiles":       {"profiles:\n  - name: a\n", []string{"line 2"}},
		"a profile of one word":    {"profiles:\n  a: b\n", []string{"line 2"}},
		"a mapping for a value":    {"theme: dark\nrefresh: {every: 30s}\n", []string{"line 2", "single value"}},
		"yes for a boolean":        {"profiles:\n  a:\n    read_only: yes\n", []string{"line 3", "true or false"}},
		"a tag for a value":        {"profiles:\n  a:\n    client_secret: !x y\n", []string{"line 3", "quotes"}},
		"not YAML":                 {"theme: dark\nprofile: [a\n", []string{"line 2", "not YAML"}},
		"a second document":        {"theme: dark\n---\ntheme: light\n", []string{"line 3", "second document"}},
		"refresh without a unit":   {"refresh: 30", []string{"refresh", "30s"}},
		"refresh below zero":       {"refresh: -5s", []string{"refresh"}},
		"refresh without a breath": {"refresh: 10ms", []string{"refresh", "under 5 seconds"}},
		"clearing without a unit":  {"clear_after: 45", []string{"clear_after in", "45s", "0 for never"}},
		"clearing below zero":      {"clear_after: -45s", []string{"clear_after in", "below zero"}},
		"clearing at once":         {"clear_after: 10ms", []string{"clear_after in", "under 1 second"}},
		"near without a number":    {"near: many", []string{"near", "80%", "5 left"}},
		"near with none left":      {"near: 0", []string{"near", "5 left"}},
		"near above all":           {"near: 101%", []string{"near"}},
		"near of nothing":          {"near: 0%", []string{"near"}},
		"unknown clipboard":        {"clipboard: xclip", []string{"clipboard in", "auto, tmux, native, osc52, command, off"}},
		"unknown mask":             {"mask: never", []string{"mask in", "auto, always"}},
		"a mouse of another word":  {"mouse: maybe", []string{"mouse in", "true or false"}},
		"unknown theme":            {"theme: solarized", []string{"theme in", "auto, light, dark, mono"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.set(legacySet...)
			path := u.writeConfig(c.file)
			mustHold(t, u.refused(config.Flags{}).Error(), append(c.want, path)...)
		})
	}
}

func TestUnknownClipboardFlagIsNamed(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.set(legacySet...)
	mustHold(t, u.refused(config.Flags{Clipboard: "xclip"}).Error(), "--clipboard", "osc52")
}

func TestClearingIsTakenFromTheFlagThenTheVariable(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.set(legacySet...)
	u.writeConfig("clear_after: 2m")
	u.set("PROVKEYS_CLEAR_AFTER=20s")
	if got := u.load(config.Flags{}).Settings.ClearAfter; got != 20*time.Second {
		t.Errorf("with the variable it is %v", got)
	}
	if got := u.load(config.Flags{ClearAfter: "1h"}).Settings.ClearAfter; got != time.Hour {
		t.Errorf("with the flag it is %v", got)
	}
	mustHold(t, u.refused(config.Flags{ClearAfter: "-1s"}).Error(), "--clear-after", "below zero", "45s")
	u.set("PROVKEYS_CLEAR_AFTER=soon")
	mustHold(t, u.refused(config.Flags{}).Error(), "PROVKEYS_CLEAR_AFTER", "unit", "45s")
}

func TestCustomerIDKeepsItsDigits(t *testing.T) {
	for _, written := range []string{tenant, `"` + tenant + `"`, `'` + tenant + `'`} {
		t.Run(written, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.writeConfig("profiles:\n  a: {client_id: i, client_secret: s, customer_id: " + written + "}\n")
			if got := u.load(config.Flags{}).Profile.CustomerID; got != tenant {
				t.Errorf("customer id %s, want %s", got, tenant)
			}
		})
	}
}

func TestDoorFollowsFromTheProfile(t *testing.T) {
	cases := map[string]struct {
		fields string
		door   client.Door
		fault  string
	}{
		"nothing said":             {"", client.Legacy, ""},
		"vanity":                   {"vanity: acme", client.OneAPI, ""},
		"oneapi with a token URL":  {"auth: oneapi\n    token_url: https://idp.example/t", client.OneAPI, ""},
		"legacy":                   {"auth: legacy\n    base_url: https://proxy.example", client.Legacy, ""},
		"oneapi with no address":   {"auth: oneapi", client.OneAPI, "vanity"},
		"legacy with a vanity":     {"auth: legacy\n    vanity: acme", client.Legacy, "vanity"},
		"another word":             {"auth: saml", client.Legacy, "auth: legacy or auth: oneapi"},
		"a cloud that is not":      {"cloud: MARS", client.Legacy, "MARS"},
		"an address without TLS":   {"base_url: http://tenant.example", client.Legacy, "not encrypted"},
		"loopback without TLS":     {"base_url: http://127.0.0.1:8080", client.Legacy, ""},
		"an anchored value is one": {"cloud: &c BETA\n    microtenant: 0", client.Legacy, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.writeConfig("profiles:\n  a:\n    client_id: i\n    client_secret: s\n    customer_id: 1\n    " + c.fields + "\n")
			if c.fault != "" {
				mustHold(t, u.refused(config.Flags{}).Error(), c.fault, `profile "a"`)
				return
			}
			if got := u.load(config.Flags{}).Profile.Door; got != c.door {
				t.Errorf("door %s, want %s", got, c.door)
			}
		})
	}
}

func TestEitherLayerMasksForGood(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file, variable string
		want           bool
	}{
		{"mask: always", "auto", true}, {"mask: auto", "always", true}, {"", "always", true},
		{"mask: auto", "auto", false}, {"", "", false},
	} {
		u := newUser(t)
		u.set("PROVKEYS_MASK=" + c.variable)
		u.writeConfig(c.file)
		got, err := config.LoadSettings(config.Flags{}, u.env())
		if err != nil || got.MaskAlways != c.want {
			t.Errorf("%+v: %v, %v", c, got.MaskAlways, err)
		}
	}
	u := newUser(t)
	u.set(append(legacySet, "PROVKEYS_MASK=never")...)
	mustHold(t, u.refused(config.Flags{}).Error(), "PROVKEYS_MASK", "auto, always")
}
