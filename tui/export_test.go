package tui

import tea "charm.land/bubbletea/v2"

// BreakView makes the console's next frame that shows help panic with value.
func BreakView(model tea.Model, value string) {
	model.(*root).model.keymap.all[0].whyNot = func(*Model) string { panic(value) }
}

// Frame returns what the program drew last.
func Frame(m tea.Model) string {
	r, ok := m.(*root)
	if !ok {
		return ""
	}
	return r.frame.Content
}
