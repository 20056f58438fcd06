//go:build unix

package store

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestFullDiskIsToldFromOtherFailures(t *testing.T) {
	t.Parallel()
	for cause, want := range map[error]bool{syscall.ENOSPC: true, syscall.EDQUOT: true, syscall.EACCES: false} {
		err := orFull(&os.PathError{Op: "write", Path: "/f", Err: cause})
		if errors.Is(err, ErrFull) != want || !errors.Is(err, cause) {
			t.Errorf("%v became %v", cause, err)
		}
	}
}

// A child has all files of its parent until it runs its program.
func TestAChildBeingStartedKeepsNoLock(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l, err := lockFile(filepath.Join(dir, ".f.lock"), 0)
	if err != nil {
		t.Fatal(err)
	}
	childs, err := syscall.Dup(int(l.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Close(childs) })

	unlock(l)

	if err := rewrite(dir, "f", hold("x"), 0); err != nil {
		t.Errorf("the lock is still held: %v", err)
	}
}

func TestAFolderOfAnotherUserGetsNoState(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give a folder away")
	}
	dir := t.TempDir()
	if err := os.Chown(dir, 12345, 12345); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chown(dir, 0, 0) })

	err := RewriteState(dir, "f", func([]byte) ([]byte, error) { return []byte("new"), nil })

	if _, statErr := os.Stat(filepath.Join(dir, "f")); err == nil || statErr == nil {
		t.Errorf("the error is %v, and the file is there: %v", err, statErr == nil)
	}
	if _, err := Lock(t.Context(), dir, "l"); err == nil {
		t.Error("it has a lock")
	}
}
