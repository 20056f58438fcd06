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
	s := Stored{Path: f.path, Default: string(f.document.Profile)}
	names := f.names()
	if s.Default == "" && len(names) == 1 {
		s.Default = names[0]
	}
	for _, name := range names {
		s.Profiles = append(s.Profiles, f.document.Profiles[name].draft(name))
	}
	return s, nil
}

// AddProfile writes a new profile into the configuration file and makes the file
// if there is none. With use it becomes the default; the only profile stays the
// default in any case. Every error is a *UsageError, and leaves the file alone.
func AddProfile(path string, d Draft, use bool) error {
	if err := d.check(); err != nil {
		return err
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

// UseProfile makes a profile of the file the default. Every error is a *UsageError,
// and leaves the file alone.
func UseProfile(path, name string) error {
	return rewrite(path, func(data []byte, want *document) ([]byte, error) {
		if err := want.mustHave(path, name); err != nil {
			return nil, err
		}
		if string(want.Profile) == name {
			return data, nil
		}
		want.Profile = text(name)
		return withDefault(data, name)
	})
}

// RemoveProfile takes a profile out of the file; where it was the default there is
// none then. Every error is a *UsageError, and leaves the file alone.
func RemoveProfile(path, name string) error {
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

// changed returns the new text of the file, once it decodes to what was meant: so
// no comment, anchor or odd notation can make a change be another. The error is
// errByHand where it does not.
func changed(path string, old []byte, change change) ([]byte, error) {
	want, err := parse(path, old)
	if err != nil {
		return nil, err
	}
	fresh, err := change(old, &want)
	if err != nil {
		return nil, err
	}
	got, err := parse(path, fresh)
	if err != nil || !reflect.DeepEqual(got.comparable(), want.comparable()) {
		return nil, errByHand
	}
	return fresh, nil
}

// rewrite changes the file under its lock.
func rewrite(path string, change change) error {
	err := store.Rewrite(filepath.Dir(path), filepath.Base(path), func(old []byte) ([]byte, error) {
		return changed(path, old, change)
	})
	var known *UsageError
	switch {
	case err == nil, errors.As(err, &known):
		return err
	case errors.Is(err, errByHand):
		return usage("change it with an editor", "%s was left alone: it is written in a way that this cannot change safely", path)
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
