package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client/catalog"
	"provkeys/tui/style"
)

// Views are the saved views, which last across sessions. It is called from several
// goroutines.
type Views interface {
	// List returns every view by name, a faulty one with its fault.
	List() ([]catalog.Saved, error)
	// Save writes a view down, in place of the one of its name. What others saved
	// stays.
	Save(view catalog.View) error
	// Delete takes a view away. One that is not there is gone, and no error.
	Delete(name string) error
}

// viewing is what the console knows of saved views, and which one is picked.
type viewing struct {
	saved []catalog.Saved // as they were read last
	fault error           // why they could not be read then; nil when they were
	// picked is the view as it was saved when it was picked; without a name none is.
	// Somebody else may have saved it anew since.
	picked catalog.View
	asked  int // dialogs opened so far
}

// find returns a saved view; false when there is none of that name.
func (v *viewing) find(name string) (catalog.Saved, bool) {
	if i := slices.IndexFunc(v.saved, func(s catalog.Saved) bool { return s.Name == name }); i >= 0 {
		return v.saved[i], true
	}
	return catalog.Saved{}, false
}

// put takes a view in, in place of the one of its name; drop takes one away. The
// slice is made anew, since somebody may hold the old one.
func (v *viewing) put(s catalog.Saved) {
	v.drop(s.Name)
	v.saved = append(v.saved, s)
	slices.SortFunc(v.saved, func(a, b catalog.Saved) int {
		return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
}

func (v *viewing) drop(name string) {
	v.saved = slices.DeleteFunc(slices.Clone(v.saved), func(s catalog.Saved) bool { return s.Name == name })
}

// took takes in what was read of the saved views. What could not be read leaves
// what was known.
func (v *viewing) took(saved []catalog.Saved, fault error) {
	if v.fault = fault; fault == nil {
		v.saved = saved
	}
}

// viewNames returns the names of the views that can be picked, as they were read
// last.
func (m *Model) viewNames() []string {
	var names []string
	for _, s := range m.viewing.saved {
		if s.Fault == nil {
			names = append(names, s.Name)
		}
	}
	return names
}

// pickView shows a saved view, after reading the views afresh. "" picks none: every
// key shows as if nobody had chosen anything.
func (m *Model) pickView(name string) tea.Cmd {
	if name == "" {
		return m.show(catalog.View{})
	}
	return m.effects.pickView(name)
}

// viewsListed takes the saved views in, and picks the one that was wanted.
func (m *Model) viewsListed(msg viewsListedMsg) tea.Cmd {
	m.viewing.took(msg.saved, msg.err)
	if m.open == viewsOpen && msg.dialog == m.views.number {
		m.listViews()
	}
	if msg.pick == "" {
		return nil
	}
	return m.showNamed(msg.pick)
}

// showNamed shows a view of those that are known, or says why it cannot.
func (m *Model) showNamed(name string) tea.Cmd {
	saved, there := m.viewing.find(name)
	switch {
	case m.viewing.fault != nil:
		return m.say(toneBad, unreadViews(m.viewing.fault))
	case !there:
		return m.say(toneBad, fmt.Sprintf("There is no view %s: %s.", called(name), m.viewsThere()))
	case saved.Fault != nil:
		return m.say(toneBad, fmt.Sprintf("The view %s cannot be shown: %v.", called(name), saved.Fault))
	}
	return m.show(saved.View)
}

func unreadViews(err error) string {
	return fmt.Sprintf("The saved views cannot be read: %v.", err)
}

// viewsThere says which views can be picked.
func (m *Model) viewsThere() string {
	names := m.viewNames()
	if len(names) == 0 {
		return "none is saved yet, " + m.keymap.of("views") + " saves what shows"
	}
	return "there is " + strings.Join(names, ", ")
}

// show shows the keys as a view has them, and picks it; one without a name is none.
func (m *Model) show(v catalog.View) tea.Cmd {
	var turned tea.Cmd
	if m.page != keysPage {
		turned = m.turnTo(keysPage)
	}
	m.hide()
	m.viewing.picked = v
	m.keys.filter.typing = false
	m.keys.filter.set(v.Filter)
	m.keys.kind, m.keys.sort, m.keys.reverse, m.keys.layout = v.Kind, v.Sort, v.Reverse, v.Columns.OrDefault()
	return tea.Batch(turned, m.refilter())
}

// shownView returns what shows of the keys, under the name of the picked view.
func (m *Model) shownView() catalog.View {
	s := &m.keys
	v := catalog.View{Name: m.viewing.picked.Name, Filter: strings.TrimSpace(s.filter.text()), Kind: m.keys.kind, Sort: s.sort, Reverse: s.reverse}
	if !slices.Equal(s.layout, catalog.DefaultLayout()) {
		v.Columns = s.layout
	}
	return v
}

// unsaved reports whether what shows differs from the picked view, or whether that
// is not there any more.
func (m *Model) unsaved() bool {
	_, there := m.viewing.find(m.viewing.picked.Name)
	return !there || !m.shownView().Same(m.viewing.picked)
}

// viewWords names the picked view in at most w cells, with a star where what shows
// is not what is saved; "" for none, and where there is no room.
func (m *Model) viewWords(w int) string {
	const lead, least = "view: ", 5
	if m.page != keysPage || m.viewing.picked.Name == "" {
		return ""
	}
	star := ""
	if m.unsaved() {
		star = " *"
	}
	name := style.Sanitize(m.viewing.picked.Name)
	room := w - len(star)
	switch {
	case len(lead)+style.Width(name) <= room, len(lead)+2*least <= room:
		return lead + style.Truncate(name, room-len(lead)) + star
	case least <= room:
		return style.Truncate(name, room) + star
	}
	return ""
}
