package tui

import (
	"context"

	"provkeys/client"
)

// Profiles are the tenants that the console can show.
type Profiles interface {
	// List returns them, sorted by name.
	List() ([]Profile, error)
	// Open returns a client for one, which has sent nothing yet. Its credentials may
	// come from a command or a keyring, which the end of the context ends.
	Open(ctx context.Context, name string) (Session, error)
	// Demo returns a tenant that is made up, with keys that are obviously fake.
	Demo() (Session, error)
	// Add signs in with a draft and stores it, or stores nothing. An error that is a
	// *DraftError is about one of its fields.
	Add(ctx context.Context, d ProfileDraft) (AddedProfile, error)
}

// Profile is a tenant with credentials, as far as a list shows it.
type Profile struct {
	Name     string // "" for what the console was started with, where that is no profile
	Where    string // the cloud or the host
	Default  bool
	ReadOnly bool
}

// Session is what the console shows one tenant with.
type Session struct {
	Client   *client.Client
	Journal  Journal      // nil for none
	Memory   Memory       // nil for none
	Screen   ScreenMemory // nil where nobody remembers
	Profile  string       // its name; "" for what comes from no profile
	Tenant   string       // the profile and the cloud, as the header shows them
	Customer string
	Colour   string // the ground of its name in the header; "" for none
	View     string // the saved view that it begins with; "" for none
	Demo     bool
	ReadOnly bool
	InForce  []Fact // the configuration, for the help page
	Close    func() // ends what it keeps running; nil for nothing
}

// ProfileDraft is a profile that a person asks for.
type ProfileDraft struct {
	Name       string
	OneAPI     bool
	Cloud      string // "" for PRODUCTION
	Vanity     string // OneAPI: the first part of the sign-in's host
	BaseURL    string // "" for the cloud's
	CustomerID string
	ClientID   string
	// Secret is the client secret, or a reference to it such as env:NAME. With
	// KeyFile it is left out.
	Secret   client.Secret
	KeyFile  string // OneAPI: the path of a private key; "" for none
	ReadOnly bool
}

// AddedProfile says what became of a draft.
type AddedProfile struct {
	Profile string
	Where   string // the file that it was written into
	Secret  string // where its credential is kept, in words; "" where that was said
}

// DraftError is what is wrong with one field of a draft.
type DraftError struct {
	Field string // as the configuration file calls it, such as client_id; or "name"
	Err   error
}

// Error says what is wrong.
func (e *DraftError) Error() string { return e.Err.Error() }

// Unwrap returns what is wrong.
func (e *DraftError) Unwrap() error { return e.Err }
