package tui

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/client/estate"
	"provkeys/tui/style"
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

// whyNoOther says why a page beside the keys is empty.
func (m *Model) whyNoOther() string {
	what, kind := m.page.String(), m.list().kind
	err, waits := m.pageLoad()
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

// pageLoad returns what kept the rows of the page from coming, and whether they are
// asked for and have not come yet.
func (m *Model) pageLoad() (err error, waits bool) {
	if m.page == certificatesPage {
		return m.loads.certsErr, m.loads.certsOut && m.loads.certs.IsZero()
	}
	for _, kind := range client.Kinds() {
		if m.list().kind == "" || m.list().kind == kind {
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
	case m.page == groupsPage && (m.groups.kind == "" || m.groups.kind == client.NetworkConnector) && m.groups.count(client.NetworkConnector) > 0:
		return "groups of network connectors: as keys name them"
	case m.page == connectorsPage && m.connectors.kind == "":
		return "network connectors have no list"
	}
	return ""
}
