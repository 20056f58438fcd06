package main

import (
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

func TestASecretMayComeThroughAPipe(t *testing.T) {
	t.Parallel()
	f, secret, add := newcomer(t)
	f.keyring = fakeKeyring{}
	add = append(add, "--client-secret", "-")
	for in, want := range map[string]string{
		"":                "standard input holds no secret",
		"\n":              "standard input holds no secret",
		"env:SECRET\n":    "holds a reference in place of a secret",
		" " + secret + "": "begins or ends with a blank",
	} {
		f.in = in
		f.mustRun(exitUsage, add...)
		f.mustTell(want)
	}
	f.in, f.terminals[stdin] = secret+"\n", true
	f.mustRun(exitUsage, add...)
	f.mustTell("this is a terminal")
	if len(f.mock.Requests()) > 0 || f.config() != "" {
		t.Errorf("%d requests, file %q", len(f.mock.Requests()), f.config())
	}

	f.terminals[stdin] = false
	f.mustRun(exitDone, add...)

	kept := slices.Collect(maps.Values(f.keyring))
	if !slices.Equal(kept, []string{secret}) || strings.Contains(f.config(), secret) || !strings.Contains(f.config(), "client_secret: \"keyring:lab#") {
		t.Errorf("%d secrets are kept, the file is\n%s", len(kept), f.config())
	}
}

func TestWhatIsNoSecretIsRefusedUnrepeated(t *testing.T) {
	t.Parallel()
	const canary = "canary"
	for in, want := range map[string]string{
		canary + "\n" + canary + "\n":       "has more than one line",
		canary + "\r" + canary:              "has more than one line",
		canary + "\u2028" + canary:          "has more than one line",
		canary + "\x00":                     "holds a control character",
		canary + "\x1b[31m" + canary:        "holds a control character",
		canary + "\t" + canary:              "holds a control character",
		"\ufeff" + canary:                   "holds a byte order mark",
		"\xff\xfec\x00a\x00n\x00":           "is not UTF-8",
		canary + "\xff":                     "is not UTF-8",
		canary + strings.Repeat("a", 1<<16): "is larger than 64 KiB",
	} {
		f, _, add := newcomer(t)
		f.keyring, f.in = fakeKeyring{}, in
		f.mustRun(exitUsage, append(add, "--client-secret", "-")...)
		f.mustTell("standard input " + want)
		if strings.Contains(f.err.String(), canary) || len(f.mock.Requests()) > 0 || len(f.keyring) > 0 || f.config() != "" {
			t.Errorf("%s: it was repeated, sent or stored", want)
		}
	}
}

func TestTheIDOfAClientIsNotReadFromAPipe(t *testing.T) {
	t.Parallel()
	f, _, add := newcomer(t)
	f.mustRun(exitUsage, append(add, "--client-id", "-", "--client-secret", "env:LAB_SECRET", "--no-test")...)
	f.mustTell("--client-id is not read from standard input")
	if f.config() != "" {
		t.Errorf("the file is\n%s", f.config())
	}
}

func TestAPipeThatNeverEndsCountsTowardsTheTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, _, add := newcomer(t)
		in, out := io.Pipe()
		f.stdin = in
		f.mustRun(exitUnavailable, append(add, "--client-secret", "-", "--timeout", "2s")...)
		f.mustTell("not done within 2s")
		_ = out.Close() // it fails for no pipe in memory
		synctest.Wait()
	})
}

func TestSecretIsNeverAnArgument(t *testing.T) {
	t.Parallel()
	f, _, add := newcomer(t)
	f.terminals[stdin] = true
	for _, flag := range []string{"--client-secret", "--private-key"} {
		f.mustRun(exitUsage, append(slices.Clone(add), flag, "canary-word")...)
		if got := f.err.String(); strings.Contains(got, "canary") || !strings.Contains(got, "asked for and does not show") {
			t.Errorf("%s: %q", flag, got)
		}
	}
	if f.config() != "" || len(f.mock.Requests()) != 0 {
		t.Error("something was stored or sent")
	}
}

func TestAReferenceTypedAsTheSecretIsOne(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	c := f.mock.Credentials()
	f.terminals[stdin] = true
	f.vars = map[string]string{"LAB": c.ClientSecret}
	add := []string{"profile", "add", "lab", "--base-url", "http://127.0.0.1", "--auth", "legacy", "--customer-id", c.CustomerID, "--client-id", c.ClientID}
	f.tty.lines = []string{c.ClientSecret + " "}
	f.mustRun(exitUsage, add...)
	if n := len(f.mock.Requests()); n > 0 {
		t.Errorf("a secret with a blank behind it was sent: %d requests", n)
	}
	f.tty.lines = []string{"env:LAB"}
	f.mustRun(exitDone, add...)
	f.mustRun(exitDone, "profile", "show", "lab", "-o", "json")
	if !strings.Contains(f.out.String(), "env:LAB") {
		t.Errorf("the profile is %s", f.out.String())
	}
}
