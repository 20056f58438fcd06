// Package store keeps the program's own files: in the state folder the log of
// --debug, whatever is only ever added to, and what is written once; anywhere
// what is rewritten as a whole. Every file is 0600 in a folder of 0700, but for
// those that are published.
//
// It knows paths, permissions, rotation and locks. It must never know what is
// written into a file, a key or the API. Only Rewrite and Publish follow a symbolic
// link to a file, and then to one of the user's own: somebody else may have laid it.
package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Dir returns the state folder of the program, which may not exist yet:
// $XDG_STATE_HOME/provkeys, else .local/state/provkeys under home. The error
// says that neither is known.
func Dir(lookup func(string) (string, bool), home string) (string, error) {
	// A relative path in the variable is to be ignored, says its standard.
	if base, _ := lookup("XDG_STATE_HOME"); filepath.IsAbs(base) {
		return filepath.Join(base, "provkeys"), nil
	}
	if !filepath.IsAbs(home) {
		return "", errors.New("no home folder is known: set XDG_STATE_HOME to an absolute path")
	}
	return filepath.Join(home, ".local", "state", "provkeys"), nil
}

// prepare makes the folder, and takes it from everybody else if it was there.
func prepare(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return os.Chmod(dir, 0o700)
}

// openAppend opens a file for appending, makes it if it is missing, and
// refuses anything but a plain file.
func openAppend(path string) (*os.File, error) {
	// Opening a pipe would wait for a reader, so the look comes first.
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, notPlain(path)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND|os.O_CREATE|noFollow, 0o600)
	if err != nil {
		return nil, err
	}
	if err := own(f, path); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// own checks that the open file is the one at path and lets nobody else read it.
func own(f *os.File, path string) error {
	opened, err := f.Stat()
	if err != nil {
		return err
	}
	named, err := os.Lstat(path)
	if err != nil {
		return err
	}
	if !os.SameFile(opened, named) || !named.Mode().IsRegular() {
		return notPlain(path)
	}
	if opened.Mode().Perm()&0o077 == 0 {
		return nil
	}
	return f.Chmod(0o600)
}

func notPlain(path string) error {
	return fmt.Errorf("%s is not a plain file: move it away", path)
}
