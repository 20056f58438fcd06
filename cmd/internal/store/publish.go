package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	privateMode fs.FileMode = 0o600
	publicMode  fs.FileMode = 0o644 // of a file that other users' programs read
)

// Publish replaces what a file holds for others to read: whole, or not at all, so that
// whoever reads it at any moment finds the old content or the new one. A new file is
// 0644 whatever the process' mask, so no secret may be in it; one that is there keeps
// its mode. Its folder must be there: one made for a mistyped path would be read by
// nobody.
//
// A link of the user's own is followed and stays. One that leads nowhere or that
// somebody else laid is refused, as is a file that belongs to somebody else, is
// read-only or no plain file. The error is ErrFull on a full disk.
func Publish(path string, content []byte) error {
	if link := DanglingLink(path); link != "" {
		return fmt.Errorf("%s is a link that leads nowhere: make the file it names, or take the link away", link)
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0 && !mine(info):
		return fmt.Errorf("%s is a link that another user laid: take it away, or name the file it leads to", path)
	}
	if path, err = followed(path); err != nil {
		return err
	}
	mode := publicMode
	if info, err = replaceable(path); err != nil {
		return err
	}
	if info != nil {
		mode = info.Mode().Perm()
	}
	return exchange(filepath.Dir(path), filepath.Base(path), content, mode)
}
