package tui

import (
	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/table"
)

// page is one of the four pages.
type page int

// The pages, in the order of their keys.
const (
	keysPage page = iota
	groupsPage
	connectorsPage
	certificatesPage
	pageCount
)

// String returns the page's word in the console's command line.
func (p page) String() string {
	switch p {
	case groupsPage:
		return "groups"
	case connectorsPage:
		return "connectors"
	case certificatesPage:
		return "certificates"
	}
	return "keys"
}

// title is the page's name in the line of pages.
func (p page) title() string {
	word := p.String()
	return string(word[0]-'a'+'A') + word[1:]
}

// pageSet says on which pages an action is at home.
type pageSet uint8

const (
	onKeys         pageSet = 1 << keysPage
	onGroups       pageSet = 1 << groupsPage
	onConnectors   pageSet = 1 << connectorsPage
	onCertificates pageSet = 1 << certificatesPage
	onOthers               = onGroups | onConnectors | onCertificates
	onAll                  = onKeys | onOthers
)

func (s pageSet) has(p page) bool { return s&(1<<p) != 0 }

// list returns the rows of the page that shows.
func (m *Model) list() *listing { return m.listOf(m.page) }

func (m *Model) listOf(p page) *listing {
	switch p {
	case groupsPage:
		return &m.groups.listing
	case connectorsPage:
		return &m.connectors.listing
	case certificatesPage:
		return &m.certs.listing
	}
	return &m.keys.listing
}

// columns returns those of the page for a screen of that width.
func (m *Model) columns(width int) []table.Column {
	switch m.page {
	case groupsPage:
		return groupColumns(width)
	case connectorsPage:
		return connectorColumns(width)
	case certificatesPage:
		return certificateColumns(width)
	}
	return columnsOf(m.keys.layout, width)
}

// whyNoRow says why there is no row under the cursor, "" where there is one.
func (m *Model) whyNoRow() string {
	if m.page == keysPage {
		return m.whyNoKey()
	}
	if _, ok := m.list().cursor(); ok {
		return ""
	}
	return m.whyNoOther()
}

// rows returns what the table of the page shows.
func (m *Model) rows() table.Source {
	switch m.page {
	case groupsPage:
		return m.groupRows()
	case connectorsPage:
		return m.connectorRows()
	case certificatesPage:
		return m.certificateRows()
	}
	return m.source()
}

// reader returns what takes the text of a page's filter in.
func (m *Model) reader(p page) func(string) error {
	switch p {
	case groupsPage:
		return m.groups.read
	case connectorsPage:
		return m.connectors.read
	case certificatesPage:
		return m.certs.read
	}
	return m.keys.read
}

// refilter selects after a person changed what shows: a cursor whose row is
// hidden goes to the first one.
func (m *Model) refilter() tea.Cmd {
	m.list().under = client.Ref{}
	m.reselectPage()
	return nil
}

// settle fits the window to the rows and the screen.
func (m *Model) settle() tea.Cmd {
	remade := m.remakePage()
	l := m.layout()
	s := m.list()
	s.table.SetSize(l.table.w, l.table.h)
	s.table.Clamp(m.rows())
	return remade
}
