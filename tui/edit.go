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

// maxUsesField names the field of the edit dialog.
const maxUsesField = "max uses"

// editDialog changes the max uses of one key.
type editDialog struct {
	seen     client.Key // as it is shown; what the server holds is compared with it
	form     form.Form
	sending  bool
	gen      int      // of the change that is under way
	conflict []string // what somebody else changed, since the dialog opened
}

func (m *Model) whyNoEdit() string {
	if why := m.whyNoKey(); why != "" {
		return why
	}
	if k, _ := m.keys.current(); k.Managed() {
		return fmt.Sprintf("%s is managed by Zscaler: the API refuses to change it.", called(k.Name))
	}
	return ""
}

func (m *Model) openEdit() tea.Cmd {
	k, _ := m.keys.current()
	m.open, m.edit = editOpen, editDialog{seen: k, form: maxUsesForm(k)}
	return nil
}

func maxUsesForm(k client.Key) form.Form {
	return form.New(form.Field{
		Name:      maxUsesField,
		Label:     fmt.Sprintf("now %d, used %d →", k.MaxUses, k.Uses),
		Hint:      "15 sets it, +5 adds to it",
		CharLimit: 11,
		Check: func(text string) (string, error) {
			limit, err := newLimit(text, k)
			if err != nil {
				return "", err
			}
			return fmt.Sprintf("%d · %d left", limit, limit-k.Uses), nil
		},
	})
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

func (d *editDialog) press(key tea.KeyPressMsg) form.Result {
	if d.sending && key.String() != "esc" {
		return form.Editing
	}
	var result form.Result
	d.form, result = d.form.Update(key)
	return result
}

func (d *editDialog) paste(msg tea.PasteMsg) {
	if !d.sending {
		d.form, _ = d.form.Update(msg)
	}
}

// afterEdit sends what was typed. A dialog closed while it sends is told of in
// a toast later.
func (m *Model) afterEdit(result form.Result) tea.Cmd {
	d := &m.edit
	switch result {
	case form.Cancelled:
		m.open = noDialog
		if d.sending {
			return m.say(toneInfo, "The change of "+called(d.seen.Name)+" is still being sent.")
		}
	case form.Submitted:
		limit, err := newLimit(d.form.Value(maxUsesField), d.seen)
		if err != nil {
			d.form.SetError(maxUsesField, err.Error())
			return nil
		}
		m.edits++
		d.sending, d.conflict, d.gen = true, nil, m.edits
		m.sends(d.seen.Name)
		// A change is never cancelled by what comes after it.
		return m.effects.changeMaxUses(m.ctx, d.gen, d.seen, limit)
	}
	return nil
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
			m.open = noDialog
		}
		m.takeIn(msg.updated.After)
		m.follow(msg.updated.After)
		return tea.Batch(m.recordLimit(msg.updated), m.say(toneGood, editedWords(called(msg.seen.Name), msg.updated)))
	case errors.As(msg.err, &conflict) && there:
		m.takeIn(conflict.Now)
		m.edit.rebase(conflict)
		return nil
	case there && (errors.Is(msg.err, client.ErrNotFound) || errors.As(msg.err, &unconfirmed)):
		m.open = noDialog
	case there:
		m.edit.form.SetError(maxUsesField, failure(msg.err))
		return m.effects.readAgain(m.ctx, msg.seen)
	}
	return m.changeFailed(msg.seen, "changed", msg.err)
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

func editedWords(name string, u client.Updated) string {
	if u.Before.MaxUses == u.After.MaxUses {
		return fmt.Sprintf("%s: max uses is %d already (%d left).", name, u.After.MaxUses, u.After.Left())
	}
	return fmt.Sprintf("%s: max uses %d → %d (%d left).", name, u.Before.MaxUses, u.After.MaxUses, u.After.Left())
}

// rebase shows the conflict and goes on from what the server holds; what was
// typed stays.
func (d *editDialog) rebase(conflict *client.ConflictError) {
	d.conflict = conflictWords(conflict.Fields)
	d.goOnFrom(conflict.Now)
}

// follow takes over what is known anew of the key in an open dialog, so that
// one's own change is no conflict later.
func (m *Model) follow(k client.Key) {
	if d := &m.edit; m.open == editOpen && !d.sending && d.seen.Ref() == k.Ref() {
		d.goOnFrom(k)
	}
}

func (d *editDialog) goOnFrom(k client.Key) {
	typed, refused := d.form.Value(maxUsesField), d.form.Error(maxUsesField)
	d.seen, d.form = k, maxUsesForm(k)
	if typed != "" {
		// Typed again, so that its result stands beside it.
		d.form, _ = d.form.Update(tea.PasteMsg{Content: typed})
	}
	if refused != "" {
		d.form.SetError(maxUsesField, refused)
	}
}

// view draws the dialog in at most h lines. Where they are few, the field and
// the keys go before what the conflict is about.
func (d *editDialog) view(w, h int, th style.Theme) []string {
	keys := keysLine(w, th, "enter", "save", "esc", "cancel")
	switch {
	case d.sending:
		keys = th.Faint.Render(style.Truncate("sending… esc leaves it to finish by itself", w))
	case len(d.conflict) > 0:
		keys = keysLine(w, th, "enter", "save over that", "esc", "leave it as it is now")
	}
	fields := d.form.View(w, max(h-2, 1), th)
	lines := d.conflictLines(w, h-len(fields)-3, th)
	lines = append(lines, fields...)
	return append(lines, "", keys)
}

func (d *editDialog) conflictLines(w, h int, th style.Theme) []string {
	if len(d.conflict) == 0 || h < 1 {
		return nil
	}
	lines := []string{th.ToastBad.Render(style.Truncate("Not sent: it was changed elsewhere meanwhile.", w))}
	for _, c := range d.conflict {
		for _, part := range style.Wrap(c, w-2) {
			lines = append(lines, "  "+part)
		}
	}
	if len(lines) > h {
		lines = append(lines[:h-1], th.Glyphs.Ellipsis)
	}
	return append(lines, "")
}
