package config_test

import (
	"path/filepath"
	"testing"

	"provkeys/client"
	"provkeys/cmd/internal/config"
)

func TestFlagWinsOverVariable(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.set(legacySet...)
	u.set("ZPA_CLOUD=BETA", "PROVKEYS_CLOUD=GOV", "PROVKEYS_BASE_URL=https://proxy.example/a", "PROVKEYS_CUSTOMER_ID=22",
		"PROVKEYS_MICROTENANT=4", "PROVKEYS_CA_FILE=~/ca.pem", "PROVKEYS_TOKEN_URL=https://proxy.example/t", "PROVKEYS_READ_ONLY=1")

	got := u.load(config.Flags{Cloud: "ZPATWO", CustomerID: "33"}).Profile

	want := client.Address{Cloud: "ZPATWO", BaseURL: "https://proxy.example/a", TokenURL: "https://proxy.example/t"}
	if got.Address != want {
		t.Errorf("address %+v, want %+v", got.Address, want)
	}
	if got.CustomerID != "33" || got.Microtenant != "4" || got.CAFile != filepath.Join(u.home, "ca.pem") || !got.ReadOnly {
		t.Errorf("customer %s, microtenant %s, CA file %s, read-only %t", got.CustomerID, got.Microtenant, got.CAFile, got.ReadOnly)
	}
}

func TestStoredCredentialsAreNotSentToAnotherAddress(t *testing.T) {
	const file = `
profile: prod
profiles:
  prod:
    cloud: BETA
    base_url: https://proxy.example/
    customer_id: 1
    client_id: i
    client_secret: env:WORD
`
	cases := map[string]struct {
		flags config.Flags
		vars  []string
		fault string // "" when it may pass
	}{
		"--base-url":                      {config.Flags{BaseURL: "https://other.example"}, nil, "--base-url"},
		"--token-url":                     {config.Flags{TokenURL: "https://other.example"}, nil, "--token-url"},
		"--cloud":                         {config.Flags{Cloud: "GOV"}, nil, "--cloud"},
		"PROVKEYS_BASE_URL":               {config.Flags{}, []string{"PROVKEYS_BASE_URL=https://other.example"}, "PROVKEYS_BASE_URL"},
		"PROVKEYS_CLOUD, profile by name": {config.Flags{Profile: "prod"}, []string{"PROVKEYS_CLOUD=GOV"}, "PROVKEYS_CLOUD"},
		"ZPA_CLOUD":                       {config.Flags{}, []string{"ZPA_CLOUD=GOV"}, "ZPA_CLOUD"},
		"ZPA_CUSTOMER_ID":                 {config.Flags{}, []string{"ZPA_CUSTOMER_ID=2"}, "ZPA_CUSTOMER_ID"},
		"ZPA_MICROTENANT_ID":              {config.Flags{}, []string{"ZPA_MICROTENANT_ID=2"}, "ZPA_MICROTENANT_ID"},
		"the same address again":          {config.Flags{Cloud: "beta", BaseURL: "https://proxy.example"}, []string{"ZPA_CLOUD=Beta", "ZPA_CUSTOMER_ID=1"}, ""},
		"another door's variables":        {config.Flags{}, []string{"ZSCALER_CLOUD=GOV", "ZSCALER_VANITY_DOMAIN=other", "ZSCALER_CUSTOMER_ID=2"}, ""},
		"what is no address":              {config.Flags{CustomerID: "2", Microtenant: "0", CAFile: "/ca.pem"}, []string{"ZPA_CUSTOMER_ID=3", "ZPA_MICROTENANT_ID=3"}, ""},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.writeConfig(file)
			u.set("WORD=word")
			u.set(c.vars...)
			if c.fault == "" {
				u.load(c.flags)
				return
			}
			mustHold(t, u.refused(c.flags).Error(), c.fault, `profile "prod"`)
		})
	}
}

func TestNoLayerTakesReadOnlyAway(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.setBoth()
	u.writeConfig("profile: prod" + twoProfiles)
	u.set("PROVKEYS_READ_ONLY=false")

	if !u.load(config.Flags{}).Profile.ReadOnly {
		t.Error("the profile says read_only: true, and a variable undid it")
	}
	if u.load(config.Flags{Profile: "lab"}).Profile.ReadOnly {
		t.Error("a profile without read_only is read-only")
	}
	if !u.load(config.Flags{Profile: "lab", ReadOnly: true}).Profile.ReadOnly {
		t.Error("--read-only does nothing")
	}
}

func TestUnclearReadOnlyIsRefused(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.set(legacySet...)
	u.set("PROVKEYS_READ_ONLY=ja")
	mustHold(t, u.refused(config.Flags{}).Error(), "PROVKEYS_READ_ONLY", "true or false")
}
