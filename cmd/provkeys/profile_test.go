package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// newcomer is a fixture without credentials in the environment, and the words that
// add a profile for its tenant but for the secret.
func newcomer(t *testing.T) (f *fixture, secret string, add []string) {
	t.Helper()
	f = newFixture(t)
	c := f.mock.Credentials()
	for _, name := range []string{"ZPA_CLIENT_ID", "ZPA_CLIENT_SECRET", "ZPA_CUSTOMER_ID", "PROVKEYS_BASE_URL"} {
		delete(f.vars, name)
	}
	return f, c.ClientSecret, []string{
		"profile", "add", "lab", "--base-url", "https://mock.example", "--customer-id", c.CustomerID, "--client-id", c.ClientID,
	}
}

func (f *fixture) configPath() string {
	return filepath.Join(f.home, ".config", "provkeys", "config.yaml")
}

// config returns the configuration file, "" where there is none.
func (f *fixture) config() string {
	b, _ := os.ReadFile(f.configPath())
	return string(b)
}

func (f *fixture) writeHome(name, text string) {
	f.t.Helper()
	path := filepath.Join(f.home, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		f.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

func TestProfileIsAddedOnceItsSignInWasTaken(t *testing.T) {
	t.Parallel()
	f, secret, add := newcomer(t)
	f.vars["LAB_SECRET"] = secret

	f.mustRun(exitDone, append(add, "--client-secret", "env:LAB_SECRET", "--colour", "red")...)

	if got := f.out.String(); !strings.Contains(got, "signed in to Mock Example Corp") || !strings.Contains(got, "as the default") {
		t.Errorf("it says %q", got)
	}
	if got := f.config(); !strings.Contains(got, "client_secret: env:LAB_SECRET") || strings.Contains(got, secret) {
		t.Errorf("the file is\n%s", got)
	}
	if n := len(f.mock.Requests()); n != 2 {
		t.Errorf("%d requests were sent, want the sign-in and whose it is", n)
	}
	f.mustRun(exitDone, "get", okKey)
}

func TestRefusedProfileIsNotStored(t *testing.T) {
	t.Parallel()
	f, _, add := newcomer(t)
	f.vars["LAB_SECRET"] = "a-wrong-secret-canary"
	add = append(add, "--client-secret", "env:LAB_SECRET")

	f.mustRun(exitSignIn, append(add, "-o", "json")...)

	got := decode[struct {
		Error struct{ Kind, Message string }
	}](t, f.err.Bytes())
	if got.Error.Kind != "sign-in" || !strings.Contains(got.Error.Message, `the new profile "lab", which was not stored`) || strings.Contains(f.err.String(), "canary") {
		t.Errorf("stderr is %s", f.err.String())
	}
	if n := len(f.mock.Requests()); n != 1 || f.config() != "" {
		t.Errorf("%d requests, file %q", n, f.config())
	}

	f.mustRun(exitDone, append(add, "--no-test")...)
	if n := len(f.mock.Requests()); n != 1 || !strings.Contains(f.config(), "lab:") {
		t.Errorf("untested: %d requests, file %q", n, f.config())
	}
}

func TestUntestedProfileMayReferToWhatIsNotThereYet(t *testing.T) {
	t.Parallel()
	f, _, add := newcomer(t)
	add = append(add, "--client-secret", "env:LATER")
	f.mustRun(exitUsage, add...)
	if !strings.Contains(f.err.String(), "LATER is not set") || f.config() != "" {
		t.Errorf("stderr %q, file %q", f.err.String(), f.config())
	}
	f.mustRun(exitUsage, append(slices.Clone(add), "--no-test", "--cloud", "MARS")...)
	f.mustRun(exitDone, append(slices.Clone(add), "--no-test")...)
	if !strings.Contains(f.config(), "env:LATER") || len(f.mock.Requests()) != 0 {
		t.Errorf("file %q after %d requests", f.config(), len(f.mock.Requests()))
	}
}

func TestWhatGoesBeforeTheDefaultIsSaid(t *testing.T) {
	t.Parallel()
	f, _, _ := newcomer(t)
	f.writeHome(".config/provkeys/config.yaml", "profiles:\n  a: {client_id: i}\n  b: {client_id: i}\n")
	for variable, value := range map[string]string{"PROVKEYS_PROFILE": "a", "ZPA_CLIENT_ID": "i"} {
		f.vars[variable] = value
		f.mustRun(exitDone, "profile", "use", "b")
		if got := f.err.String(); !strings.Contains(got, variable) || !strings.Contains(got, "--profile b") {
			t.Errorf("%s: stderr is %q", variable, got)
		}
		delete(f.vars, variable)
	}
	f.mustRun(exitDone, "profile", "use", "b")
	if f.err.Len() > 0 {
		t.Errorf("stderr is %q", f.err.String())
	}
}

func TestProfileOfAnotherTenantIsNotStored(t *testing.T) {
	t.Parallel()
	f, secret, add := newcomer(t)
	f.vars["LAB_SECRET"] = secret
	f.mustRun(exitUsage, append(add, "--client-secret", "env:LAB_SECRET", "--customer-id", "99")...)
	if !strings.Contains(f.err.String(), "belong to customer") || f.config() != "" {
		t.Errorf("stderr %q, file %q", f.err.String(), f.config())
	}
}

func TestAllThatIsMissingIsNamedWhereNobodyCanBeAsked(t *testing.T) {
	t.Parallel()
	f, _, _ := newcomer(t)
	f.mustRun(exitUsage, "profile", "add", "lab", "--auth", "oneapi")
	if got := f.err.String(); !strings.Contains(got, "--vanity, --customer-id, --client-id, --client-secret") {
		t.Errorf("stderr is %q", got)
	}
}

func TestQuestionsAreAskedAgainUntilTheAnswerWillDo(t *testing.T) {
	t.Parallel()
	f, secret, _ := newcomer(t)
	f.terminals[stdin] = true
	c := f.mock.Credentials()
	f.tty.lines = []string{"", "MARS-", "beta", "not a domain", "acme", "12a", c.CustomerID, c.ClientID, secret}

	f.mustRun(exitDone, "profile", "add", "lab", "--no-test")

	asked := f.tty.String()
	for _, want := range []string{"oneapi", "Cloud [PRODUCTION]", "unknown cloud", "is not the first part", "row of digits", "does not show"} {
		if !strings.Contains(asked, want) {
			t.Errorf("%q was not said in %s", want, asked)
		}
	}
	for _, want := range []string{"auth: oneapi", "vanity: acme", "cloud: beta", `"` + c.CustomerID + `"`} {
		if !strings.Contains(f.config(), want) {
			t.Errorf("%q is not in %s", want, f.config())
		}
	}
}

func TestProfilesAreListedInEveryFormat(t *testing.T) {
	t.Parallel()
	f, _, _ := newcomer(t)
	f.writeHome(".config/provkeys/config.yaml", "# mine\nprofile: a\nprofiles:\n  a: {client_id: i, client_secret: canary, customer_id: 1, vanity: acme}\n"+
		"  b: {client_id: i, client_secret: 'cmd:pass canary', customer_id: 2, base_url: 'https://h.example/x', read_only: true}\n")
	for format, want := range map[string]string{
		"table": "NAME  AUTH    TENANT      CUSTOMER  SECRET         MARKS\na     oneapi  PRODUCTION  1         written there  default\nb     legacy  h.example   2         cmd            read-only\n",
		"tsv":   "a\toneapi\tPRODUCTION\t1\twritten there\tdefault\nb\tlegacy\th.example\t2\tcmd\tread-only\n",
		"name":  "a\nb\n",
	} {
		f.mustRun(exitDone, "profile", "list", "-o", format)
		if got := f.out.String(); got != want {
			t.Errorf("%s:\n%s", format, got)
		}
	}
	for _, format := range []string{"json", "yaml", "csv"} {
		f.mustRun(exitDone, "profile", "list", "-o", format)
		if got := f.out.String(); strings.Contains(got, "canary") || !strings.Contains(got, "written there") {
			t.Errorf("%s: %s", format, got)
		}
	}

	f.mustRun(exitDone, "profile", "use", "b")
	if got := f.config(); !strings.HasPrefix(got, "# mine\nprofile: b\n") {
		t.Errorf("the file is %q", got)
	}
	f.mustRun(exitDone, "profile", "show", "-o", "json")
	if got := decode[map[string]any](t, f.out.Bytes()); got["name"] != "b" || got["default"] != true || got["client_secret"] != "cmd" {
		t.Errorf("shown is %v", got)
	}
	f.mustRun(exitNotFound, "profile", "show", "c")
	f.mustRun(exitUsage, "profile", "shw", "c")
	f.mustRun(exitUsage, "profile", "show", "b", "c")
	f.mustRun(exitUsage, "profile")
}

func TestAddedProfileIsShownAsItIsShownLater(t *testing.T) {
	t.Parallel()
	f, _, add := newcomer(t)

	f.mustRun(exitDone, append(add, "--client-secret", "cmd:pass canary", "--no-test", "-o", "json")...)

	got := decode[map[string]any](t, f.out.Bytes())
	if got["client_secret"] != "cmd" || got["auth"] != "legacy" || got["default"] != true || strings.Contains(f.out.String(), "canary") {
		t.Errorf("it says %s", f.out.String())
	}
}

func TestDefaultThatTakesAnothersPlaceIsSaid(t *testing.T) {
	t.Parallel()
	f, _, _ := newcomer(t)
	f.writeHome(".config/provkeys/config.yaml", "profile: a\nprofiles:\n  a:\n    client_id: i\n  b:\n    client_id: i\n  c:\n    client_id: i\n")
	for _, c := range []struct{ remove, said string }{{"c", ""}, {"a", "b is the default now"}, {"b", ""}} {
		f.mustRun(exitDone, "profile", "remove", c.remove, "--yes")
		if got := f.err.String(); !strings.Contains(got, c.said) || c.said == "" && got != "" {
			t.Errorf("after %s went stderr is %q", c.remove, got)
		}
	}
	f.mustRun(exitUsage, "profile", "show")
	if got := f.err.String(); !strings.Contains(got, "provkeys profile add NAME") {
		t.Errorf("of none it says %q", got)
	}
}

func TestVendorsVariablesAreImportedAsReferences(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["ZSCALER_VANITY_DOMAIN"] = "acme"

	f.mustRun(exitDone, "profile", "import", "lab")

	if got := f.config(); !strings.Contains(got, "client_secret: env:ZPA_CLIENT_SECRET") || !strings.Contains(got, "base_url: https://mock.example") {
		t.Errorf("the file is %s", got)
	}
	if got := f.err.String(); !strings.Contains(got, "ZPA_CUSTOMER_ID") || !strings.Contains(got, "ignored: ZSCALER_VANITY_DOMAIN") {
		t.Errorf("stderr is %s", got)
	}
}

func TestVendorsFileIsImportedWithConsent(t *testing.T) {
	t.Parallel()
	f, secret, _ := newcomer(t)
	c := f.mock.Credentials()
	f.keyring = fakeKeyring{}
	file := "zscaler:\n  client: {clientId: " + c.ClientID + ", clientSecret: '" + secret + "', vanityDomain: " + c.Vanity + ", customerId: " + c.CustomerID + ", x: 1}\n"
	f.writeHome(".zscaler/zscaler.yaml", file)
	command := []string{"profile", "import", "--base-url", "https://mock.example", "--token-url", "https://mock.example/oauth2/v1/token"}

	f.mustRun(exitRefused, command...)
	if f.config() != "" || len(f.mock.Requests()) != 0 {
		t.Error("something was stored or sent without consent")
	}
	f.mustRun(exitDone, append(command, "--yes")...)

	if f.keyring.kept(c.Vanity) != secret || !strings.Contains(f.config(), `"keyring:`+c.Vanity+"#") || strings.Contains(f.config(), secret) {
		t.Errorf("keyring %d, file %s", len(f.keyring), f.config())
	}
	if !strings.Contains(f.err.String(), "ignored: x") {
		t.Errorf("stderr is %s", f.err.String())
	}
	f.mustRun(exitNotFound, "profile", "import", "--from", "environment")
}

func TestAFlagThatNamesATenantIsNeverEmpty(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for _, flag := range []string{"profile", "config", "cloud", "base-url", "token-url", "customer-id", "microtenant", "ca-file", "theme", "clipboard", "clear-after"} {
		f.mustRun(exitUsage, "list", "--"+flag, "")
		if !strings.Contains(f.err.String(), "--"+flag+" is empty") {
			t.Errorf("--%s: %s", flag, f.err.String())
		}
	}
	if n := len(f.mock.Requests()); n > 0 {
		t.Errorf("%d requests were sent", n)
	}
}
