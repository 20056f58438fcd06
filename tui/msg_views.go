package tui

import "provkeys/client/catalog"

// Views and columns send these.

// viewsListedMsg brings the saved views: for a dialog, or to pick one.
type viewsListedMsg struct {
	dialog int    // its number
	pick   string // a view's name; "" for none
	saved  []catalog.Saved
	err    error
}

// viewSavedMsg says what became of saving a view.
type viewSavedMsg struct {
	dialog int
	view   catalog.View
	there  *catalog.Saved // what stands under its name, where nothing was saved for that
	err    error
}

// viewDeletedMsg says what became of deleting a view.
type viewDeletedMsg struct {
	dialog int
	name   string
	err    error
}

// screenKeptMsg says that the table is remembered, or never will be.
type screenKeptMsg struct{ number int }

// namesReadMsg brings the names that a command may take.
type namesReadMsg struct {
	views    []catalog.Saved
	viewsErr error
	profiles []Profile
}
