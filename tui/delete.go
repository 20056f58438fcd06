package tui

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/form"
	"provkeys/tui/style"
)

// deleteStage is how far a deletion is.
type deleteStage int

const (
	deleteLooking  deleteStage = iota // what depends on the key is being asked for
	deleteChoosing                    // or disable it instead
	deleteNaming                      // the name is typed
	deleteSending
)

// deleteDialog deletes one key, after what depends on it was shown.
type deleteDialog struct {
	stage  deleteStage
	seen   client.Key
	about  []string // what depends on it, a sentence each
	offers choices
	form   form.Form
	work   work
}

// deleteAnswer is what the dialog returns.
type deleteAnswer int

const (
	deleteGoesOn deleteAnswer = iota
	deleteDisables
	deleteConfirmed
	deleteClosed
)

func (m *Model) whyNoDelete() string {
	if len(m.keys.marks) > 0 {
		return ""
	}
	if why := m.whyNoKey(); why != "" {
		return why
	}
	if k, _ := m.keys.current(); k.Managed() {
		return fmt.Sprintf("%s is managed by Zscaler: the API refuses to delete it.", called(k.Name))
	}
	return ""
}

func (m *Model) openDelete() tea.Cmd {
	if len(m.keys.marks) > 0 {
		return m.openBulkDelete()
	}
	k, _ := m.keys.current()
	m.keys.took()
	ctx, gen := m.erase.work.begin(m.ctx)
	m.open, m.erase = deleteOpen, deleteDialog{seen: k, work: m.erase.work}
	return m.effects.loadDependents(ctx, gen, k)
}

// tookDependents shows what depends on the key, or that nobody knows.
func (m *Model) tookDependents(msg dependentsLoadedMsg) tea.Cmd {
	d := &m.erase
	if msg.gen != d.work.gen || d.stage != deleteLooking {
		return nil
	}
	d.work.busy = false
	d.about = append(d.about, dependentWords(d.seen, msg))
	if m.lastOfGroup(d.seen) {
		d.about = append(d.about, fmt.Sprintf("It is the last key of its group, %s: nothing could join that any more.", called(d.seen.Group)))
	}
	d.stage = deleteChoosing
	// No letters choose here: a paste that went astray must do nothing.
	disable := choice{words: "disable it instead: it can be enabled again"}
	if !d.seen.Enabled {
		disable.why = "It is disabled already."
	}
	d.offers = choices{list: []choice{disable, {words: "delete it for good"}}}
	return nil
}

func dependentWords(k client.Key, msg dependentsLoadedMsg) string {
	const risk = "they are not upgraded any more without it"
	switch n := len(msg.machines); {
	case msg.err != nil:
		return fmt.Sprintf("What enrolled with it could not be asked for (%s). It was used %d times, and what enrolled is not upgraded any more without it.", strings.TrimSuffix(failure(msg.err), "."), k.Uses)
	case !msg.listed && k.Uses == 0:
		return "The API does not list what enrolled with it; it was never used."
	case !msg.listed:
		return fmt.Sprintf("The API does not list what enrolled with it. It was used %d times, and what enrolled is not upgraded any more without it.", k.Uses)
	case n == 0:
		return "Nothing that is there now enrolled with it."
	case n == 1:
		return fmt.Sprintf("%s enrolled with it: it is not upgraded any more without it.", called(msg.machines[0].Name))
	case n <= namesTold:
		var names []string
		for _, m := range msg.machines {
			names = append(names, called(m.Name))
		}
		return fmt.Sprintf("%s enrolled with it: %s.", strings.Join(names, ", "), risk)
	default:
		return fmt.Sprintf("%d connectors enrolled with it, %s the newest: %s.", n, called(msg.machines[0].Name), risk)
	}
}

// lastOfGroup reports whether no other key of its kind is for its group.
func (m *Model) lastOfGroup(k client.Key) bool {
	for _, other := range m.tenantKeys() {
		if other.Kind == k.Kind && other.GroupID == k.GroupID && other.ID != k.ID {
			return false
		}
	}
	return true
}

// nameForm asks for the key's name. One that cannot be typed is named by its id.
func nameForm(k client.Key) form.Form {
	wanted := k.Name
	if style.Sanitize(k.Name) != k.Name || strings.TrimSpace(k.Name) != k.Name || k.Name == "" || len(k.Name) > 60 {
		wanted = string(k.ID)
	}
	return form.New(form.Field{
		Name: nameField, Label: "its name", Hint: "type " + wanted + " to delete it",
		Check: func(text string) (string, error) {
			if text := strings.TrimSpace(text); text != wanted && text != string(k.ID) {
				return "", fmt.Errorf("type %s to delete it, esc leaves it", wanted)
			}
			return "enter deletes it for good", nil
		},
	})
}

// typing reports whether a text field takes the keys.
func (d *deleteDialog) typing() bool { return d.stage == deleteNaming }

func (d *deleteDialog) press(key tea.KeyPressMsg) deleteAnswer {
	switch d.stage {
	case deleteChoosing:
		switch d.offers.press(key) {
		case cancelled:
			return deleteClosed
		case accepted:
			if d.offers.at == 0 {
				return deleteDisables
			}
			d.stage, d.form = deleteNaming, nameForm(d.seen)
		}
	case deleteNaming:
		return d.update(key)
	default:
		if key.String() == "esc" {
			return deleteClosed
		}
	}
	return deleteGoesOn
}

// update hands a key or a paste to the field.
func (d *deleteDialog) update(msg tea.Msg) deleteAnswer {
	var result form.Result
	d.form, result = d.form.Update(msg)
	switch result {
	case form.Cancelled:
		return deleteClosed
	case form.Submitted:
		return deleteConfirmed
	}
	return deleteGoesOn
}

// afterDelete acts on what the dialog returned.
func (m *Model) afterDelete(a deleteAnswer) tea.Cmd {
	d := &m.erase
	switch a {
	case deleteDisables:
		k := d.seen
		m.closeDelete()
		off := false
		m.edits++
		m.sends(k.Name)
		return tea.Batch(m.sayUntil(toneInfo, "Disabling "+called(k.Name)+"…", actionTimeout),
			m.effects.changeKey(m.ctx, m.edits, k, client.Change{Enabled: &off}))
	case deleteConfirmed:
		d.stage = deleteSending
		m.sends(d.seen.Name)
		return m.effects.deleteKey(m.ctx, d.work.gen, d.seen)
	case deleteClosed:
		sending, name := d.stage == deleteSending, called(d.seen.Name)
		m.closeDelete()
		if sending {
			return m.say(toneInfo, "The deletion of "+name+" is still being sent.")
		}
	}
	return nil
}

func (m *Model) closeDelete() {
	m.erase.work.stop()
	m.erase = deleteDialog{work: m.erase.work}
	m.closeDialog()
}

// deleted says what became of a deletion, wherever one is by now.
func (m *Model) deleted(msg keyDeletedMsg) tea.Cmd {
	m.heard(msg.seen.Name)
	if m.open == deleteOpen && msg.gen == m.erase.work.gen {
		m.closeDelete()
	}
	name := called(msg.seen.Name)
	var conflict *client.ConflictError
	switch {
	case errors.As(msg.err, &conflict):
		m.takeIn(conflict.Now)
		return m.say(toneBad, fmt.Sprintf("%s was not deleted, it was changed elsewhere meanwhile: %s. Look at it, then %s again.", name, m.conflictWords(msg.seen, conflict), m.keymap.of("delete")))
	case msg.err != nil:
		return m.changeFailed(msg.seen, "deleted", msg.err)
	}
	m.forget(msg.seen)
	m.undo = undo{} // u would undo what is older
	words := name + " is deleted."
	if msg.already {
		words = name + " was gone already: somebody else deleted it meanwhile."
	}
	return tea.Batch(m.recordDeleted(msg.seen, msg.already), m.say(toneGood, words))
}

// recordDeleted records a deletion; what somebody else did is no deed of ours.
func (m *Model) recordDeleted(k client.Key, already bool) tea.Cmd {
	if already {
		return nil
	}
	return m.record(Deed{Action: DeedDeleted, Key: k.Ref(), Name: k.Name})
}

// view draws the dialog in at most h lines.
func (d *deleteDialog) view(w, h int, th style.Theme) []string {
	about := wrapped(d.about, w)
	switch d.stage {
	case deleteLooking:
		return overKeys([]string{th.Spelling.Words("Looking what enrolled with it…")}, keysLine(w, th, "esc", "cancel"), h)
	case deleteChoosing:
		offers := d.offers.viewOver(keysLine(w, th, "enter", "go on", "esc", "cancel"), w, max(h-len(about)-1, len(d.offers.list)+1), th)
		about = about[:min(len(about), max(h-len(offers), 0))]
		if len(about)+len(offers) < h {
			about = append(about, "")
		}
		return append(about, offers...)
	case deleteSending:
		return overKeys(about, busyLine(w, th, "deleting… esc leaves it to finish by itself"), h)
	}
	fields := d.form.View(w, max(h-2, 1), th)
	about = about[:max(min(len(about), h-len(fields)-1), 0)]
	if len(about) > 0 && len(about)+len(fields)+2 < h {
		about = append(about, "")
	}
	return overKeys(append(about, fields...), keysLine(w, th, "enter", "delete it for good", "esc", "cancel"), h)
}
