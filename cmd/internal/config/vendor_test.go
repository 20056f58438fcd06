package config_test

import (
	"errors"
	"testing"

	"provkeys/client"
	"provkeys/cmd/internal/config"
)

// vendor returns the vendor's file with these lines under client:.
func vendor(lines string) string {
	return "# written by hand\nzscaler:\n  client:\n    requestTimeout: 240\n" + lines + "  testing: {disableHttpsCheck: false}\nother: [1, 2]\n"
}

const vendorLines = "    clientId: vendor-id\n    clientSecret: vendor-word\n    vanityDomain: acme\n    cloud: beta\n    customerId: 216196257331281921\n    microtenantId: 5\n"

func TestVendorFileIsReadAsItIs(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	path := u.write(".zscaler/zscaler.yaml", vendor(vendorLines))

	got := u.load(config.Flags{ReadOnly: true}).Profile

	want := client.Address{Cloud: "beta", Vanity: "acme"}
	if got.Door != client.OneAPI || got.Address != want || got.CustomerID != tenant || got.Microtenant != "5" ||
		got.ClientID != "vendor-id" || got.ClientSecret.Reveal() != "vendor-word" || got.Source != path || !got.ReadOnly {
		t.Errorf("profile %+v", got)
	}
}

func TestVendorFileWithoutAClientIsNone(t *testing.T) {
	for name, text := range map[string]string{
		"empty": "", "no client": "zscaler:\n", "only an address": vendor("    vanityDomain: acme\n"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			u.write(".zscaler/zscaler.yaml", text)
			if err := u.refused(config.Flags{}); !errors.Is(err, config.ErrNoProfile) {
				t.Errorf("error %v, want ErrNoProfile", err)
			}
		})
	}
}

func TestVendorFileHoldsNoLegacyClient(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.write(".zscaler/zscaler.yaml", vendor(vendorLines))
	u.set("ZSCALER_USE_LEGACY_CLIENT=true")
	if err := u.refused(config.Flags{}); !errors.Is(err, config.ErrNoProfile) {
		t.Errorf("error %v, want ErrNoProfile", err)
	}
}

func TestVendorVariablesStandBesideTheVendorFile(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.write(".zscaler/zscaler.yaml", vendor(vendorLines))
	u.set("ZSCALER_CUSTOMER_ID=7", "ZPA_MICROTENANT_ID=8", "ZSCALER_CLOUD=BETA", "ZSCALER_VANITY_DOMAIN=Acme")
	if got := u.load(config.Flags{}).Profile; got.CustomerID != "7" || got.Microtenant != "8" {
		t.Errorf("customer %s, microtenant %s, want those of the variables", got.CustomerID, got.Microtenant)
	}
}

func TestTwoTenantsBesideTheVendorFileAreRefused(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.write(".zscaler/zscaler.yaml", vendor(vendorLines))
	u.set("ZSCALER_CUSTOMER_ID=1", "ZPA_CUSTOMER_ID=2")
	mustHold(t, u.refused(config.Flags{}).Error(), "different tenants")
}

func TestVendorFileThatCannotBeUsedIsRefused(t *testing.T) {
	cases := map[string]struct {
		text  string
		flags config.Flags
		vars  []string
		want  []string
	}{
		"no private key":    {vendor("    clientId: i\n    privateKey: k\n"), config.Flags{}, nil, []string{"privateKey", "neither", "path"}},
		"both credentials":  {vendor(vendorLines + "    privateKey: k\n"), config.Flags{}, nil, []string{"clientSecret", "privateKey", "both"}},
		"no secret":         {vendor("    clientId: i\n"), config.Flags{}, nil, []string{"lacks clientSecret"}},
		"no id":             {vendor("    clientSecret: s\n"), config.Flags{}, nil, []string{"lacks clientId"}},
		"no customer":       {vendor("    clientId: i\n    clientSecret: s\n    vanityDomain: a\n"), config.Flags{}, nil, []string{"customer id"}},
		"no vanity":         {vendor("    clientId: i\n    clientSecret: s\n    customerId: 1\n"), config.Flags{}, nil, []string{"vanity"}},
		"not YAML":          {"zscaler:\n  client: [\n", config.Flags{}, nil, []string{"line 2"}},
		"another base URL":  {vendor(vendorLines), config.Flags{BaseURL: "https://other.example"}, nil, []string{"--base-url", "make a profile"}},
		"another cloud":     {vendor(vendorLines), config.Flags{Cloud: "gov"}, nil, []string{"--cloud"}},
		"cloud by variable": {vendor(vendorLines), config.Flags{}, []string{"ZSCALER_CLOUD=gov"}, []string{"ZSCALER_CLOUD"}},
		"vanity likewise":   {vendor(vendorLines), config.Flags{}, []string{"ZSCALER_VANITY_DOMAIN=other"}, []string{"ZSCALER_VANITY_DOMAIN"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			u := newUser(t)
			path := u.write(".zscaler/zscaler.yaml", c.text)
			u.set(c.vars...)
			mustHold(t, u.refused(c.flags).Error(), append(c.want, path)...)
		})
	}
}
