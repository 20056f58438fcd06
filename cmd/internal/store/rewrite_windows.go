package store

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// tryLock takes the lock of an open file, and says false where somebody has it.
// It ends with the file, so that a killed process holds none.
func tryLock(f *os.File) (bool, error) {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY,
		0, 1, 0, &windows.Overlapped{})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}

// unlock gives a lock back, which goes with the file: no child gets it.
func unlock(f *os.File) { _ = f.Close() }

// replacePatience is for programs that look into every new file, such as a virus
// scanner; each has it open for some milliseconds.
const replacePatience = 50 * time.Millisecond

// replace gives a file the name of another. Windows refuses that for as long as
// somebody has the other one open.
func replace(temp, path string) error {
	for waited := time.Duration(0); ; waited += lockPause {
		err := os.Rename(temp, path)
		held := errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_ACCESS_DENIED)
		if !held || waited >= replacePatience {
			return err
		}
		time.Sleep(lockPause)
	}
}

// IsFull reports whether the disk is full.
func IsFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

// mine takes every file for the user's own: its owner is not in what Go shows.
func mine(fs.FileInfo) bool { return true }

// syncFolder does nothing: Windows keeps names by itself.
func syncFolder(string) {}
