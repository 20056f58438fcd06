package store

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func hold(text string) func([]byte) ([]byte, error) {
	return func([]byte) ([]byte, error) { return []byte(text), nil }
}

func rewritten(t *testing.T, dir, name string, change func([]byte) ([]byte, error)) {
	t.Helper()
	if err := Rewrite(dir, name, change); err != nil {
		t.Fatal(err)
	}
}

func TestRewritersAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var wait sync.WaitGroup
	for range 16 {
		wait.Go(func() {
			if err := Rewrite(dir, "f", func(old []byte) ([]byte, error) { return append(old, "line\n"...), nil }); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if got := content(t, filepath.Join(dir, "f")); got != strings.Repeat("line\n", 16) {
		t.Errorf("the file holds %d lines, want 16", strings.Count(got, "\n"))
	}
}

func TestRewrittenFileIsPrivateWhateverItWas(t *testing.T) {
	t.Parallel()
	needModes(t)
	dir := filepath.Join(t.TempDir(), "config", "provkeys")
	rewritten(t, dir, "new", hold("x"))
	if perm(t, dir) != 0o700 || perm(t, filepath.Join(dir, "new")) != 0o600 {
		t.Errorf("a new file is %o in %o", perm(t, filepath.Join(dir, "new")), perm(t, dir))
	}

	if err := errors.Join(os.WriteFile(filepath.Join(dir, "old"), []byte("x"), 0o644), os.Chmod(dir, 0o755)); err != nil {
		t.Fatal(err)
	}
	rewritten(t, dir, "old", hold("y"))

	if got := perm(t, filepath.Join(dir, "old")); got != 0o600 {
		t.Errorf("an old file is %o, want 600", got)
	}
	if got := perm(t, dir); got != 0o755 {
		t.Errorf("a folder that was there became %o", got)
	}
}

func TestFailedChangeLeavesTheFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rewritten(t, dir, "f", hold("old"))
	fault := errors.New("no")

	for _, name := range []string{"f", "missing"} {
		if err := Rewrite(dir, name, func([]byte) ([]byte, error) { return []byte("half"), fault }); !errors.Is(err, fault) {
			t.Errorf("%s: the error is %v", name, err)
		}
	}

	if got := content(t, filepath.Join(dir, "f")); got != "old" {
		t.Errorf("the file holds %q", got)
	}
	if left := names(t, dir); !slices.Equal(left, []string{".f.lock", ".missing.lock", "f"}) {
		t.Errorf("the folder holds %v", left)
	}
}

func TestUnchangedFileIsNotWritten(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	rewritten(t, dir, "f", hold("same"))
	before, err := os.Stat(filepath.Join(dir, "f"))
	if err != nil {
		t.Fatal(err)
	}

	rewritten(t, dir, "f", hold("same"))

	if after, err := os.Stat(filepath.Join(dir, "f")); err != nil || !os.SameFile(before, after) {
		t.Errorf("it was replaced (%v)", err)
	}
}

func TestLinkStaysAndItsFileIsRewritten(t *testing.T) {
	t.Parallel()
	needModes(t)
	dir, elsewhere := t.TempDir(), t.TempDir()
	target, link := filepath.Join(elsewhere, "dotfile"), filepath.Join(dir, "f")
	if err := errors.Join(os.WriteFile(target, []byte("old"), 0o600), os.Symlink(target, link)); err != nil {
		t.Fatal(err)
	}

	rewritten(t, dir, "f", hold("new"))

	if got := content(t, target); got != "new" {
		t.Errorf("the file behind the link holds %q", got)
	}
	if to, err := os.Readlink(link); err != nil || to != target {
		t.Errorf("the link leads to %q, %v", to, err)
	}
}

func TestFilesThatAreNotToBeReplacedAreRefused(t *testing.T) {
	t.Parallel()
	needModes(t)
	for want, lay := range map[string]func(path string) error{
		"leads nowhere":    func(path string) error { return os.Symlink(path+"-gone", path) },
		"not a plain file": func(path string) error { return os.Mkdir(path, 0o700) },
		"read-only":        func(path string) error { return os.WriteFile(path, []byte("x"), 0o400) },
		"larger than":      func(path string) error { return os.WriteFile(path, make([]byte, maxRewritten+1), 0o600) },
	} {
		dir := t.TempDir()
		if err := lay(filepath.Join(dir, "f")); err != nil {
			t.Fatal(err)
		}
		if err := Rewrite(dir, "f", hold("new")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want one with %q", err, want)
		}
	}
}

func TestHeldLockIsSaidAndNotBroken(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l, err := lockFile(filepath.Join(dir, ".f.lock"), 0)
	if err != nil {
		t.Fatal(err)
	}

	err = rewrite(dir, "f", hold("x"), 0)

	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), ".f.lock") {
		t.Errorf("the error is %v", err)
	}
	unlock(l)
	rewritten(t, dir, "f", hold("x"))
}

func TestLinkToAFolderThatIsAwayIsNoNewFolder(t *testing.T) {
	t.Parallel()
	needModes(t)
	home := t.TempDir()
	dir := filepath.Join(home, "provkeys")
	if err := os.Symlink(filepath.Join(home, "away"), dir); err != nil {
		t.Fatal(err)
	}

	err := Rewrite(dir, "f", hold("new"))

	if err == nil || !strings.Contains(err.Error(), dir+" is a link that leads nowhere") {
		t.Errorf("the error is %v", err)
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}
