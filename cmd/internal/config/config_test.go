package config_test

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/cmd/internal/config"
)

func TestProfileIsChosenFromTheHighestLayer(t *testing.T) {
	const vendor = "zscaler:\n  client: {clientId: vendor-id, clientSecret: vendor-word, vanityDomain: acme, customerId: 216196257331281921}\n"
	cases := map[string]struct {
		flags  config.Flags
		vars   []string
		file   string
		vendor string
		want   string // client id
	}{
		"flag":                            {config.Flags{Profile: "lab"}, append([]string{"PROVKEYS_PROFILE=prod"}, oneAPISet...), "profile: prod" + twoProfiles, vendor, "lab-id"},
		"variable naming a profile":       {config.Flags{}, append([]string{"PROVKEYS_PROFILE=lab"}, oneAPISet...), "profile: prod" + twoProfiles, vendor, "lab-id"},
		"credentials in the environment":  {config.Flags{}, oneAPISet, "profile: prod" + twoProfiles, vendor, "oneapi-id"},
		"the file's choice":               {config.Flags{}, nil, "profile: prod" + twoProfiles, vendor, "prod-id"},
		"the only profile":                {config.Flags{}, nil, "profiles:\n  one: {customer_id: 1, client_id: only-id, client_secret: env:LAB_WORD}", vendor, "only-id"},
		"the vendor's file":               {config.Flags{}, nil, "", vendor, "vendor-id"},
		"the vendor's file beside no one": {config.Flags{}, nil, "refresh: 10s", vendor, "vendor-id"},
		"an empty variable is none":       {config.Flags{}, []string{"PROVKEYS_PROFILE=", "ZPA_CLIENT_ID="}, "profile: prod" + twoProfiles, vendor, "prod-id"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.setBoth()
			u.set(c.vars...)
			if c.file != "" {
				u.writeConfig(c.file)
			}
			u.write(".zscaler/zscaler.yaml", c.vendor)

			got := u.load(c.flags)

			if got.Profile.ClientID != c.want {
				t.Errorf("client id %q from %s, want %q", got.Profile.ClientID, got.Profile.Source, c.want)
			}
		})
	}
}

func TestProfileOfTheFileIsUsedWhole(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.setBoth()
	path := u.writeConfig(twoProfiles)
	u.set("ZPA_CLIENT_ID=other", "ZPA_CLOUD=GOV", "ZSCALER_VANITY_DOMAIN=other", "ZPA_CUSTOMER_ID=99", "ZPA_MICROTENANT_ID=77", "ZSCALER_PRIVATE_KEY=x")

	got := u.load(config.Flags{Profile: "prod"})

	if word := got.Profile.ClientSecret.Reveal(); word != "prod-word" {
		t.Errorf("client secret %q, want the one of the profile", word)
	}
	got.Profile.ClientSecret = client.Secret{}
	want := config.Profile{
		Name: "prod", Door: client.OneAPI, Address: client.Address{Vanity: "acme"},
		CustomerID: tenant, Microtenant: "3", ClientID: "prod-id", ReadOnly: true,
		Source: `profile "prod" in ` + path,
	}
	if diff := cmp.Diff(want, got.Profile, cmp.AllowUnexported(client.Secret{})); diff != "" {
		t.Errorf("profile (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"lab", "prod"}, got.Names); diff != "" {
		t.Errorf("names (-want +got):\n%s", diff)
	}
	if got.Path != path {
		t.Errorf("path %q, want %q", got.Path, path)
	}
}

func TestUnchosenProfileCannotBeGuessed(t *testing.T) {
	cases := map[string]struct {
		flags config.Flags
		file  string
		want  []string
	}{
		"several and no choice":       {config.Flags{}, twoProfiles, []string{"several profiles", "lab, prod", "--profile"}},
		"unknown in the flag":         {config.Flags{Profile: "porto"}, twoProfiles, []string{"--profile", `"porto"`, "lab, prod"}},
		"unknown in the file":         {config.Flags{}, "profile: porto" + twoProfiles, []string{"profile in ", `"porto"`, "lab, prod"}},
		"asked for in an empty file":  {config.Flags{Profile: "lab"}, "", []string{`"lab"`, "no profile in "}},
		"a profile with an empty key": {config.Flags{}, "profiles:\n  '': {}\n", []string{"empty name"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.setBoth()
			u.writeConfig(c.file)
			mustHold(t, u.refused(c.flags).Error(), c.want...)
		})
	}
}

func TestNothingAtAllSaysWhatToDo(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.set("PROVKEYS_CLIPBOARD=osc52")

	got, err := config.Load(t.Context(), config.Flags{}, u.env())

	if !errors.Is(err, config.ErrNoProfile) {
		t.Fatalf("error %v, want ErrNoProfile", err)
	}
	path := filepath.Join(u.home, ".config", "provkeys", "config.yaml")
	mustHold(t, u.refused(config.Flags{}).Error(), "ZPA_CLIENT_ID", "ZSCALER_CLIENT_ID", "provkeys demo", path)
	if got.Settings.Clipboard != "osc52" || got.Path != path {
		t.Errorf("settings %+v and path %q: a console needs them to start", got.Settings, got.Path)
	}
}

func TestZeroEnvironmentHasNoProfile(t *testing.T) {
	t.Parallel()
	if _, err := config.Load(t.Context(), config.Flags{}, config.Env{}); !errors.Is(err, config.ErrNoProfile) {
		t.Errorf("error %v, want ErrNoProfile", err)
	}
}

func TestFileIsFoundWhereItIsAskedFor(t *testing.T) {
	const file = "profiles:\n  one: {customer_id: 1, client_id: i, client_secret: s}\n"
	cases := map[string]struct {
		at    string
		flags func(home string) config.Flags
		vars  func(home string) []string
	}{
		"under XDG_CONFIG_HOME": {"x/provkeys/config.yaml", nil, func(h string) []string { return []string{"XDG_CONFIG_HOME=" + filepath.Join(h, "x")} }},
		"under .config":         {".config/provkeys/config.yaml", nil, nil},
		"a relative XDG_CONFIG_HOME is none": {".config/provkeys/config.yaml", nil,
			func(string) []string { return []string{"XDG_CONFIG_HOME=x"} }},
		"--config": {"a.yaml", func(h string) config.Flags { return config.Flags{Config: filepath.Join(h, "a.yaml")} },
			func(string) []string { return []string{"PROVKEYS_CONFIG=/missing"} }},
		"PROVKEYS_CONFIG": {"a.yaml", nil, func(string) []string { return []string{"PROVKEYS_CONFIG=~/a.yaml"} }},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			path := u.write(c.at, file)
			flags := config.Flags{}
			if c.flags != nil {
				flags = c.flags(u.home)
			}
			if c.vars != nil {
				u.set(c.vars(u.home)...)
			}
			if got := u.load(flags); got.Profile.Name != "one" || got.Path != path {
				t.Errorf("profile %q from %q, want it from %q", got.Profile.Name, got.Path, path)
			}
		})
	}
}

func TestMissingFileIsAnErrorOnlyWhenAskedFor(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.set(legacySet...)
	u.load(config.Flags{})

	err := u.refused(config.Flags{Config: filepath.Join(u.home, "none.yaml")})

	mustHold(t, err.Error(), "none.yaml", "--config")
	if !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the cause of %v is lost", err)
	}
}

func TestDemonstrationReadsNoProfile(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.writeConfig("theme: mono\nprofile: none\n")
	u.set("ZPA_CLIENT_ID=half")

	got, err := config.LoadSettings(config.Flags{Clipboard: "off"}, u.env())

	if err != nil || got.Theme != "mono" || got.Clipboard != "off" {
		t.Errorf("settings %+v and error %v", got, err)
	}
}

func TestIdentifyingATenantFollowsNoReference(t *testing.T) {
	t.Parallel()
	for what, of := range map[string]func(*user){
		"a profile": func(u *user) {
			u.writeConfig("profiles: {acme: {vanity: acme, customer_id: " + tenant + ", client_id: 'env:NOT_SET', private_key: 'cmd:touch mark'}}")
		},
		"the variables": func(u *user) {
			u.set("ZSCALER_CLIENT_ID=i", "ZSCALER_PRIVATE_KEY=/nowhere/key.pem", "ZSCALER_VANITY_DOMAIN=acme", "ZPA_CUSTOMER_ID="+tenant)
		},
		"the vendor's file": func(u *user) {
			u.write(".zscaler/zscaler.yaml", "zscaler: {client: {clientId: i, privateKey: /nowhere/key.pem, vanityDomain: acme, customerId: '"+tenant+"'}}")
		},
	} {
		u := newUser(t)
		u.run = func(context.Context, []string) (string, error) { t.Error("a command was run"); return "", nil }
		u.keyring = func(context.Context, string) (string, error) { t.Error("a keyring was opened"); return "", nil }
		of(u)
		c, err := config.Identify(config.Flags{}, u.env())
		if p := c.Profile; err != nil || p.CustomerID != tenant || p.Address.Vanity != "acme" || p.Door != client.OneAPI {
			t.Errorf("%s: %+v, %v", what, p, err)
		}
	}
}
