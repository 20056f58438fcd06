package tui

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"
)

// action names what a key press asks for. It is the word of the command line
// behind ":" too.
type action string

// binding is one action as data: footer, help, toasts and the command line all
// come from it.
type binding struct {
	action action
	keys   []string
	does   string  // what it does, as help says it
	footer string  // its word in the footer, "" to leave it out
	wide   string  // its word in a footer that has room for all of these too
	on     pageSet // where it is at home; elsewhere it says where that is
	write  bool    // it changes something on the server; read-only refuses it
	// anywhere makes it act in dialogs and text fields too.
	anywhere bool
	// whyNot returns "" when the action is possible now, else the reason as a
	// sentence for a person. Nil means always possible.
	whyNot func(*Model) string
	run    func(*Model) tea.Cmd
}

// keymap is every binding, with the keys that it has in this console.
type keymap struct {
	all   []binding
	byKey map[string][]int // a key may mean one thing here and another there
}

// bound returns what a key means on a page: what is at home there, else what would
// be elsewhere; false when the key is not bound at all.
func (k keymap) bound(key string, on page) (binding, bool) {
	found := k.byKey[key]
	for _, i := range found {
		if k.all[i].on.has(on) {
			return k.all[i], true
		}
	}
	if len(found) == 0 {
		return binding{}, false
	}
	return k.all[found[0]], true
}

// action returns the binding of an action, the zero value for one that there is not.
func (k keymap) action(a action) binding {
	if i := slices.IndexFunc(k.all, func(b binding) bool { return b.action == a }); i >= 0 {
		return k.all[i]
	}
	return binding{}
}

// of returns the key of an action as a sentence writes it: the first it has, else
// what is typed behind the colon.
func (k keymap) of(a action) string {
	return cmp.Or(k.action(a).key(), ":"+string(a))
}

// key returns the first key of a binding, "" for none.
func (b binding) key() string {
	if len(b.keys) == 0 {
		return ""
	}
	return b.keys[0]
}

// bound returns the binding of a key; false when the key is not bound.
func (m *Model) bound(key string) (binding, bool) { return m.keymap.bound(key, m.page) }

// impossible returns why a binding cannot run now, "" when it can. It is the
// one place that refuses writes in a read-only console.
func (m *Model) impossible(b binding) string {
	if b.write && m.opts.ReadOnly {
		return "This console is read-only: it changes nothing on the server."
	}
	switch {
	case !b.on.has(m.page):
		return m.whereItIs(b)
	case b.whyNot == nil:
		return ""
	}
	return b.whyNot(m)
}

// whereItIs says on which page an action is possible.
func (m *Model) whereItIs(b binding) string {
	for p := range pageCount {
		if b.on.has(p) {
			return fmt.Sprintf("%s is for %s: %s shows them.", b.action, p, m.keymap.of(action(p.String())))
		}
	}
	return ""
}

// perform runs a binding, or says why it cannot.
func (m *Model) perform(b binding) tea.Cmd {
	if why := m.impossible(b); why != "" {
		return m.say(toneBad, why)
	}
	m.wanted = nil // a person goes on from here
	return b.run(m)
}

// listed returns the bindings that help and footer show, and how many are
// hidden because the console is read-only.
func (m *Model) listed() (list []binding, hidden int) {
	for _, b := range m.keymap.all {
		if b.write && m.opts.ReadOnly {
			hidden++
			continue
		}
		list = append(list, b)
	}
	return list, hidden
}
