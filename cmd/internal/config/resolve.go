package config

import (
	"path/filepath"
	"strconv"

	"provkeys/client"
)

// resolve returns the profile with its references followed.
func (e entry) resolve(name string, f file, env Env) (Profile, error) {
	source := "profile " + strconv.Quote(name) + " in " + f.path
	door, err := e.door(source)
	if err != nil {
		return Profile{}, err
	}
	base := filepath.Dir(f.path)
	id, err := resolveReference(reference{e.ClientID, "client_id of " + source, base}, env)
	if err != nil {
		return Profile{}, err
	}
	if e.PrivateKey != "" {
		return Profile{}, usage("use client_secret there", "%s signs in with private_key, which is not supported yet", source)
	}
	secret, err := resolveReference(reference{e.ClientSecret, "client_secret of " + source, base}, env)
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
		ClientSecret: client.NewSecret(secret),
		CAFile:       ca,
		ReadOnly:     e.ReadOnly,
		Source:       source,
	}, nil
}

// door returns the front door that the profile names or implies.
func (e entry) door(source string) (client.Door, error) {
	switch {
	case e.Auth == "legacy" && e.Vanity != "":
		return 0, usage("leave out vanity, or write auth: oneapi", "%s has both auth: legacy and a vanity domain, which only OneAPI knows", source)
	case e.Auth == "oneapi", e.Auth == "" && e.Vanity != "":
		return client.OneAPI, nil
	case e.Auth == "legacy", e.Auth == "":
		return client.Legacy, nil
	}
	return 0, usage("write auth: legacy or auth: oneapi", "auth of %s is neither of its two words", source)
}

// guarded returns the first field for whose sake nobody else may read or write
// the file, "" when there is none.
func (e entry) guarded() string {
	switch {
	case isLiteral(e.ClientSecret):
		return "client_secret"
	case isLiteral(e.PrivateKey):
		return "private_key"
	}
	return ""
}
