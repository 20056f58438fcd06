package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/cmd/internal/memory"
)

// remembers reports whether the memory of the fixture knows a text.
func (f *fixture) remembers(text string) bool {
	f.t.Helper()
	m, err := memory.Recall(filepath.Join(f.home, ".local", "state", "provkeys"))
	if err != nil {
		f.t.Fatal(err)
	}
	_, ok := m.ByText(client.NewSecret(text))
	return ok
}

func TestTextsThatLeaveAreRememberedAndOthersAreNot(t *testing.T) {
	t.Parallel()
	folder := t.TempDir() + "/"
	for _, tt := range []struct {
		args []string
		want bool
	}{
		{[]string{"download", okKey, "--plaintext", "--to", folder}, true},
		{[]string{"list"}, false},
		{[]string{"list", "--with-secrets"}, true},
		{[]string{"get", okKey}, false},
		{[]string{"get", okKey, "--with-secrets"}, true},
		{[]string{"get", okKey, "--field", "key"}, true},
		{[]string{"get", okKey, "--field", "left"}, false},
		{[]string{"set-max", okKey, "+1", "-o", "json", "--with-secrets"}, true},
		{[]string{"copy", okKey}, true},
		{[]string{"copy", okKey, "--as", "terraform"}, false},
		{[]string{"snippet", okKey, "--for", "env"}, true},
		{[]string{"snippet", okKey, "--for", "terraform"}, false},
	} {
		f := newFixture(t)
		f.board = &board{outcome: verified()}

		f.mustRun(exitDone, tt.args...)

		if got := f.remembers(f.text(okKey)); got != tt.want {
			t.Errorf("%v: remembered: %v, want %v", tt.args, got, tt.want)
		}
	}
}

func TestMemoryThatCannotBeWrittenKeepsNobodyFromCopying(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.board = &board{outcome: verified()}
	dir := filepath.Join(f.home, ".local", "state", "provkeys")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, memory.KeyFile), []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}

	f.mustRun(exitDone, "copy", okKey)

	if got := f.err.String(); f.board.held != f.text(okKey) || strings.Count(got, "\n") != 1 || !strings.Contains(got, memory.KeyFile) {
		t.Errorf("stderr is %q", got)
	}
	f.in = f.text(okKey)
	f.run("inspect")
	if got := f.err.String(); !strings.Contains(got, memory.KeyFile) || f.out.Len() == 0 {
		t.Errorf("inspect says %q, %q", f.out.String(), got)
	}
}
