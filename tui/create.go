package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/form"
	"provkeys/tui/style"
)

// createStage is how far a new key is.
type createStage int

const (
	createChoosing  createStage = iota // its kind
	createLoading                      // the groups are asked for
	createFilling                      // the form
	createReviewing                    // what would be made
	createSending                      // too late to give up
	createMade                         // it is there, its text at hand
	createParting                      // whether a text that never shows again may go
)

// createDialog makes a new key. The made key, with its text, is in it until it is
// closed, and nowhere else.
type createDialog struct {
	stage  createStage
	like   client.Key // what it is made like; its kind alone where it is like none
	offers choices    // of kinds
	groups []client.Group
	note   string // what could not be asked
	free   bool   // a group may be given by its id
	look   formLook
	form   form.Form
	work   work
	made   client.Created
	top    int  // the first line of the review that shows
	copied bool // the text was, at some time
	filed  bool // the text is in a file
}

// createAnswer is what the dialog returns.
type createAnswer int

const (
	createGoesOn createAnswer = iota
	createKindChosen
	createFilled
	createSend
	createCopy
	createCopyAs
	createDownload
	createClosed
)

// openCreate asks for the kind first: the one that shows, or the one of the key
// under the cursor.
func (m *Model) openCreate() tea.Cmd {
	m.newCreate(client.Key{Exportable: true})
	kind := m.keys.kind
	if k, ok := m.keys.current(); ok && kind == "" {
		kind = k.Kind
	}
	d := &m.create
	for i, k := range client.Kinds() {
		one := choice{key: string(k.Title()[0]), words: k.Title()}
		if m.loads.kinds[k].refused() {
			one.why = "The tenant or the role does not have this kind."
		}
		d.offers.list = append(d.offers.list, one)
		if k == kind {
			d.offers.at = i
		}
	}
	return nil
}

// openCreateLike begins with what another key has.
func (m *Model) openCreateLike() tea.Cmd {
	k, _ := m.keys.current()
	m.keys.took()
	m.newCreate(client.Key{
		Kind: k.Kind, Name: client.NextName(k.Name, m.tenantKeys()), Group: k.Group, GroupID: k.GroupID,
		CertificateID: k.CertificateID, MaxUses: k.MaxUses, Exportable: true, MicrotenantID: k.MicrotenantID,
	})
	return m.askGroups()
}

func (m *Model) newCreate(like client.Key) {
	m.create.work.stop()
	m.open, m.create = createOpen, createDialog{like: like, work: m.create.work}
}

// askGroups goes on to the form once it is known which groups there are.
func (m *Model) askGroups() tea.Cmd {
	d := &m.create
	ctx, gen := d.work.begin(m.ctx)
	d.stage = createLoading
	return m.effects.loadGroups(ctx, gen, d.like.Kind, m.loads.certs.IsZero())
}

// tookGroups shows the form. Where the API has no list of groups, or does not show
// it, those of the keys are offered, and an id may be typed.
func (m *Model) tookGroups(msg groupsLoadedMsg) tea.Cmd {
	d := &m.create
	if msg.gen != d.work.gen || d.stage != createLoading {
		return nil
	}
	d.work.busy = false
	if msg.certificates != nil || msg.certificatesErr != nil {
		m.joinCertificates(msg.certificates, msg.certificatesErr)
	}
	d.groups = msg.groups
	switch kind := d.like.Kind; {
	case msg.err != nil:
		d.note = fmt.Sprintf("The groups could not be asked for: %s Those of the keys are offered.", ended(failure(msg.err)))
		d.free = true
	case !kind.Listed():
		d.note = "The API does not list the groups of network connectors: those of the keys are offered."
		d.free = true
	}
	if d.free {
		d.groups = client.GroupsOf(d.like.Kind, m.tenantKeys())
	}
	d.look = m.formLook(d.like)
	d.look.certificates = usableFirst(d.look.certificates, d.like.CertificateID)
	if len(d.look.certificates) == 0 {
		m.closeCreate()
		why := "no certificate of this tenant may sign and is valid"
		if err := m.loads.certsErr; err != nil {
			why = "the certificates could not be asked for: " + failure(err)
		}
		return m.say(toneBad, "No key can be made: "+ended(why))
	}
	if first := d.look.certificates[0]; first.ID != d.like.CertificateID {
		if d.like.CertificateID != "" {
			d.note = join(d.note, fmt.Sprintf("%s cannot sign for a new key any more: %s is proposed.", m.certificateName(d.like.CertificateID, "Its certificate"), first.Name))
		}
		d.like.CertificateID = first.ID
	}
	d.form, d.stage = createForm(d), createFilling
	return nil
}

// typing reports whether a text field takes the keys.
func (d *createDialog) typing() bool { return d.stage == createFilling }

// holds reports whether the dialog must stay: it has, or will have, a text that may
// never show again.
func (d *createDialog) holds() bool {
	return d.stage == createSending || d.stage == createMade || d.stage == createParting
}

func (d *createDialog) press(key tea.KeyPressMsg, lines, height int) createAnswer {
	switch pressed := key.String(); d.stage {
	case createChoosing:
		switch d.offers.press(key) {
		case cancelled:
			return createClosed
		case accepted:
			d.like.Kind = client.Kinds()[d.offers.at]
			return createKindChosen
		}
	case createLoading:
		if pressed == "esc" {
			return createClosed
		}
	case createFilling:
		return d.update(key)
	case createReviewing:
		switch pressed {
		case "esc":
			d.stage = createFilling
		case "y": // an enter may be a held one
			return createSend
		}
		d.top = scrolled(d.top, key, lines, height)
	case createMade, createParting:
		return d.pressMade(pressed)
	}
	return createGoesOn
}

// pressMade is for a key that was made. One whose text never shows again is left by
// esc and closed by a key that means nothing else here, after it was said.
func (d *createDialog) pressMade(pressed string) createAnswer {
	if d.stage == createParting {
		switch pressed {
		case "D":
			return createClosed
		case "esc", "n":
			d.stage = createMade
			return createGoesOn
		}
	}
	switch pressed {
	case "y", "c":
		return createCopy
	case "Y":
		return createCopyAs
	case "o":
		return createDownload
	case "esc":
		if d.losesText() {
			d.stage = createParting
			return createGoesOn
		}
		return createClosed
	case "enter":
		if !d.losesText() {
			return createClosed
		}
	}
	return createGoesOn
}

// losesText reports whether the text is nowhere else once the dialog is closed.
func (d *createDialog) losesText() bool { return !d.made.Key.Exportable && !d.made.Key.Text.IsZero() }

// farewell says of a text that went with the console.
func (d *createDialog) farewell() string {
	if !d.holds() || !d.losesText() || d.copied || d.filed {
		return ""
	}
	return style.Sanitize(d.made.Key.Name) + " was made and is hidden, and its text was neither copied nor downloaded: nobody can see it any more. Delete it and make another."
}

// wasCopied and wasFiled remember where the text of a key that was just made went.
func (d *createDialog) wasCopied(k client.Key) { d.copied = d.copied || d.isMade(k) }
func (d *createDialog) wasFiled(k client.Key)  { d.filed = d.filed || d.isMade(k) }

func (d *createDialog) isMade(k client.Key) bool {
	return d.made.Key.ID != "" && d.made.Key.Ref() == k.Ref()
}

// update hands a key or a paste to the form.
func (d *createDialog) update(msg tea.Msg) createAnswer {
	var result form.Result
	d.form, result = d.form.Update(msg)
	switch result {
	case form.Cancelled:
		return createClosed
	case form.Submitted:
		return createFilled
	}
	return createGoesOn
}
