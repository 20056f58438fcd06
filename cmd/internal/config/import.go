package config

import (
	"maps"
	"path/filepath"
	"slices"

	"github.com/goccy/go-yaml/ast"

	"provkeys/client"
)

// Import is a profile that the vendor's variables or file spell out. Of the file's
// credential there is no reference, so that it comes with the profile.
type Import struct {
	Draft   Draft // without a name
	Secret  client.Secret
	Key     client.Secret
	Source  string   // words for people
	Taken   []string // the variables or fields that it is made of
	Ignored []string // those that are set and say nothing about it
}

// ImportVariables returns the profile of the vendor's variables, its credentials
// as references to them; false when they hold none. The overrides that are set go
// into the profile. Every error is a *UsageError.
func ImportVariables(flags Flags, env Env) (Import, bool, error) {
	over, err := newOverrides(flags, env)
	if err != nil {
		return Import{}, false, err
	}
	p, ok, err := fromVariables(env, over)
	if err != nil || !ok {
		return Import{}, false, err
	}
	if err := over.apply(&p, false, "", env); err != nil {
		return Import{}, false, err
	}
	v := newVariables(env)
	in := Import{Draft: draftOf(p), Source: p.Source}
	in.Draft.CAFile = WholePath(p.CAFile)
	mine := []setting{v.zpaID, v.zpaSecret, v.zpaCustomer, v.zpaCloud, v.microtenant}
	in.Draft.ClientID, in.Draft.ClientSecret = "env:"+v.zpaID.name, "env:"+v.zpaSecret.name
	if p.Door == client.OneAPI {
		mine = []setting{v.id, v.secret, v.privateKey, v.vanity, v.cloud, v.zpaCustomer, v.zscalerCustomer, v.microtenant}
		in.Draft.ClientID, in.Draft.ClientSecret = "env:"+v.id.name, "env:"+v.secret.name
		if v.privateKey.value != "" {
			in.Draft.ClientSecret, in.Draft.PrivateKey = "", keyReference(v.privateKey)
		}
	}
	all := []setting{v.zpaID, v.zpaSecret, v.zpaCustomer, v.zpaCloud, v.id, v.secret, v.privateKey, v.zscalerCustomer, v.vanity, v.cloud, v.microtenant}
	for _, s := range all {
		switch {
		case s.value == "":
		case slices.Contains(mine, s):
			in.Taken = append(in.Taken, s.name)
		default:
			in.Ignored = append(in.Ignored, s.name)
		}
	}
	for _, s := range []setting{over.baseURL, over.tokenURL, over.cloud, over.customerID, over.microtenant, over.certificate} {
		if s.value != "" {
			in.Taken = append(in.Taken, s.name)
		}
	}
	switch {
	case flags.ReadOnly:
		in.Taken = append(in.Taken, "--read-only")
	case over.readOnly:
		in.Taken = append(in.Taken, readOnlyVariable)
	}
	return in, true, nil
}

// keyReference refers to the vendor's variable with a private key, or to the file
// that it names.
func keyReference(key setting) string {
	if isPEM(key.value) {
		return "env:" + key.name
	}
	return fileReference(key.value)
}

// fileReference refers to a file, wherever the configuration is.
func fileReference(path string) string { return "file:" + WholePath(path) }

// WholePath returns a path that does not depend on where one works; in the file a
// relative one starts from the file's own folder.
func WholePath(path string) string {
	if path == "" || path[0] == '~' {
		return path
	}
	whole, err := filepath.Abs(path)
	if err != nil {
		return path // the working folder is gone, and with it what the path means
	}
	return whole
}

// ImportVendorFile returns the profile of ~/.zscaler/zscaler.yaml with its
// credential; false when there is none. Every error is a *UsageError.
func ImportVendorFile(env Env) (Import, bool, error) {
	p, ok, err := readVendorFile(env)
	if err != nil || !ok {
		return Import{}, false, err
	}
	in := Import{Draft: draftOf(p), Secret: p.ClientSecret, Key: p.PrivateKey, Source: p.Source}
	in.Draft.ClientID = p.ClientID
	written, err := vendorFields(p.Source)
	if err != nil {
		return Import{}, false, err
	}
	if key := written["privateKey"]; key != "" && !isPEM(string(key)) {
		in.Key, in.Draft.PrivateKey = client.Secret{}, fileReference(string(key))
	}
	// The vendor's own SDKs let these two stand beside the file.
	beside := newVariables(env)
	customer, err := beside.customer()
	if err != nil {
		return Import{}, false, err
	}
	for _, of := range []struct {
		field *string
		from  setting
	}{{&in.Draft.CustomerID, customer}, {&in.Draft.Microtenant, beside.microtenant}} {
		if *of.field == "" && of.from.value != "" {
			*of.field = of.from.value
			in.Taken = append(in.Taken, of.from.name)
		}
	}
	known := []string{"clientId", "clientSecret", "privateKey", "vanityDomain", "cloud", "customerId", "microtenantId"}
	for _, name := range slices.Sorted(maps.Keys(written)) {
		if slices.Contains(known, name) {
			in.Taken = append(in.Taken, name)
		} else {
			in.Ignored = append(in.Ignored, name)
		}
	}
	return in, true, nil
}

// vendorFields returns the fields of the vendor's file that hold a single value.
func vendorFields(path string) (map[string]text, error) {
	c, err := readContents(path, maxConfig)
	if err != nil {
		return nil, unreadable(path, "make it a file that you can read", err)
	}
	f, err := decodeYAML[struct {
		Zscaler struct {
			Client map[string]maybeText `yaml:"client"`
		} `yaml:"zscaler"`
	}](c.data)
	if err != nil {
		return nil, usage("correct that line", "%s: %v", path, err)
	}
	fields := map[string]text{}
	for name, value := range f.Zscaler.Client {
		fields[name] = text(value)
	}
	return fields, nil
}

// maybeText is a single value, or nothing where a field holds more than that.
type maybeText text

// UnmarshalYAML takes whatever comes.
func (t *maybeText) UnmarshalYAML(node ast.Node) error {
	*t = maybeText(textOf(node))
	return nil
}

// draftOf returns a profile's fields but for its credentials.
func draftOf(p Profile) Draft {
	return Draft{
		Auth: p.Door.String(), Cloud: p.Address.Cloud, Vanity: p.Address.Vanity, BaseURL: p.Address.BaseURL, TokenURL: p.Address.TokenURL,
		CustomerID: p.CustomerID, Microtenant: p.Microtenant, CAFile: p.CAFile, ReadOnly: p.ReadOnly,
	}
}
