package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

const (
	// maxRewritten is far above any configuration or list of views, in bytes.
	maxRewritten = 1 << 20
	// lockPatience is how long a lock is waited for. It is held for as long as a
	// small file takes to be written; who holds it longer was stopped in the middle.
	lockPatience = 5 * time.Second
	lockPause    = 10 * time.Millisecond
)

// What keeps Rewrite from a file that there is nothing wrong with.
var (
	ErrLocked = errors.New("another process holds its lock")
	ErrFull   = errors.New("there is no room left on the disk")
)

// Rewrite replaces what a file of a folder holds with what change makes of it:
// whole, or not at all. A missing file is nil to change, and is made with its
// folder; what change gives back unchanged is not written. Of several processes
// that rewrite one file at once each sees what the one before it wrote, so change
// should take no longer than it must. An error of change is returned as it is and
// leaves the file alone.
//
// A link is followed, since people keep such files elsewhere, and stays; the file
// becomes 0600 whatever it was. One that belongs to somebody else, is read-only,
// no plain file or larger than 1 MiB is refused. The error is ErrLocked where
// another process has the lock for too long, and ErrFull on a full disk.
func Rewrite(dir, name string, change func(old []byte) ([]byte, error)) error {
	return rewrite(dir, name, change, lockPatience)
}

func rewrite(dir, name string, change func([]byte) ([]byte, error), patience time.Duration) (err error) {
	if link := DanglingLink(filepath.Join(dir, name)); link != "" {
		return fmt.Errorf("%s is a link that leads nowhere: make the file it names, or take the link away", link)
	}
	// A folder that is there may hold other things: its mode is its owner's choice.
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return orFull(err)
	}
	path, err := followed(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	dir, name = filepath.Split(path)
	l, err := lockFile(filepath.Join(dir, "."+name+".lock"), patience)
	if err != nil {
		return err
	}
	// What was written is in place by then.
	defer unlock(l)
	old, err := readOwn(path)
	if err != nil {
		return err
	}
	fresh, err := change(bytes.Clone(old))
	if err != nil || bytes.Equal(old, fresh) && (old == nil) == (fresh == nil) {
		return err
	}
	return exchange(dir, name, fresh, privateMode)
}

// exchange puts content in the place of a file of a folder, whole or not at all.
func exchange(dir, name string, content []byte, mode fs.FileMode) error {
	temp, err := writeBeside(dir, name, content, mode)
	if err != nil {
		return orFull(err)
	}
	if err := replace(temp, filepath.Join(dir, name)); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	syncFolder(dir)
	return nil
}

// followed returns the file that a path leads to, which may not exist yet.
func followed(path string) (string, error) {
	target, err := filepath.EvalSymlinks(path)
	if err == nil {
		return target, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	// Two ways to a folder must meet at one lock.
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	return filepath.Join(dir, filepath.Base(path)), err
}

// readOwn returns what the file holds, nil where there is none, and an error
// where it is not one to be replaced.
func readOwn(path string) ([]byte, error) {
	if info, err := replaceable(path); info == nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	content, err := io.ReadAll(io.LimitReader(f, maxRewritten+1))
	if err == nil && len(content) > maxRewritten {
		err = fmt.Errorf("%s is larger than %d bytes: move it away", path, maxRewritten)
	}
	return content, err
}

// replaceable returns what is known of a file, nil where there is none, and nil with
// an error where it is not one to be replaced.
func replaceable(path string) (fs.FileInfo, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, notPlain(path)
	case info.Mode().Perm()&0o200 == 0:
		return nil, fmt.Errorf("%s is read-only: let its owner write it first", path)
	case !mine(info):
		return nil, fmt.Errorf("%s belongs to another user, who alone should change it", path)
	}
	return info, nil
}

// lockFile returns the open file of a lock that nobody else has; unlock gives the
// lock back. The file stays, because another may wait for it by then.
func lockFile(path string, patience time.Duration) (*os.File, error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, notPlain(path)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|noFollow, 0o600)
	if err != nil {
		return nil, orFull(err)
	}
	for waited := time.Duration(0); ; waited += lockPause {
		switch taken, err := tryLock(f); {
		case taken:
			return f, nil
		case err != nil:
			return nil, errors.Join(fmt.Errorf("lock %s: %w", path, err), f.Close())
		case waited >= patience:
			return nil, errors.Join(fmt.Errorf("%w (%s): end it, or try again", ErrLocked, path), f.Close())
		}
		time.Sleep(lockPause)
	}
}

// orFull makes the error of a full disk known as ErrFull.
func orFull(err error) error {
	if IsFull(err) {
		return fmt.Errorf("%w (%w)", ErrFull, err)
	}
	return err
}
