package main

import (
	"strings"
	"testing"
)

// wrongPlaces are command lines that hold a secret where none belongs.
func wrongPlaces(secret string) [][]string {
	return [][]string{
		{secret},
		{"get", secret}, {"copy", secret}, {"snippet", secret, "--for", "text"}, {"set-max", secret, "+1"}, {"set-max", okKey, secret},
		{"download", secret, "--plaintext", "--yes"}, {"get", okKey, "--field", secret}, {"copy", okKey, "--as", secret},
		{"snippet", okKey, "--for", secret}, {"list", "--sort", secret}, {"list", "--kind", secret}, {"list", "--filter", secret},
		{"list", "--filter", "state:" + secret}, {"list", "-o", secret}, {"list", "-o", "json", "--kind", secret}, {"list", "--timeout", secret},
		{"inspect", "--" + secret}, {"inspect", "-" + secret}, {"inspect", secret}, {"explain", secret},
		{"list", "--profile", secret}, {"list", "--config", secret}, {"list", "--base-url", secret}, {"list", "--cloud", secret},
		{"list", "--ca-file", secret}, {"copy", okKey, "--clipboard", secret}, {"copy", okKey, "--clear-after", secret},
		{"download", okKey, "--plaintext", "--yes", "--to", "missing/" + secret}, {"download", okKey, "-r", secret},
		{"download", okKey, "-R", secret}, {"download", okKey, "--passphrase-file", secret},
		{"delete", secret}, {"delete", "--filter", "state:" + secret}, {"delete", okKey, secret, "--yes"}, {"edit", secret, "--enable"},
		{"edit", okKey, "--name", secret}, {"edit", okKey, "--max-uses", secret}, {"edit", okKey, "--certificate", secret},
		{"edit", okKey, "--expires", secret}, {"edit", okKey, "--allow", secret}, {"edit", okKey, "--group", secret},
		{"create", secret}, {"create", secret, "--like", okKey}, {"create", "a", "--like", secret}, {"create", "a", "--like", okKey, "--group", secret},
		{"create", "a", "--like", okKey, "--certificate", secret}, {"create", "a", "--like", okKey, "--max-uses", secret},
		{"profile", secret}, {"profile", "show", secret}, {"profile", "use", secret}, {"profile", "remove", secret, "--yes"},
		{"profile", "add", secret}, {"profile", "add", "a", "--client-secret", secret}, {"profile", "add", "a", "--private-key", secret},
		{"profile", "add", "a", "--auth", secret}, {"profile", "add", "a", "--colour", secret}, {"profile", "add", "a", "--vanity", secret},
		{"profile", "import", secret}, {"profile", "import", "--from", secret}, {"profile", "add", "a", "--secret", secret},
		{"create", "a", "--kind", secret}, {"create", "--from", secret}, {"create", "--from", secret + ".csv"}, {"create", "--from", "a", "--format", secret},
	}
}

func TestSecretInTheWrongPlaceIsNotRepeated(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	text := f.text(okKey)
	for what, secret := range map[string]string{
		"a key text":       text,
		"one with blanks":  text[:83] + " " + text[83:174] + " " + text[174:],
		"its first half":   text[:200],
		"its second half":  text[200:],
		"a private key":    "AGE-SECRET-KEY-1" + strings.Repeat("QYPF7W3M", 7) + "QY",
		"a copied line":    text + "\n",
		"its small letter": strings.ToLower("AGE-SECRET-KEY-1") + strings.Repeat("qypf7w3m", 7),
	} {
		t.Run(what, func(t *testing.T) {
			for _, args := range wrongPlaces(secret) {
				if f.run(args...) == 0 {
					continue // such as a filter that finds nothing
				}
				if run := longestShown(f.err.String()+f.out.String(), strings.TrimPrefix(secret, "3|mock.example|")); run > 16 {
					t.Errorf("%q repeats %d characters: %s", args[:1], run, f.err.String())
				}
			}
			f.vars["PROVKEYS_OUTPUT"] = secret
			f.mustRun(exitUsage, "list")
			delete(f.vars, "PROVKEYS_OUTPUT")
			if run := longestShown(f.err.String(), strings.TrimPrefix(secret, "3|mock.example|")); run > 16 {
				t.Errorf("PROVKEYS_OUTPUT repeats %d characters: %s", run, f.err.String())
			}
		})
	}
}

func TestPassphraseInPlaceOfItsFileIsNotRepeated(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustRun(exitUsage, "download", okKey, "--passphrase-file", "correct horse battery staple")
	if strings.Contains(f.err.String(), "horse") {
		t.Error(f.err.String())
	}
}

func TestMessageWithoutASecretStaysAsItIs(t *testing.T) {
	t.Parallel()
	for _, message := range []string{
		"there is no file /home/Operator/.config/provkeys/Profiles-2026/Key-12.provkey.age",
		"its host is another: 3|mock.example| is what the tenant's 214 keys have",
		"in logs as 3|mock.example|FAKE+/0... of 12 machines",
		"give --recipient age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq",
		"Get https://config.private.zscaler.com/mgmtconfig/v1/admin/customers/216196257331370181/associationType/CONNECTOR_GRP/provisioningKey: 503",
		"eu-west-1-asg: 3|mock.example|••••••••   in logs as FAKE+/0",
	} {
		if got := withoutSecrets(message); got != message {
			t.Errorf("%q became %q", message, got)
		}
	}
}
