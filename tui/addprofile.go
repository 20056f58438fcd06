package tui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/form"
	"provkeys/tui/style"
)

// The fields of a new profile, as a DraftError calls them.
const (
	profileNameField = "name"
	authField        = "auth"
	cloudField       = "cloud"
	vanityField      = "vanity"
	baseURLField     = "base_url"
	customerField    = "customer_id"
	clientIDField    = "client_id"
	secretField      = "client_secret"
	keyFileField     = "private_key"
	readOnlyField    = "read_only"
)

// The words of authField.
const (
	authLegacy = "legacy"
	authOneAPI = "oneapi"
)

// profileForm asks for a tenant and how to sign in to it.
func profileForm() form.Form {
	clouds := []form.Option{{Value: "", Label: "PRODUCTION"}}
	for _, c := range client.Clouds() {
		if c != "PRODUCTION" {
			clouds = append(clouds, form.Option{Value: c, Label: c})
		}
	}
	return form.New(
		form.Field{Name: profileNameField, Label: "name", Hint: "your word for the tenant, such as acme-prod", CharLimit: 64, Check: needed("it needs a name")},
		form.Field{Name: authField, Label: "sign-in", Switch: true, Value: authLegacy, Options: []form.Option{
			{Value: authLegacy, Label: "API key of the tenant"}, {Value: authOneAPI, Label: "OneAPI (ZIdentity)"},
		}},
		form.Field{Name: cloudField, Label: "cloud", Options: clouds},
		form.Field{Name: baseURLField, Label: "base URL", Hint: "only where it is not the cloud's: ZSDK, a proxy, a mock"},
		form.Field{Name: vanityField, Label: "vanity domain", Hint: "OneAPI: the first part of the sign-in's host"},
		form.Field{Name: customerField, Label: "customer id", CharLimit: 20, Check: func(text string) (string, error) {
			if text == "" || strings.Trim(text, "0123456789") != "" {
				return "", problem("it is a row of digits, as the admin portal shows it")
			}
			return "", nil
		}},
		form.Field{Name: clientIDField, Label: "client id", Check: needed("it needs a client id")},
		form.Field{Name: secretField, Label: "client secret", Secret: true, Hint: "or env:NAME, file:PATH, keyring:NAME, cmd:COMMAND"},
		form.Field{Name: keyFileField, Label: "or key file", Hint: "OneAPI: the path of a private key, instead of a secret"},
		form.Field{Name: readOnlyField, Label: "read-only", Switch: true, Value: no, Options: []form.Option{
			{Value: no, Label: "no"}, {Value: yes, Label: "yes: nothing is changed from here"},
		}},
	)
}

// needed returns the check of a field that may not stay empty.
func needed(what string) func(string) (string, error) {
	return func(text string) (string, error) {
		if strings.TrimSpace(text) == "" {
			return "", problem(what)
		}
		return "", nil
	}
}

// draft returns the profile as the form says that it is to be.
func (d *profilesDialog) draft() ProfileDraft {
	value := func(name string) string { return strings.TrimSpace(d.form.Value(name)) }
	return ProfileDraft{
		Name: value(profileNameField), OneAPI: value(authField) == authOneAPI, Cloud: value(cloudField), Vanity: value(vanityField),
		BaseURL: value(baseURLField), CustomerID: value(customerField), ClientID: value(clientIDField),
		Secret: client.NewSecret(d.form.Value(secretField)), KeyFile: value(keyFileField), ReadOnly: value(readOnlyField) == yes,
	}
}

// addProfile signs in with what the form holds, and stores it if that works.
func (m *Model) addProfile() tea.Cmd {
	d := &m.profiles
	draft := d.draft()
	if wrong := draft.incomplete(); wrong != nil {
		d.form.SetError(wrong.Field, wrong.Error())
		return nil
	}
	if d.refused.signsInAs(draft) {
		d.form.SetError(secretField, "this pair was refused: change the id or the secret; three refusals lock the client for 30 minutes")
		return nil
	}
	d.draftSent = draft
	ctx, gen := d.work.begin(m.ctx)
	d.stage = profilesSigning
	return m.effects.addProfile(ctx, gen, draft)
}

// incomplete returns what a draft lacks or has too much of.
func (d ProfileDraft) incomplete() *DraftError {
	switch {
	case d.Secret.IsZero() && d.KeyFile == "":
		return &DraftError{secretField, problem("type the secret, or where it is kept")}
	case !d.Secret.IsZero() && d.KeyFile != "":
		return &DraftError{keyFileField, problem("there is a client secret already: empty one of the two")}
	case d.KeyFile != "" && !d.OneAPI:
		return &DraftError{keyFileField, problem("only OneAPI signs in with a private key")}
	case d.OneAPI && d.Vanity == "" && d.BaseURL == "":
		return &DraftError{vanityField, problem("OneAPI needs it")}
	case !d.OneAPI && d.Vanity != "":
		return &DraftError{vanityField, problem("only OneAPI has one: empty it, or choose OneAPI above")}
	}
	return nil
}

// signsInAs reports whether another draft would send the same credentials.
func (d ProfileDraft) signsInAs(other ProfileDraft) bool {
	return d.ClientID != "" && d.ClientID == other.ClientID && d.Secret.Equal(other.Secret) && d.KeyFile == other.KeyFile &&
		d.BaseURL == other.BaseURL && d.Cloud == other.Cloud && d.Vanity == other.Vanity
}

// added opens the profile that was added, or gives the form back with the reason.
func (m *Model) added(msg profileAddedMsg) tea.Cmd {
	d := &m.profiles
	if msg.gen != d.work.gen || d.stage != profilesSigning {
		return nil
	}
	d.work.busy = false
	var wrong *DraftError
	var held *client.HeldError
	switch {
	case msg.err == nil:
		d.note, d.form, d.draftSent = msg.added.words(), form.Form{}, ProfileDraft{}
		return m.openProfile(msg.added.Profile)
	case errors.As(msg.err, &wrong):
		d.form.SetError(wrong.Field, style.Sanitize(wrong.Error()))
	case errors.As(msg.err, &held):
		d.form.SetError(secretField, "nothing was sent or stored: "+held.Error())
	case errors.Is(msg.err, client.ErrSignIn):
		d.refused = d.draftSent
		d.form.SetError(secretField, "sign-in refused, nothing was stored: correct id and secret; three refusals lock the client for 30 minutes")
	case errors.Is(msg.err, context.DeadlineExceeded):
		d.form.SetError("", "no answer to the sign-in, nothing was stored: look at the address, then try again")
	default:
		d.form.SetError("", style.Sanitize(msg.err.Error()))
	}
	d.stage = profilesAdding
	return nil
}

// words say where a new profile is.
func (a AddedProfile) words() string {
	words := fmt.Sprintf("%s is in %s now.", called(a.Profile), style.Sanitize(a.Where))
	if a.Secret != "" {
		words += " Its credential is " + a.Secret + "."
	}
	return words
}
