package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"provkeys/client/catalog"
	"provkeys/tui/form"
)

// viewsStage is what the views dialog asks.
type viewsStage int

const (
	viewsListing   viewsStage = iota
	viewsNaming               // the name of a new view is typed
	viewsReplacing            // whether what stands under the name may go
	viewsDeleting             // whether really
	viewsWriting
)

// viewsDialog lists the saved views, picks one, saves what shows, and deletes.
type viewsDialog struct {
	stage  viewsStage
	offers choices
	listed []catalog.Saved // the view of every choice but the first, which is none
	form   form.Form
	view   catalog.View   // what is to be saved or deleted
	over   *catalog.Saved // what saving it would replace
	fault  string         // why the last key did nothing, or what went wrong
	number int
	burst  int // in which it was asked
}

// viewsAnswer is what the dialog returns.
type viewsAnswer int

const (
	viewsGoesOn viewsAnswer = iota
	viewsPick
	viewsSave
	viewsNamed     // a name was typed
	viewsDiscard   // what changed since the view was saved
	viewsConfirmed // the question was answered with yes
	viewsClosed
)

// openViews lists the views that are known, and reads them afresh: another console
// may have changed them.
func (m *Model) openViews() tea.Cmd {
	m.viewing.asked++
	m.open, m.views = viewsOpen, viewsDialog{number: m.viewing.asked, burst: m.burst.serial}
	m.listViews()
	m.views.point(m.viewing.picked.Name)
	return m.effects.listViews(m.views.number)
}

// listViews offers the views that are known, the cursor on the one that it was on.
func (m *Model) listViews() {
	d := &m.views
	here := d.here().Name
	d.listed = m.viewing.saved
	d.offers.list = viewChoices(d.listed, m.viewing.picked.Name, m.theme.Glyphs.Mark)
	d.point(here)
	if m.viewing.fault != nil {
		d.fault = unreadViews(m.viewing.fault)
	}
}

// here returns the view under the cursor; the zero value for none of them.
func (d *viewsDialog) here() catalog.Saved {
	if d.offers.at == 0 || d.offers.at > len(d.listed) {
		return catalog.Saved{}
	}
	return d.listed[d.offers.at-1]
}

// point puts the cursor on the view of that name, else on none.
func (d *viewsDialog) point(name string) {
	d.offers.at = 1 + slices.IndexFunc(d.listed, func(s catalog.Saved) bool { return s.Name == name })
}

// typing reports whether a text field takes the keys.
func (d *viewsDialog) typing() bool { return d.stage == viewsNaming }

func (d *viewsDialog) press(key tea.KeyPressMsg, burst int) viewsAnswer {
	switch d.stage {
	case viewsNaming:
		return d.update(key)
	case viewsReplacing, viewsDeleting:
		switch {
		case key.String() == "y" && burst != d.burst:
			return viewsConfirmed
		case key.String() == "n", key.String() == "esc":
			d.stage = viewsListing
		}
	case viewsWriting:
		if key.String() == "esc" {
			return viewsClosed
		}
	default:
		return d.choose(key, burst)
	}
	return viewsGoesOn
}

// choose acts on a key while the views are listed.
func (d *viewsDialog) choose(key tea.KeyPressMsg, burst int) viewsAnswer {
	d.fault = ""
	switch key.String() {
	case "s":
		if burst != d.burst { // what opened the dialog saves nothing
			return viewsSave
		}
	case "a", "n":
		d.name()
	case "c", "u":
		return viewsDiscard
	case "D":
		if d.offers.at == 0 {
			d.fault = "There is no view under the cursor."
			break
		}
		d.stage, d.view, d.burst = viewsDeleting, d.here().View, burst
	default:
		switch d.offers.press(key) {
		case accepted:
			return viewsPick
		case cancelled:
			return viewsClosed
		}
	}
	return viewsGoesOn
}

// name asks for the name of a new view.
func (d *viewsDialog) name() {
	known := d.listed
	d.stage = viewsNaming
	d.form = form.New(form.Field{
		Name: nameField, Label: "name", Hint: "what the view is called",
		Check: func(text string) (string, error) {
			if err := catalog.CheckViewName(text); err != nil {
				return "", err
			}
			if slices.ContainsFunc(known, func(s catalog.Saved) bool { return s.Name == text }) {
				return "there is one already: enter asks before it is replaced", nil
			}
			return "enter saves what shows under it", nil
		},
	})
}

// update hands a key or a paste to the field.
func (d *viewsDialog) update(msg tea.Msg) viewsAnswer {
	var result form.Result
	d.form, result = d.form.Update(msg)
	switch result {
	case form.Cancelled:
		d.stage = viewsListing
	case form.Submitted:
		return viewsNamed
	}
	return viewsGoesOn
}

// afterViews acts on what the dialog returned.
func (m *Model) afterViews(a viewsAnswer) tea.Cmd {
	d := &m.views
	switch a {
	case viewsPick:
		v := d.here().View
		m.closeViews()
		return m.show(v)
	case viewsDiscard:
		return m.discardView()
	case viewsSave:
		return m.saveShown()
	case viewsNamed:
		return m.saveAs(d.form.Value(nameField), nil)
	case viewsConfirmed:
		if d.stage == viewsReplacing {
			return m.saveAs(d.view.Name, d.over)
		}
		d.stage = viewsWriting
		return m.effects.deleteView(d.number, d.view.Name)
	case viewsClosed:
		m.closeViews()
	}
	return nil
}

// closeViews leaves what is being written to finish by itself.
func (m *Model) closeViews() {
	m.views = viewsDialog{}
	m.closeDialog()
}

// discardView goes back to the picked view as it is saved now.
func (m *Model) discardView() tea.Cmd {
	v := m.viewing.picked
	if v.Name == "" {
		m.views.fault = "No view is picked, so that there is nothing to go back to: enter picks one."
		return nil
	}
	if saved, there := m.viewing.find(v.Name); there && saved.Fault == nil {
		v = saved.View
	}
	m.closeViews()
	return m.show(v)
}

// saveShown saves what shows under the name of the picked view, or asks for one.
func (m *Model) saveShown() tea.Cmd {
	picked := m.viewing.picked
	if picked.Name == "" {
		m.views.name()
		return nil
	}
	return m.saveAs(picked.Name, &catalog.Saved{View: picked})
}

// saveAs saves what shows under a name, over what may be replaced there.
func (m *Model) saveAs(name string, over *catalog.Saved) tea.Cmd {
	d := &m.views
	if why := m.keys.filter.fault; why != "" {
		d.stage, d.fault = viewsListing, fmt.Sprintf("The filter cannot be saved, %s: correct it first.", why)
		return nil
	}
	d.view = m.shownView()
	d.view.Name = name
	d.stage, d.fault = viewsWriting, ""
	return m.effects.saveView(d.number, d.view, over)
}

// viewSaved says what became of saving a view. Where something else stood under its
// name, a person is asked.
func (m *Model) viewSaved(msg viewSavedMsg) tea.Cmd {
	d, name := &m.views, called(msg.view.Name)
	here := m.open == viewsOpen && msg.dialog == d.number
	switch {
	case msg.err != nil:
		return m.viewFailed(here, fmt.Sprintf("The view %s was not saved: %v", name, msg.err))
	case msg.there != nil:
		m.viewing.put(*msg.there)
		if !here {
			return m.say(toneBad, fmt.Sprintf("The view %s was not saved: another was saved under that name meanwhile. %s shows it.", name, m.keymap.of("views")))
		}
		d.stage, d.over, d.burst = viewsReplacing, msg.there, m.burst.serial
		m.listViews()
		return nil
	}
	m.viewing.put(catalog.Saved{View: msg.view})
	m.viewing.picked = msg.view
	if here {
		m.closeViews()
	}
	return m.say(toneGood, "Saved as the view "+name+".")
}

// viewDeleted says what became of deleting a view. What shows stays.
func (m *Model) viewDeleted(msg viewDeletedMsg) tea.Cmd {
	name, here := called(msg.name), m.open == viewsOpen && msg.dialog == m.views.number
	if msg.err != nil {
		return m.viewFailed(here, fmt.Sprintf("The view %s was not deleted: %v", name, msg.err))
	}
	m.viewing.drop(msg.name)
	if m.viewing.picked.Name == msg.name {
		m.viewing.picked = catalog.View{}
	}
	if here {
		m.views.stage = viewsListing
		m.listViews()
	}
	return m.say(toneGood, "The view "+name+" is deleted; what shows stays.")
}

// viewFailed says what went wrong, in the dialog while it is open.
func (m *Model) viewFailed(here bool, words string) tea.Cmd {
	if !here {
		return m.say(toneBad, ended(words))
	}
	m.views.stage, m.views.fault = viewsListing, ended(words)
	return nil
}
