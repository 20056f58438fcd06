package tui

import (
	"slices"
	"sync"

	tea "charm.land/bubbletea/v2"

	"provkeys/client/catalog"
)

// listViews reads the saved views for the dialog with that number.
func (e effects) listViews(dialog int) tea.Cmd {
	return guard(func() tea.Msg {
		saved, err := e.views.List()
		return viewsListedMsg{dialog: dialog, saved: saved, err: err}
	})
}

// pickView reads the saved views, to show one of them.
func (e effects) pickView(name string) tea.Cmd {
	return guard(func() tea.Msg {
		saved, err := e.views.List()
		return viewsListedMsg{pick: name, saved: saved, err: err}
	})
}

// saveView writes a view down, unless something else than was expected stands under
// its name: over is what may be replaced, nil for nothing. The file has no
// compare-and-swap, so that the time between the look and the write is a risk.
func (e effects) saveView(dialog int, view catalog.View, over *catalog.Saved) tea.Cmd {
	return guard(func() tea.Msg {
		msg := viewSavedMsg{dialog: dialog, view: view}
		saved, err := e.views.List()
		i := slices.IndexFunc(saved, func(s catalog.Saved) bool { return s.Name == view.Name })
		switch {
		case err != nil:
			msg.err = err
		case i >= 0 && (over == nil || !sameSaved(*over, saved[i])):
			msg.there = &saved[i]
		default:
			msg.err = e.views.Save(view)
		}
		return msg
	})
}

// sameSaved reports whether nothing was changed from one to the other.
func sameSaved(a, b catalog.Saved) bool {
	return a.Same(b.View) && (a.Fault == nil) == (b.Fault == nil)
}

// deleteView takes a saved view away.
func (e effects) deleteView(dialog int, name string) tea.Cmd {
	return guard(func() tea.Msg {
		return viewDeletedMsg{dialog: dialog, name: name, err: e.views.Delete(name)}
	})
}

// recallViews reads the saved views once, as the console begins.
func (e effects) recallViews() ([]catalog.Saved, error) { return e.views.List() }

// recallScreen reads how the table was left last, as the console begins.
func (e effects) recallScreen() catalog.Screen {
	if e.screen == nil {
		return catalog.Screen{}
	}
	return e.screen.Load()
}

// keepScreen remembers how the table is, as write has it done. One that cannot be
// remembered is not worth a message.
func (e effects) keepScreen(number int, s catalog.Screen) func() tea.Msg {
	return func() tea.Msg {
		_ = e.screen.Save(s)
		return screenKeptMsg{number}
	}
}

// sessionViews are views where none can be kept: they end with the console. Effects call
// them, each in a goroutine of its own.
type sessionViews struct {
	mu   sync.Mutex
	held viewing
}

// List returns every view by name.
func (s *sessionViews) List() ([]catalog.Saved, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held.saved, nil
}

// Save keeps a view, in place of the one of its name.
func (s *sessionViews) Save(view catalog.View) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held.put(catalog.Saved{View: view})
	return nil
}

// Delete takes a view away.
func (s *sessionViews) Delete(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.held.drop(name)
	return nil
}
