package tui

import (
	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/table"
)

func (s *otherScreen) read(string) error       { return nil }
func (s *otherScreen) sorts() []string         { return []string{"name"} }
func (s *otherScreen) count(client.Kind) int   { return 0 }
func (m *Model) groupRows() table.Source       { return otherRows{} }
func (m *Model) connectorRows() table.Source   { return otherRows{} }
func (m *Model) certificateRows() table.Source { return otherRows{} }
func (m *Model) reselectOthers()               {}
func (m *Model) whyNoOther() string            { return "" }
func (m *Model) whyNoCopyAs() string           { return m.whyNoOneCopy() }
func (m *Model) turnTo(page) tea.Cmd           { return nil }
func (m *Model) showItsKeys() tea.Cmd          { return nil }
func (m *Model) pageNote() string              { return "" }
func (m *Model) columns(w int) []table.Column  { return columnsOf(m.keys.layout, w) }
