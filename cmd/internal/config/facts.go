package config

import (
	"cmp"
	"strconv"
	"strings"

	"provkeys/client"
)

// fromDefault is where a setting comes from that nobody made.
const fromDefault = "default"

// Fact is one setting as it is in force. None holds a credential, or the words of
// a command that gives one.
type Fact struct {
	Name  string // as the file has it, such as clear_after
	Value string // "" is none
	From  string // "default", a flag, a variable or a file
}

// profileFacts says what is known of the profile in use, and where from.
func (l *loader) profileFacts(p Profile) []Fact {
	from := func(over setting) string {
		if over.value != "" {
			return over.name
		}
		return p.Source
	}
	var facts []Fact
	add := func(name, value, from string) {
		if value != "" {
			facts = append(facts, Fact{name, value, from})
		}
	}
	chosen := l.over.profile.name
	if l.over.profile.value == "" {
		chosen = l.file.path
	}
	add("profile", p.Name, chosen)
	add("auth", p.Door.String(), p.Source)
	add("cloud", cmp.Or(strings.ToUpper(p.Address.Cloud), "PRODUCTION"), from(l.over.cloud))
	add("vanity", p.Address.Vanity, p.Source)
	add("base_url", p.Address.BaseURL, from(l.over.baseURL))
	add("token_url", p.Address.TokenURL, from(l.over.tokenURL))
	add("customer_id", p.CustomerID, from(l.over.customerID))
	add("microtenant", p.Microtenant, from(l.over.microtenant))
	add("ca_file", p.CAFile, from(l.over.certificate))
	add("colour", p.Colour, p.Source)
	readOnly := p.Source
	if l.over.readOnly {
		readOnly = "--read-only or PROVKEYS_READ_ONLY"
	}
	add("read_only", strconv.FormatBool(p.ReadOnly), readOnly)
	return append(facts, l.credentialFacts(p)...)
}

// credentialFacts says by what reference the credentials come.
func (l *loader) credentialFacts(p Profile) []Fact {
	var id, secret, key text
	switch {
	case p.Name != "":
		e := l.file.document.Profiles[p.Name]
		id, secret, key = e.ClientID, e.ClientSecret, e.PrivateKey
	case !l.fromEnvironment:
		if !p.PrivateKey.IsZero() {
			return []Fact{{"private_key", "written or named there", p.Source}}
		}
		return []Fact{{"client_secret", "written there", p.Source}}
	case p.Door == client.OneAPI:
		id, secret, key = "env:ZSCALER_CLIENT_ID", "env:ZSCALER_CLIENT_SECRET", ""
		if !p.PrivateKey.IsZero() {
			secret, key = "", "env:ZSCALER_PRIVATE_KEY"
		}
	default:
		id, secret = "env:ZPA_CLIENT_ID", "env:ZPA_CLIENT_SECRET"
	}
	var facts []Fact
	for _, of := range []struct {
		name  string
		value text
	}{{"client_id", id}, {"client_secret", secret}, {"private_key", key}} {
		if of.value != "" {
			facts = append(facts, Fact{of.name, referenceWords(of.value), p.Source})
		}
	}
	return facts
}

// referenceWords says by what a credential comes, and nothing of itself.
func referenceWords(value text) string {
	kind, rest, _ := strings.Cut(string(value), ":")
	switch {
	case kind == "env" && isVariable(rest), kind == "file", kind == "keyring":
		return string(value)
	case kind == "env", kind == "cmd":
		return kind
	}
	return "written there"
}
