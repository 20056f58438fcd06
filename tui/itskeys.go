package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/client/estate"
	"provkeys/tui/style"
)

// whyNoKeys says why there are no keys to show for the row under the cursor.
func (m *Model) whyNoKeys() string {
	if why := m.whyNoRow(); why != "" {
		return why
	}
	switch m.page {
	case groupsPage:
		switch g, _ := m.groups.current(); {
		case len(g.Keys) > 0:
		case !g.KeysKnown:
			return "The keys of " + called(g.Name) + " are not known: " + m.whyNoKeysOf(g.Kind) + "."
		default:
			return called(g.Name) + " has no key yet."
		}
	case connectorsPage:
		if c, _ := m.connectors.current(); c.KeyFate != estate.KeyHeld {
			return "The key that " + called(c.Name) + " enrolled with is not there."
		}
	case certificatesPage:
		switch c, _ := m.certs.current(); {
		case len(c.Keys) > 0:
		case !c.KeysKnown:
			return "Not all keys are known, and none of those that are is signed by " + called(c.Name) + "."
		default:
			return called(c.Name) + " signs no key."
		}
	}
	return ""
}

// showItsKeys shows the keys of the row under the cursor: the filter of their page
// says which.
func (m *Model) showItsKeys() tea.Cmd {
	of := m.selected()
	kind, filter := client.Kind(""), ""
	switch m.page {
	case groupsPage:
		same := func(g estate.Group) bool { return g.Kind == of.group.Kind && g.Name == of.name }
		kind, filter = of.group.Kind, exactly("group", of.name, of.group.ID, countSame(m.groups.all, same))
	case connectorsPage:
		kind, filter = of.key.Kind, catalog.Exactly("id", string(of.key.ID))
	case certificatesPage:
		same := func(c estate.Certificate) bool { return c.Name == of.name }
		filter = exactly("cert", of.name, of.certificate, countSame(m.certs.all, same))
	}
	m.page, m.keys.kind = keysPage, kind
	m.keys.filter.set(filter)
	return m.refilter()
}

// exactly asks for a whole name, or for the id where the name is not enough: several
// have it, or it cannot be typed.
func exactly(column, name string, id client.ID, same int) string {
	if same > 1 || strings.TrimSpace(name) == "" || style.Sanitize(name) != name {
		name = string(id)
	}
	return catalog.Exactly(column, name)
}

// countSame returns how many rows are alike.
func countSame[R any](all []R, same func(R) bool) int {
	n := 0
	for _, r := range all {
		if same(r) {
			n++
		}
	}
	return n
}

// newcomerKey returns the key with which one more could join a group.
func (m *Model) newcomerKey(group client.Ref) (client.Key, bool) {
	f := m.facts[group]
	k, held := m.keys.catalog.Get(f.next)
	return k, f.there && held
}

// howToAdd says with which key one more joins a group.
func (m *Model) howToAdd(group client.Ref) string {
	k, ok := m.newcomerKey(group)
	if !ok {
		return "none of its keys can be copied: " + m.keymap.of("new") + " on the page of keys makes one"
	}
	return fmt.Sprintf("%s copies a snippet with %s (%d left)", m.keymap.of("copy-as"), called(k.Name), k.Left())
}

// whyNoCopyAs says why there is no snippet for the row under the cursor.
func (m *Model) whyNoCopyAs() string {
	if m.page == keysPage {
		return m.whyNoOneCopy()
	}
	if why := m.whyNoRow(); why != "" {
		return why
	}
	if _, ok := m.newcomerKey(m.selected().group); !ok {
		return "None of the keys of its group can be copied: " + m.keymap.of("show-keys") + " shows them."
	}
	if len(m.plan.Steps) == 0 {
		return "Not copied: " + m.plan.Why + "."
	}
	return ""
}
