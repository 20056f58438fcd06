package tui

import (
	"fmt"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"
)

// press acts on a key: ctrl+c, then the dialog or the text field, then the
// bindings.
func (m *Model) press(key tea.KeyPressMsg) tea.Cmd {
	if m.phase == leaving && leaves(key) {
		return tea.Quit
	}
	if m.burst.drops(key, m.now) {
		return m.dropKey(key)
	}
	// What is typed into the filter or a command changes nothing by itself; a
	// form does, so that the rest of a paste which has opened one stays out.
	if m.typing() && (!m.form() || !m.burst.going(m.now)) {
		return m.typeKey(key)
	}
	if leaves(key) {
		return m.leave(nil)
	}
	if _, esc := m.withoutAlt(key); esc && m.burst.isQuick(key, m.now) {
		// Nobody types esc and a key at once behind another.
		m.burst.spoil(m.now)
		return m.dropped()
	}
	switch fate, number := m.burst.take(key, m.now); fate {
	case actLater:
		return releaseKeys(number)
	case dropPaste:
		return m.dropped()
	case dropMore:
		return nil
	}
	return m.actOn(key)
}

// typeKey hands a key to the text field, unless it would leave it and came right
// behind another: in a paste it may, and what is behind it would act. An esc or
// ctrl+c with nothing behind it leaves. What comes right behind a quick enter is
// dropped for the same reason; what comes behind one that a person pressed is a
// burst outside.
func (m *Model) typeKey(key tea.KeyPressMsg) tea.Cmd {
	quick, waits := m.burst.isQuick(key, m.now), m.burst.parting.number > 0
	_, esc := m.withoutAlt(key)
	switch parts := key.Mod&^tea.ModAlt == 0 && key.Code == tea.KeyEscape || key.Mod == tea.ModCtrl && leaves(key); {
	case quick && parts && (!waits || m.burst.parting.key.Code == key.Code):
		return releaseKeys(m.burst.part(key, m.now))
	case quick && (waits || esc || parts || m.always(key)):
		m.burst.spoil(m.now)
		return nil
	case waits: // its time has come, only the clock has not said so yet
		left := m.releaseKeys(keysReleasedMsg{m.burst.number})
		return tea.Batch(left, m.press(key))
	}
	m.burst.typed(key, m.now)
	before := m.field()
	cmd := m.actOn(key)
	switch {
	case m.field() == before:
	case m.burst.quick:
		m.burst.spoil(m.now)
	default:
		m.burst.opened = true
	}
	return cmd
}

// dropKey drops a key of a paste. What inspect is given may be text all the same:
// the colours of a log come as keys.
func (m *Model) dropKey(key tea.KeyPressMsg) tea.Cmd {
	m.burst.spoil(m.now)
	_, esc := m.withoutAlt(key)
	if m.open == inspectOpen && m.inspect.typing() && !esc && (key.Text != "" || key.Code == tea.KeyEnter) {
		m.burst.quick = true
		return m.afterInspect(m.inspect.typed(key, true))
	}
	if !m.typing() {
		return m.notKeys()
	}
	return nil
}

// dropped closes what the first key of a dropped paste may have opened, and says
// so.
func (m *Model) dropped() tea.Cmd {
	m.shut()
	return m.notKeys()
}

// always reports whether a key acts in a text field too.
func (m *Model) always(key tea.KeyPressMsg) bool {
	b, bound := m.bound(key.String())
	return leaves(key) || bound && b.anywhere
}

// field is the text field that takes the keys, the zero value where none does.
type field struct {
	typing bool
	in     dialogKind
}

func (m *Model) field() field {
	if !m.typing() {
		return field{}
	}
	return field{true, m.open}
}

// notKeys answers a paste outside a text field.
func (m *Model) notKeys() tea.Cmd {
	return m.say(toneBad, fmt.Sprintf("Pasted text is not keys: it was dropped. Press %s first to filter by it, %s to inspect it.",
		m.keymap.of("filter"), m.keymap.of("inspect")))
}

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
	case m.layout().tooSmall && m.width > 0 && b.action != "quit" && key.String() != "esc":
		// Nothing is done that nobody can see.
	case m.open != noDialog:
		return m.dialogKey(key)
	case m.list().filter.typing:
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
		return m.list().filter.typing
	case editOpen, commandOpen:
		return true
	case helpOpen:
		return m.help.searching
	case inspectOpen:
		return m.inspect.typing()
	case downloadOpen:
		return m.download.typing()
	case createOpen:
		return m.create.typing()
	case deleteOpen:
		return m.erase.typing()
	case bulkOpen:
		return m.bulk.typing()
	case viewsOpen:
		return m.views.typing()
	case profilesListed:
		return m.profiles.typing()
	}
	return false
}

// form reports whether a dialog with fields to fill is open.
func (m *Model) form() bool {
	switch m.open {
	case editOpen, inspectOpen, downloadOpen, createOpen, deleteOpen, bulkOpen, viewsOpen, profilesListed:
		return true
	}
	return false
}

// shut closes the open dialog, unless it has something to show that nobody could
// see otherwise.
func (m *Model) shut() {
	switch m.open {
	case inspectOpen:
		m.closeInspect()
	case downloadOpen:
		if !m.download.keeps() {
			m.closeDownload()
		}
	case editOpen:
		m.closeEdit()
	case copyAsOpen:
		m.closeCopyAs()
	case deleteOpen:
		m.closeDelete()
	case createOpen:
		if !m.create.holds() {
			m.closeCreate()
		}
	case bulkOpen:
		if m.bulk.stage < bulkRunning {
			m.closeBulk()
		}
	case viewsOpen:
		m.closeViews()
	case columnsOpen:
		m.closeColumns()
	case profilesListed:
		if !m.profiles.first {
			m.closeProfiles()
		}
	default:
		m.closeDialog()
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
	m.burst.spoil(m.now)
	switch {
	case m.phase != running:
	case m.open == editOpen:
		m.edit.paste(msg)
	case m.open == inspectOpen:
		m.inspect.paste(msg)
	case m.open == downloadOpen:
		m.download.paste(msg)
	case m.open == createOpen && m.create.typing():
		return m.afterCreate(m.create.update(msg))
	case m.open == deleteOpen && m.erase.typing():
		return m.afterDelete(m.erase.update(msg))
	case m.open == bulkOpen && m.bulk.typing():
		return m.afterBulk(m.bulk.update(msg, m.burst.serial))
	case m.open == viewsOpen && m.views.typing():
		return m.afterViews(m.views.update(msg))
	case m.open == profilesListed && m.profiles.typing():
		return m.afterProfiles(m.profiles.update(msg))
	case m.open == commandOpen:
		return m.afterCommand(m.command.update(msg))
	case m.open == helpOpen && m.help.searching:
		m.help.update(msg)
	case m.open == noDialog && m.list().filter.typing:
		m.list().filter.line.Update(msg)
		return m.readFilter()
	default:
		return m.notKeys()
	}
	return nil
}
