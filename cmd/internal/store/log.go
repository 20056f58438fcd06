package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// defaultLogSize is how large a log grows in bytes before it becomes the old one.
const defaultLogSize = 5 << 20

// LogOptions say how a log is kept. The zero value keeps 5 MB and one old file
// of as much.
type LogOptions struct {
	Size int64 // bytes; 0 is 5 MB
}

// Log is the file "log" of a folder, with "log.1" beside it once it has grown.
// It is safe for concurrent use; several processes may append to one.
type Log struct {
	path string
	size int64

	mu   sync.Mutex
	file *os.File // nil once closed
}

// OpenLog opens the log of a folder for appending and makes both if they are
// missing. It refuses a symbolic link.
func OpenLog(dir string, o LogOptions) (*Log, error) {
	if o.Size == 0 {
		o.Size = defaultLogSize
	}
	if err := prepare(dir); err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	l := &Log{path: filepath.Join(dir, "log"), size: o.Size}
	f, err := openAppend(l.path)
	if err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	l.file = f
	return l, nil
}

// Path returns where the log is.
func (l *Log) Path() string { return l.path }

// Write appends whole lines in one piece, so that those of several processes
// do not mix. A file that would grow too large becomes the old one first.
func (l *Log) Write(lines []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return 0, fmt.Errorf("write the log: %w", fs.ErrClosed)
	}
	if err := l.rotate(int64(len(lines))); err != nil {
		return 0, fmt.Errorf("write the log: %w", err)
	}
	return l.file.Write(lines)
}

// Close closes the file; a second time does nothing.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return nil
	}
	err := l.file.Close()
	l.file = nil
	return err
}

// rotate makes room for so many bytes more.
func (l *Log) rotate(more int64) error {
	mine, err := l.file.Stat()
	if err != nil {
		return err
	}
	if mine.Size() == 0 || mine.Size()+more <= l.size {
		return nil
	}
	// Another process may have rotated already; renaming its new file would
	// throw the old one away.
	named, err := os.Lstat(l.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case os.SameFile(mine, named):
		if err := l.retire(); err != nil {
			return err
		}
	}
	next, err := openAppend(l.path)
	if err != nil {
		return err
	}
	// Everything was written to it before, so closing can lose nothing.
	_ = l.file.Close()
	l.file = next
	return nil
}

func (l *Log) retire() error { return os.Rename(l.path, l.path+".1") }
