package tui

import (
	tea "charm.land/bubbletea/v2"
)

// bindings returns every action there is, in the order in which help shows them.
func bindings() []binding {
	return []binding{
		{action: "copy", on: onKeys, keys: []string{"y", "c"}, does: "copy the key text, after checking that it will enrol; with marks: all of them, one a line", footer: "copy", whyNot: (*Model).whyNoCopy, run: (*Model).copyChecked},
		{action: "copy-loaded", on: onKeys, keys: []string{"!"}, does: "copy what was loaded, without asking the backend again", whyNot: (*Model).whyNoOneCopy, run: (*Model).copyLoaded},
		{action: "copy-as", on: onKeys | onGroups | onConnectors, keys: []string{"Y"}, does: "copy as a snippet: environment file, cloud-init, Docker, Helm, user data; on a group or a connector: how to add one", wide: "copy as", whyNot: (*Model).whyNoCopyAs, run: (*Model).openCopyAs},
		{action: "clear", on: onAll, keys: []string{"X"}, does: "clear the clipboard now of what was copied from here", whyNot: (*Model).whyNoClear, run: (*Model).clearNow},
		{action: "edit", on: onKeys, keys: []string{"e"}, does: "edit a key: max uses (15 sets it, +5 adds to it), name, certificate, expiry…; with marks: change them all", footer: "edit", write: true, whyNot: (*Model).whyNoEdit, run: (*Model).openEdit},
		{action: "raise", on: onKeys, keys: []string{"E"}, does: "raise max uses by one and copy, where that is all that is missing; with marks: raise them all", write: true, whyNot: (*Model).whyNoRaise, run: (*Model).openRaise},
		{action: "undo", on: onAll, keys: []string{"u"}, does: "undo the last edit, for 30 s after it", write: true, whyNot: (*Model).whyNoUndo, run: (*Model).undoEdit},
		{action: "new", on: onKeys, keys: []string{"n"}, does: "make a new key", footer: "new", write: true, run: (*Model).openCreate},
		{action: "new-like", on: onKeys, keys: []string{"N"}, does: "make a new key like this one: same kind, group and certificate", write: true, whyNot: (*Model).whyNoKey, run: (*Model).openCreateLike},
		{action: "delete", on: onKeys, keys: []string{"D"}, does: "delete a key, after showing what depends on it; with marks: delete them all", write: true, whyNot: (*Model).whyNoDelete, run: (*Model).openDelete},

		{action: "mark", on: onKeys, keys: []string{"space"}, does: "mark a key, or take its mark away: copying, changing, downloading and deleting act on all marked keys", whyNot: (*Model).whyNoKey, run: (*Model).markOne},
		{action: "mark-range", on: onKeys, keys: []string{"M"}, does: "mark from the last mark to here", whyNot: (*Model).whyNoKey, run: (*Model).markRange},
		{action: "mark-all", on: onKeys, keys: []string{"*"}, does: "mark all keys that show, or none", whyNot: (*Model).whyNoKey, run: (*Model).markAll},

		{action: "reveal", on: onKeys, keys: []string{"V"}, does: "show the key text for 10 s; once more, or esc, hides it before", wide: "show", whyNot: (*Model).whyNoReveal, run: (*Model).revealText},
		{action: "download", on: onKeys, keys: []string{"o"}, does: "write the key text into a file, encrypted or plain; with marks: a file for each", wide: "download", whyNot: (*Model).whyNoDownload, run: (*Model).openDownload},
		{action: "inspect", on: onAll, keys: []string{"i"}, does: "paste a key text or log lines and see what is wrong", wide: "inspect", run: (*Model).openInspect},

		{action: "expand", on: onAll, keys: []string{"enter"}, does: "show or hide the details of a row", footer: "expand", whyNot: (*Model).whyNoRow, run: (*Model).toggleDetails},
		{action: "expand-all", on: onAll, keys: []string{"O"}, does: "show or hide the details of all rows", run: (*Model).toggleAllDetails},
		{action: "open", on: onAll, keys: []string{"right", "l"}, does: "show the details of a row", whyNot: (*Model).whyNoRow, run: (*Model).openDetails},
		{action: "close", on: onAll, keys: []string{"left", "h"}, does: "hide the details of a row", whyNot: (*Model).whyNoRow, run: (*Model).closeDetails},

		{action: "filter", on: onAll, keys: []string{"/"}, does: "filter: words, !word, column:word, state:, is:, left<5", footer: "filter", run: (*Model).openFilter},
		{action: "sort", on: onAll, keys: []string{"s"}, does: "sort by a column", run: (*Model).openSort},
		{action: "reverse", on: onAll, keys: []string{"S"}, does: "turn the order round", run: (*Model).reverseSort},
		{action: "views", on: onAll, keys: []string{"v"}, does: "views: a saved filter with its sort and columns: show one, save what shows, delete one", run: (*Model).openViews},
		{action: "columns", on: onAll, keys: []string{"w"}, does: "choose the columns, their order and their widths", whyNot: (*Model).whyNoColumns, run: (*Model).openColumns},
		{action: "filter-bar", on: onAll, keys: []string{"F"}, does: "hide or show the filter bar", run: (*Model).toggleFilterBar},
		{action: "next-kind", on: onKeys | onGroups | onConnectors, keys: []string{"tab"}, does: "show the next kind", run: func(m *Model) tea.Cmd { return m.walkKinds(1) }},
		{action: "previous-kind", on: onKeys | onGroups | onConnectors, keys: []string{"shift+tab"}, does: "show the previous kind", run: func(m *Model) tea.Cmd { return m.walkKinds(-1) }},

		{action: "up", on: onAll, keys: []string{"up", "k"}, does: "one row up", run: func(m *Model) tea.Cmd { return m.move(-1) }},
		{action: "down", on: onAll, keys: []string{"down", "j"}, does: "one row down", run: func(m *Model) tea.Cmd { return m.move(1) }},
		{action: "half-up", on: onAll, keys: []string{"ctrl+u"}, does: "half a window up", run: func(m *Model) tea.Cmd { return m.moveBy(halfUp) }},
		{action: "half-down", on: onAll, keys: []string{"ctrl+d"}, does: "half a window down", run: func(m *Model) tea.Cmd { return m.moveBy(halfDown) }},
		{action: "page-up", on: onAll, keys: []string{"pgup", "ctrl+b"}, does: "one window up", run: func(m *Model) tea.Cmd { return m.moveBy(pageUp) }},
		{action: "page-down", on: onAll, keys: []string{"pgdown", "ctrl+f"}, does: "one window down", run: func(m *Model) tea.Cmd { return m.moveBy(pageDown) }},
		{action: "first", on: onAll, keys: []string{"g", "home"}, does: "the first row", run: func(m *Model) tea.Cmd { return m.moveBy(toFirst) }},
		{action: "last", on: onAll, keys: []string{"G", "end"}, does: "the last row", run: func(m *Model) tea.Cmd { return m.moveBy(toLast) }},

		{action: "keys", on: onAll, keys: []string{"1"}, does: "the page of keys", run: func(m *Model) tea.Cmd { return m.turnTo(keysPage) }},
		{action: "groups", on: onAll, keys: []string{"2"}, does: "the page of groups, at that of the selected row", run: func(m *Model) tea.Cmd { return m.turnTo(groupsPage) }},
		{action: "connectors", on: onAll, keys: []string{"3"}, does: "the page of connectors, at those of the selected row", run: func(m *Model) tea.Cmd { return m.turnTo(connectorsPage) }},
		{action: "certificates", on: onAll, keys: []string{"4"}, does: "the page of signing certificates, at that of the selected row", run: func(m *Model) tea.Cmd { return m.turnTo(certificatesPage) }},
		{action: "show-keys", on: onOthers, keys: []string{"f"}, does: "the keys of this group, connector or certificate", footer: "its keys", whyNot: (*Model).whyNoKeys, run: (*Model).showItsKeys},

		{action: "profiles", on: onAll, keys: []string{"p"}, does: "show another tenant, or add one", whyNot: (*Model).whyNoProfiles, run: (*Model).openProfiles},
		{action: "refresh", on: onAll, keys: []string{"r"}, does: "ask the backend again, for everything", run: (*Model).refreshByHand},
		{action: "back", on: onAll, keys: []string{"esc"}, does: "close what is open; else hide a key text; else give up a copy that waits; else take the marks away; else the filter", run: (*Model).back},
		{action: "command", on: onAll, keys: []string{":"}, does: "type the name of an action, or a command such as :row 40", run: (*Model).openCommand},
		{action: "redraw", on: onAll, keys: []string{"ctrl+l"}, does: "draw the screen again", anywhere: true, run: func(*Model) tea.Cmd { return tea.ClearScreen }},
		{action: "suspend", on: onAll, keys: []string{"ctrl+z"}, does: "suspend; fg brings it back", anywhere: true, run: (*Model).suspend},
		{action: "help", on: onAll, keys: []string{"?"}, does: "this page", footer: "help", run: (*Model).openHelp},
		{action: "quit", on: onAll, keys: []string{"q"}, does: "quit (ctrl+c does so everywhere)", footer: "quit", run: (*Model).quit},
	}
}
