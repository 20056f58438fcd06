package config

import (
	"context"
	"path/filepath"
	"strconv"

	"provkeys/client"
)

// resolve returns the profile with its references followed.
func (e entry) resolve(ctx context.Context, name string, f file, env Env) (Profile, error) {
	source := "profile " + strconv.Quote(name) + " in " + f.path
	door, err := e.door(source)
	if err != nil {
		return Profile{}, err
	}
	base := filepath.Dir(f.path)
	id, err := resolveReference(ctx, reference{e.ClientID, "client_id of " + source, base}, env)
	if err != nil {
		return Profile{}, err
	}
	secret, key, err := e.credential(ctx, door, source, base, env)
	if err != nil {
		return Profile{}, err
	}
	ca := string(e.CAFile)
	if ca != "" {
		if ca, err = filePath(ca, base, env.Home); err != nil {
			return Profile{}, usage("write the whole path", "ca_file of %s %v", source, err)
		}
	}
	return Profile{
		Name: name,
		Door: door,
		Address: client.Address{
			Cloud: string(e.Cloud), Vanity: string(e.Vanity), BaseURL: string(e.BaseURL), TokenURL: string(e.TokenURL),
		},
		CustomerID:   string(e.CustomerID),
		Microtenant:  string(e.Microtenant),
		ClientID:     id,
		ClientSecret: secret,
		PrivateKey:   key,
		CAFile:       ca,
		ReadOnly:     e.ReadOnly,
		Source:       source,
	}, nil
}

// credential returns the one of the two that the profile signs in with.
func (e entry) credential(ctx context.Context, door client.Door, source, base string, env Env) (secret, key client.Secret, err error) {
	switch {
	case e.ClientSecret != "" && e.PrivateKey != "":
		return secret, key, usage("leave one of them out", "%s has both a client_secret and a private_key", source)
	case e.PrivateKey == "":
		found, err := resolveReference(ctx, reference{e.ClientSecret, "client_secret of " + source, base}, env)
		return client.NewSecret(found), key, err
	case door != client.OneAPI:
		return secret, key, usage("write its client_secret, or vanity and auth: oneapi", "%s has a private_key, which signs in to OneAPI alone", source)
	}
	found, err := resolveReference(ctx, reference{e.PrivateKey, "private_key of " + source, base}, env)
	return secret, client.NewSecret(found), err
}

// door returns the front door that the profile names or implies.
func (e entry) door(source string) (client.Door, error) {
	switch {
	case e.Auth == "legacy" && e.Vanity != "":
		return 0, usage("leave out vanity, or write auth: oneapi", "%s has both auth: legacy and a vanity domain, which only OneAPI knows", source)
	case e.Auth == "oneapi", e.Auth == "" && (e.Vanity != "" || e.PrivateKey != ""):
		return client.OneAPI, nil
	case e.Auth == "legacy", e.Auth == "":
		return client.Legacy, nil
	}
	return 0, usage("write auth: legacy or auth: oneapi", "auth of %s is neither of its two words", source)
}

// guarded says why nobody else may read or write the file: a credential stands in
// it, or a command that is run. "" when there is neither.
func (e entry) guarded(name string) string {
	of := " of profile " + strconv.Quote(name)
	for _, field := range []struct {
		name  string
		value text
	}{{"client_secret", e.ClientSecret}, {"private_key", e.PrivateKey}, {"client_id", e.ClientID}} {
		kind, rest := cut(field.value)
		switch {
		case kind == fromCommand:
			return field.name + of + " is a command to run"
		case kind == literal && rest != "" && field.name != "client_id":
			return field.name + of + " is a secret"
		}
	}
	return ""
}
