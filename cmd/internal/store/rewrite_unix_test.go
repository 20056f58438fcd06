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
