package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"provkeys/client/catalog"
)

// ScreenMemory keeps how the table of keys was left, without being asked. It is
// called from several goroutines, never two at a time.
type ScreenMemory interface {
	// Load returns what was kept last; the zero value for nothing.
	Load() catalog.Screen
	Save(catalog.Screen) error
}

// keptScreen is what the memory was given last, and what of it is not written yet.
type keptScreen struct {
	screen  catalog.Screen
	writing []entry // at most one while the console runs
}

// recall shows the table as it was left, and over that the view to start with. What
// a person asks for besides goes over both.
func (m *Model) recall() tea.Cmd {
	m.viewing.took(m.effects.recallViews())
	m.restoreScreen(m.effects.recallScreen())
	var cmd tea.Cmd
	if m.opts.View != "" {
		cmd = m.showNamed(m.opts.View)
	}
	if m.opts.Filter != "" {
		m.keys.filter.set(m.opts.Filter)
	}
	if m.opts.Kind != "" {
		m.keys.kind = m.opts.Kind
	}
	// What is shown by a wish alone is not kept before it is changed.
	m.kept.screen = m.screenToKeep()
	return cmd
}

// restoreScreen shows the table as it was left.
func (m *Model) restoreScreen(s catalog.Screen) {
	m.keys.sort, m.keys.reverse, m.keys.layout, m.barHidden = s.Sort, s.Reverse, s.Columns.OrDefault(), s.FilterBarHidden
	m.kept.screen = m.screenToKeep()
}

// screenToKeep returns how the table is. Columns that are only tried out do not
// count.
func (m *Model) screenToKeep() catalog.Screen {
	s := catalog.Screen{Sort: m.keys.sort, Reverse: m.keys.reverse, Columns: m.keys.layout, FilterBarHidden: m.barHidden}
	if m.open == columnsOpen {
		s.Columns = m.choosing.before
	}
	return s
}

// keepScreen has the table remembered as soon as it changed. While that is being
// written further changes wait.
func (m *Model) keepScreen() tea.Cmd {
	if len(m.kept.writing) > 0 || !m.noteScreen() {
		return nil
	}
	return m.effects.write(m.kept.writing[0])
}

// noteScreen puts the table behind what is being written, and reports whether it has
// changed since.
func (m *Model) noteScreen() bool {
	now, was := m.screenToKeep(), m.kept.screen
	if m.effects.screen == nil || now.Sort == was.Sort && now.Reverse == was.Reverse &&
		now.FilterBarHidden == was.FilterBarHidden && slices.Equal(now.Columns, was.Columns) {
		return false
	}
	m.kept.screen = now
	if slices.Equal(now.Columns, catalog.DefaultLayout()) {
		now.Columns = nil // what becomes usual later shows then too
	}
	m.recorded++
	m.kept.writing = append(m.kept.writing, newEntry(m.recorded, m.effects.keepScreen(m.recorded, now)))
	return true
}
