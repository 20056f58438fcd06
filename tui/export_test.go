package tui

import tea "charm.land/bubbletea/v2"

// BreakView makes the console's next frame that shows help panic with value.
func BreakView(model tea.Model, value string) {
	model.(*root).model.bindings[0].whyNot = func(*Model) string { panic(value) }
}
