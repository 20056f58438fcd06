package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"provkeys/cmd/internal/store"
)

// Stored is what the configuration file says of profiles, none of them resolved.
type Stored struct {
	Path     string // of the file, there or not
	Default  string // the one that it chooses, "" for none
	Profiles []Draft
}

// Find returns a profile by its name.
func (s Stored) Find(name string) (Draft, bool) {
	for _, d := range s.Profiles {
		if d.Name == name {
			return d, true
		}
	}
	return Draft{}, false
}

// Names returns those of the profiles, sorted.
func (s Stored) Names() []string {
	names := make([]string, 0, len(s.Profiles))
	for _, d := range s.Profiles {
		names = append(names, d.Name)
	}
	return names
}

// ReadStored reads the profiles of the configuration file. A file that is not
// there, be it the default one or one that was asked for, has none: it is made
// with the first. Every error is a *UsageError.
func ReadStored(flags Flags, env Env) (Stored, error) {
	over, err := newOverrides(flags, env)
	if err != nil {
		return Stored{}, err
	}
	f, err := readConfig(over.config, env)
	switch {
	case f.path == "":
		return Stored{}, usage("give the path of one with --config", "no folder for a configuration file is known")
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return Stored{}, err
	}
	return f.document.stored(f.path), nil
}

// stored returns what the file says of profiles.
func (d document) stored(path string) Stored {
	s := Stored{Path: path, Default: string(d.Profile)}
	names := slices.Sorted(maps.Keys(d.Profiles))
	if s.Default == "" && len(names) == 1 {
		s.Default = names[0]
	}
	for _, name := range names {
		s.Profiles = append(s.Profiles, d.Profiles[name].draft(name))
	}
	return s
}

// AddProfile writes a new profile into the configuration file, makes the file if
// there is none, and returns what it says then. With use the profile becomes the
// default; the only one stays the default in any case. Every error is a *UsageError,
// or a *WriteError, and leaves the file alone.
func AddProfile(path string, d Draft, use bool) (Stored, error) {
	if err := d.check(); err != nil {
		return Stored{}, err
	}
	return rewrite(path, adding(path, d, use))
}

// adding puts a profile in. The one that was the only one stays the default.
func adding(path string, d Draft, use bool) change {
	return func(data []byte, want *document) ([]byte, error) {
		if _, there := want.Profiles[d.Name]; there {
			return nil, usage("choose another name, or take it away with provkeys profile remove "+d.Name,
				"%s has a profile %q already", path, d.Name)
		}
		chosen := string(want.Profile)
		only := slices.Sorted(maps.Keys(want.Profiles))
		switch {
		case use || len(only) == 0:
			chosen = d.Name
		case chosen == "" && len(only) == 1:
			chosen = only[0] // which it was without a word
		}
		if want.Profiles == nil {
			want.Profiles = map[string]entry{}
		}
		want.Profiles[d.Name] = d.entry()
		data, err := withProfile(data, d)
		if err != nil || chosen == string(want.Profile) {
			return data, err
		}
		want.Profile = text(chosen)
		return withDefault(data, chosen)
	}
}

// UseProfile makes a profile of the file the default. Every error is a *UsageError
// or a *WriteError, and leaves the file alone.
func UseProfile(path, name string) error {
	_, err := rewrite(path, func(data []byte, want *document) ([]byte, error) {
		if err := want.mustHave(path, name); err != nil {
			return nil, err
		}
		if string(want.Profile) == name {
			return data, nil
		}
		want.Profile = text(name)
		return withDefault(data, name)
	})
	return err
}

// RemoveProfile takes a profile out of the file and returns what it says then. Where
// the profile was the default there is none any more, unless a single one is left.
// Every error is a *UsageError or a *WriteError, and leaves the file alone.
func RemoveProfile(path, name string) (Stored, error) {
	return rewrite(path, removing(path, name))
}

// removing takes a profile out.
func removing(path, name string) change {
	return func(data []byte, want *document) ([]byte, error) {
		if err := want.mustHave(path, name); err != nil {
			return nil, err
		}
		delete(want.Profiles, name)
		if string(want.Profile) == name {
			want.Profile = ""
		}
		return withoutProfile(data, name)
	}
}

// change makes another text of the file's, and of what that decodes to what the new
// one is to decode to.
type change func(data []byte, want *document) ([]byte, error)

// changed returns the new text of the file and what it decodes to, once that is what
// was meant: so no comment, anchor or odd notation can make a change be another. The
// error is errByHand where it is not.
func changed(path string, old []byte, change change) ([]byte, document, error) {
	want, err := parse(path, old)
	if err != nil {
		return nil, document{}, err
	}
	fresh, err := change(old, &want)
	if err != nil {
		return nil, document{}, err
	}
	got, err := parse(path, fresh)
	if err != nil || !reflect.DeepEqual(got.comparable(), want.comparable()) {
		return nil, document{}, errByHand
	}
	return fresh, got, nil
}

// rewrite changes the file under its lock, and returns what it says then.
func rewrite(path string, change change) (Stored, error) {
	var after Stored
	err := store.Rewrite(filepath.Dir(path), filepath.Base(path), func(old []byte) ([]byte, error) {
		fresh, d, err := changed(path, old, change)
		after = d.stored(path)
		return fresh, err
	})
	if err != nil {
		return Stored{}, unwritten(path, err)
	}
	return after, nil
}

// unwritten finds the words for a file that was not changed.
func unwritten(path string, err error) error {
	var known *UsageError
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, errByHand):
		return usage("change it with an editor", "%s was left alone: it is written in a way that this cannot change safely", path)
	case errors.Is(err, store.ErrLocked):
		return &WriteError{fmt.Sprintf("%s was not changed (%v)", path, store.ErrLocked), "try again in a moment", err}
	case errors.Is(err, store.ErrFull):
		return &WriteError{fmt.Sprintf("%s was not changed (%v)", path, store.ErrFull), "make room there, then try again", err}
	}
	return &UsageError{
		Problem: fmt.Sprintf("%s was not changed (%v)", path, err),
		Fix:     "make it a file that you can write, or give another with --config", cause: err,
	}
}

// mustHave refuses a name that no profile has.
func (d document) mustHave(path, name string) error {
	if _, ok := d.Profiles[name]; ok {
		return nil
	}
	have := "there is no profile in it"
	if len(d.Profiles) > 0 {
		have = "it has " + strings.Join(slices.Sorted(maps.Keys(d.Profiles)), ", ")
	}
	return usage(have, "%s has no profile %q", path, name)
}

// comparable returns the document without what a change of other lines moves.
func (d document) comparable() document {
	d.Keys = maps.Clone(d.Keys)
	for action, b := range d.Keys {
		b.line = 0
		d.Keys[action] = b
	}
	if len(d.Profiles) == 0 {
		d.Profiles = nil
	}
	return d
}

// check refuses a profile that must not be written.
func (d Draft) check() error {
	if err := CheckProfileName(d.Name); err != nil {
		return err
	}
	for _, of := range []struct{ name, value string }{{"client_secret", d.ClientSecret}, {"private_key", d.PrivateKey}} {
		if of.value != "" && !IsReference(of.value) {
			return usage("write it as env:NAME, file:PATH, keyring:NAME or cmd:COMMAND", "%s must be a reference", of.name)
		}
	}
	return nil
}
