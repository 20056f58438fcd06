package config

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// profile chooses where the credentials come from and returns them whole from
// there: a profile that was asked for, a complete set of the vendor's
// variables, the file's own choice, and last the vendor's file.
func (l *loader) profile(ctx context.Context) (Profile, error) {
	if l.over.profile.value != "" {
		return l.fromFile(ctx, l.over.profile.value, l.over.profile.name)
	}
	p, ok, err := fromVariables(l.env, l.over)
	if err != nil {
		return Profile{}, err
	}
	if ok {
		l.fromEnvironment = true
		l.overlooked = overlooked(p, l.env, l.over)
		return l.finish(p, false, "")
	}
	name, err := l.file.choice()
	if err != nil {
		return Profile{}, err
	}
	if name == "" {
		return l.fromVendorFile()
	}
	if p, err = l.fromFile(ctx, name, "profile in "+l.file.path); err != nil {
		return Profile{}, err
	}
	return p, l.contradicted(p)
}

// fromFile returns a profile of the configuration file; asked is the setting
// that named it.
func (l *loader) fromFile(ctx context.Context, name, asked string) (Profile, error) {
	e, ok := l.file.document.Profiles[name]
	if !ok {
		have := "there is no profile in " + l.file.where()
		if names := l.file.names(); len(names) > 0 {
			have = l.file.where() + " has " + strings.Join(names, ", ")
		}
		return Profile{}, usage(have, "%s names %q, which is no profile", asked, name)
	}
	p, err := e.resolve(ctx, name, l.file, l.env)
	if err != nil {
		return Profile{}, err
	}
	if p.Colour = string(e.Colour); p.Colour != "" && !slices.Contains(Colours(), p.Colour) {
		return Profile{}, usage("use one of "+strings.Join(Colours(), ", "), "colour of %s is not one of its words", p.Source)
	}
	if e.View != "" {
		l.startWith(string(e.View), p.Source)
	}
	return l.finish(p, true, "write it into that profile instead, or add another profile")
}

// startWith takes the view of a profile, which goes before the file's own.
func (l *loader) startWith(view, source string) {
	l.settings.View = view
	for i := range l.facts {
		if l.facts[i].Name == "view" {
			l.facts[i] = Fact{"view", view, source}
		}
	}
}

func (l *loader) fromVendorFile() (Profile, error) {
	legacyOnly, err := boolean(l.env, forceLegacy)
	if err != nil {
		return Profile{}, err
	}
	// That file holds a OneAPI client and nothing else.
	if legacyOnly {
		return Profile{}, l.nothing()
	}
	p, ok, err := readVendorFile(l.env)
	if err != nil {
		return Profile{}, err
	}
	if !ok {
		return Profile{}, l.nothing()
	}
	// The vendor's own SDKs let these two stand beside the file.
	beside := newVariables(l.env)
	customer, err := beside.customer()
	if err != nil {
		return Profile{}, err
	}
	p.CustomerID = either(customer, setting{value: p.CustomerID}).value
	p.Microtenant = either(beside.microtenant, setting{value: p.Microtenant}).value
	p, err = l.finish(p, true, "make a profile in "+l.file.where()+" with that address and these credentials")
	if err != nil {
		return Profile{}, err
	}
	return p, l.contradicted(p)
}

// finish lays the overrides over a profile and checks that it can be used.
func (l *loader) finish(p Profile, stored bool, where string) (Profile, error) {
	if err := l.over.apply(&p, stored, where, l.env); err != nil {
		return Profile{}, err
	}
	switch {
	case p.CustomerID == "":
		return Profile{}, usage("give the tenant's customer id there, or with --customer-id", "%s has no customer id", p.Source)
	case !digits(p.CustomerID):
		return Profile{}, usage("write it as the admin portal shows it, as in 216196257331281920", "the customer id of %s is not a row of digits", p.Source)
	case p.Microtenant != "" && !digits(p.Microtenant):
		return Profile{}, usage("give the microtenant's id, or 0 for the Default one", "the microtenant of %s is not a row of digits", p.Source)
	}
	if _, err := p.Address.Endpoints(p.Door); err != nil {
		return Profile{}, usage("correct "+l.over.addressed(), "%s: %v", p.Source, err)
	}
	return p, nil
}

// contradicted refuses a profile of a file when one of the vendor's variables,
// set without credentials, names another tenant or address: whoever set it
// expects it to count, and it cannot without moving stored credentials.
func (l *loader) contradicted(p Profile) error {
	for _, c := range newVariables(l.env).claims(p, l.over) {
		if !c.same {
			fix := "unset it"
			if p.Name != "" {
				fix = fmt.Sprintf("unset it, or choose with --profile %s, which ignores it", p.Name)
			}
			return usage(fix, "%s says something else than %s", c.name, p.Source)
		}
	}
	return nil
}

func (l *loader) nothing() error {
	return &UsageError{
		Problem: "no profile and no credentials",
		Fix: "set ZPA_CLIENT_ID, ZPA_CLIENT_SECRET and ZPA_CUSTOMER_ID (for OneAPI: ZSCALER_CLIENT_ID, ZSCALER_CLIENT_SECRET, " +
			"ZSCALER_VANITY_DOMAIN and ZPA_CUSTOMER_ID), or make a profile in " + l.file.where() + " with `provkeys profile add NAME`; `provkeys demo` needs neither",
		cause: ErrNoProfile,
	}
}

func digits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
