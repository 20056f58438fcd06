package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// DanglingLink returns the link on the way to a file that leads nowhere, "" where
// there is none. Such a file is not one that nobody has made: what holds it, a disk
// or a folder of dotfiles, is away.
func DanglingLink(path string) string {
	for {
		info, err := os.Lstat(path)
		if err == nil {
			_, err := os.Stat(path)
			if info.Mode()&fs.ModeSymlink != 0 && errors.Is(err, fs.ErrNotExist) {
				return path
			}
			return ""
		}
		above := filepath.Dir(path)
		if !errors.Is(err, fs.ErrNotExist) || above == path {
			return ""
		}
		path = above
	}
}
