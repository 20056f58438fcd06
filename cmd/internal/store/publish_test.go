package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

func TestPublishedFileCanBeReadByOthersAndKeepsItsMode(t *testing.T) {
	t.Parallel()
	needModes(t)
	path := filepath.Join(t.TempDir(), "keys.prom")
	for _, tc := range []struct {
		chmod, want fs.FileMode
		text        string
	}{{0, 0o644, "new"}, {0o640, 0o640, "again"}, {0o600, 0o600, "private"}, {0o666, 0o666, "shared"}} {
		if tc.chmod != 0 {
			if err := os.Chmod(path, tc.chmod); err != nil {
				t.Fatal(err)
			}
		}
		if err := Publish(path, []byte(tc.text)); err != nil {
			t.Fatal(err)
		}
		if got := perm(t, path); got != tc.want || content(t, path) != tc.text {
			t.Errorf("the file is %o and holds %q, want %o", got, content(t, path), tc.want)
		}
	}
	if left := names(t, filepath.Dir(path)); !slices.Equal(left, []string{"keys.prom"}) {
		t.Errorf("the folder holds %v", left)
	}
}

func TestPublishedFileIsNeverHalfThere(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keys.prom")
	whole := map[int]bool{1 << 16: true, 1 << 17: true}
	if err := Publish(path, make([]byte, 1<<16)); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for size := range whole {
		wait.Go(func() {
			for range 20 {
				if err := Publish(path, make([]byte, size)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range 200 {
		if b, err := os.ReadFile(path); err != nil || !whole[len(b)] {
			t.Errorf("a reader found %d bytes (%v)", len(b), err)
		}
	}
	wait.Wait()
}

func TestPublishFollowsALinkOfTheUsersOwn(t *testing.T) {
	t.Parallel()
	needModes(t)
	dir := t.TempDir()
	target, link := filepath.Join(dir, "target"), filepath.Join(dir, "link")
	if err := errors.Join(os.WriteFile(target, []byte("old"), 0o600), os.Symlink(target, link)); err != nil {
		t.Fatal(err)
	}

	if err := Publish(link, []byte("new")); err != nil {
		t.Fatal(err)
	}

	if to, err := os.Readlink(link); err != nil || to != target || content(t, target) != "new" {
		t.Errorf("the link leads to %q (%v), which holds %q", to, err, content(t, target))
	}
}

func TestPublishRefusesWhatIsNotItsToReplace(t *testing.T) {
	t.Parallel()
	needModes(t)
	for name, lay := range map[string]func(path string) error{
		"dangling link":  func(path string) error { return os.Symlink(path+"-away", path) },
		"folder":         func(path string) error { return os.Mkdir(path, 0o700) },
		"link to folder": func(path string) error { return os.Symlink(filepath.Dir(path), path) },
		"read-only":      func(path string) error { return os.WriteFile(path, nil, 0o400) },
	} {
		path := filepath.Join(t.TempDir(), "f")
		if err := lay(path); err != nil {
			t.Fatal(err)
		}
		if err := Publish(path, []byte("x")); err == nil {
			t.Errorf("a %s was replaced", name)
		}
		if left := names(t, filepath.Dir(path)); !slices.Equal(left, []string{"f"}) {
			t.Errorf("%s: the folder holds %v", name, left)
		}
	}
	missing := filepath.Join(t.TempDir(), "missing", "f")
	if err := Publish(missing, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
}
