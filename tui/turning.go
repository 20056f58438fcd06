package tui

import (
	"cmp"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
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
	return tea.Batch(m.loadFleet(false, max(m.loads.every, turnEvery)), m.loadOldCertificates(max(m.loads.every, turnEvery)))
}

// loadOldCertificates asks for the certificates where their page shows and they are
// older than so long.
func (m *Model) loadOldCertificates(every time.Duration) tea.Cmd {
	if m.page != certificatesPage || m.effects.client == nil || m.loads.certsOut || m.now.Sub(m.loads.certs) < every {
		return nil
	}
	m.loads.certsOut = true
	return m.effects.loadCertificates(m.ctx, m.load.gen)
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
	if s.kind != target.Kind {
		s.kind = "" // what one came for must show
	}
	m.reselectPage()
	if s.rowOf(target) < 0 && s.filter.text() != "" {
		s.filter.set("")
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
		if l := m.fleet.machines[cmp.Or(of.key.Kind, of.group.Kind)]; l == nil || l.loaded.IsZero() {
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
		if c.KeyID != "" && c.KeyRef() == of.key && (newest.ID == "" || c.Created.After(newest.Created)) {
			newest = c
		}
		if inGroup.ID == "" && c.GroupID != "" && c.GroupRef() == of.group {
			inGroup = c.Ref()
		}
	}
	if newest.ID != "" {
		return newest.Ref()
	}
	return inGroup
}

// whyNoOther says why a page beside the keys is empty.
func (m *Model) whyNoOther() string {
	what, kind := m.page.String(), m.list().kind
	waits, err := m.pageLoad()
	if all, _ := m.counted(m.page); all > 0 && m.list().filter.text() != "" {
		return "None of the " + what + " matches the filter: " + m.keymap.of("back") + " takes it away."
	}
	switch {
	case waits:
		return "The " + what + " are still loading."
	case err != nil:
		return ended(failure(err)) + " " + m.keymap.of("refresh") + " tries again."
	case kind != "" && m.page == connectorsPage && !kind.Listed():
		return "The API does not list network connectors."
	}
	return "There are no " + what + " here."
}

// pageLoad returns whether the rows of the page are asked for and have not come yet,
// and what kept them from coming.
func (m *Model) pageLoad() (waits bool, err error) {
	if m.page == certificatesPage {
		return m.loads.certsOut && m.loads.certs.IsZero(), m.loads.certsErr
	}
	for _, kind := range client.Kinds() {
		if m.list().kind == "" || m.list().kind == kind {
			w, e := m.loadOf(kind)
			waits = waits || w
			if err == nil {
				err = e
			}
		}
	}
	return waits, err
}

// pageNote says what must be known of the page that shows.
func (m *Model) pageNote() string {
	switch {
	case m.page == groupsPage && (m.groups.kind == "" || m.groups.kind == client.NetworkConnector) && m.groups.count(client.NetworkConnector) > 0:
		return "groups of network connectors: as keys name them"
	case m.page == connectorsPage && m.connectors.kind == "":
		return "network connectors have no list"
	}
	return ""
}
