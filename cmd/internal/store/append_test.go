package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestAppendedFileIsPrivateAndOnlyGrows(t *testing.T) {
	t.Parallel()
	needModes(t)
	dir := filepath.Join(t.TempDir(), "state", "provkeys")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "journal")
	if err := os.WriteFile(path, []byte("old\n"), 0o644); err != nil {
		t.Fatal(err)
	}

	for _, line := range []string{"one\n", strings.Repeat("x", 6<<20) + "\n"} {
		if err := Append(dir, "journal", []byte(line)); err != nil {
			t.Fatal(err)
		}
	}

	if got := perm(t, dir); got != 0o700 {
		t.Errorf("folder is %o, want 700", got)
	}
	if got := perm(t, path); got != 0o600 {
		t.Errorf("file is %o, want 600", got)
	}
	if got := content(t, path); !strings.HasPrefix(got, "old\none\nxx") || len(got) != 8+6<<20+1 {
		t.Errorf("the file has %d bytes, want every line behind the old one", len(got))
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, want one file that was never rotated", entries)
	}
}

func TestAppendRefusesLinksAndOddFiles(t *testing.T) {
	t.Parallel()
	needModes(t)
	for name, lay := range map[string]func(path, elsewhere string) error{
		"link":          func(path, to string) error { return errors.Join(os.WriteFile(to, nil, 0o600), os.Symlink(to, path)) },
		"dangling link": func(path, to string) error { return os.Symlink(to, path) },
		"folder":        func(path, _ string) error { return os.Mkdir(path, 0o700) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, elsewhere := t.TempDir(), filepath.Join(t.TempDir(), "victim")
			if err := lay(filepath.Join(dir, "journal"), elsewhere); err != nil {
				t.Fatal(err)
			}

			err := Append(dir, "journal", []byte("line\n"))

			if err == nil || !strings.Contains(err.Error(), "not a plain file") {
				t.Errorf("error is %v, want a refusal", err)
			}
			if info, err := os.Stat(elsewhere); err == nil && (name == "dangling link" || info.Size() > 0) {
				t.Errorf("%s was written through the link", info.Name())
			}
		})
	}
}

func TestAppendedLinesOfManyDoNotMix(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 25 {
				if err := Append(dir, "journal", []byte("one whole line\n")); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()

	if got := content(t, filepath.Join(dir, "journal")); got != strings.Repeat("one whole line\n", 200) {
		t.Errorf("the file has %d lines, or mixed ones", strings.Count(got, "\n"))
	}
}

func TestLineBehindATornOneStandsAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "journal")
	if err := os.WriteFile(path, []byte("whole\ntor"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"one\n", "two\n"} {
		if err := Append(dir, "journal", []byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != "whole\ntor\none\ntwo\n" {
		t.Errorf("%q, %v", got, err)
	}
}
