package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

func TestKeptFileIsMadeOnceAndIsPrivate(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state", "provkeys")

	first, err := Keep(dir, "kept", []byte("one"))
	if err != nil || string(first) != "one" {
		t.Fatalf("%q, %v", first, err)
	}
	second, err := Keep(dir, "kept", []byte("two"))

	if err != nil || string(second) != "one" {
		t.Errorf("the second gets %q, %v, want what the first made", second, err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, want the one file", entries)
	}
	needModes(t)
	if perm(t, dir) != 0o700 || perm(t, filepath.Join(dir, "kept")) != 0o600 {
		t.Error("others may read it")
	}
}

func TestManyWhoMakeAFileAtOnceGetTheSame(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	got := make([][]byte, 16)
	var wait sync.WaitGroup
	for i := range got {
		wait.Go(func() {
			var err error
			if got[i], err = Keep(dir, "kept", bytes.Repeat(fmt.Appendf(nil, "%x", i), 32)); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()

	for _, content := range got {
		if len(content) != 32 || !bytes.Equal(content, got[0]) {
			t.Fatalf("one got %q, another %q", got[0], content)
		}
	}
}

func TestReadRefusesWhatNobodyOfUsWrote(t *testing.T) {
	t.Parallel()
	needModes(t)
	for name, lay := range map[string]func(path, elsewhere string) error{
		"link":          func(path, to string) error { return errors.Join(os.WriteFile(to, nil, 0o600), os.Symlink(to, path)) },
		"dangling link": func(path, to string) error { return os.Symlink(to, path) },
		"folder":        func(path, _ string) error { return os.Mkdir(path, 0o700) },
	} {
		dir := t.TempDir()
		if err := lay(filepath.Join(dir, "kept"), filepath.Join(t.TempDir(), "victim")); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(dir, "kept", 10); err == nil || !strings.Contains(err.Error(), "not a plain file") {
			t.Errorf("reading a %s: %v, want a refusal", name, err)
		}
		if _, err := Keep(dir, "kept", []byte("x")); err == nil || !strings.Contains(err.Error(), "not a plain file") {
			t.Errorf("keeping a %s: %v, want a refusal", name, err)
		}
	}
}

func TestReadTakesAFileFromEverybodyElse(t *testing.T) {
	t.Parallel()
	needModes(t)
	dir := t.TempDir()
	path := filepath.Join(dir, "kept")
	if err := os.WriteFile(path, []byte("content"), 0o644); err != nil {
		t.Fatal(err)
	}

	content, err := Read(dir, "kept", 7)

	if err != nil || string(content) != "content" || perm(t, path) != 0o600 {
		t.Errorf("%q with mode %o, %v", content, perm(t, path), err)
	}
	if _, err := Read(dir, "kept", 6); err == nil || !strings.Contains(err.Error(), "larger than 6 bytes") {
		t.Errorf("a file that is too large: %v", err)
	}
	if _, err := Read(dir, "missing", 6); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}
