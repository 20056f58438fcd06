package config_test

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"provkeys/client"
	"provkeys/cmd/internal/config"
)

func TestVariablesBecomeAProfileOfReferences(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.set(legacySet...)
	u.set("ZPA_CLOUD=beta", "ZSCALER_VANITY_DOMAIN=acme", "PROVKEYS_BASE_URL=https://proxy.example")

	got, ok, err := config.ImportVariables(config.Flags{}, u.env())

	want := config.Import{
		Draft: config.Draft{
			Auth: "legacy", Cloud: "beta", BaseURL: "https://proxy.example", CustomerID: tenant,
			ClientID: "env:ZPA_CLIENT_ID", ClientSecret: "env:ZPA_CLIENT_SECRET",
		},
		Source:  "the environment (ZPA_CLIENT_ID …)",
		Taken:   []string{"ZPA_CLIENT_ID", "ZPA_CLIENT_SECRET", "ZPA_CUSTOMER_ID", "ZPA_CLOUD", "PROVKEYS_BASE_URL"},
		Ignored: []string{"ZSCALER_VANITY_DOMAIN"},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(client.Secret{})); err != nil || !ok || diff != "" {
		t.Errorf("%v %v\n%s", ok, err, diff)
	}
}

func TestWhatIsImportedBesidesCredentialsIsToldAndStaysTrueElsewhere(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	u.set(legacySet...)
	u.set("PROVKEYS_CA_FILE=ca.pem", "PROVKEYS_READ_ONLY=1")

	got, _, err := config.ImportVariables(config.Flags{}, u.env())

	here, _ := filepath.Abs("ca.pem")
	if err != nil || got.Draft.CAFile != here || !got.Draft.ReadOnly {
		t.Errorf("%+v, %v", got.Draft, err)
	}
	if want := []string{"PROVKEYS_CA_FILE", "PROVKEYS_READ_ONLY"}; !cmp.Equal(got.Taken[3:], want) {
		t.Errorf("taken are %q", got.Taken)
	}
}

func TestPrivateKeyOfAVariableIsReferredTo(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	path := u.write("key.pem", "-----BEGIN FAKE KEY-----\n")
	u.set("ZSCALER_CLIENT_ID=i", "ZSCALER_VANITY_DOMAIN=acme", "ZPA_CUSTOMER_ID="+tenant)
	for value, want := range map[string]string{
		"-----BEGIN FAKE KEY-----": "env:ZSCALER_PRIVATE_KEY",
		path:                       "file:" + path,
		"~/key.pem":                "file:~/key.pem",
	} {
		u.set("ZSCALER_PRIVATE_KEY=" + value)
		got, ok, err := config.ImportVariables(config.Flags{}, u.env())
		if err != nil || !ok || got.Draft.PrivateKey != want || got.Draft.ClientSecret != "" || got.Draft.Auth != "oneapi" {
			t.Errorf("%s: %+v, %v", value, got.Draft, err)
		}
	}
}

func TestVendorFileComesWithItsSecret(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	path := u.write(".zscaler/zscaler.yaml", "zscaler:\n  client:\n    clientId: vendor-id\n    clientSecret: canary\n    vanityDomain: acme\n"+
		"    customerId: 216196257331281921\n    requestTimeout: 240\n    logging: {enabled: true}\n")

	got, ok, err := config.ImportVendorFile(u.env())

	if err != nil || !ok || !got.Secret.Equal(client.NewSecret("canary")) || got.Draft.ClientSecret != "" || got.Source != path {
		t.Fatalf("%+v, %v %v", got, ok, err)
	}
	if !slices.Equal(got.Ignored, []string{"logging", "requestTimeout"}) || len(got.Taken) != 4 || got.Draft.ClientID != "vendor-id" {
		t.Errorf("taken %v, ignored %v", got.Taken, got.Ignored)
	}
}

func TestNothingToImportIsSaid(t *testing.T) {
	t.Parallel()
	u := newUser(t)
	if _, ok, err := config.ImportVariables(config.Flags{}, u.env()); ok || err != nil {
		t.Errorf("of no variables: %v, %v", ok, err)
	}
	if _, ok, err := config.ImportVendorFile(u.env()); ok || err != nil {
		t.Errorf("of no file: %v, %v", ok, err)
	}
	u.set("ZPA_CLIENT_ID=half")
	if _, _, err := config.ImportVariables(config.Flags{}, u.env()); err == nil || !strings.Contains(err.Error(), "half a set") {
		t.Errorf("of half a set: %v", err)
	}
}
