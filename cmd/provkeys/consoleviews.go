package main

import (
	"errors"

	"provkeys/client/catalog"
	"provkeys/cmd/internal/store"
	"provkeys/cmd/internal/views"
	"provkeys/tui"
)

// consoleViews are the saved views as the console sees them.
type consoleViews struct{ views.Views }

// Delete takes a view away. One that somebody else has deleted is gone, which is all
// that was wanted.
func (c consoleViews) Delete(name string) error {
	if err := c.Views.Delete(name); !errors.Is(err, views.ErrNotFound) {
		return err
	}
	return nil
}

// consoleScreen is what the console remembers of its table for one profile.
type consoleScreen struct {
	views.Screens
	profile string
}

// Load returns how the table was left.
func (c consoleScreen) Load() catalog.Screen { return c.Screens.Load(c.profile) }

// Save remembers how it is.
func (c consoleScreen) Save(s catalog.Screen) error { return c.Screens.Save(c.profile, s) }

// keepViews gives the console the files of its views and of its table. Without the
// folders for them both end with the console.
func (a *app) keepViews(deps *tui.Deps) {
	if held, err := a.savedViews(); err == nil {
		deps.Views = consoleViews{held}
	}
	if dir, err := store.Dir(a.variableSet, a.env.Home); err == nil {
		deps.Screen = consoleScreen{views.Screens{Dir: dir}, a.profile.Name}
	}
}
