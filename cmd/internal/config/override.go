package config

import "strings"

// setting is a value from a flag or a variable, with the name by which a
// person set it.
type setting struct{ value, name string }

// overrides are the flags, and under them the PROVKEYS_ variables.
type overrides struct {
	profile, config                      setting
	clipboard, clearAfter, theme, mask   setting
	mouse, plain, ascii                  setting
	baseURL, tokenURL, cloud             setting
	customerID, microtenant, certificate setting
	readOnly                             bool
}

const readOnlyVariable = "PROVKEYS_READ_ONLY"

func newOverrides(flags Flags, env Env) (overrides, error) {
	pick := func(flag, value string) setting {
		if value != "" {
			return setting{value, "--" + flag}
		}
		name := "PROVKEYS_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
		return setting{env.get(name), name}
	}
	readOnly, err := boolean(env, readOnlyVariable)
	return overrides{
		profile:     pick("profile", flags.Profile),
		config:      pick("config", flags.Config),
		clipboard:   pick("clipboard", flags.Clipboard),
		clearAfter:  pick("clear-after", flags.ClearAfter),
		theme:       pick("theme", flags.Theme),
		mask:        pick("mask", ""),
		mouse:       pick("mouse", flags.Mouse),
		plain:       pick("plain", flags.Plain),
		ascii:       pick("ascii", flags.ASCII),
		baseURL:     pick("base-url", flags.BaseURL),
		tokenURL:    pick("token-url", flags.TokenURL),
		cloud:       pick("cloud", flags.Cloud),
		customerID:  pick("customer-id", flags.CustomerID),
		microtenant: pick("microtenant", flags.Microtenant),
		certificate: pick("ca-file", flags.CAFile),
		readOnly:    flags.ReadOnly || readOnly,
	}, err
}

// boolean reads a variable that is true or false, false where it is not set.
func boolean(env Env, name string) (bool, error) {
	value := env.get(name)
	if value == "" {
		return false, nil
	}
	b, err := truth(value)
	if err != nil {
		return false, usage("set it to true or false", "%s %v", name, err)
	}
	return b, nil
}

// apply lays the overrides over a profile. Where the credentials are stored in
// a file, an override must not send them to another address than the one that
// stands beside them; where says what to do instead.
func (o overrides) apply(p *Profile, stored bool, where string, env Env) error {
	for _, address := range []struct {
		setting
		field *string
		same  func(a, b string) bool
	}{
		{o.baseURL, &p.Address.BaseURL, sameURL},
		{o.tokenURL, &p.Address.TokenURL, sameURL},
		{o.cloud, &p.Address.Cloud, sameCloud},
	} {
		switch {
		case address.value == "" || stored && address.same(address.value, *address.field):
		case stored:
			return usage(where, "%s would send the credentials of %s to another address", address.name, p.Source)
		default:
			*address.field = address.value
		}
	}
	if o.customerID.value != "" {
		p.CustomerID = o.customerID.value
	}
	if o.microtenant.value != "" {
		p.Microtenant = o.microtenant.value
	}
	if o.certificate.value != "" {
		p.CAFile = o.certificate.value
		if path, ok := underHome(p.CAFile, env.Home); ok {
			p.CAFile = path
		}
	}
	// No layer can take read-only away from another: it is a safety.
	p.ReadOnly = p.ReadOnly || o.readOnly
	return nil
}

// addressed says where a faulty address is to be corrected.
func (o overrides) addressed() string {
	var names []string
	for _, address := range []setting{o.baseURL, o.tokenURL, o.cloud} {
		if address.value != "" {
			names = append(names, address.name)
		}
	}
	if names == nil {
		return "the address there"
	}
	return strings.Join(names, " or ")
}

func sameURL(a, b string) bool { return strings.TrimRight(a, "/") == strings.TrimRight(b, "/") }

func sameCloud(a, b string) bool {
	if a == "" {
		a = "PRODUCTION"
	}
	if b == "" {
		b = "PRODUCTION"
	}
	return strings.EqualFold(a, b)
}
