package tui

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/client/estate"
)

// selection is what a row stands for on every page: a key, its group and its signing
// certificate, as far as it has them.
type selection struct {
	key, group  client.Ref
	certificate client.ID
	name        string // of the row, for a person
}

// selected returns what the row under the cursor stands for.
func (m *Model) selected() selection {
	switch m.page {
	case groupsPage:
		g, _ := m.groups.current()
		s := selection{group: g.Ref(), name: g.Name}
		if len(g.Keys) > 0 {
			s.key = g.Keys[0]
		}
		return s
	case connectorsPage:
		c, _ := m.connectors.current()
		return selection{key: c.KeyRef(), group: c.GroupRef(), certificate: c.CertificateID, name: c.Name}
	case certificatesPage:
		c, _ := m.certs.current()
		s := selection{certificate: c.ID, name: c.Name}
		if len(c.Keys) > 0 {
			s.key = c.Keys[0]
		}
		return s
	}
	k, _ := m.keys.current()
	return selectionOf(k)
}

func selectionOf(k client.Key) selection {
	return selection{key: k.Ref(), group: client.Ref{Kind: k.Kind, ID: k.GroupID}, certificate: k.CertificateID, name: k.Name}
}

// turnTo shows a page, at what belongs to the row that was selected. The page of keys
// is found as it was left.
func (m *Model) turnTo(p page) tea.Cmd {
	if p == m.page {
		return nil
	}
	from := m.selected()
	if k, held := m.keys.catalog.Get(from.key); held {
		of := selectionOf(k)
		if from.group.ID == "" {
			from.group = of.group
		}
		if from.certificate == "" {
			from.certificate = of.certificate
		}
	}
	m.hide()
	m.page, m.wanted = p, nil
	if p == keysPage {
		m.reselectPage()
		return nil
	}
	m.wanted = &from
	m.outdated()
	return m.loadFleet(false, max(m.loads.every, turnEvery))
}

// turnEvery is how old a page's lists may be before they are asked for again when it
// is opened, where nothing is refreshed by itself.
const turnEvery = 30 * time.Second

// pursue puts the cursor on what belongs to the row that was selected on the page
// before, as soon as it is there. Until then a person may move it, which ends that.
func (m *Model) pursue() tea.Cmd {
	if m.wanted == nil {
		return nil
	}
	target, known := m.target(*m.wanted)
	name := m.wanted.name
	if known || target != (client.Ref{}) {
		m.wanted = nil
	}
	if target == (client.Ref{}) {
		return nil
	}
	s := m.list()
	s.anchor = target
	if m.kind != "" && target.Kind != "" {
		m.kind = target.Kind
	}
	m.reselectPage()
	if s.rowOf(target) < 0 && s.filter.text() != "" {
		s.filter.set("") // what one came for must show
		m.reselectPage()
		return m.say(toneInfo, "The filter is taken away: it hid what belongs to "+called(name)+".")
	}
	return nil
}

// target returns the row of the page that belongs to a selection, zero for none, and
// whether everything is known that could have it.
func (m *Model) target(of selection) (ref client.Ref, known bool) {
	switch m.page {
	case groupsPage:
		known = m.fleet.groupsKnown()
		if m.groups.held(of.group) {
			return of.group, true
		}
	case connectorsPage:
		if l := m.fleet.machines[of.key.Kind]; l == nil || l.loaded.IsZero() {
			return client.Ref{}, l == nil || l.err != nil
		}
		return m.connectorOf(of), true
	case certificatesPage:
		known = true
		if ref := (client.Ref{ID: of.certificate}); m.certs.held(ref) {
			return ref, true
		}
	}
	return client.Ref{}, known
}

// connectorOf returns the connector that enrolled last with the selection's key, else
// the first of its group; zero for none.
func (m *Model) connectorOf(of selection) client.Ref {
	var newest estate.Connector
	var inGroup client.Ref
	for _, c := range m.connectors.all {
		if c.KeyRef() == of.key && (newest.ID == "" || c.Created.After(newest.Created)) {
			newest = c
		}
		if inGroup.ID == "" && c.GroupRef() == of.group {
			inGroup = c.Ref()
		}
	}
	if newest.ID != "" {
		return newest.Ref()
	}
	return inGroup
}

// whyNoKeys says why there are no keys to show for the row under the cursor.
func (m *Model) whyNoKeys() string {
	if why := m.whyNoRow(); why != "" {
		return why
	}
	switch m.page {
	case groupsPage:
		if g, _ := m.groups.current(); len(g.Keys) == 0 {
			return called(g.Name) + " has no key yet."
		}
	case connectorsPage:
		if c, _ := m.connectors.current(); c.KeyFate != estate.KeyHeld {
			return "The key that " + called(c.Name) + " enrolled with is not there."
		}
	case certificatesPage:
		if c, _ := m.certs.current(); len(c.Keys) == 0 {
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
		kind, filter = of.group.Kind, catalog.Exactly("group", of.name)
	case connectorsPage:
		kind, filter = of.key.Kind, catalog.Exactly("id", string(of.key.ID))
	case certificatesPage:
		filter = catalog.Exactly("cert", of.name)
	}
	m.page, m.kind, m.wanted = keysPage, kind, nil
	m.keys.filter.set(filter)
	return m.refilter()
}

// newcomerKey returns the key with which one more could join a group: of those that
// can be copied, the one with the most uses left.
func (m *Model) newcomerKey(group client.Ref) (client.Key, bool) {
	g, _ := m.groups.get(group)
	keys := slices.DeleteFunc(m.keys.catalog.Keys(g.Keys), func(k client.Key) bool { return k.CopyBlock(m.now) != nil })
	if len(keys) == 0 {
		return client.Key{}, false
	}
	return slices.MaxFunc(keys, func(a, b client.Key) int { return int(min(max(a.Left()-b.Left(), -1), 1)) }), true
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

// whyNoOther says why a page beside the keys is empty.
func (m *Model) whyNoOther() string {
	what := m.page.String()
	switch err, waits := m.pageLoad(); {
	case m.list().filter.text() != "":
		return "None of the " + what + " matches the filter: " + m.keymap.of("back") + " takes it away."
	case waits:
		return "The " + what + " are still loading."
	case err != nil:
		return ended(failure(err)) + " " + m.keymap.of("refresh") + " tries again."
	case m.kind != "" && m.page == connectorsPage && !m.kind.Listed():
		return "The API does not list network connectors."
	}
	return "There are no " + what + " here."
}

// pageLoad returns what kept the rows of the page from coming, and whether they are
// asked for and have not come yet.
func (m *Model) pageLoad() (err error, waits bool) {
	if m.page == certificatesPage {
		return m.loads.certsErr, m.loads.certsOut && m.loads.certs.IsZero()
	}
	for _, kind := range client.Kinds() {
		if m.kind == "" || m.kind == kind {
			e, w := m.loadOf(kind)
			waits = waits || w
			if err == nil {
				err = e
			}
		}
	}
	return err, waits
}

// pageNote says what must be known of the page that shows.
func (m *Model) pageNote() string {
	switch {
	case m.page == groupsPage && (m.kind == "" || m.kind == client.NetworkConnector) && m.groups.count(client.NetworkConnector) > 0:
		return "groups of network connectors: as keys name them"
	case m.page == connectorsPage && m.kind == "":
		return "network connectors have no list"
	}
	return ""
}
