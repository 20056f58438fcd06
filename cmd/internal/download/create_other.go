//go:build !linux

package download

import "io/fs"

// create makes the file and returns its mode. A process that is killed in the
// middle may leave a hidden file behind, and never a part under the name.
func (t target) create(content []byte, plain bool) (fs.FileMode, error) {
	mode, err := t.beside(content, plain)
	if err != nil {
		return 0, t.explain(err)
	}
	t.keep()
	return mode, nil
}
