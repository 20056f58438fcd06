package tui

import (
	"errors"
	"fmt"
	"slices"

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
		return fmt.Sprintf("%s is managed by Zscaler: the API refuses to change it. %s makes a new key like it.", called(k.Name), m.keymap.of("new-like"))
	}
	return ""
}

func (m *Model) openEdit() tea.Cmd {
	if len(m.keys.marks) > 0 {
		return m.openBulk()
	}
	k, _ := m.keys.current()
	m.keys.took()
	look := m.formLook(k)
	m.open, m.edit = editOpen, editDialog{seen: k, look: look, form: editForm(k, look)}
	return nil
}

// wanted returns the key as the form says that it is to be.
func (d *editDialog) wanted() client.Key {
	k := filled(d.seen, d.form, d.look.now)
	if limit, err := newLimit(d.form.Value(maxUsesField), d.seen); err == nil {
		k.MaxUses = limit
	}
	return k
}

// press hands a key to the form. A conflict is decided by y: an enter may be a held
// one, or a second one that was meant for the form.
func (d *editDialog) press(key tea.KeyPressMsg) form.Result {
	pressed := key.String()
	switch {
	case d.conflict.there() && pressed == "enter":
		return form.Editing
	case d.conflict.there() && pressed == "y" && !d.sending:
		return form.Submitted
	}
	return d.update(key, pressed == "esc")
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
	case result == form.Cancelled && d.conflict.there() && !d.sending:
		return m.leaveConflict()
	case result == form.Submitted && d.conflict.there():
		return m.decided()
	case result == form.Cancelled:
		return m.leaveEdit()
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

// closeEdit drops everything that the dialog held.
func (m *Model) closeEdit() {
	m.edit = editDialog{}
	m.closeDialog()
}

// leaveEdit closes the dialog; what is being sent goes on.
func (m *Model) leaveEdit() tea.Cmd {
	sending, name := m.edit.sending, called(m.edit.seen.Name)
	m.closeEdit()
	if !sending {
		return nil
	}
	return m.say(toneInfo, "The change of "+name+" is still being sent.")
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
			m.closeEdit()
		}
		undone, done := m.wroteKey(msg.updated)
		return tea.Batch(done, m.say(toneGood, join(editedWords(called(msg.updated.Before.Name), msg.updated, m.now), undone)))
	case errors.As(msg.err, &conflict) && there:
		m.takeIn(conflict.Now)
		m.edit.conflict = m.newConflict(conflict)
		return nil
	case there && (errors.Is(msg.err, client.ErrNotFound) || errors.As(msg.err, &unconfirmed)):
		m.closeEdit()
	case there:
		field, _ := client.FieldOf(msg.err)
		m.edit.form.SetError(string(field), failure(msg.err))
		return m.effects.readAgain(m.ctx, msg.seen)
	}
	return m.changeFailed(msg.seen, "changed", msg.err)
}

// wroteKey takes in a change that was made and has it recorded. For some time it can
// be undone, and words says so; nothing older can be.
func (m *Model) wroteKey(u client.Updated) (words string, done tea.Cmd) {
	m.takeIn(u.After)
	m.follow(u.After)
	m.undo = undo{}
	if !u.Taken().IsZero() {
		m.undo = undo{u.WithoutTexts(), m.now.Add(undoFor)}
		words = m.keymap.of("undo") + " undoes it for 30 s."
	}
	return words, m.recordEdit(u)
}

// follow takes over what is known anew of the key in an open dialog, so that
// one's own change is no conflict later.
func (m *Model) follow(k client.Key) {
	if d := &m.edit; m.open == editOpen && !d.sending && !d.conflict.there() && d.seen.Ref() == k.Ref() {
		d.rebase(k)
	}
}

// compare looks whether somebody else changed the key that is being edited: that is
// shown as the conflict it is. Uses and times are taken over.
func (m *Model) compare(now client.Key) {
	d := &m.edit
	if m.open != editOpen || d.sending || d.conflict.there() || d.seen.Ref() != now.Ref() {
		return
	}
	if fields := client.Conflicts(d.seen, now); len(fields) > 0 {
		d.conflict = m.newConflict(&client.ConflictError{Fields: fields, Now: now})
		return
	}
	d.rebase(now)
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
		keys = busyLine(w, th, "sending… esc leaves it to finish by itself")
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
