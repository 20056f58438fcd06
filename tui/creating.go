package tui

import (
	"errors"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/style"
)

// afterCreate acts on what the dialog returned.
func (m *Model) afterCreate(a createAnswer) tea.Cmd {
	d := &m.create
	switch a {
	case createKindChosen:
		return m.askGroups()
	case createFilled:
		if d.form.Value(groupField) == "" && d.form.Value(groupIDField) == "" {
			d.form.SetError(groupIDField, "type the id of the group, or choose one above")
			return nil
		}
		d.look.names = m.formLook(d.like).names // a refresh may have brought more
		d.stage, d.top = createReviewing, 0
	case createSend:
		return m.sendCreate()
	case createCopy:
		if b := d.made.Key.CopyBlock(m.now); b != nil {
			return m.say(toneBad, m.blockedWords(d.made.Key, b))
		}
		return m.copyFresh(d.made.Key, "")
	case createCopyAs:
		return m.copyAsFor(d.made.Key)
	case createDownload:
		if m.effects.downloads == nil {
			return m.say(toneBad, m.whyNoFiles())
		}
		return m.downloadFor(d.made.Key)
	case createClosed:
		return m.closeCreate()
	}
	if d.stage == createParting && m.act.busy {
		// The text is on its way: that is ended or awaited first.
		d.stage = createMade
		return m.giveUp()
	}
	return nil
}

// sendCreate makes the key. It is sent once, and the answer is awaited: a hidden
// key's text is in it and nowhere else.
func (m *Model) sendCreate() tea.Cmd {
	d := &m.create
	n := d.wanted()
	d.stage = createSending
	m.sends(n.Name)
	return m.effects.createKey(m.ctx, n, m.tenantKeys())
}

// created shows the key that was made, or why it was not.
func (m *Model) created(msg keyCreatedMsg) tea.Cmd {
	d := &m.create
	n := d.wanted()
	m.heard(n.Name)
	var unconfirmed *client.UnconfirmedError
	switch {
	case errors.As(msg.err, &unconfirmed):
		d.stage = createFilling
		d.form.SetError(nameField, "it may have been made, and nobody could find out. The keys are being asked for again: look for it behind this before you try again. "+failure(unconfirmed.Err))
		return m.refresh(true)
	case msg.err != nil:
		d.stage = createFilling
		field, _ := client.FieldOf(msg.err)
		d.form.SetError(string(field), ended("it was not made: "+failure(msg.err)))
		return nil
	}
	d.made, d.stage = msg.created, createMade
	m.undo = undo{} // u would undo what is older
	k := &d.made.Key
	if k.Group == "" {
		k.Group = d.groupName(k.GroupID)
	}
	if k.Certificate == "" {
		k.Certificate = m.certificateName(k.CertificateID, string(k.CertificateID))
	}
	for _, c := range m.certificates {
		if c.ID == k.CertificateID {
			k.CertificateEnd = c.ValidTo
		}
	}
	m.takeIn(*k)
	m.keys.anchor = k.Ref()
	m.reselect()
	done := m.record(Deed{Action: DeedCreated, Key: k.Ref(), Name: k.Name})
	if k.Text.IsZero() {
		return done
	}
	return tea.Batch(done, m.remember(*k))
}

// closeCreate drops everything that the dialog held, a text included.
func (m *Model) closeCreate() tea.Cmd {
	made := m.create.made.Key
	m.create.work.stop()
	m.create = createDialog{work: m.create.work}
	m.closeDialog()
	if made.ID == "" {
		return nil
	}
	return m.say(toneGood, join(called(made.Name)+" is made.", m.madeWords(made)))
}

// madeWords says what can be done with a new key from now on.
func (m *Model) madeWords(k client.Key) string {
	switch under, _ := m.keys.current(); {
	case !k.Exportable:
		return "Its text does not show any more."
	case under.Ref() != k.Ref():
		return "What shows at present does not have it: esc takes the filter away, " + m.keymap.of("next-kind") + " shows other kinds."
	case len(m.keys.marks) > 0:
		return ""
	}
	return m.keymap.of("copy") + " copies it."
}

// partingWords says where the text of a hidden key is, once the page is closed.
func (m *Model) partingWords() string {
	d := &m.create
	switch {
	case d.filed:
		return "The file that was made of it stays."
	case d.copied && m.held.there() && m.held.ref == d.made.Key.Ref():
		return "What was copied stays on the clipboard until it is cleared."
	case d.copied:
		return "It was copied, and the clipboard has let go of it since."
	}
	return "It was neither copied nor downloaded."
}

// title says what the dialog is about.
func (d *createDialog) title() string {
	switch {
	case d.stage == createMade || d.stage == createParting:
		return called(d.made.Key.Name)
	case d.like.Kind != "":
		return "New key: " + d.like.Kind.Title()
	}
	return "New key: which kind?"
}

// createView draws the dialog in at most h lines.
func (m *Model) createView(w, h int) []string {
	d, th := &m.create, m.theme
	switch d.stage {
	case createChoosing:
		return d.offers.viewOver(keysLine(w, th, "enter", "go on", "esc", "cancel"), w, h, th)
	case createLoading:
		return overKeys([]string{th.Spelling.Words("Asking for the groups…")}, keysLine(w, th, "esc", "cancel"), h)
	case createFilling:
		var head []string
		if d.note != "" && h > 14 {
			head = append(style.Wrap(style.Sanitize(d.note), w), "")
		}
		fields := d.form.View(w, max(h-2-len(head), 1), th)
		return overKeys(append(head, fields...), keysLine(w, th, "enter", "review", "tab", "next field", "esc", "cancel"), h)
	case createReviewing:
		return scrollingOver(d.review(w), d.top, w, h, th, "y", "make it", "esc", "back to the form")
	case createSending:
		return overKeys(d.review(w), busyLine(w, th, "being made… it is too late to give up"), h)
	case createParting:
		words := []string{
			called(d.made.Key.Name) + " is hidden: once this is closed nobody can see its text again, not here and not in the portal.",
			m.partingWords(),
		}
		return overKeys(wrapped(words, w), keysLine(w, th, "D", "drop its text", "esc", "back", "y", "copy", "o", "download"), h)
	}
	return overKeys(m.madeLines(w), m.madeKeys(w), h)
}

func (m *Model) madeKeys(w int) string {
	if m.create.made.Key.Text.IsZero() {
		return keysLine(w, m.theme, "enter", "close")
	}
	return keysLine(w, m.theme, "y", "copy", "Y", "copy as", "o", "download", "esc", "close")
}

// reviewLabel is the width of the labels beside what would be made.
const reviewLabel = 21

// review lists what would be made, and says before what cannot be had after.
func (d *createDialog) review(w int) []string {
	n := d.wanted()
	lines := []string{}
	add := func(label, text string) {
		for i, part := range style.Wrap(style.Sanitize(text), max(w-reviewLabel, 1)) {
			if i > 0 {
				label = ""
			}
			lines = append(lines, style.Fit(label, reviewLabel)+part)
		}
	}
	if n.Hidden {
		lines = append(lines, style.Wrap("It will be hidden: its text can be copied or downloaded from the next page until that is closed, and never again.", w)...)
		lines = append(lines, "")
	}
	add("kind", n.Kind.Title())
	add(groupField, d.groupName(n.GroupID))
	add(nameField, n.Name)
	add(maxUsesField, fmt.Sprint(n.MaxUses))
	for _, c := range d.look.certificates {
		if c.ID == n.CertificateID {
			add(certificateField, certificateLabel(c, d.look.now))
		}
	}
	add(exportableField, yesNo(!n.Hidden))
	add(expiryField, expiryText(n.Expires, d.look.now))
	add(addressesField, addressesText(client.Key{AllowedAddresses: n.AllowedAddresses}))
	if d.look.names[n.Name] {
		lines = append(lines, style.Wrap("Another key has this name. What it enrols is named after it, so that nobody could tell theirs apart.", w)...)
	}
	return lines
}

// reviewLines returns how many lines it has, 0 while there is none.
func (d *createDialog) reviewLines(w int) int {
	if d.stage != createReviewing {
		return 0
	}
	return len(d.review(w))
}

// madeLines says what was made and what can be done with it now.
func (m *Model) madeLines(w int) []string {
	d := &m.create
	k := d.made.Key
	made := fmt.Sprintf("%s is made: %s, %d uses, group %s.", called(k.Name), k.Kind.Title(), k.MaxUses, style.Sanitize(k.Group))
	words := []string{made}
	switch { // what cannot be had after goes first: on a small screen the rest is left out
	case k.Text.IsZero():
		words = []string{called(k.Name) + " is hidden, and its text was in the lost answer: nobody can see it. Delete it (D) and make another.", made}
	case !k.Exportable:
		words = []string{called(k.Name) + " is hidden: copy or download it now. Once this is closed its text never shows again.", made}
	}
	if d.made.Found {
		words = append(words, "The answer was lost on its way: the key was found by its name.")
	}
	lines := wrapped(words, w)
	if !k.Text.IsZero() {
		lines = append(lines, "")
		for _, shown := range keyLines(k, look{room: w - len("key  ")}) {
			lines = append(lines, style.Truncate(shown.label+"  "+shown.text, w))
		}
	}
	return lines
}
