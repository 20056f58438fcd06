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
		m.groups.choose(m.kind)
		m.groups.follow(m.rows(), m.groups.held)
		m.groups.rest()
	case connectorsPage:
		m.connectors.choose(m.kind)
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
// the one that shows is made anew before it is drawn.
func (m *Model) outdated() { m.remake = true }

// remakePage makes the rows of the page that shows anew, where they are outdated.
func (m *Model) remakePage() tea.Cmd {
	if m.page == keysPage || !m.remake {
		return nil
	}
	m.remake = false
	s := m.estateSource()
	m.groups.take(estate.Groups(s))
	m.connectors.take(estate.Connectors(s))
	m.certs.take(estate.Certificates(s))
	m.reselectPage()
	return m.pursue()
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
