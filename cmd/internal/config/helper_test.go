package config_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"provkeys/cmd/internal/config"
)

// tenant is a customer id of 18 digits, which a float64 would not survive.
const tenant = "216196257331281921"

// user is a person with a home folder of their own and some variables.
type user struct {
	t    *testing.T
	home string
	vars map[string]string

	keyring func(ctx context.Context, name string) (string, error)
	run     func(ctx context.Context, words []string) (string, error)
}

func newUser(t *testing.T) *user {
	t.Helper()
	home := filepath.Join(t.TempDir(), "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	return &user{t: t, home: home, vars: map[string]string{}}
}

func (u *user) env() config.Env {
	return config.Env{Home: u.home, Keyring: u.keyring, Run: u.run, Lookup: func(name string) (string, bool) {
		value, ok := u.vars[name]
		return value, ok
	}}
}

// set takes variables as NAME=value words.
func (u *user) set(words ...string) {
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		u.vars[name] = value
	}
}

// write puts a file under the home folder, for its owner alone.
func (u *user) write(name, text string) string {
	u.t.Helper()
	path := filepath.Join(u.home, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		u.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		u.t.Fatal(err)
	}
	return path
}

// writeConfig puts the configuration where Load looks first.
func (u *user) writeConfig(text string) string {
	u.set("XDG_CONFIG_HOME=" + filepath.Join(u.home, "xdg"))
	return u.write("xdg/provkeys/config.yaml", text)
}

func (u *user) load(flags config.Flags) config.Config {
	u.t.Helper()
	c, err := config.Load(u.t.Context(), flags, u.env())
	if err != nil {
		u.t.Fatalf("Load: %v", err)
	}
	return c
}

// refused returns the error that Load must give.
func (u *user) refused(flags config.Flags) *config.UsageError {
	u.t.Helper()
	c, err := config.Load(u.t.Context(), flags, u.env())
	usage := (*config.UsageError)(nil)
	if !errors.As(err, &usage) {
		u.t.Fatalf("Load: profile %q from %s and error %v, want a UsageError", c.Profile.Name, c.Profile.Source, err)
	}
	if usage.Problem == "" || usage.Fix == "" {
		u.t.Errorf("the error %q names no problem or no next step", err)
	}
	return usage
}

func mustHold(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not hold %q", text, part)
		}
	}
}

var (
	legacySet = []string{"ZPA_CLIENT_ID=legacy-id", "ZPA_CLIENT_SECRET=legacy-word", "ZPA_CUSTOMER_ID=" + tenant}
	oneAPISet = []string{"ZSCALER_CLIENT_ID=oneapi-id", "ZSCALER_CLIENT_SECRET=oneapi-word",
		"ZSCALER_VANITY_DOMAIN=acme", "ZPA_CUSTOMER_ID=" + tenant}
)

// twoProfiles has no literal secret; the variables it names are set by setBoth.
const twoProfiles = `
profiles:
  lab:
    cloud: BETA
    customer_id: 72057594037927937
    client_id: lab-id
    client_secret: env:LAB_WORD
  prod:
    vanity: acme
    customer_id: "216196257331281921"
    microtenant: "3"
    client_id: env:PROD_ID
    client_secret: env:PROD_WORD
    read_only: true
`

func (u *user) setBoth() { u.set("LAB_WORD=lab-word", "PROD_ID=prod-id", "PROD_WORD=prod-word") }
