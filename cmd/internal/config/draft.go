package config

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"provkeys/client"
)

// Draft is a profile as it stands in the file, or is to: fields as they are
// written, "" for those that are left out.
type Draft struct {
	Name        string
	Auth        string // legacy or oneapi
	Cloud       string
	Vanity      string
	BaseURL     string
	TokenURL    string
	CustomerID  string
	Microtenant string
	ClientID    string
	// ClientSecret and PrivateKey are references, one of the two. Of what was read
	// from the file a command is "cmd" alone, and a literal the words "written there".
	ClientSecret string
	PrivateKey   string
	CAFile       string
	Colour       string
	View         string
	ReadOnly     bool
}

// profileName is what a new profile may be called: a word that a shell takes as it
// is, and that can be the name of a file.
var profileName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// How long names may be. A pattern with such a bound takes longer to compile than all
// others, at every start.
const (
	maxName = 64 // of a profile or a variable
	maxWord = 32 // that is repeated
)

// deviceName is what Windows takes for a device, whatever folder and ending it has.
var deviceName = regexp.MustCompile(`(?i)^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)`)

// CheckProfileName refuses names that a new profile must not have. One that cannot
// be the name of a file on Windows is refused everywhere, since configurations move.
func CheckProfileName(name string) error {
	const fix = "choose one of up to 64 letters, digits, dots, dashes and underscores, such as acme-prod"
	switch {
	case len(name) > maxName, !profileName.MatchString(name):
		return usage(fix, "that is no name for a profile")
	case deviceName.MatchString(name), strings.HasSuffix(name, "."):
		return usage(fix, "Windows has no files of the name %q, so it is none for a profile", name)
	}
	return nil
}

// IsReference reports whether a credential comes from elsewhere, and so may be an
// argument and stand in a file.
func IsReference(value string) bool {
	kind, rest, _ := strings.Cut(value, ":")
	return rest != "" && slices.Contains([]string{"env", "file", "keyring", "cmd"}, kind)
}

// unread stands in the place of a reference that is not followed.
const unread = "unread"

// Unfollowed returns the draft with nothing to follow, for where its references do
// not work yet and everything else is to be checked.
func (d Draft) Unfollowed() Draft {
	for _, field := range []*string{&d.ClientID, &d.ClientSecret, &d.PrivateKey} {
		if *field != "" {
			*field = unread
		}
	}
	return d
}

// Resolve returns the profile that the draft would be in the file at path. A secret
// or a key that is given goes before its reference, which may not work yet. Errors are
// those of Load.
func (d Draft) Resolve(ctx context.Context, path string, env Env, secret, key client.Secret) (Profile, error) {
	e := d.entry()
	if !secret.IsZero() {
		e.ClientSecret = unread
	}
	if !key.IsZero() {
		e.PrivateKey = unread
	}
	l := loader{env: env, file: file{path: path, document: document{Profiles: map[string]entry{d.Name: e}}}}
	p, err := l.fromFile(ctx, d.Name, "the profile")
	if !secret.IsZero() {
		p.ClientSecret = secret
	}
	if !key.IsZero() {
		p.PrivateKey = key
	}
	return p, err
}

func (d Draft) entry() entry {
	return entry{
		Auth: text(d.Auth), Cloud: text(d.Cloud), Vanity: text(d.Vanity), BaseURL: text(d.BaseURL), TokenURL: text(d.TokenURL),
		CustomerID: text(d.CustomerID), Microtenant: text(d.Microtenant), ClientID: text(d.ClientID),
		ClientSecret: text(d.ClientSecret), PrivateKey: text(d.PrivateKey), CAFile: text(d.CAFile),
		ReadOnly: d.ReadOnly, Colour: text(d.Colour), View: text(d.View),
	}
}

// draft returns the entry without literal credentials.
func (e entry) draft(name string) Draft {
	d := Draft{
		Name: name, Auth: string(e.Auth), Cloud: string(e.Cloud), Vanity: string(e.Vanity), BaseURL: string(e.BaseURL),
		TokenURL: string(e.TokenURL), CustomerID: string(e.CustomerID), Microtenant: string(e.Microtenant),
		ClientID: string(e.ClientID), CAFile: string(e.CAFile), ReadOnly: e.ReadOnly, Colour: string(e.Colour), View: string(e.View),
	}
	if IsReference(d.ClientID) {
		d.ClientID = referenceWords(e.ClientID)
	}
	if e.ClientSecret != "" {
		d.ClientSecret = referenceWords(e.ClientSecret)
	}
	if e.PrivateKey != "" {
		d.PrivateKey = referenceWords(e.PrivateKey)
	}
	door, err := e.door("")
	if err == nil {
		d.Auth = cmp.Or(d.Auth, door.String())
	}
	return d
}

// lines writes the profile's fields, one a line.
func (d Draft) lines() []string {
	var all []string
	for _, f := range []struct{ name, value string }{
		{"auth", d.Auth}, {"vanity", d.Vanity}, {"cloud", d.Cloud}, {"base_url", d.BaseURL}, {"token_url", d.TokenURL},
		{"customer_id", d.CustomerID}, {"microtenant", d.Microtenant}, {"client_id", d.ClientID},
		{"client_secret", d.ClientSecret}, {"private_key", d.PrivateKey}, {"ca_file", d.CAFile},
		{"colour", d.Colour}, {"view", d.View},
	} {
		if f.value != "" {
			all = append(all, f.name+": "+scalar(f.value))
		}
	}
	if d.ReadOnly {
		all = append(all, "read_only: true")
	}
	return all
}

// plainScalar is a text that YAML reads as itself without quotes, unless it is one
// of the words that some reader of YAML takes for something else.
var plainScalar = regexp.MustCompile(`^[A-Za-z/]([A-Za-z0-9_./@+:~-]*[A-Za-z0-9_./@+~-])?$`)

var otherwise = regexp.MustCompile(`(?i)^(null|true|false|yes|no|on|off)$`)

// scalar writes a text as a value. Whatever could be something else, such as a row
// of digits, stands in double quotes.
func scalar(value string) string {
	if plainScalar.MatchString(value) && !otherwise.MatchString(value) {
		return value
	}
	// Go's escapes are all YAML's too, once the text is valid UTF-8.
	return strconv.Quote(strings.ToValidUTF8(value, "\ufffd"))
}
