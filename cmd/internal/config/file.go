package config

import (
	"errors"
	"io/fs"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"

	"provkeys/client"
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
	Profile   text             `yaml:"profile"`
	Refresh   text             `yaml:"refresh"`
	Clipboard text             `yaml:"clipboard"`
	Theme     text             `yaml:"theme"`
	Near      text             `yaml:"near"`
	Profiles  map[string]entry `yaml:"profiles"`
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
	CAFile       text `yaml:"ca_file"`
	ReadOnly     bool `yaml:"read_only"`
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
	if env.Home == "" {
		return ""
	}
	return filepath.Join(env.Home, ".config", "provkeys", "config.yaml")
}

// readConfig reads the file that was asked for, or the default one, which may
// be missing.
func readConfig(asked setting, env Env) (file, error) {
	path := configPath(env)
	if asked.value != "" {
		path = asked.value
		if expanded, ok := underHome(path, env.Home); ok {
			path = expanded
		}
	}
	f := file{path: path}
	if path == "" {
		return f, nil
	}
	c, err := readContents(path, maxConfig)
	if errors.Is(err, fs.ErrNotExist) && asked.value == "" {
		return f, nil
	}
	if err != nil {
		return f, unreadable(path, fixUnreadable(asked), err)
	}
	if f.document, err = decodeYAML[document](c.data, yaml.Strict()); err != nil {
		return f, usage("correct that line", "%s: %v", path, err)
	}
	if _, ok := f.document.Profiles[""]; ok {
		return f, usage("give it a name", "%s: a profile has an empty name", path)
	}
	for _, name := range f.names() {
		if isLiteral(f.document.Profiles[name].ClientSecret) {
			return f, c.private("client_secret of profile " + strconv.Quote(name))
		}
	}
	return f, nil
}

func fixUnreadable(asked setting) string {
	if asked.value != "" {
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
		return "", usage("choose one with --profile, or write `profile: "+names[0]+"` into the file",
			"%s has several profiles (%s) and chooses none", f.path, strings.Join(names, ", "))
	case len(names) == 1:
		return names[0], nil
	}
	return "", nil
}

// settings returns the file's settings under the overrides, over the defaults.
func (f file) settings(over overrides) (Settings, error) {
	s := Settings{Refresh: 30 * time.Second, Clipboard: "auto", Theme: "auto", Near: client.Threshold{Percent: 80}}
	var err error
	if d := f.document.Refresh; d != "" {
		if s.Refresh, err = refresh(string(d)); err != nil {
			return s, usage("write a time such as 30s or 2m, or 0 for never", "refresh in %s %v", f.path, err)
		}
	}
	if n := f.document.Near; n != "" {
		if s.Near.Percent, err = percent(string(n)); err != nil {
			return s, usage("write a share such as 80%", "near in %s %v", f.path, err)
		}
	}
	for _, c := range []struct {
		field *string
		from  setting
		words []string
	}{
		{&s.Theme, setting{string(f.document.Theme), "theme in " + f.path}, []string{"auto", "light", "dark", "mono"}},
		{&s.Clipboard, either(over.clipboard, setting{string(f.document.Clipboard), "clipboard in " + f.path}),
			[]string{"auto", "native", "osc52", "command", "off"}},
	} {
		switch {
		case c.from.value == "":
		case !slices.Contains(c.words, c.from.value):
			return s, usage("use one of "+strings.Join(c.words, ", "), "%s is not one of its words", c.from.name)
		default:
			*c.field = c.from.value
		}
	}
	return s, nil
}

// leastRefresh leaves room for a person: one refresh takes several of the 20
// reads that the API grants in ten seconds.
const leastRefresh = 5 * time.Second

func refresh(value string) (time.Duration, error) {
	d, err := time.ParseDuration(value)
	switch {
	case err != nil:
		return 0, errors.New("is not a time with its unit")
	case d < 0:
		return 0, errors.New("is below zero")
	case d > 0 && d < leastRefresh:
		return 0, errors.New("is under 5 seconds")
	}
	return d, nil
}

func percent(value string) (int, error) {
	digits, ok := strings.CutSuffix(value, "%")
	n, err := strconv.Atoi(strings.TrimSpace(digits))
	if !ok || err != nil || n < 1 || n > 100 {
		return 0, errors.New("is not a share from 1% to 100%")
	}
	return n, nil
}
