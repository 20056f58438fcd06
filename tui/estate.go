package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/client/estate"
)

// reselectPage filters and sorts the page that shows again.
func (m *Model) reselectPage() {
	switch m.page {
	case groupsPage:
		m.groups.choose(m.groups.kind)
		m.groups.follow(m.rows(), m.groups.held)
		m.groups.rest()
	case connectorsPage:
		m.connectors.choose(m.connectors.kind)
		m.connectors.follow(m.rows(), m.connectors.held)
		m.connectors.rest()
	case certificatesPage:
		m.certs.choose("")
		m.certs.follow(m.rows(), m.certs.held)
		m.certs.rest()
	default:
		m.reselect()
	}
}

// outdated says that the pages beside the keys are not made of what is known now:
// they are made anew before the next frame.
func (m *Model) outdated() { m.remake = true }

// remakePage makes the rows of those pages anew where they are outdated. While the
// page of keys shows, that waits until a load is over: only their number is seen.
func (m *Model) remakePage() tea.Cmd {
	if !m.remake || m.page == keysPage && m.loads.busy() {
		return nil
	}
	m.remake = false
	s := m.estateSource()
	m.groups.take(estate.Groups(s))
	m.connectors.take(estate.Connectors(s))
	m.certs.take(estate.Certificates(s))
	m.facts = factsOf(s, m.connectors.all)
	if m.page == keysPage {
		return nil
	}
	m.reselectPage()
	return m.pursue()
}

// groupFacts are what an open group says besides its row.
type groupFacts struct {
	away  int        // connectors that are disconnected
	next  client.Ref // the key that lets one more in: of those that can be copied, the one with the most uses left
	left  int64      // its uses left
	there bool       // there is such a key
}

// factsOf goes through everything once for all groups.
func factsOf(s estate.Source, connectors []estate.Connector) map[client.Ref]groupFacts {
	facts := map[client.Ref]groupFacts{}
	for i := range connectors {
		if c := &connectors[i]; c.Health == estate.Disconnected {
			f := facts[c.GroupRef()]
			f.away++
			facts[c.GroupRef()] = f
		}
	}
	for i := range s.Keys {
		k := &s.Keys[i]
		group := client.Ref{Kind: k.Kind, ID: k.GroupID}
		if f := facts[group]; (!f.there || k.Left() > f.left) && k.CopyBlock(s.Now) == nil {
			f.next, f.left, f.there = k.Ref(), k.Left(), true
			facts[group] = f
		}
	}
	return facts
}

// estateSource returns what those rows are made of.
func (m *Model) estateSource() estate.Source {
	s := estate.Source{
		Groups: allOf(m.fleet.groups), Connectors: allOf(m.fleet.machines), Certificates: m.certificates,
		Keys:        m.keys.catalog.Keys(m.keys.catalog.Select(catalog.Query{Now: m.now})),
		KeysUnknown: map[client.Kind]bool{}, ConnectorsUnknown: map[client.Kind]bool{},
		Now: m.now, Near: m.opts.Near,
	}
	for _, kind := range client.Kinds() {
		s.KeysUnknown[kind] = m.loads.kinds[kind].loaded.IsZero()
		if l := m.fleet.machines[kind]; l != nil {
			s.ConnectorsUnknown[kind] = l.loaded.IsZero()
		}
	}
	return s
}

// pageAge returns when the oldest rows of the page that shows were loaded: the zero
// time when nothing has come yet.
func (m *Model) pageAge() time.Time {
	switch m.page {
	case groupsPage:
		return oldest(m.fleet.groups)
	case connectorsPage:
		return oldest(m.fleet.machines)
	case certificatesPage:
		return m.loads.certs
	}
	return m.loads.oldest()
}

// oldest returns when the list that is oldest came whole.
func oldest[T any](lists map[client.Kind]*list[T]) time.Time {
	var t time.Time
	for _, l := range lists {
		if !l.loaded.IsZero() && (t.IsZero() || l.loaded.Before(t)) {
			t = l.loaded
		}
	}
	return t
}
