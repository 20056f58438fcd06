//go:build unix

package store

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// tryLock takes the lock of an open file, and says false where somebody has it.
// It ends with the file, so that a killed process holds none.
func tryLock(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
		return false, nil
	}
	return err == nil, err
}

// unlock gives a lock back. Closing alone would leave it to a child that is being
// started at that moment, until the child runs its program.
func unlock(f *os.File) {
	// Closing gives it back, if later.
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN)
	_ = f.Close()
}

// replace gives a file the name of another.
func replace(temp, path string) error { return os.Rename(temp, path) }

// IsFull reports whether the disk, or what the user may have of it, is full.
func IsFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) }

// mine reports whether the file belongs to the user of this process.
func mine(info fs.FileInfo) bool {
	stat, known := info.Sys().(*syscall.Stat_t)
	return !known || int(stat.Uid) == os.Geteuid()
}

// syncFolder makes a new name in the folder outlast a crash. Not every file system
// can, and the file is in place in any case.
func syncFolder(dir string) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	_ = d.Sync()
	_ = d.Close()
}
