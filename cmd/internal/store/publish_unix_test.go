//go:build unix

package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// somebody is a user that owns nothing here.
const somebody = 65534

// needRoot skips a test that gives files away where the process may not.
func needRoot(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("only root may give a file away")
	}
}

func TestPublishLeavesFilesAndLinksOfOthersAlone(t *testing.T) {
	t.Parallel()
	needRoot(t)
	dir := t.TempDir()
	mine, theirs := filepath.Join(dir, "mine"), filepath.Join(dir, "theirs")
	toMine, toTheirs := filepath.Join(dir, "to-mine"), filepath.Join(dir, "to-theirs")
	if err := errors.Join(
		os.WriteFile(mine, []byte("old"), 0o600), os.WriteFile(theirs, []byte("old"), 0o666),
		os.Symlink(mine, toMine), os.Symlink(theirs, toTheirs),
		os.Chown(theirs, somebody, somebody), os.Lchown(toMine, somebody, somebody),
	); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{theirs, toTheirs, toMine} {
		if err := Publish(path, []byte("new")); err == nil {
			t.Errorf("%s was written", filepath.Base(path))
		}
	}
	if content(t, mine) != "old" || content(t, theirs) != "old" {
		t.Error("a file that another user chose was replaced")
	}
}
