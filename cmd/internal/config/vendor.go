package config

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"provkeys/client"
)

// vendorFile is the file of the vendor's SDKs. It is not ours, so fields that
// are not named here are left alone.
type vendorFile struct {
	Zscaler struct {
		Client struct {
			ID          text `yaml:"clientId"`
			Secret      text `yaml:"clientSecret"`
			PrivateKey  text `yaml:"privateKey"`
			Vanity      text `yaml:"vanityDomain"`
			Cloud       text `yaml:"cloud"`
			CustomerID  text `yaml:"customerId"`
			Microtenant text `yaml:"microtenantId"`
		} `yaml:"client"`
	} `yaml:"zscaler"`
}

// readVendorFile returns the profile in ~/.zscaler/zscaler.yaml, and false
// when there is no such file or nothing to sign in with in it.
func readVendorFile(env Env) (Profile, bool, error) {
	if !filepath.IsAbs(env.Home) {
		return Profile{}, false, nil
	}
	path := filepath.Join(env.Home, ".zscaler", "zscaler.yaml")
	c, err := readContents(path, maxConfig)
	if errors.Is(err, fs.ErrNotExist) {
		return Profile{}, false, nil
	}
	if err != nil {
		return Profile{}, false, unreadable(path, "make it a file that you can read, or choose a profile with --profile", err)
	}
	f, err := decodeYAML[vendorFile](c.data)
	if err != nil {
		return Profile{}, false, usage("correct that line", "%s: %v", path, err)
	}
	v := f.Zscaler.Client
	if v.Secret != "" || isPEM(string(v.PrivateKey)) {
		if err := c.private("the credential in zscaler.yaml is a secret"); err != nil {
			return Profile{}, false, err
		}
	}
	if v.ID == "" && v.Secret == "" && v.PrivateKey == "" {
		return Profile{}, false, nil
	}
	given, givenKey := setting{string(v.Secret), "clientSecret"}, setting{string(v.PrivateKey), "privateKey"}
	if lacks := lacking(setting{string(v.ID), "clientId"}, either(givenKey, given)); lacks != nil {
		return Profile{}, false, usage("write it there, or choose a profile with --profile", "%s lacks %s", path, lacks[0])
	}
	given.name, givenKey.name = given.name+" of "+path, givenKey.name+" of "+path
	secret, key, err := vendorCredential(given, givenKey, "leave one of them out", env)
	if err != nil {
		return Profile{}, false, err
	}
	return Profile{
		Door:         client.OneAPI,
		Address:      client.Address{Cloud: string(v.Cloud), Vanity: string(v.Vanity)},
		CustomerID:   string(v.CustomerID),
		Microtenant:  string(v.Microtenant),
		ClientID:     string(v.ID),
		ClientSecret: secret,
		PrivateKey:   key,
		Source:       path,
	}, true, nil
}

// vendorCredential returns the one of the two that is given. A private key is PEM
// text or, for the vendor's SDKs, the path of a file with it.
func vendorCredential(secret, key setting, fixBoth string, env Env) (client.Secret, client.Secret, error) {
	none := client.Secret{}
	switch {
	case env.unread:
		return none, none, nil
	case secret.value != "" && key.value != "":
		return none, none, usage(fixBoth, "%s and %s are both set", secret.name, key.name)
	case key.value == "" || isPEM(key.value):
		return client.NewSecret(secret.value), client.NewSecret(key.value), nil
	}
	path := key.value
	if expanded, ok := underHome(path, env.Home); ok {
		path = expanded
	}
	c, err := readContents(path, maxCredential)
	if err != nil {
		// What is no path may be a damaged key, so it is not repeated.
		return none, none, usage("set it to one of them", "%s is neither a private key in PEM form nor the path of a file that can be read (%v)", key.name, withoutPath(err))
	}
	if err := c.private(key.name + " is a secret"); err != nil {
		return none, none, err
	}
	return none, client.NewSecret(string(c.data)), nil
}

func isPEM(text string) bool { return strings.Contains(text, "-----BEGIN ") }
