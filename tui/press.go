package tui

import (
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// press acts on a key: ctrl+c, then the dialog or the text field, then the
// bindings.
func (m *Model) press(key tea.KeyPressMsg) tea.Cmd {
	if leaves(key) {
		return m.leave(nil)
	}
	// What is typed into the filter or a command changes nothing by itself; a
	// form does, so that the rest of a paste which has opened one stays out.
	if m.typing() && (!m.form() || !m.burst.going(m.now)) {
		m.burst.typed(key, m.now)
		return m.actOn(key)
	}
	switch fate, number := m.burst.take(key, m.now); fate {
	case actLater:
		return releaseKeys(number)
	case dropPaste:
		m.shut() // what its first key may have opened
		return m.say(toneBad, pasteWords)
	case dropMore:
		return nil
	}
	return m.actOn(key)
}

// pasteWords is what a paste outside a text field is answered with.
const pasteWords = "Pasted text is not keys: it was dropped. Press / first to filter by it, i to inspect it."

// leaves reports whether the key is ctrl+c, which always leaves. Typed fast
// behind an esc it arrives with alt.
func leaves(key tea.KeyPressMsg) bool {
	return key.Code == 'c' && key.Mod&^tea.ModAlt == tea.ModCtrl
}

func (m *Model) actOn(key tea.KeyPressMsg) tea.Cmd {
	if leaves(key) {
		return m.leave(nil)
	}
	if plain, ok := m.withoutAlt(key); ok {
		// A terminal cannot tell esc and a key typed fast from alt and that key.
		return tea.Batch(m.actOn(tea.KeyPressMsg{Code: tea.KeyEscape}), m.actOn(plain))
	}
	if m.phase != running {
		return nil
	}
	b, bound := m.bound(key.String())
	switch {
	case bound && b.anywhere:
		return m.perform(b)
	case m.layout().tooSmall && m.width > 0 && key.String() != "q" && key.String() != "esc":
		// Nothing is done that nobody can see.
	case m.open != noDialog:
		return m.dialogKey(key)
	case m.keys.filter.typing:
		return m.typeFilter(key)
	case bound:
		return m.perform(b)
	}
	return nil
}

// withoutAlt returns the key that was typed behind a fast esc; false for a key
// without alt or one that a binding or a text field names.
func (m *Model) withoutAlt(key tea.KeyPressMsg) (tea.KeyPressMsg, bool) {
	if !key.Mod.Contains(tea.ModAlt) {
		return key, false
	}
	if _, ok := m.bound(key.String()); ok {
		return key, false
	}
	switch key.Code {
	case tea.KeyBackspace, tea.KeyLeft, tea.KeyRight, tea.KeyDelete:
		return key, false
	}
	key.Mod &^= tea.ModAlt
	if key.Mod&^tea.ModShift == 0 && unicode.IsPrint(key.Code) {
		key.Text = string(key.Code)
		if key.Mod.Contains(tea.ModShift) {
			key.Text = strings.ToUpper(key.Text)
		}
	}
	return key, true
}

// typing reports whether a text field takes the keys.
func (m *Model) typing() bool {
	switch m.open {
	case noDialog:
		return m.keys.filter.typing
	case editOpen, commandOpen:
		return true
	case inspectOpen:
		return m.inspect.typing()
	case downloadOpen:
		return m.download.typing()
	}
	return false
}

// form reports whether a dialog with fields to fill is open.
func (m *Model) form() bool {
	return m.open == editOpen || m.open == inspectOpen || m.open == downloadOpen
}

// shut closes the open dialog, unless it has something to show that nobody could
// see otherwise.
func (m *Model) shut() {
	switch {
	case m.open == inspectOpen:
		m.closeInspect()
	case m.open != downloadOpen:
		m.open = noDialog
	case !m.download.keeps():
		m.closeDownload()
	}
}

func (m *Model) releaseKeys(msg keysReleasedMsg) tea.Cmd {
	var cmds []tea.Cmd
	for _, key := range m.burst.release(msg.number) {
		cmds = append(cmds, m.actOn(key))
	}
	return tea.Batch(cmds...)
}

func (m *Model) paste(msg tea.PasteMsg) tea.Cmd {
	switch {
	case m.phase != running:
	case m.open == editOpen:
		m.edit.paste(msg)
	case m.open == inspectOpen:
		m.inspect.paste(msg)
	case m.open == downloadOpen:
		m.download.paste(msg)
	case m.open == commandOpen:
		m.command.line.Update(msg)
	case m.open == noDialog && m.keys.filter.typing:
		m.keys.filter.line.Update(msg)
		return m.readFilter()
	default:
		return m.say(toneBad, pasteWords)
	}
	return nil
}
