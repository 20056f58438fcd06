package tui

import (
	"cmp"
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui/form"
	"provkeys/tui/style"
)

// profilesStage is how far the choice of a tenant is.
type profilesStage int

const (
	profilesLoading profilesStage = iota
	profilesChoosing
	profilesAdding  // the form of a new one
	profilesSigning // its sign-in is under way
	profilesOpening
)

// profilesDialog chooses the tenant that the console shows. First is that there is
// none yet: then it stays until there is.
type profilesDialog struct {
	stage profilesStage
	first bool
	list  []Profile
	at    choices
	fault string // why the last wish failed, or the list could not be read
	note  string // what else is to be said of the tenant that is being opened
	// byName is that the tenant was asked for without the list.
	byName bool
	// draftSent is what the sign-in is being tried with, refused what it failed with.
	draftSent, refused ProfileDraft
	form               form.Form
	work               work
}

// profilesAnswer is what the dialog returns.
type profilesAnswer int

const (
	profilesGoOn profilesAnswer = iota
	profilesOpen
	profilesDemo
	profilesAdd
	profilesFilled
	profilesBack    // from the form to the list
	profilesGivenUp // from the sign-in to the form
	profilesQuit
	profilesClosed
)

// whyNoProfiles says why the tenant cannot be changed now: what is under way belongs
// to it.
func (m *Model) whyNoProfiles() string {
	switch {
	case m.effects.profiles == nil:
		return "There are no profiles here: start provkeys without demo to choose or add one."
	case len(m.sending) > 0:
		return "A change is being sent: wait until it is done."
	case m.act.busy:
		return "A copy is under way: wait until it is done, or give it up with " + m.keymap.of("back") + "."
	}
	return ""
}

func (m *Model) openProfiles() tea.Cmd {
	m.open, m.profiles = profilesListed, profilesDialog{work: m.profiles.work, first: m.effects.client == nil}
	_, gen := m.profiles.work.begin(m.ctx)
	return m.effects.listProfiles(gen)
}

func (m *Model) tookProfiles(msg profilesListedMsg) tea.Cmd {
	d := &m.profiles
	if msg.gen != d.work.gen || d.stage != profilesLoading {
		return nil
	}
	d.stage, d.list = profilesChoosing, msg.profiles
	if msg.err != nil {
		d.fault = style.Sanitize(msg.err.Error())
	}
	for i, p := range msg.profiles {
		words := cmp.Or(p.Name, "as started") + "  " + p.Where
		if p.ReadOnly {
			words += "  [RO]"
		}
		if p.Name == m.opts.Profile && m.effects.client != nil && !m.opts.Demo {
			words += "  shown now"
			d.at.at = i
		} else if p.Default {
			words += "  default"
		}
		d.at.list = append(d.at.list, choice{words: style.Sanitize(words)})
	}
	d.at.list = append(d.at.list,
		choice{key: "a", words: "add a profile"},
		choice{key: "d", words: "demonstration: made-up keys, no account"})
	return nil
}

// typing reports whether a text field takes the keys.
func (d *profilesDialog) typing() bool { return d.stage == profilesAdding }

func (d *profilesDialog) press(key tea.KeyPressMsg) profilesAnswer {
	switch d.stage {
	case profilesAdding:
		return d.update(key)
	case profilesChoosing:
		return d.choose(key)
	case profilesSigning:
		if key.String() == "esc" {
			return profilesGivenUp
		}
	case profilesLoading, profilesOpening:
		switch {
		case key.String() != "esc":
		case d.first:
			return profilesBack
		default:
			return profilesClosed
		}
	}
	return profilesGoOn
}

// choose acts on a key in the list. Without a tenant q leaves, as on every page.
func (d *profilesDialog) choose(key tea.KeyPressMsg) profilesAnswer {
	switch d.at.press(key) {
	case cancelled:
		switch {
		case !d.first:
			return profilesClosed
		case key.String() == "q":
			return profilesQuit
		}
	case accepted:
		switch d.at.at - len(d.list) {
		case 0:
			return profilesAdd
		case 1:
			return profilesDemo
		}
		return profilesOpen
	}
	return profilesGoOn
}

// update hands a key or a paste to the form.
func (d *profilesDialog) update(msg tea.Msg) profilesAnswer {
	var result form.Result
	d.form, result = d.form.Update(msg)
	switch result {
	case form.Cancelled:
		return profilesBack
	case form.Submitted:
		return profilesFilled
	}
	return profilesGoOn
}

func (m *Model) afterProfiles(a profilesAnswer) tea.Cmd {
	d := &m.profiles
	switch a {
	case profilesOpen:
		return m.openProfile(d.list[d.at.at].Name)
	case profilesDemo:
		return m.openSession(m.effects.openDemo)
	case profilesAdd:
		d.stage, d.fault, d.form = profilesAdding, "", profileForm()
	case profilesFilled:
		return m.addProfile()
	case profilesBack:
		return m.openProfiles()
	case profilesGivenUp:
		d.work.stop()
		d.stage = profilesAdding
	case profilesQuit:
		return m.quit()
	case profilesClosed:
		m.closeProfiles()
	}
	return nil
}

// openProfile shows the tenant of a profile. Until it is there nothing else can be
// done: what a person does next is for that tenant.
func (m *Model) openProfile(name string) tea.Cmd {
	if why := m.whyNoProfiles(); why != "" {
		return m.say(toneBad, why)
	}
	if m.open != profilesListed {
		m.open, m.profiles = profilesListed, profilesDialog{work: m.profiles.work, byName: true}
	}
	return m.openSession(func(ctx context.Context, gen int) tea.Cmd { return m.effects.openProfile(ctx, gen, name) })
}

func (m *Model) openSession(open func(ctx context.Context, gen int) tea.Cmd) tea.Cmd {
	ctx, gen := m.profiles.work.begin(m.ctx)
	m.profiles.stage = profilesOpening
	return open(ctx, gen)
}

// opened shows the tenant, or why it cannot be shown.
func (m *Model) opened(msg sessionOpenedMsg) tea.Cmd {
	d := &m.profiles
	if msg.gen != d.work.gen || m.open != profilesListed {
		msg.session.end()
		return nil
	}
	note, byName := d.note, d.byName
	if msg.err == nil {
		m.dropProfiles()
		return tea.Batch(m.say(toneGood, join(note, msg.session.words())), m.switchTo(msg.session, msg.screen))
	}
	why := "Not opened: " + ended(style.Sanitize(msg.err.Error()))
	if byName {
		m.closeProfiles()
		return m.say(toneBad, why)
	}
	again := m.openProfiles() // there may be one more now
	m.profiles.fault = join(note, why)
	return again
}

// closeProfiles leaves the choice, unless there is no tenant yet.
func (m *Model) closeProfiles() {
	if m.effects.client != nil {
		m.dropProfiles()
	}
}

// dropProfiles drops the form with the dialog: there may be a secret in it.
func (m *Model) dropProfiles() {
	m.profiles.work.stop()
	m.profiles = profilesDialog{work: m.profiles.work}
	m.closeDialog()
}

// words say which tenant shows now.
func (s Session) words() string {
	words := fmt.Sprintf("This is %s now.", style.Sanitize(s.Tenant))
	if s.ReadOnly {
		words += " It is read-only."
	}
	return words
}

// end ends what a session keeps running.
func (s Session) end() {
	if s.Close != nil {
		s.Close()
	}
}
