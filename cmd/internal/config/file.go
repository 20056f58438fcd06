package config

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// maxConfig is far above any real configuration file, in bytes.
const maxConfig = 1 << 20

// file is the configuration file as it stands, checked but not resolved.
type file struct {
	path     string // "" when no folder for it is known
	document document
}

// document is the file's outermost level. A field stands here only when this
// version acts on it.
type document struct {
	Profile    text             `yaml:"profile"`
	Refresh    text             `yaml:"refresh"`
	Clipboard  text             `yaml:"clipboard"`
	ClearAfter text             `yaml:"clear_after"`
	Theme      text             `yaml:"theme"`
	Mouse      text             `yaml:"mouse"`
	Plain      text             `yaml:"plain"`
	ASCII      text             `yaml:"ascii"`
	Mask       text             `yaml:"mask"`
	Near       text             `yaml:"near"`
	View       text             `yaml:"view"`
	Keys       bindings         `yaml:"keys"`
	Profiles   map[string]entry `yaml:"profiles"`
}

// entry is one profile in the file.
type entry struct {
	Auth         text `yaml:"auth"`
	Cloud        text `yaml:"cloud"`
	Vanity       text `yaml:"vanity"`
	BaseURL      text `yaml:"base_url"`
	TokenURL     text `yaml:"token_url"`
	CustomerID   text `yaml:"customer_id"`
	Microtenant  text `yaml:"microtenant"`
	ClientID     text `yaml:"client_id"`
	ClientSecret text `yaml:"client_secret"`
	PrivateKey   text `yaml:"private_key"`
	CAFile       text `yaml:"ca_file"`
	ReadOnly     bool `yaml:"read_only"`
	Colour       text `yaml:"colour"`
	View         text `yaml:"view"`
}

// configPath returns where the file is without --config: "" when neither
// variable nor home folder says so.
func configPath(env Env) string {
	// The XDG rules: a relative path is as good as none.
	if dir := env.get("XDG_CONFIG_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "provkeys", "config.yaml")
	}
	if dir := env.get("AppData"); runtime.GOOS == "windows" && dir != "" {
		return filepath.Join(dir, "provkeys", "config.yaml")
	}
	if !filepath.IsAbs(env.Home) {
		return ""
	}
	return filepath.Join(env.Home, ".config", "provkeys", "config.yaml")
}

// chosenPath returns the file that was asked for, or the default one.
func chosenPath(asked setting, env Env) string {
	if asked.value == "" {
		return configPath(env)
	}
	if expanded, ok := underHome(asked.value, env.Home); ok {
		return expanded
	}
	return asked.value
}

// readConfig reads the file that was asked for, or the default one, which may
// be missing.
func readConfig(asked setting, env Env) (file, error) {
	path := chosenPath(asked, env)
	f := file{path: path}
	if path == "" {
		return f, nil
	}
	c, err := readContents(path, maxConfig)
	if errors.Is(err, fs.ErrNotExist) && asked.value == "" {
		return f, nil
	}
	if err != nil {
		return f, unreadable(path, fixUnreadable(path, asked, err), err)
	}
	if f.document, err = parse(path, c.data); err != nil {
		return f, err
	}
	for _, name := range f.names() {
		if why := f.document.Profiles[name].guarded(name); why != "" {
			return f, c.private(why)
		}
	}
	return f, nil
}

// parse decodes the file. Nothing that it does not know is let through.
func parse(path string, data []byte) (document, error) {
	d, err := decodeYAML[document](data, yaml.Strict())
	if err != nil {
		return d, usage("correct that line", "%s: %v", path, err)
	}
	if _, ok := d.Profiles[""]; ok {
		return d, usage("give it a name", "%s: a profile has an empty name", path)
	}
	return d, nil
}

func fixUnreadable(path string, asked setting, err error) string {
	var nowhere *nowhereError
	folder := closedFolder(path)
	switch {
	case errors.As(err, &nowhere):
		return "bring back what it leads to, or take the link away"
	case folder != "":
		return "let yourself into the folder it is in: chmod u+rx " + quoted(folder)
	case asked.value != "":
		return "give the path of a configuration file with " + asked.name + ", or leave it out"
	}
	return "make it a file that you can read, or move it away"
}

// where names the file in a sentence.
func (f file) where() string {
	if f.path == "" {
		return "a configuration file (--config PATH)"
	}
	return f.path
}

// names returns the profiles, sorted.
func (f file) names() []string { return slices.Sorted(maps.Keys(f.document.Profiles)) }

// choice returns the profile that the file itself chooses, "" when it has none.
func (f file) choice() (string, error) {
	name, names := string(f.document.Profile), f.names()
	switch {
	case name != "":
		return name, nil
	case len(names) > 1:
		e := usage("choose one with --profile, or the default with `provkeys profile use "+names[0]+"`",
			"%s has several profiles (%s) and chooses none", f.path, strings.Join(names, ", "))
		e.cause = ErrNoChoice
		return "", e
	case len(names) == 1:
		return names[0], nil
	}
	return "", nil
}
