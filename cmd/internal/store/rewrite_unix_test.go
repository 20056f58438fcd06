//go:build unix

package store

import (
	"errors"
	"os"
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
