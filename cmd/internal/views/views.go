// Package views keeps saved views in the configuration folder, and what the
// console remembers of its table in the state folder.
//
// It knows the two files and how they are written by hand. What a view may hold is
// the catalog's to say. Of the views file it changes the lines of one view and no
// others, so that comments and whatever else somebody wrote there stay.
package views

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"provkeys/client/catalog"
	"provkeys/cmd/internal/store"
)

// File is the name of the views file in the configuration folder.
const File = "views.yaml"

// maxFile is far above any real file, in bytes.
const maxFile = 1 << 20

// ErrNotFound says that there is no view of that name.
var ErrNotFound = errors.New("there is no such view")

// Views are the saved views of a configuration folder.
type Views struct {
	Dir string // the configuration folder, which may not exist yet
}

// List returns every view by name, faulty ones included; a missing file has none.
// An error says that the file as a whole cannot be read, and where it is.
func (v Views) List() ([]catalog.Saved, error) {
	data, err := read(v.Path())
	if err != nil {
		return nil, err
	}
	d, err := parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", v.Path(), err)
	}
	saved := make([]catalog.Saved, 0, len(d.entries))
	for _, e := range d.entries {
		saved = append(saved, e.Saved)
	}
	slices.SortFunc(saved, func(a, b catalog.Saved) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Name, b.Name))
	})
	return saved, nil
}

// Save writes a view down, in place of the one of its name. The file is read
// afresh under a lock, so that views saved by others stay.
func (v Views) Save(view catalog.View) error {
	if err := cmp.Or(catalog.CheckViewName(view.Name), view.Check()); err != nil {
		return err
	}
	return v.rewrite(func(d document) ([]byte, error) { return d.with(view) })
}

// Delete takes a view out of the file, a faulty one too. ErrNotFound means that it
// is not there.
func (v Views) Delete(name string) error {
	return v.rewrite(func(d document) ([]byte, error) { return d.without(name) })
}

func (v Views) rewrite(change func(document) ([]byte, error)) error {
	return store.Rewrite(v.Dir, File, func(old []byte) ([]byte, error) {
		d, err := parse(old)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", v.Path(), err)
		}
		fresh, err := change(d)
		if err != nil && !errors.Is(err, ErrNotFound) {
			err = fmt.Errorf("%s: %w", v.Path(), err)
		}
		return fresh, err
	})
}

// Path returns where the file is, or would be.
func (v Views) Path() string { return filepath.Join(v.Dir, File) }

// read returns what a file holds; a missing one is empty. Links are followed,
// since people keep such files elsewhere.
func read(path string) ([]byte, error) {
	// Opening a pipe would wait for a writer, so the look comes first.
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if link := store.DanglingLink(path); link != "" {
			return nil, fmt.Errorf("%s is a link that leads nowhere: bring back what it leads to, or take the link away", link)
		}
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no plain file: move it away", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("%s is larger than %d KiB: move it away", path, maxFile>>10)
	}
	return data, err
}
