package tui

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

func (e effects) listProfiles(gen int) tea.Cmd {
	return guard(func() tea.Msg {
		profiles, err := e.profiles.List()
		return profilesListedMsg{gen: gen, profiles: profiles, err: err}
	})
}

func (e effects) openProfile(ctx context.Context, gen int, name string) tea.Cmd {
	return guard(func() tea.Msg {
		s, err := e.profiles.Open(ctx, name)
		msg := sessionOpenedMsg{gen: gen, session: s, err: err}
		if err == nil && s.Screen != nil {
			msg.screen = s.Screen.Load()
		}
		return msg
	})
}

func (e effects) openDemo(_ context.Context, gen int) tea.Cmd {
	return guard(func() tea.Msg {
		s, err := e.profiles.Demo()
		return sessionOpenedMsg{gen: gen, session: s, err: err}
	})
}

// addProfile signs in with a draft and stores it.
func (e effects) addProfile(ctx context.Context, gen int, d ProfileDraft) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, actionTimeout)
		defer cancel()
		added, err := e.profiles.Add(ctx, d)
		return profileAddedMsg{gen: gen, added: added, err: err}
	})
}

// leaveSession says farewell to the tenant that shows, in the background.
func (e effects) leaveSession() tea.Cmd {
	return guard(func() tea.Msg {
		e.signOut()
		return nil
	})
}
