package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"provkeys/cmd/internal/store"
)

// contents is a file that was read, with what decides whether it may hold a
// secret: who owns it and who can write it.
type contents struct {
	path   string // as it was asked for
	target string // with links followed
	info   fs.FileInfo
	data   []byte
}

// readContents reads a regular file of at most limit bytes. Links are followed
// once, and what is judged later is what was opened.
func readContents(path string, limit int64) (contents, error) {
	target, err := filepath.EvalSymlinks(path)
	if link := store.DanglingLink(path); err != nil && link != "" {
		return contents{}, &nowhereError{link}
	}
	if err != nil {
		return contents{}, err
	}
	// Opening a pipe would wait for somebody to write into it.
	if info, err := os.Lstat(target); err != nil {
		return contents{}, err
	} else if !info.Mode().IsRegular() {
		return contents{}, errors.New("it is no regular file")
	}
	f, err := os.Open(target)
	if err != nil {
		return contents{}, err
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return contents{}, err
	}
	if !info.Mode().IsRegular() {
		return contents{}, errors.New("it is no regular file")
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return contents{}, err
	}
	if int64(len(data)) > limit {
		return contents{}, fmt.Errorf("it is larger than %d KiB", limit>>10)
	}
	return contents{path: path, target: target, info: info, data: data}, nil
}

// nowhereError is about a file behind a link that leads nowhere. It is not
// fs.ErrNotExist: somebody made the file, and going on without it would reach
// another tenant than the one that was meant.
type nowhereError struct{ link string }

func (e *nowhereError) Error() string { return e.link + " is a link that leads nowhere" }

// closedFolder returns the first folder on the way to a file that does not let this
// user in; "" where all do.
func closedFolder(path string) string {
	folder := ""
	for at := path; filepath.Dir(at) != at; at = filepath.Dir(at) {
		if _, err := os.Lstat(at); errors.Is(err, fs.ErrPermission) {
			folder = filepath.Dir(at)
		}
	}
	return folder
}

// quoted returns a path as a shell takes it.
func quoted(path string) string {
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+,@%:=", r)
	}
	if path != "" && strings.IndexFunc(path, func(r rune) bool { return !plain(r) }) < 0 {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
