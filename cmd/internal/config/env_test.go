package config_test

import (
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/cmd/internal/config"
)

func TestVendorVariablesSpellOutAProfile(t *testing.T) {
	both := append(append([]string{}, legacySet...), oneAPISet...)
	cases := map[string]struct {
		vars  []string
		flags config.Flags
		id    string
		door  client.Door
		want  client.Address
	}{
		"legacy":                   {append([]string{"ZPA_CLOUD=BETA", "ZSCALER_CLOUD=GOV"}, legacySet...), config.Flags{}, "legacy-id", client.Legacy, client.Address{Cloud: "BETA"}},
		"OneAPI":                   {append([]string{"ZPA_CLOUD=GOV", "ZSCALER_CLOUD=beta"}, oneAPISet...), config.Flags{}, "oneapi-id", client.OneAPI, client.Address{Cloud: "beta", Vanity: "acme"}},
		"OneAPI wins":              {both, config.Flags{}, "oneapi-id", client.OneAPI, client.Address{Vanity: "acme"}},
		"legacy forced":            {append([]string{"ZSCALER_USE_LEGACY_CLIENT=true"}, both...), config.Flags{}, "legacy-id", client.Legacy, client.Address{}},
		"legacy not forced":        {append([]string{"ZSCALER_USE_LEGACY_CLIENT=false"}, both...), config.Flags{}, "oneapi-id", client.OneAPI, client.Address{Vanity: "acme"}},
		"half OneAPI, legacy full": {append([]string{"ZSCALER_CLIENT_ID=oneapi-id"}, legacySet...), config.Flags{}, "legacy-id", client.Legacy, client.Address{}},
		"OneAPI's own customer id": {[]string{"ZSCALER_CLIENT_ID=i", "ZSCALER_CLIENT_SECRET=s", "ZSCALER_VANITY_DOMAIN=acme", "ZSCALER_CUSTOMER_ID=" + tenant}, config.Flags{}, "i", client.OneAPI, client.Address{Vanity: "acme"}},
		"a token URL for a vanity": {[]string{"ZSCALER_CLIENT_ID=i", "ZSCALER_CLIENT_SECRET=s", "ZPA_CUSTOMER_ID=" + tenant}, config.Flags{TokenURL: "https://idp.example/t"}, "i", client.OneAPI, client.Address{TokenURL: "https://idp.example/t"}},
		"customer id as a flag":    {legacySet[:2], config.Flags{CustomerID: tenant}, "legacy-id", client.Legacy, client.Address{}},
		"legacy, and half a key":   {append([]string{"ZSCALER_PRIVATE_KEY=k"}, legacySet...), config.Flags{}, "legacy-id", client.Legacy, client.Address{}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.set(c.vars...)
			u.set("ZPA_MICROTENANT_ID=0")

			got := u.load(c.flags).Profile

			if got.ClientID != c.id || got.Door != c.door || got.Address != c.want {
				t.Errorf("client %s by %s at %+v, want %s by %s at %+v", got.ClientID, got.Door, got.Address, c.id, c.door, c.want)
			}
			if got.CustomerID != tenant || got.Microtenant != "0" || got.ClientSecret.IsZero() || got.Name != "" {
				t.Errorf("customer %s, microtenant %s, name %q, secret missing: %t", got.CustomerID, got.Microtenant, got.Name, got.ClientSecret.IsZero())
			}
			mustHold(t, got.Source, "the environment")
		})
	}
}

func TestHalfASetNamesWhatIsMissing(t *testing.T) {
	cases := map[string]struct {
		vars []string
		want string // the missing names, in order
		not  string
	}{
		"legacy id alone":       {[]string{"ZPA_CLIENT_ID=i"}, "legacy sign-in lacks ZPA_CLIENT_SECRET, ZPA_CUSTOMER_ID", "OneAPI"},
		"legacy secret alone":   {[]string{"ZPA_CLIENT_SECRET=s", "ZPA_CUSTOMER_ID=1"}, "legacy sign-in lacks ZPA_CLIENT_ID", "OneAPI"},
		"OneAPI without vanity": {[]string{"ZSCALER_CLIENT_ID=i", "ZSCALER_CLIENT_SECRET=s"}, "OneAPI sign-in lacks ZSCALER_VANITY_DOMAIN, ZPA_CUSTOMER_ID", "legacy"},
		"private key alone":     {[]string{"ZSCALER_PRIVATE_KEY=k"}, "OneAPI sign-in lacks ZSCALER_CLIENT_ID, ZSCALER_VANITY_DOMAIN, ZPA_CUSTOMER_ID", "legacy"},
		"both":                  {[]string{"ZSCALER_CLIENT_ID=i", "ZPA_CLIENT_ID=i", "ZPA_CUSTOMER_ID=1"}, "OneAPI sign-in lacks ZSCALER_CLIENT_SECRET, ZSCALER_VANITY_DOMAIN; a legacy sign-in lacks ZPA_CLIENT_SECRET", ""},
		"forced legacy":         {[]string{"ZSCALER_USE_LEGACY_CLIENT=true", "ZPA_CLIENT_ID=i", "ZPA_CUSTOMER_ID=1", "ZSCALER_CLIENT_ID=i"}, "legacy sign-in lacks ZPA_CLIENT_SECRET", "OneAPI"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.setBoth()
			u.writeConfig("profile: prod" + twoProfiles)
			u.set(c.vars...)

			text := u.refused(config.Flags{}).Error()

			mustHold(t, text, "half a set", c.want+":", "--profile")
			if c.not != "" && strings.Contains(text, c.not) {
				t.Errorf("%q speaks of %s, of which nothing is set", text, c.not)
			}
		})
	}
}

func TestVariablesThatCannotBeFollowedAreRefused(t *testing.T) {
	cases := map[string]struct {
		vars []string
		want []string
	}{
		"private key and secret":  {append([]string{"ZSCALER_PRIVATE_KEY=k"}, oneAPISet...), []string{"ZSCALER_CLIENT_SECRET and ZSCALER_PRIVATE_KEY"}},
		"no private key":          {[]string{"ZSCALER_CLIENT_ID=i", "ZSCALER_PRIVATE_KEY=k", "ZSCALER_VANITY_DOMAIN=a", "ZPA_CUSTOMER_ID=1"}, []string{"neither", "PEM", "path", "ZSCALER_PRIVATE_KEY"}},
		"two tenants":             {append([]string{"ZSCALER_CUSTOMER_ID=2"}, oneAPISet...), []string{"ZPA_CUSTOMER_ID", "ZSCALER_CUSTOMER_ID"}},
		"unclear legacy switch":   {append([]string{"ZSCALER_USE_LEGACY_CLIENT=ja"}, oneAPISet...), []string{"ZSCALER_USE_LEGACY_CLIENT"}},
		"unknown cloud":           {append([]string{"ZPA_CLOUD=MARS"}, legacySet...), []string{"the environment", "MARS", "PRODUCTION"}},
		"customer id of letters":  {append(legacySet[:2:2], "ZPA_CUSTOMER_ID=acme"), []string{"the environment", "digits"}},
		"customer id with a path": {append(legacySet[:2:2], "ZPA_CUSTOMER_ID=1/../2"), []string{"digits"}},
		"microtenant of letters":  {append([]string{"ZPA_MICROTENANT_ID=a&b"}, legacySet...), []string{"microtenant", "digits"}},
		"address without TLS":     {append([]string{"PROVKEYS_BASE_URL=http://tenant.example"}, legacySet...), []string{"not encrypted"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.set(c.vars...)
			mustHold(t, u.refused(config.Flags{}).Error(), c.want...)
		})
	}
}

func TestHalfASetBesideAWholeOneIsSaid(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.set(legacySet...)
	if got := u.load(config.Flags{}).Overlooked; got != "" {
		t.Errorf("of a legacy set alone it says %q", got)
	}
	u.set("ZSCALER_CLIENT_ID=oneapi-id")
	mustHold(t, u.load(config.Flags{}).Overlooked, "ZSCALER_CLIENT_SECRET", "ZSCALER_VANITY_DOMAIN", "the legacy one is used")
	u.set("ZSCALER_USE_LEGACY_CLIENT=true")
	if got := u.load(config.Flags{}).Overlooked; got != "" {
		t.Errorf("where legacy was asked for it says %q", got)
	}
}
