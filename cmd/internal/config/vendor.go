package config

import (
	"errors"
	"io/fs"
	"path/filepath"

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
	if env.Home == "" {
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
	if v.Secret != "" || v.PrivateKey != "" {
		if err := c.private("the credential in zscaler.yaml"); err != nil {
			return Profile{}, false, err
		}
	}
	switch {
	case v.ID == "" && v.Secret == "" && v.PrivateKey == "":
		return Profile{}, false, nil
	case v.Secret == "" && v.PrivateKey != "":
		return Profile{}, false, usage("use clientSecret there", "%s signs in with privateKey, which is not supported yet", path)
	}
	if lacks := lacking(setting{string(v.ID), "clientId"}, setting{string(v.Secret), "clientSecret"}); lacks != nil {
		return Profile{}, false, usage("write it there, or choose a profile with --profile", "%s lacks %s", path, lacks[0])
	}
	return Profile{
		Door:         client.OneAPI,
		Address:      client.Address{Cloud: string(v.Cloud), Vanity: string(v.Vanity)},
		CustomerID:   string(v.CustomerID),
		Microtenant:  string(v.Microtenant),
		ClientID:     string(v.ID),
		ClientSecret: client.NewSecret(string(v.Secret)),
		Source:       path,
	}, true, nil
}
