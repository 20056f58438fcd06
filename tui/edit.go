package tui

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/form"
	"provkeys/tui/style"
)

// editDialog changes one key.
type editDialog struct {
	seen     client.Key // as it is shown; what the server holds is compared with it
	look     formLook
	form     form.Form
	sending  bool
	gen      int      // of the change that is under way
	conflict conflict // what somebody else changed meanwhile, while that is being decided
}

func (m *Model) whyNoEdit() string {
	if len(m.keys.marks) > 0 {
		return ""
	}
	return m.whyNoOneEdit()
}

// whyNoOneEdit says why the key under the cursor cannot be changed.
func (m *Model) whyNoOneEdit() string {
	if why := m.whyNoKey(); why != "" {
		return why
	}
	if k, _ := m.keys.current(); k.Managed() {
		return fmt.Sprintf("%s is managed by Zscaler: the API refuses to change it. N makes a new key like it.", called(k.Name))
	}
	return ""
}

func (m *Model) openEdit() tea.Cmd {
	if len(m.keys.marks) > 0 {
		return m.openBulk()
	}
	k, _ := m.keys.current()
	m.took()
	look := m.formLook(k)
	m.open, m.edit = editOpen, editDialog{seen: k, look: look, form: editForm(k, look)}
	return nil
}

// formLook returns what a form for the key depends on.
func (m *Model) formLook(k client.Key) formLook {
	keys := m.tenantKeys()
	names := map[string]bool{}
	for _, other := range keys {
		if other.Kind == k.Kind && other.ID != k.ID {
			names[other.Name] = true
		}
	}
	return formLook{now: m.now, certificates: client.UsableCertificates(k.Kind, m.certificates, keys, m.now), names: names}
}

// editForm begins with an empty field for the limit: it is what mostly changes.
func editForm(k client.Key, l formLook) form.Form {
	fields := []form.Field{{
		Name:      maxUsesField,
		Label:     fmt.Sprintf("max uses now %d, used %d →", k.MaxUses, k.Uses),
		Hint:      "15 sets it, +5 adds to it",
		CharLimit: 11,
		Check: func(text string) (string, error) {
			if strings.TrimSpace(text) == "" {
				return "", nil // it stays
			}
			limit, err := newLimit(text, k)
			if err != nil {
				return "", err
			}
			return fmt.Sprintf("%d · %d left", limit, limit-k.Uses), nil
		},
	}}
	shared := keyFields(k, l)
	fields = append(append(fields, shared[:2]...), enabledFormField(k))
	return form.New(append(fields, shared[2:]...)...)
}

func enabledFormField(k client.Key) form.Field {
	return form.Field{
		Name: enabledField, Label: enabledField, Value: yesNo(k.Enabled), Switch: true,
		Options: []form.Option{{Value: yes, Label: yes}, {Value: no, Label: no}},
		Check: func(text string) (string, error) {
			if text == no {
				return "it enrols nobody", nil
			}
			return "", nil
		},
	}
}

// newLimit reads "15" as the limit itself and "+5" as so many more.
func newLimit(text string, k client.Key) (int64, error) {
	text = strings.TrimSpace(text)
	digits, relative := strings.CutPrefix(text, "+")
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 0 || strings.HasPrefix(digits, "+") {
		return 0, errors.New("type a number: 15 sets it, +5 adds to it")
	}
	if relative {
		if n > client.MaxMaxUses {
			return 0, client.CheckMaxUses(n, k.Uses)
		}
		n += k.MaxUses
	}
	return n, client.CheckMaxUses(n, k.Uses)
}

// wanted returns the key as the form says that it is to be.
func (d *editDialog) wanted() client.Key {
	k := filled(d.seen, d.form, d.look.now)
	if limit, err := newLimit(d.form.Value(maxUsesField), d.seen); err == nil {
		k.MaxUses = limit
	}
	return k
}

func (d *editDialog) press(key tea.KeyPressMsg) form.Result {
	return d.update(key, key.String() == "esc")
}

func (d *editDialog) paste(msg tea.PasteMsg) { d.update(msg, false) }

// update hands a key or a paste to what is being filled in.
func (d *editDialog) update(msg tea.Msg, esc bool) form.Result {
	if d.sending && !esc {
		return form.Editing
	}
	var result form.Result
	if d.conflict.there() {
		d.conflict.form, result = d.conflict.form.Update(msg)
	} else {
		d.form, result = d.form.Update(msg)
	}
	return result
}

// afterEdit sends what was typed. A dialog closed while it sends is told of in
// a toast later.
func (m *Model) afterEdit(result form.Result) tea.Cmd {
	d := &m.edit
	switch {
	case result == form.Cancelled && d.conflict.there():
		return m.leaveConflict()
	case result == form.Cancelled:
		m.closeDialog()
		if d.sending {
			return m.say(toneInfo, "The change of "+called(d.seen.Name)+" is still being sent.")
		}
	case result == form.Submitted && d.conflict.there():
		return m.decided()
	case result == form.Submitted:
		change := client.Difference(d.seen, d.wanted())
		if change.IsZero() {
			d.form.SetError(d.form.Focused(), "nothing is changed yet: type a number (15 sets max uses, +5 adds to it), or change another field")
			return nil
		}
		return m.sendEdit(change)
	}
	return nil
}

func (m *Model) sendEdit(change client.Change) tea.Cmd {
	d := &m.edit
	m.edits++
	d.sending, d.gen = true, m.edits
	m.sends(d.seen.Name)
	// A change is never cancelled by what comes after it.
	return m.effects.changeKey(m.ctx, d.gen, d.seen, change)
}

// edited shows what became of a change: in the dialog if it is still there.
func (m *Model) edited(msg keyEditedMsg) tea.Cmd {
	m.heard(msg.seen.Name)
	there := m.open == editOpen && m.edit.gen == msg.gen
	if there {
		m.edit.sending = false
	}
	var conflict *client.ConflictError
	var unconfirmed *client.UnconfirmedError
	switch {
	case msg.err == nil:
		if there {
			m.closeDialog()
		}
		return m.changed(msg.updated, "")
	case errors.As(msg.err, &conflict) && there:
		m.takeIn(conflict.Now)
		m.edit.conflict = m.newConflict(conflict)
		return nil
	case there && (errors.Is(msg.err, client.ErrNotFound) || errors.As(msg.err, &unconfirmed)):
		m.closeDialog()
	case there:
		field, _ := client.FieldOf(msg.err)
		m.edit.form.SetError(string(field), failure(msg.err))
		return m.effects.readAgain(m.ctx, msg.seen)
	}
	return m.changeFailed(msg.seen, "changed", msg.err)
}

// changed takes in a change that was made, and says so. For some time it can be
// undone; also is what else is to be said of it.
func (m *Model) changed(u client.Updated, also string) tea.Cmd {
	m.takeIn(u.After)
	m.follow(u.After)
	words := join(editedWords(called(u.Before.Name), u, m.now), also)
	if m.mayUndo(u) {
		words += " u undoes it for 30 s."
	}
	return tea.Batch(m.recordEdit(u), m.say(toneGood, words))
}

// follow takes over what is known anew of the key in an open dialog, so that
// one's own change is no conflict later.
func (m *Model) follow(k client.Key) {
	if d := &m.edit; m.open == editOpen && !d.sending && !d.conflict.there() && d.seen.Ref() == k.Ref() {
		d.rebase(k)
	}
}

// rebase goes on from another state of the key; what was typed stays.
func (d *editDialog) rebase(k client.Key) {
	fresh := editForm(k, d.look)
	for _, name := range d.form.Names() {
		if d.form.Changed(name) {
			fresh = fresh.Fill(name, d.form.Value(name))
		}
	}
	fresh = fresh.Focus(d.form.Focused())
	if refused := d.form.Error(d.form.Focused()); refused != "" {
		fresh.SetError(d.form.Focused(), refused)
	}
	d.seen, d.form = k, fresh
}

// view draws the dialog in at most h lines.
func (d *editDialog) view(w, h int, th style.Theme) []string {
	if d.conflict.there() {
		return d.conflict.view(w, h, d.sending, th)
	}
	keys := keysLine(w, th, "enter", "save", "esc", "cancel", "tab", "next field", "space", "switches")
	if d.sending {
		keys = th.Faint.Render(style.Truncate("sending… esc leaves it to finish by itself", w))
	}
	return overKeys(d.form.View(w, max(h-2, 1), th), keys, h)
}

// sends remembers that a change of a key is under way.
func (m *Model) sends(name string) { m.sending = append(m.sending, name) }

// heard forgets it again: the answer came.
func (m *Model) heard(name string) {
	if i := slices.Index(m.sending, name); i >= 0 {
		m.sending = slices.Delete(m.sending, i, i+1)
	}
}

// changeFailed says what is known of a change that did not end well, and shows
// the key as it is now.
func (m *Model) changeFailed(seen client.Key, done string, err error) tea.Cmd {
	name := called(seen.Name)
	var unconfirmed *client.UnconfirmedError
	switch {
	case errors.Is(err, client.ErrNotFound):
		m.forget(seen)
		return m.say(toneBad, fmt.Sprintf("%s was not %s: it is gone, somebody deleted it.", name, done))
	case errors.As(err, &unconfirmed):
		return tea.Batch(m.effects.readAgain(m.ctx, seen),
			m.say(toneBad, fmt.Sprintf("%s may have been %s: the change was sent, and nobody could confirm it. Look at what it shows now. %s", name, done, failure(unconfirmed.Err))))
	}
	return tea.Batch(m.effects.readAgain(m.ctx, seen), m.say(toneBad, fmt.Sprintf("%s was not %s: %s", name, done, failure(err))))
}
