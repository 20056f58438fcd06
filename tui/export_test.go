package tui

import tea "charm.land/bubbletea/v2"

// BreakView makes the console's next frame that shows help panic with value.
func BreakView(model tea.Model, value string) {
	model.(*root).model.keymap.all[0].whyNot = func(*Model) string { panic(value) }
}

// Frame draws what the program shows.
func Frame(m tea.Model) string {
	r, ok := m.(*root)
	if !ok {
		return ""
	}
	r.look()
	return r.frame.Content
}
