package tui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/tui/form"
)

// The fields of the form by which a key is created and edited. Those that a change
// may be refused for bear the client's names, so that an error finds its field.
const (
	nameField        = string(client.FieldName)
	maxUsesField     = string(client.FieldMaxUses)
	enabledField     = string(client.FieldEnabled)
	exportableField  = string(client.FieldExportable)
	certificateField = string(client.FieldCertificate)
	expiryField      = string(client.FieldExpires)
	addressesField   = string(client.FieldAllowedAddresses)
	groupField       = string(client.FieldGroup)
	groupIDField     = "group id" // of a group that no list has
)

const (
	yes = "yes"
	no  = "no"
)

func yesNo(v bool) string {
	if v {
		return yes
	}
	return no
}

// formLook is what the form's fields depend on besides the key.
type formLook struct {
	now          time.Time
	certificates []client.Certificate // that can sign for the key, the default first
	names        map[string]bool      // that other keys of its kind have
}

// keyFields are the fields that a new key and an old one share.
func keyFields(k client.Key, l formLook) []form.Field {
	return []form.Field{
		nameFormField(k, l),
		{Name: certificateField, Label: certificateField, Value: string(k.CertificateID), Options: certificateOptions(k, l)},
		exportableFormField(k),
		{
			Name: expiryField, Label: expiryField, Value: expiryText(k.Expires, l.now), Hint: "never, 2027-01-31, 30d",
			Check: func(text string) (string, error) {
				t, err := client.ParseExpiry(text, l.now)
				if err != nil && text == expiryText(k.Expires, l.now) {
					return "", nil // it is over already, and may stay so
				}
				return expiryNote(t, l.now), said(err)
			},
		},
		{
			Name: addressesField, Label: addressesField, Value: addressesText(k), Hint: "none, or 192.0.2.7, 198.51.100.0/24",
			Check: func(text string) (string, error) {
				_, err := client.ParseAddresses(text)
				if text == addressesText(k) {
					err = nil
				}
				return "", said(err)
			},
		},
	}
}

// nameFormField warns of a name that another key has. The portal's rule holds for
// new names alone.
func nameFormField(k client.Key, l formLook) form.Field {
	return form.Field{
		Name: nameField, Label: nameField, Value: k.Name, CharLimit: 255, Hint: "what it enrols is called NAME-1, NAME-2…",
		Check: func(text string) (string, error) {
			switch {
			case text == k.Name && k.ID != "":
				return "", nil
			case client.CheckName(text) != nil:
				return "", said(client.CheckName(text))
			case l.names[text]:
				return "another key has this name, and so would its connectors", nil
			}
			return "", nil
		},
	}
}

// exportableFormField warns before a switch that nobody can turn back.
func exportableFormField(k client.Key) form.Field {
	f := form.Field{
		Name: exportableField, Label: exportableField, Value: yesNo(k.Exportable), Switch: true,
		Options: []form.Option{{Value: yes, Label: yes}, {Value: no, Label: no}},
		Check: func(text string) (string, error) {
			switch {
			case text == yes:
				return "", nil
			case k.ID == "":
				return "hidden: its text shows once, right after it is made", nil
			case k.Exportable:
				return "hides the text for good: it cannot be turned on again", nil
			}
			return "hidden for good", nil
		},
	}
	if k.ID != "" && !k.Exportable {
		f.Options[0].Why = "exportable cannot be turned on again"
	}
	return f
}

// said returns an error of the client as it stands beside its own field.
func said(err error) error {
	var own *client.FieldError
	if errors.As(err, &own) {
		return problem(own.Problem)
	}
	return err
}

// problem is what is wrong with a field, without the field's name.
type problem string

func (p problem) Error() string { return string(p) }

// certificateOptions offers what can sign, and before it what signs now, be it fit
// or not.
func certificateOptions(k client.Key, l formLook) []form.Option {
	var options []form.Option
	for _, c := range l.certificates {
		options = append(options, form.Option{Value: string(c.ID), Label: certificateLabel(c, l.now)})
	}
	present := func(o form.Option) bool { return o.Value == string(k.CertificateID) }
	if k.CertificateID != "" && !slices.ContainsFunc(options, present) {
		name := k.Certificate
		if name == "" {
			name = "certificate " + string(k.CertificateID)
		}
		options = append([]form.Option{{Value: string(k.CertificateID), Label: name + ", as it is now"}}, options...)
	}
	return options
}

func certificateLabel(c client.Certificate, now time.Time) string {
	if c.ValidTo.IsZero() {
		return c.Name + ", end not known"
	}
	return fmt.Sprintf("%s, until %s (%dd)", c.Name, c.ValidTo.In(now.Location()).Format(datePlain), days(now, c.ValidTo))
}

func expiryText(t, now time.Time) string {
	if t.IsZero() {
		return "never"
	}
	if t.Second() != 0 { // a day ends a second before the next
		return t.In(now.Location()).Format("2006-01-02 15:04:05")
	}
	return moment(t, now)
}

func expiryNote(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	return moment(t, now) + ", in " + span(t.Sub(now.Truncate(time.Second)))
}

func addressesText(k client.Key) string {
	if len(k.AllowedAddresses) == 0 {
		return "none"
	}
	return strings.Join(k.AllowedAddresses, ", ")
}

// parseCount reads a number of uses; a plus before it says nothing here.
func parseCount(text string) (int64, error) {
	n, err := strconv.ParseInt(strings.TrimPrefix(strings.TrimSpace(text), "+"), 10, 64)
	if err != nil || n < 1 || n > client.MaxMaxUses {
		return n, fmt.Errorf("type a number from 1 to %d", client.MaxMaxUses)
	}
	return n, nil
}

// filled returns the key with what the form says. Fields that were not touched keep
// what they have, to the second and the byte; every check has passed.
func filled(k client.Key, f form.Form, now time.Time) client.Key {
	if f.Changed(nameField) {
		k.Name = strings.TrimSpace(f.Value(nameField))
	}
	if f.Changed(certificateField) {
		k.CertificateID = client.ID(f.Value(certificateField))
	}
	if f.Changed(exportableField) {
		k.Exportable = f.Value(exportableField) == yes
	}
	if f.Changed(enabledField) {
		k.Enabled = f.Value(enabledField) == yes
	}
	if f.Changed(expiryField) {
		// Checked before: what cannot be read was never submitted.
		k.Expires, _ = client.ParseExpiry(f.Value(expiryField), now)
	}
	if f.Changed(addressesField) {
		k.AllowedAddresses, _ = client.ParseAddresses(f.Value(addressesField))
	}
	return k
}

// fieldText returns a key's field as the form writes it.
func fieldText(k client.Key, f client.Field, now time.Time) string {
	switch f {
	case client.FieldName:
		return k.Name
	case client.FieldMaxUses:
		return fmt.Sprint(k.MaxUses)
	case client.FieldEnabled:
		return yesNo(k.Enabled)
	case client.FieldExportable:
		return yesNo(k.Exportable)
	case client.FieldCertificate:
		return string(k.CertificateID)
	case client.FieldExpires:
		return expiryText(k.Expires, now)
	case client.FieldAllowedAddresses:
		return addressesText(k)
	}
	return ""
}
