// Package config turns flags, environment variables and files into one Profile
// to sign in with and the Settings of the program.
//
// It knows the configuration file, the variables and the file of the vendor's
// own SDKs, references to credentials, and which layer wins. It must never know
// the network, a command line library or the screen; it runs nothing and reads
// no variable or keyring but through Env, and it writes profiles into the
// configuration file and nothing else.
package config

import (
	"context"
	"time"

	"provkeys/client"
)

// Profile is one tenant and the credentials to sign in to it.
type Profile struct {
	Name         string // "" when it comes from the environment or the vendor's file
	Door         client.Door
	Address      client.Address
	CustomerID   string
	Microtenant  string // "" is none; "0" is the Default one
	ClientID     string
	ClientSecret client.Secret
	PrivateKey   client.Secret // of a OneAPI client, in place of the secret; PEM
	CAFile       string        // "" is the system's pool alone
	ReadOnly     bool
	Colour       string // of the console's header: a word of Colours, or "" for none
	Source       string // words for people, such as: profile "acme" in /home/jo/.config/provkeys/config.yaml
}

// Settings are what the file says besides profiles, with defaults filled in.
type Settings struct {
	Refresh    time.Duration    // between automatic refreshes; 0 is off
	Clipboard  string           // auto, tmux, native, osc52, command or off
	ClearAfter time.Duration    // how long a copy stays on the clipboard; 0 is for ever
	Theme      string           // auto, light, dark or mono
	Mouse      bool             // the console takes the mouse
	Plain      bool             // it draws no lines, colours and movement, for screen readers
	ASCII      bool             // it draws with ASCII alone
	Near       client.Threshold // when a key counts as nearly used up
	MaskAlways bool             // key texts are never shown on a screen
	View       string           // the saved view to start with; "" is none

	// Keys are those of the console's actions, as the console names both; an empty
	// list takes an action's keys away. KeysAt says where each stands, in words such
	// as: line 4 of /home/jo/.config/provkeys/config.yaml
	Keys   map[string][]string
	KeysAt map[string]string
}

// Config is what Load returns.
type Config struct {
	Profile  Profile
	Settings Settings
	Path     string   // the configuration file, there or not; "" when no folder for it is known
	Names    []string // the profiles in it, sorted
	InForce  []Fact   // every setting, and what is known of the profile

	// Overlooked says that variables which do not count are half a set, "" for none.
	Overlooked string
}

// Flags are the global flags that were given; the zero value is none.
type Flags struct {
	Profile     string
	BaseURL     string
	TokenURL    string
	Cloud       string
	CustomerID  string
	Microtenant string
	CAFile      string
	Config      string
	Clipboard   string
	ClearAfter  string // a time with its unit; "" is not given
	Theme       string
	Mouse       string // true or false, as the next two; "" is not given
	Plain       string
	ASCII       string
	ReadOnly    bool // false takes nothing back: any layer can make a profile read-only
}

// Env is all that Load sees of the process. The zero value has no variables
// and no home folder.
type Env struct {
	Lookup func(name string) (string, bool) // as os.LookupEnv
	Home   string                           // as os.UserHomeDir; "" when unknown

	// Keyring returns what a keyring has under a name, Run what a program prints,
	// which is started with these words and without a shell; the end of the context
	// ends both. nil means that there is none. Of an error nothing is repeated unless
	// it is a *UsageError, whose Problem then stands behind the credential's name.
	Keyring func(ctx context.Context, name string) (string, error)
	Run     func(ctx context.Context, words []string) (string, error)

	unread bool // credentials are left where they are, and stay empty
}

// get returns a variable. An empty one counts as not set, since that is how
// people switch one off for a single command.
func (e Env) get(name string) string {
	if e.Lookup == nil {
		return ""
	}
	value, _ := e.Lookup(name)
	return value
}

// Load reads every layer (flag, environment, file, default) and returns the
// profile to use. Every error is a *UsageError, but for that of the context, whose
// end ends a command or the wait for a keyring. With ErrNoProfile the rest of the
// Config is filled, so that a console can still start and say so.
func Load(ctx context.Context, flags Flags, env Env) (Config, error) {
	l, err := newLoader(flags, env)
	if err != nil {
		return Config{}, err
	}
	return l.load(ctx)
}

// LoadProfile returns a profile of the file as Load does, without what flags and
// variables say of a tenant: that is of the one that the program was started with.
func LoadProfile(ctx context.Context, name string, flags Flags, env Env) (Config, error) {
	flags.Profile = name
	l, err := newLoader(flags, env)
	if err != nil {
		return Config{}, err
	}
	o := &l.over
	o.baseURL, o.tokenURL, o.cloud = setting{}, setting{}, setting{}
	o.customerID, o.microtenant, o.certificate = setting{}, setting{}, setting{}
	return l.load(ctx)
}

// Identify returns what Load does, but follows no reference to a credential: no
// command is run, no keyring opened and no file with one read.
func Identify(flags Flags, env Env) (Config, error) {
	env.unread = true
	// Nothing is left that a context could end.
	return Load(context.Background(), flags, env)
}

func (l *loader) load(ctx context.Context) (Config, error) {
	c := Config{Path: l.file.path, Names: l.file.names()}
	var err error
	c.Profile, err = l.profile(ctx)
	c.Overlooked = l.overlooked
	c.Settings, c.InForce = l.settings, l.facts
	if err == nil {
		c.InForce = append(c.InForce, l.profileFacts(c.Profile)...)
	}
	return c, err
}

// LoadSettings reads the settings and neither profiles nor credential
// variables, as a demonstration wants it. Every error is a *UsageError.
func LoadSettings(flags Flags, env Env) (Settings, error) {
	l, err := newLoader(flags, env)
	if err != nil {
		return Settings{}, err
	}
	return l.settings, nil
}

// SettingsInForce returns those settings with where each comes from. Every error is a
// *UsageError.
func SettingsInForce(flags Flags, env Env) ([]Fact, error) {
	l, err := newLoader(flags, env)
	if err != nil {
		return nil, err
	}
	return l.facts, nil
}

// loader holds the layers while a profile is chosen from them.
type loader struct {
	env      Env
	over     overrides
	file     file
	settings Settings
	facts    []Fact // of the settings

	fromEnvironment bool   // the profile is that of the vendor's variables
	overlooked      string // as in Config
}

func newLoader(flags Flags, env Env) (*loader, error) {
	over, err := newOverrides(flags, env)
	if err != nil {
		return nil, err
	}
	f, err := readConfig(over.config, env)
	if err != nil {
		return nil, err
	}
	settings, facts, err := f.settings(over, env)
	if err != nil {
		return nil, err
	}
	return &loader{env: env, over: over, file: f, settings: settings, facts: facts}, nil
}
