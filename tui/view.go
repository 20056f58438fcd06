package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui/style"
)

// dialogCells is how wide a dialog is where there is room, formCells one whose
// fields and results take more, and sortCells one that lists columns.
const (
	dialogCells = 64
	formCells   = 76
	sortCells   = 24
	// dialogFrame is what the box round a dialog takes on both sides together.
	dialogFrame = 4
)

// View composes the screen: exactly as many lines as it is high, none wider.
func (m *Model) View() tea.View {
	v := tea.NewView("")
	v.AltScreen = true
	if m.phase != running || m.width <= 0 || m.height <= 0 {
		return v
	}
	drawn := m.drawn()
	v.SetContent(m.theme.Spelling.Cells(drawn))
	v.ReportFocus = m.reveal.there() // what nobody looks at any more is hidden
	if m.opts.Plain {
		v.Cursor = m.caret(drawn)
	}
	if m.opts.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	return v
}

// screen returns the frame as it is sent to the terminal.
func (m *Model) screen() string { return m.theme.Spelling.Cells(m.drawn()) }

// drawn returns the frame before it is spelled.
func (m *Model) drawn() string {
	l := m.layout()
	if l.tooSmall {
		return strings.Join(m.tooSmall(), "\n")
	}
	if m.open == helpOpen {
		return strings.Join(m.help.view(m.width, m.height, m.helpText(m.width), m.theme), "\n")
	}
	lines := make([]string, 0, m.height)
	if m.opts.Plain {
		lines = append(lines, m.statusLine(m.width))
	} else {
		lines = append(lines, m.headerLine(m.width))
	}
	if l.pages.h > 0 {
		lines = append(lines, m.pagesLine(m.width).line())
	}
	if l.kinds.h > 0 {
		lines = append(lines, m.kindsLine(m.width).line())
	}
	if l.filter.h > 0 {
		lines = append(lines, m.filterLine(m.width))
	}
	lines = append(lines, m.tableLines(l.table)...)
	if l.count.h > 0 {
		lines = append(lines, m.countLine(m.width))
	}
	lines = append(lines, m.toastBox(l.toast)...)
	if l.footer.h > 0 {
		lines = append(lines, m.footerLine(m.width))
	}
	if l.footer.h == 0 && m.toast.text == "" {
		lines[len(lines)-1] = m.footerLine(m.width) // nobody needs the message's line
	}
	if m.open == commandOpen {
		m.commandOver(lines)
	}
	return m.withDialog(strings.Join(lines, "\n"))
}

// layout divides the screen for the message that shows.
func (m *Model) layout() layout {
	return m.layoutFor(m.toastText())
}

// layoutFor divides it for a message of those lines.
func (m *Model) layoutFor(toast []string) layout {
	return arrange(m.width, m.height, len(toast), wants{bar: m.barShows(), oneStatus: m.opts.Plain})
}

// barShows reports whether the filter bar has a line. A plain screen says in its
// status line what is filtered by.
func (m *Model) barShows() bool {
	return !m.barHidden && !m.opts.Plain || m.list().filter.typing
}

// tooSmall says which size is needed, as far as that fits.
func (m *Model) tooSmall() []string {
	words := fmt.Sprintf("provkeys needs %d×%d, this is %d×%d", leastWidth, leastHeight, m.width, m.height)
	lines := style.Wrap(words, m.width)
	for len(lines) < m.height {
		lines = append(lines, "")
	}
	return lines[:m.height]
}

// shownWords says how many of the page's rows show.
func (m *Model) shownWords() string {
	all, _ := m.counted(m.page)
	return fmt.Sprintf("%d of %d shown", len(m.list().rows), all)
}

// tableLines draws the table, or says why it is empty.
func (m *Model) tableLines(r rect) []string {
	s := m.list()
	lines := s.table.View(m.rows(), m.columns(r.w), nil, m.theme)
	if len(s.rows) > 0 || r.h < 3 {
		return lines
	}
	why := m.whyNoRow()
	if err := m.loads.failed(); err != nil && m.page == keysPage && m.keys.catalog.Len() == 0 {
		why = ended(failure(err)) + " " + m.keymap.of("refresh") + " tries again now."
	}
	for i, part := range style.Wrap(why, max(r.w-6, 1)) {
		if 1+i < len(lines) {
			lines[1+i] = "   " + m.theme.Text.Render(part)
		}
	}
	return lines
}

// toastText returns the message's lines.
func (m *Model) toastText() []string {
	if m.toast.text == "" {
		return nil
	}
	return m.toastLines(m.toast.text)
}

// toastLines breaks a message into lines.
func (m *Model) toastLines(text string) []string { return style.Wrap(text, max(m.width-2, 1)) }

func (m *Model) toastBox(r rect) []string {
	lines := make([]string, 0, r.h)
	for _, part := range m.toastText() {
		if len(lines) < r.h {
			lines = append(lines, " "+m.toast.tone.style(m.theme).Render(part))
		}
	}
	for len(lines) < r.h {
		lines = append(lines, "")
	}
	return lines
}

// dialogSize returns the room inside a dialog: its border and title aside.
func (m *Model) dialogSize() (w, h int) {
	w = dialogCells
	switch m.open {
	case editOpen, createOpen, bulkOpen, viewsOpen, profilesListed:
		w = formCells
	case sortOpen:
		w = sortCells
	}
	if m.dialogsFill() {
		return m.dialogFilling()
	}
	return min(w, m.width-dialogFrame), m.height - 3
}

// withDialog lays the open dialog over the screen.
func (m *Model) withDialog(base string) string {
	w, h := m.dialogSize()
	switch m.open {
	case editOpen:
		return m.overlay(base, "Edit "+called(m.edit.seen.Name), m.edit.view(w, h, m.theme), w)
	case confirmOpen:
		return m.overlay(base, m.confirm.title, m.confirm.view(w, m.theme), w)
	case copyAsOpen:
		return m.overlay(base, "Copy "+called(m.copyAs.key.Name)+" as", m.copyAs.viewOver(keysLine(w, m.theme, "enter", "copy", "esc", "cancel"), w, h, m.theme), w)
	case downloadOpen:
		return m.overlay(base, "Download "+m.download.what(), m.download.view(w, h, m.theme), w)
	case inspectOpen:
		return m.overlay(base, "Inspect", m.inspect.view(w, h, m.theme), w)
	case createOpen:
		return m.overlay(base, m.create.title(), m.createView(w, h), w)
	case deleteOpen:
		return m.overlay(base, "Delete "+called(m.erase.seen.Name), m.erase.view(w, h, m.theme), w)
	case bulkOpen:
		return m.overlay(base, m.bulk.title(), m.bulkView(w, h), w)
	case viewsOpen:
		return m.overlay(base, "Views", m.viewsView(w, h), w)
	case columnsOpen:
		return m.withColumns(base)
	case profilesListed:
		return m.overlay(base, m.profiles.title(), m.profilesView(w, h), w)
	case sortOpen:
		return m.overlay(base, "Sort by", m.sort.viewOver(keysLine(w, m.theme, "enter", "sort", "esc", "cancel"), w, h, m.theme), w)
	}
	return base
}
