package doctor

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Configuration is what the layers of the configuration came to.
type Configuration struct {
	Path     string   // the file, there or not; "" when unknown
	Names    []string // the profiles in it
	Settings *Problem // why nothing of the configuration can be used
	Keys     *Problem // why the console would not start with the keys there
	Profile  *Problem // why there is no profile
	Source   string   // which layer the profile came from, in words
	Address  string   // where its tenant lives, in words
	Scope    []string // what else bounds it, such as a microtenant
	File     File     // the file's own facts

	// Overlooked says which variables of another sign-in were not used, and why; ""
	// for none.
	Overlooked string
}

// File is what the file system says about a file.
type File struct {
	There      bool
	Mode       fs.FileMode
	FolderMode fs.FileMode
	Modes      bool // the mode bits mean something on this system
	// Stranger and FolderStranger are the ids of users who own the one or the other,
	// and are neither who runs this nor root; 0 for none.
	Stranger, FolderStranger int
}

// LookAtFile looks at a file and its folder. Of one that cannot be seen nothing
// is known.
func LookAtFile(path, goos string) File {
	f := File{Modes: goos != "windows"}
	info, err := os.Stat(path)
	if err != nil {
		return f
	}
	f.There, f.Mode, f.Stranger = true, info.Mode(), stranger(info)
	if folder, err := os.Stat(filepath.Dir(path)); err == nil {
		f.FolderMode, f.FolderStranger = folder.Mode(), stranger(folder)
	}
	return f
}

// CheckConfiguration judges file, settings and profile.
func CheckConfiguration(c Configuration) []Finding {
	r := report{group: GroupConfiguration}
	if c.Settings != nil {
		r.fail("settings", *c.Settings)
		return r.all
	}
	r.file(c)
	if c.Keys != nil {
		r.fail("keys", *c.Keys)
	}
	if c.Profile != nil {
		r.fail("profile", *c.Profile)
		return r.all
	}
	others := ""
	if len(c.Names) > 1 {
		others = "; the file has " + strings.Join(c.Names, ", ")
	}
	r.ok("profile", "%s%s", c.Source, others)
	if c.Overlooked != "" {
		r.note("environment", "set what is missing, or unset the ones that begin it", "%s", c.Overlooked)
	}
	r.ok("address", "%s", c.Address)
	for _, words := range c.Scope {
		r.note("scope", "", "%s", words)
	}
	return r.all
}

// file judges the configuration file. One with a secret that others can read is
// refused before, as a setting.
func (r *report) file(c Configuration) {
	f, folder := c.File, filepath.Dir(c.Path)
	switch {
	case c.Path == "":
		r.note("file", "set HOME, or give one with --config PATH", "no folder for a configuration file is known")
	case !f.There:
		r.note("file", "", "there is none at %s, and none is needed", c.Path)
	case f.Stranger != 0:
		r.warn("file", `sudo chown "$(id -u)" `+shellWord(c.Path)+" && chmod 600 "+shellWord(c.Path),
			"%s belongs to another user of this machine (%d), who can send your sign-in elsewhere", c.Path, f.Stranger)
	case f.FolderStranger != 0:
		r.warn("file", `sudo chown "$(id -u)" `+shellWord(folder)+" && chmod go-w "+shellWord(folder),
			"%s belongs to another user of this machine (%d), who can put another file in place of yours", folder, f.FolderStranger)
	case f.Modes && f.Mode.Perm()&0o022 != 0:
		r.warn("file", "chmod 600 "+shellWord(c.Path),
			"%s can be changed by other users of this machine (mode %04o): they can send your sign-in elsewhere", c.Path, f.Mode.Perm())
	case f.Modes && f.FolderMode.Perm()&0o022 != 0 && f.FolderMode&fs.ModeSticky == 0:
		r.warn("file", "chmod go-w "+shellWord(folder),
			"%s is a folder that other users can write (mode %04o): they can put another file in place of yours", folder, f.FolderMode.Perm())
	case f.Modes && f.Mode.Perm()&0o044 != 0:
		r.note("file", "chmod 600 "+shellWord(c.Path),
			"%s can be read by other users of this machine (mode %04o); it holds no secret itself", c.Path, f.Mode.Perm())
	default:
		r.ok("file", "%s", c.Path)
	}
}
