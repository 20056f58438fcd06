package store

import (
	"errors"
	"fmt"
	"path/filepath"
)

// Append adds whole lines to a file of a folder in one piece, so that those of
// several processes do not mix, and makes both if they are missing. The file is
// never rotated, and it is opened anew each time, so that it may be moved away.
// It refuses a symbolic link.
func Append(dir, name string, lines []byte) error {
	if err := prepare(dir); err != nil {
		return err
	}
	f, err := openAppend(filepath.Join(dir, name))
	if err != nil {
		return err
	}
	n, err := f.Write(lines)
	if err == nil && n < len(lines) {
		err = fmt.Errorf("only %d of %d bytes were written", n, len(lines))
	}
	return errors.Join(err, f.Close())
}
