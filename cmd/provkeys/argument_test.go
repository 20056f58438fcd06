package main

import (
	"strings"
	"testing"
)

func TestAKeyTextIsNoArgumentOfAnyCommand(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	text := f.text(okKey)
	for _, secret := range []string{text, " " + text + "\n", "text=" + text, strings.ReplaceAll(text, "|", "%7C"), text[:60], "AGE-SECRET-KEY-1QYPF7W3M", "-----BEGIN RSA PRIVATE KEY-----\nfake"} {
		for _, args := range [][]string{
			{"copy", secret}, {"inspect", secret}, {"inspect", "--", secret}, {"explain", secret}, {"list", "--filter", secret}, {"list", "--filter=" + secret},
			{"profile", "add", "a", "--client-secret", secret}, {"create", secret, "--like", okKey}, {"edit", okKey, "--name", secret}, {secret}, {"--" + secret},
			{"download", okKey, "-r", secret}, {"help", secret}, {"list", "-o", "json", "--view", secret},
		} {
			f.mustRun(exitUsage, args...)
			said := f.err.String()
			if !strings.Contains(said, "every process can read") || !strings.Contains(said, "standard input") && !strings.Contains(said, "file:PATH") {
				t.Errorf("%v: said %q", args[:1], said)
			}
			if run := longestShown(said+f.out.String(), strings.TrimPrefix(secret, "3|mock.example|")); run > 16 {
				t.Errorf("%v repeats %d characters: %s", args[:1], run, said)
			}
		}
	}
	// For a monitoring system 2 would be CRITICAL.
	f.mustRun(exitSignIn, "check", text)
	if n := len(f.mock.Requests()); n != 0 {
		t.Errorf("%d calls were made", n)
	}
}

func TestWhatOnlyLooksLikeASecretIsAnArgument(t *testing.T) {
	t.Parallel()
	for _, arg := range []string{
		"3|mock.example|", "3|mock.example|••••••••", "used>=80%", "1|2", "216196257331281920", "/opt/zscaler/var/provision_key",
		"age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7zZ0F5x6bq3r8yT1uVw2Xy3ZaBcDeFgHiJkLmNoPqR jo@host",
		"MjE2MTk2MjU3MzMxMjgxOTIwLTEyMzQ1Njc4LWFiY2Q=", "cmd:op read op://Private/acme/secret", "3|mock.example|FAKE+/0", "wide-" + strings.Repeat("0123456789abcde", 13),
	} {
		if err := refuseSecrets([]string{"get", arg}); err != nil {
			t.Errorf("%q: %v", arg, err)
		}
	}
}

func TestAFlagForASecretSaysWhereThatGoes(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for flag, want := range map[string]string{
		"--client-secret": "client_secret: file:PATH", "--password": "ZPA_CLIENT_SECRET", "--token": "ZPA_CLIENT_SECRET", "--api-key": "ZPA_CLIENT_SECRET",
		"--passphrase": "--passphrase-file", "--key": "provkeys inspect -", "--provisioning-key": "provkeys inspect -", "--colors": "lists the flags", "--keys": "lists the flags",
	} {
		for _, args := range [][]string{{"list", flag, "canary"}, {"list", flag + "=canary"}} {
			f.mustRun(exitUsage, args...)
			if said := f.err.String(); !strings.Contains(said, want) || strings.Contains(said, "canary") {
				t.Errorf("%s: said %q, want %q", flag, said, want)
			}
		}
	}
}
