package download

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// target is a file that is to be made, in a folder whose links were followed.
type target struct{ folder, name string }

func (t target) path() string { return filepath.Join(t.folder, t.name) }

// vacant returns the target that a path names, where nothing is yet.
func vacant(path string) (target, error) {
	if path == "" || os.IsPathSeparator(path[len(path)-1]) {
		return target{}, &Error{Problem: "the path names no file", Fix: "write a file name at its end"}
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return target{}, &Error{Problem: fmt.Sprintf("the folder of this process is not known: %v", err), Fix: "give the whole path", Err: err}
	}
	t := target{filepath.Dir(absolute), filepath.Base(absolute)}
	folder, err := filepath.EvalSymlinks(t.folder)
	if err != nil {
		return target{}, t.explain(err)
	}
	t.folder = folder
	return t, t.taken()
}

// taken says what is at the path already, nil for nothing.
func (t target) taken() error {
	info, err := os.Lstat(t.path())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return t.explain(err)
	case info.IsDir():
		return &Error{Problem: t.path() + " is a folder", Fix: "give a name inside it", Err: fs.ErrExist}
	case info.Mode()&fs.ModeSymlink != 0:
		return &Error{Problem: t.path() + " is a link, and nothing is written through one", Fix: "choose another name, or remove the link", Err: fs.ErrExist}
	}
	return &Error{Problem: t.path() + " exists already, and nothing is written over a file", Fix: "choose another name, or move it away", Err: fs.ErrExist}
}

// explain finds the words for what the system refused.
func (t target) explain(err error) error {
	if known := (*Error)(nil); errors.As(err, &known) {
		return err
	}
	say := func(fix, format string, args ...any) error {
		return &Error{Problem: fmt.Sprintf(format, args...), Fix: fix, Err: err}
	}
	const elsewhere = "choose another folder"
	switch {
	case errors.Is(err, fs.ErrExist):
		if taken := t.taken(); taken != nil {
			return taken
		}
		return say("try again", "%s came and went meanwhile", t.path())
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return say("make some room, or "+elsewhere, "there is no room for a file in %s, and nothing was written", t.folder)
	case errors.Is(err, syscall.EROFS):
		return say(elsewhere, "%s is on a read-only file system", t.folder)
	case errors.Is(err, syscall.ENAMETOOLONG):
		return say("choose a shorter one", "a name in this path is too long for its file system")
	case errors.Is(err, syscall.ENOTDIR):
		return say(elsewhere, "%s is no folder, or leads through something that is none", t.folder)
	case errors.Is(err, fs.ErrPermission):
		return say(elsewhere+", or ask its owner", "you may not make a file in %s", t.folder)
	case errors.Is(err, fs.ErrNotExist) && !isFolder(t.folder):
		return say("make it first, or "+elsewhere, "there is no folder %s", t.folder)
	}
	return say(elsewhere, "%s could not be written: %v", t.path(), err)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// private is for its owner alone.
const private fs.FileMode = 0o600

// fill writes a file's content to the disk and returns the mode it came to
// have. Plain says that nobody else may be able to read it.
func fill(f *os.File, content []byte, plain bool) (fs.FileMode, error) {
	// The umask may have taken rights away, and a default ACL may have given some.
	if err := f.Chmod(private); err != nil {
		return 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	mode := info.Mode().Perm()
	if plain && open(mode) {
		return 0, &Error{
			Problem: fmt.Sprintf("the file system there keeps no permissions: others could read the file (mode %04o)", mode),
			Fix:     "choose another folder, or encrypt it",
		}
	}
	if _, err := f.Write(content); err != nil {
		return 0, err
	}
	return mode, f.Sync()
}

// beside writes a hidden file in the same folder and gives it its name once it
// is whole. A link is never made over a file or through a link, as a rename is.
func (t target) beside(content []byte, plain bool) (fs.FileMode, error) {
	hidden := filepath.Join(t.folder, ".provkeys-"+rand.Text())
	f, err := os.OpenFile(hidden, os.O_WRONLY|os.O_CREATE|os.O_EXCL, private)
	if err != nil {
		return 0, err
	}
	// What has another name by then stays.
	defer func() { _ = os.Remove(hidden) }()
	mode, err := fill(f, content, plain)
	if err = errors.Join(err, f.Close()); err != nil {
		return 0, err
	}
	err = os.Link(hidden, t.path())
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, syscall.EPERM) {
		return 0, &Error{
			Problem: "the file system there cannot make a file whole or not at all", Fix: "choose a folder on this machine's own disk, and move the file from there", Err: err,
		}
	}
	return mode, err
}

// keep makes a new name last through a loss of power. The file is whole either
// way, and some file systems sync no folder, so that a failure is no news.
func (t target) keep() {
	folder, err := os.Open(t.folder)
	if err != nil {
		return
	}
	_ = folder.Sync()
	_ = folder.Close()
}
