package download

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// create makes the file and returns its mode. Until it is whole it has no name,
// so that not even a process that is killed leaves a part of it behind.
func (t target) create(content []byte, plain bool) (fs.FileMode, error) {
	mode, err := t.nameless(content, plain)
	if errors.Is(err, errors.ErrUnsupported) {
		mode, err = t.beside(content, plain)
	}
	if err != nil {
		return 0, t.explain(err)
	}
	t.keep()
	return mode, nil
}

// nameless writes a file without a name and then gives it one. The error wraps
// errors.ErrUnsupported where the system or the file system cannot do that.
func (t target) nameless(content []byte, plain bool) (fs.FileMode, error) {
	fd, err := unix.Open(t.folder, unix.O_TMPFILE|unix.O_WRONLY|unix.O_CLOEXEC, uint32(private))
	switch {
	// A kernel or a network's file system that knows no such files takes it for
	// the wish to write into a folder.
	case errors.Is(err, unix.EISDIR), errors.Is(err, unix.EINVAL):
		return 0, errors.ErrUnsupported
	case err != nil:
		return 0, err
	}
	f := os.NewFile(uintptr(fd), t.path())
	// Synced, it has nothing left that could fail.
	defer func() { _ = f.Close() }()
	mode, err := fill(f, content, plain)
	if err != nil {
		return 0, err
	}
	return mode, t.christen(fd)
}

// christen gives an open file its name, which fails where there is one already.
func (t target) christen(fd int) error {
	err := unix.Linkat(unix.AT_FDCWD, fmt.Sprintf("/proc/self/fd/%d", fd), unix.AT_FDCWD, t.path(), unix.AT_SYMLINK_FOLLOW)
	if errors.Is(err, unix.ENOENT) {
		// There may be no /proc. This way older kernels allow root alone.
		err = unix.Linkat(fd, "", unix.AT_FDCWD, t.path(), unix.AT_EMPTY_PATH)
	}
	if errors.Is(err, unix.ENOENT) {
		return errors.ErrUnsupported
	}
	return err
}
