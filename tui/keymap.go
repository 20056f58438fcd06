package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client/catalog"
)

// action names what a key press asks for. It is the word of the command line
// behind ":" too.
type action string

// binding is one action as data: footer, help, toasts and the command line all
// come from it.
type binding struct {
	action action
	keys   []string
	does   string // what it does, as help says it
	footer string // its word in the footer, "" to leave it out
	wide   string // its word in a footer that has room for all of these too
	write  bool   // it changes something on the server; read-only refuses it
	// anywhere makes it act in dialogs and text fields too.
	anywhere bool
	// whyNot returns "" when the action is possible now, else the reason as a
	// sentence for a person. Nil means always possible.
	whyNot func(*Model) string
	run    func(*Model) tea.Cmd
}

// bindings returns every action there is, in the order in which help shows them.
func bindings() []binding {
	return []binding{
		{action: "copy", keys: []string{"y", "c"}, does: "copy the key text, after checking that it will enrol; with marks: all of them, one a line", footer: "copy", whyNot: (*Model).whyNoCopy, run: (*Model).copyChecked},
		{action: "copy-loaded", keys: []string{"!"}, does: "copy what was loaded, without asking the backend again", whyNot: (*Model).whyNoOneCopy, run: (*Model).copyLoaded},
		{action: "copy-as", keys: []string{"Y"}, does: "copy as a snippet: environment file, cloud-init, Docker, Helm, user data", wide: "copy as", whyNot: (*Model).whyNoOneCopy, run: (*Model).openCopyAs},
		{action: "clear", keys: []string{"X"}, does: "clear the clipboard now of what was copied from here", whyNot: (*Model).whyNoClear, run: (*Model).clearNow},
		{action: "edit", keys: []string{"e"}, does: "edit a key: max uses (15 sets it, +5 adds to it), name, certificate, expiry…; with marks: change them all", footer: "edit", write: true, whyNot: (*Model).whyNoEdit, run: (*Model).openEdit},
		{action: "raise", keys: []string{"E"}, does: "raise max uses by one and copy, where that is all that is missing; with marks: raise them all", write: true, whyNot: (*Model).whyNoRaise, run: (*Model).openRaise},
		{action: "undo", keys: []string{"u"}, does: "undo the last edit, for 30 s after it", write: true, whyNot: (*Model).whyNoUndo, run: (*Model).undoEdit},
		{action: "new", keys: []string{"n"}, does: "make a new key", footer: "new", write: true, run: (*Model).openCreate},
		{action: "new-like", keys: []string{"N"}, does: "make a new key like this one: same kind, group and certificate", write: true, whyNot: (*Model).whyNoKey, run: (*Model).openCreateLike},
		{action: "delete", keys: []string{"D"}, does: "delete a key, after showing what depends on it; with marks: delete them all", write: true, whyNot: (*Model).whyNoDelete, run: (*Model).openDelete},

		{action: "mark", keys: []string{"space"}, does: "mark a key, or take its mark away: e E y o D act on all marked keys", whyNot: (*Model).whyNoKey, run: (*Model).markOne},
		{action: "mark-range", keys: []string{"M"}, does: "mark from the last mark to here", whyNot: (*Model).whyNoKey, run: (*Model).markRange},
		{action: "mark-all", keys: []string{"*"}, does: "mark all keys that show, or none", whyNot: (*Model).whyNoKey, run: (*Model).markAll},

		{action: "reveal", keys: []string{"V"}, does: "show the key text for 10 s; V or esc hides it before", wide: "show", whyNot: (*Model).whyNoReveal, run: (*Model).revealText},
		{action: "download", keys: []string{"o"}, does: "write the key text into a file, encrypted or plain; with marks: a file for each", wide: "download", whyNot: (*Model).whyNoDownload, run: (*Model).openDownload},
		{action: "inspect", keys: []string{"i"}, does: "paste a key text or log lines and see what is wrong", wide: "inspect", run: (*Model).openInspect},

		{action: "expand", keys: []string{"enter"}, does: "show or hide the details of a key", footer: "expand", whyNot: (*Model).whyNoKey, run: (*Model).toggleDetails},
		{action: "expand-all", keys: []string{"O"}, does: "show or hide the details of all keys", run: (*Model).toggleAllDetails},
		{action: "open", keys: []string{"right", "l"}, does: "show the details of a key", whyNot: (*Model).whyNoKey, run: (*Model).openDetails},
		{action: "close", keys: []string{"left", "h"}, does: "hide the details of a key", whyNot: (*Model).whyNoKey, run: (*Model).closeDetails},

		{action: "filter", keys: []string{"/"}, does: "filter: words, !word, column:word, state:, is:, left<5", footer: "filter", run: (*Model).openFilter},
		{action: "sort", keys: []string{"s"}, does: "sort by a column", run: (*Model).openSort},
		{action: "reverse", keys: []string{"S"}, does: "turn the order round", run: (*Model).reverseSort},
		{action: "next-kind", keys: []string{"tab"}, does: "show the next kind", run: func(m *Model) tea.Cmd { return m.walkKinds(1) }},
		{action: "previous-kind", keys: []string{"shift+tab"}, does: "show the previous kind", run: func(m *Model) tea.Cmd { return m.walkKinds(-1) }},

		{action: "up", keys: []string{"up", "k"}, does: "one row up", run: func(m *Model) tea.Cmd { return m.move(-1) }},
		{action: "down", keys: []string{"down", "j"}, does: "one row down", run: func(m *Model) tea.Cmd { return m.move(1) }},
		{action: "half-up", keys: []string{"ctrl+u"}, does: "half a window up", run: func(m *Model) tea.Cmd { return m.moveBy(halfUp) }},
		{action: "half-down", keys: []string{"ctrl+d"}, does: "half a window down", run: func(m *Model) tea.Cmd { return m.moveBy(halfDown) }},
		{action: "page-up", keys: []string{"pgup", "ctrl+b"}, does: "one window up", run: func(m *Model) tea.Cmd { return m.moveBy(pageUp) }},
		{action: "page-down", keys: []string{"pgdown", "ctrl+f"}, does: "one window down", run: func(m *Model) tea.Cmd { return m.moveBy(pageDown) }},
		{action: "first", keys: []string{"g", "home"}, does: "the first row", run: func(m *Model) tea.Cmd { return m.moveBy(toFirst) }},
		{action: "last", keys: []string{"G", "end"}, does: "the last row", run: func(m *Model) tea.Cmd { return m.moveBy(toLast) }},

		{action: "refresh", keys: []string{"r"}, does: "ask the backend again, for everything", run: (*Model).refreshByHand},
		{action: "back", keys: []string{"esc"}, does: "close what is open; else hide a key text; else give up a copy that waits; else take the marks away; else the filter", run: (*Model).back},
		{action: "command", keys: []string{":"}, does: "type an action's name", run: (*Model).openCommand},
		{action: "redraw", keys: []string{"ctrl+l"}, does: "draw the screen again", anywhere: true, run: func(*Model) tea.Cmd { return tea.ClearScreen }},
		{action: "suspend", keys: []string{"ctrl+z"}, does: "suspend; fg brings it back", anywhere: true, run: (*Model).suspend},
		{action: "help", keys: []string{"?"}, does: "this page", footer: "help", run: (*Model).openHelp},
		{action: "quit", keys: []string{"q"}, does: "quit (ctrl+c does so everywhere)", footer: "quit", run: (*Model).quit},
	}
}

// bound returns the binding of a key; false when the key is not bound.
func (m *Model) bound(key string) (binding, bool) {
	i, ok := m.byKey[key]
	if !ok {
		return binding{}, false
	}
	return m.bindings[i], true
}

// named returns the bindings of an action's name, or of its first letters.
func (m *Model) named(word string) []binding {
	var found []binding
	for _, b := range m.bindings {
		if string(b.action) == word {
			return []binding{b}
		}
		if strings.HasPrefix(string(b.action), word) {
			found = append(found, b)
		}
	}
	return found
}

// impossible returns why a binding cannot run now, "" when it can. It is the
// one place that refuses writes in a read-only console.
func (m *Model) impossible(b binding) string {
	if b.write && m.opts.ReadOnly {
		return "This console is read-only: it changes nothing on the server."
	}
	if b.whyNot == nil {
		return ""
	}
	return b.whyNot(m)
}

// perform runs a binding, or says why it cannot.
func (m *Model) perform(b binding) tea.Cmd {
	if why := m.impossible(b); why != "" {
		return m.say(toneBad, why)
	}
	return b.run(m)
}

// listed returns the bindings that help and footer show, and how many are
// hidden because the console is read-only.
func (m *Model) listed() (list []binding, hidden int) {
	for _, b := range m.bindings {
		if b.write && m.opts.ReadOnly {
			hidden++
			continue
		}
		list = append(list, b)
	}
	return list, hidden
}

// indexKeys maps every key to its binding.
func indexKeys(all []binding) map[string]int {
	index := make(map[string]int)
	for i, b := range all {
		for _, k := range b.keys {
			index[k] = i
		}
	}
	return index
}

// sortChoice is one column that the sort dialog offers, and its key.
type sortChoice struct {
	key    string
	column catalog.Column
}

func sortChoices() []sortChoice {
	return []sortChoice{
		{"n", catalog.ByName}, {"d", catalog.ByKind}, {"g", catalog.ByGroup}, {"u", catalog.ByUses},
		{"m", catalog.ByMax}, {"l", catalog.ByLeft}, {"t", catalog.ByState}, {"c", catalog.ByCertificate},
		{"a", catalog.ByCreated}, {"o", catalog.ByModified}, {"b", catalog.ByModifier}, {"x", catalog.ByExpires}, {"i", catalog.ByID},
	}
}
