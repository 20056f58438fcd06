package tui

import tea "charm.land/bubbletea/v2"

// readNames reads the names that a command may take: those of the saved views, and of
// the profiles.
func (e effects) readNames() tea.Cmd {
	return guard(func() tea.Msg {
		var msg namesReadMsg
		msg.views, msg.viewsErr = e.views.List()
		if e.profiles != nil {
			// A list that cannot be read offers nothing; who opens one is told why.
			msg.profiles, _ = e.profiles.List()
		}
		return msg
	})
}
