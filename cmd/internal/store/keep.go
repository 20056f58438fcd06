package store

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Read returns what a file of a folder holds, and takes it from everybody else
// if they could read it. It refuses anything but a plain file, and one of more
// than limit bytes; a missing file is fs.ErrNotExist.
func Read(dir, name string, limit int64) ([]byte, error) {
	path := filepath.Join(dir, name)
	// Opening a pipe would wait for a writer, so the look comes first.
	if info, err := os.Lstat(path); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, notPlain(path)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	if err := own(f, path); err != nil {
		return nil, err
	}
	content, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(content)) > limit {
		err = fmt.Errorf("%s is larger than %d bytes: move it away", path, limit)
	}
	return content, err
}

// Keep returns what a file of a folder holds; a missing one is made with the
// content. Of several processes that make it at once one wins, and all of them
// get the same.
func Keep(dir, name string, content []byte) ([]byte, error) {
	if err := prepare(dir); err != nil {
		return nil, err
	}
	limit := int64(len(content)) + 1
	held, err := Read(dir, name, limit)
	if !errors.Is(err, fs.ErrNotExist) {
		return held, err
	}
	if err := create(dir, name, content); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return Read(dir, name, limit)
}

// create makes a file that appears whole under its name, or not at all. The
// error is fs.ErrExist where somebody else was first.
func create(dir, name string, content []byte) error {
	temp, err := writeBeside(dir, name, content, privateMode)
	if err != nil {
		return err
	}
	// The file stays under its other name, or nobody needs it.
	defer func() { _ = os.Remove(temp) }()
	return os.Link(temp, filepath.Join(dir, name))
}

// writeBeside writes content to the disk under a name that nobody else uses, and
// returns its path. An error leaves nothing behind.
func writeBeside(dir, name string, content []byte, mode fs.FileMode) (string, error) {
	var unique [8]byte
	_, _ = rand.Read(unique[:])
	temp := filepath.Join(dir, "."+name+"-"+hex.EncodeToString(unique[:]))
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL|noFollow, privateMode)
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	if err == nil && mode != privateMode {
		// Not when it is opened: the process' mask would take from it.
		err = f.Chmod(mode)
	}
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(temp))
	}
	return temp, nil
}
