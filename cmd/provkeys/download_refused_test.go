package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"provkeys/client"
	"provkeys/tui"
)

func TestSecretInPlaceOfAPathIsNotRepeated(t *testing.T) {
	t.Parallel()
	const secret = "correct horse battery staple"
	for _, flag := range []string{"--passphrase-file", "--recipients-file"} {
		f := newFixture(t)

		f.mustRun(exitUsage, "download", okKey, flag, secret)

		if got := f.err.String(); strings.Contains(got, "horse") || !strings.Contains(got, "cannot be read: no such file") {
			t.Errorf("%s: %q", flag, got)
		}
	}
}

func TestRecipientsThatCannotShareAFileAreRefusedBeforeTheTenantIsAsked(t *testing.T) {
	t.Parallel()
	id, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a")
	hybrid := id.Recipient().String()
	f := newFixture(t)

	f.mustRun(exitUsage, "download", okKey, "-r", aRecipient, "-r", hybrid, "--to", path)

	const want = "these recipients cannot share one file"
	if got := len(f.mock.Requests()); got > 0 || !strings.Contains(f.err.String(), want) {
		t.Errorf("after %d requests: %q", got, f.err.String())
	}
	_, err = consoleDownloads{}.Write(t.Context(), tui.Download{
		Key: client.Key{Name: okKey, Text: client.NewSecret(demoText(t))}, Path: path, Recipients: []string{aRecipient, hybrid},
	})
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("the console says %v", err)
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("a file was written")
	}
}
