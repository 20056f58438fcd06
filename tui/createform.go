package tui

import (
	"fmt"
	"slices"
	"strings"

	"provkeys/client"
	"provkeys/tui/form"
)

// usableFirst puts the certificate of the key that a new one is like first, if it
// can still sign.
func usableFirst(certificates []client.Certificate, id client.ID) []client.Certificate {
	at := slices.IndexFunc(certificates, func(c client.Certificate) bool { return c.ID == id })
	if at <= 0 {
		return certificates
	}
	one := certificates[at]
	return append([]client.Certificate{one}, slices.Delete(slices.Clone(certificates), at, at+1)...)
}

// createForm asks for everything that a new key has.
func createForm(d *createDialog) form.Form {
	like := d.like
	fields := []form.Field{groupFormField(d)}
	if d.free {
		fields = append(fields, form.Field{
			Name: groupIDField, Label: "or its id", CharLimit: 20, Hint: "digits; it goes before the list",
			Check: func(text string) (string, error) {
				if strings.Trim(text, "0123456789") != "" {
					return "", problem("an id has digits alone")
				}
				return "", nil
			},
		})
	}
	limit := ""
	if like.MaxUses > 0 {
		limit = fmt.Sprint(like.MaxUses)
	}
	shared := keyFields(like, d.look)
	fields = append(fields, shared[0], form.Field{
		Name: maxUsesField, Label: maxUsesField, Value: limit, CharLimit: 10, Hint: "how often it may be used",
		Check: func(text string) (string, error) {
			n, err := parseCount(text)
			return fmt.Sprintf("%d may enrol", n), err
		},
	})
	f := form.New(append(fields, shared[1:]...)...)
	if d.like.Name != "" {
		f = f.Focus(nameField)
	}
	return f
}

// groupFormField offers the groups.
func groupFormField(d *createDialog) form.Field {
	f := form.Field{Name: groupField, Label: groupField, Value: string(d.like.GroupID), Hint: "a new connector joins it"}
	groups := slices.SortedStableFunc(slices.Values(d.groups), func(a, b client.Group) int {
		return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	for _, g := range groups {
		label := g.Name
		if !g.Enabled {
			label += ", disabled"
		}
		f.Options = append(f.Options, form.Option{Value: string(g.ID), Label: label})
	}
	if d.free {
		f.Options = append(f.Options, form.Option{Value: "", Label: "another, by its id"})
	}
	if len(f.Options) == 0 {
		f.Options = []form.Option{{Label: "none", Why: "there is no group of this kind: make one in the admin portal first"}}
	}
	return f
}

// wanted returns the key as the form says that it is to be.
func (d *createDialog) wanted() client.NewKey {
	k := filled(d.like, d.form, d.look.now)
	n := client.NewKey{
		Kind: k.Kind, Name: k.Name, CertificateID: k.CertificateID, GroupID: client.ID(d.form.Value(groupField)),
		Hidden: !k.Exportable, Expires: k.Expires, AllowedAddresses: k.AllowedAddresses, MicrotenantID: k.MicrotenantID,
	}
	if id := d.form.Value(groupIDField); id != "" {
		n.GroupID = client.ID(id)
	}
	// Checked before: what is no number was never submitted.
	n.MaxUses, _ = parseCount(d.form.Value(maxUsesField))
	return n
}

// groupName returns the name of a group, or its id where it has none here.
func (d *createDialog) groupName(id client.ID) string {
	for _, g := range d.groups {
		if g.ID == id {
			return g.Name
		}
	}
	return "id " + string(id)
}
