package store

import (
	"errors"
	"fmt"
	"os"
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
	if torn(f) {
		lines = append([]byte("\n"), lines...)
	}
	n, err := f.Write(lines)
	if err == nil && n < len(lines) {
		err = fmt.Errorf("only %d of %d bytes were written", n, len(lines))
	}
	return errors.Join(err, f.Close())
}

// torn reports whether the last line of a file has no end: the disk was full, or
// the process was killed in the middle of it.
func torn(f *os.File) bool {
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false
	}
	last := make([]byte, 1)
	n, _ := f.ReadAt(last, info.Size()-1)
	return n == 1 && last[0] != '\n'
}
