package main

import (
	"errors"

	"provkeys/client/catalog"
	"provkeys/cmd/internal/views"
	"provkeys/tui"
)

// consoleViews are the saved views as the console sees them.
type consoleViews struct{ views.Views }

// consoleViews returns them; nil without a folder for them: then they end with the
// console.
func (a *app) consoleViews() tui.Views {
	held, err := a.savedViews()
	if err != nil {
		return nil
	}
	return consoleViews{held}
}

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
