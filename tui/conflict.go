package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/form"
	"provkeys/tui/style"
)

// conflict is what somebody else changed while a change was being typed: a switch
// for each field, between what was wanted here and what the server holds. The zero
// value is none.
type conflict struct {
	fields []client.FieldConflict
	seen   client.Key // as it was shown
	wanted client.Key // as it was to be
	now    client.Key // as the server holds it
	form   form.Form
}

const (
	mine   = "mine"
	theirs = "theirs"
)

func (c *conflict) there() bool { return len(c.fields) > 0 }

// newConflict begins with one's own values where one wanted a change, and with
// theirs elsewhere.
func (m *Model) newConflict(err *client.ConflictError) conflict {
	d := &m.edit
	c := conflict{fields: err.Fields, seen: d.seen, wanted: d.wanted(), now: err.Now}
	own := client.Conflicts(d.seen, c.wanted)
	var fields []form.Field
	for _, f := range err.Fields {
		value := theirs
		for _, o := range own {
			if o.Field == f.Field {
				value = mine
			}
		}
		was := fmt.Sprintf("was %s, is now %s", m.shownValue(c.seen, f.Field), m.shownValue(c.now, f.Field))
		fields = append(fields, form.Field{
			Name: string(f.Field), Label: string(f.Field), Value: value, Switch: true,
			Options: []form.Option{
				{Value: mine, Label: "keep mine: " + style.Truncate(m.shownValue(c.wanted, f.Field), toastCells)},
				{Value: theirs, Label: "take theirs: " + style.Truncate(m.shownValue(c.now, f.Field), toastCells)},
			},
			Check: func(string) (string, error) { return was, nil },
		})
	}
	c.form = form.New(fields...)
	return c
}

// shownValue returns a key's field for a person.
func (m *Model) shownValue(k client.Key, f client.Field) string {
	text := fieldText(k, f, m.now)
	if f == client.FieldCertificate {
		text = m.certificateName(k.CertificateID, k.Certificate)
	}
	return style.Sanitize(text)
}

// certificateName returns the name of a certificate, or what is known instead.
func (m *Model) certificateName(id client.ID, otherwise string) string {
	for _, c := range m.certificates {
		if c.ID == id {
			return c.Name
		}
	}
	return otherwise
}

// resolved returns the key as it was decided: the fields in conflict as they were
// chosen, the others as they are wanted here.
func (c *conflict) resolved() client.Key {
	k := client.Difference(c.seen, c.wanted).Applied(c.now)
	for _, f := range c.fields {
		source := c.wanted
		if c.form.Value(string(f.Field)) == theirs {
			source = c.now
		}
		k = withField(k, source, f.Field)
	}
	return k
}

// decided sends what is left to change after the conflict was decided.
func (m *Model) decided() tea.Cmd {
	d := &m.edit
	now, wanted := d.conflict.now, d.conflict.resolved()
	d.goOnFrom(now, wanted)
	if change := client.Difference(now, wanted); !change.IsZero() {
		return m.sendEdit(change)
	}
	m.closeEdit()
	return m.say(toneInfo, "Nothing was sent: "+called(now.Name)+" stays as they made it.")
}

// leaveConflict goes back to the form, which goes on from what the server holds
// with what was typed.
func (m *Model) leaveConflict() tea.Cmd {
	d := &m.edit
	d.goOnFrom(d.conflict.now, client.Difference(d.conflict.seen, d.conflict.wanted).Applied(d.conflict.now))
	return nil
}

// goOnFrom fills the form anew: with the key as it is now, and over it what is
// wanted.
func (d *editDialog) goOnFrom(now, wanted client.Key) {
	fresh := editForm(now, d.look)
	for _, f := range client.Conflicts(now, wanted) {
		fresh = fresh.Fill(string(f.Field), fieldText(wanted, f.Field, d.look.now))
	}
	d.seen, d.form, d.conflict = now, fresh.Focus(d.form.Focused()), conflict{}
}

// view draws the switches below what they are about.
func (c *conflict) view(w, h int, sending bool, th style.Theme) []string {
	keys := keysLine(w, th, "y", "send", "esc", "back to the form", "space", "switch", th.Glyphs.Arrows(), "field")
	if sending {
		keys = busyLine(w, th, "sending… esc leaves it to finish by itself")
	}
	head := []string{th.ToastBad.Render(style.Truncate("Not sent: it was changed elsewhere meanwhile.", w)), ""}
	if h < 6 {
		head = nil
	}
	return overKeys(append(head, c.form.View(w, max(h-2-len(head), 1), th)...), keys, h)
}

// withField returns k with one field of another.
func withField(k, from client.Key, f client.Field) client.Key {
	switch f {
	case client.FieldName:
		k.Name = from.Name
	case client.FieldMaxUses:
		k.MaxUses = from.MaxUses
	case client.FieldEnabled:
		k.Enabled = from.Enabled
	case client.FieldExportable:
		k.Exportable = from.Exportable
	case client.FieldCertificate:
		k.CertificateID = from.CertificateID
	case client.FieldExpires:
		k.Expires = from.Expires
	case client.FieldAllowedAddresses:
		k.AllowedAddresses = from.AllowedAddresses
	}
	return k
}
