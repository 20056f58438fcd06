package doctor

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"provkeys/cmd/internal/store"
)

// State is what the file system says about the state folder.
type State struct {
	Dir          string
	Unknown      error // why no folder is known
	Missing      bool  // it is made when it is needed
	Folder       error // why nothing can be written there
	Journal      error // why nothing can be added to it
	JournalThere bool
}

// LookAtState finds out whether the state folder and the journal in it can be
// written, by a file of one byte, which a full disk refuses, that is gone again. A folder that is missing is not
// made: the nearest one above it is tried.
func LookAtState(dir, journal string) State {
	s := State{Dir: dir}
	at := dir
	for _, err := os.Stat(at); errors.Is(err, fs.ErrNotExist) && at != filepath.Dir(at); _, err = os.Stat(at) {
		s.Missing, at = true, filepath.Dir(at)
	}
	if s.Folder = tryFolder(at); s.Folder != nil || s.Missing {
		return s
	}
	s.JournalThere, s.Journal = tryAppend(filepath.Join(dir, journal))
	return s
}

func tryFolder(dir string) error {
	f, err := os.CreateTemp(dir, ".provkeys-doctor-*")
	if err != nil {
		return cause(err)
	}
	_, err = f.Write([]byte{0})
	if gone := errors.Join(f.Close(), os.Remove(f.Name())); err == nil {
		err = gone
	}
	return cause(err)
}

func tryAppend(path string) (there bool, err error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return true, cause(err)
	case !info.Mode().IsRegular():
		return true, errors.New("it is no plain file")
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return true, cause(err)
	}
	return true, cause(f.Close())
}

// cause drops the path, which the finding names already.
func cause(err error) error {
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		return at.Err
	}
	return err
}

// CheckState judges the state folder.
func CheckState(s State, journal string) []Finding {
	r := report{group: GroupConfiguration}
	const lost = "the journal, --debug and what inspect recognises need it"
	switch {
	case s.Unknown != nil:
		r.warn("state folder", "set XDG_STATE_HOME to an absolute path", "none is known: %s", lost)
		return r.all
	case s.Folder != nil:
		mend := "make it yours: mkdir -p " + shellWord(s.Dir) + " && chmod 700 " + shellWord(s.Dir)
		if store.IsFull(s.Folder) {
			mend = "make room there"
		}
		r.warn("state folder", mend+", or set XDG_STATE_HOME to a folder that you can write",
			"nothing can be written to %s (%v): %s", s.Dir, s.Folder, lost)
		return r.all
	case s.Missing:
		r.ok("state folder", "%s is made when it is needed", s.Dir)
		return r.all
	}
	r.ok("state folder", "%s", s.Dir)
	switch path := filepath.Join(s.Dir, journal); {
	case s.Journal != nil:
		r.warn("journal", "move it away: the next deed makes a new one", "%s cannot be written (%v): what is done here is recorded nowhere", path, s.Journal)
	case !s.JournalThere:
		r.ok("journal", "is made with the first deed")
	default:
		r.ok("journal", "%s", path)
	}
	return r.all
}
