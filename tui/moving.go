package tui

import (
	tea "charm.land/bubbletea/v2"

	"provkeys/tui/table"
)

func (m *Model) move(rows int) tea.Cmd {
	m.list().table.Move(rows, m.rows())
	m.list().took()
	return nil
}

// jump is one way to move by more than a row.
type jump func(*table.Model, table.Source)

func halfUp(t *table.Model, s table.Source)   { t.HalfUp(s) }
func halfDown(t *table.Model, s table.Source) { t.HalfDown(s) }
func pageUp(t *table.Model, s table.Source)   { t.PageUp(s) }
func pageDown(t *table.Model, s table.Source) { t.PageDown(s) }
func toFirst(t *table.Model, s table.Source)  { t.Home(s) }
func toLast(t *table.Model, s table.Source)   { t.End(s) }

func (m *Model) moveBy(j jump) tea.Cmd {
	j(&m.list().table, m.rows())
	m.list().took()
	return nil
}

func (m *Model) toggleDetails() tea.Cmd {
	if ref, ok := m.list().cursor(); ok {
		m.list().show(!m.list().isOpen(ref))
	}
	return nil
}

func (m *Model) openDetails() tea.Cmd { return m.showDetails(true) }

func (m *Model) closeDetails() tea.Cmd { return m.showDetails(false) }

func (m *Model) showDetails(open bool) tea.Cmd {
	m.list().show(open)
	return nil
}

// toggleAllDetails opens everything, or closes everything if all was open.
func (m *Model) toggleAllDetails() tea.Cmd {
	s := m.list()
	s.openAll, s.flipped = !s.openAll, nil
	return nil
}
