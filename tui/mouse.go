package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// wheelRows is how many rows a step of the wheel moves.
const wheelRows = 3

// clicked acts on the left button: a row gets the cursor, and where it has that
// already, its details show or go; a page, a kind, a column's head and a choice of a
// dialog do what their keys do. Nothing that a click does changes a key.
func (m *Model) clicked(at tea.Mouse) tea.Cmd {
	if at.Button != tea.MouseLeft || m.ignoresMouse() {
		return nil
	}
	if m.open != noDialog {
		return m.clickedDialog(at)
	}
	m.wanted = nil
	switch l := m.layout(); {
	case l.pages.has(at.Y):
		if i, ok := m.pagesLine(m.width).partAt(at.X); ok && page(i) != m.page {
			m.list().filter.typing = false // what was typed stays, as after enter
			return m.turnTo(page(i))
		}
	case l.kinds.has(at.Y):
		if i, ok := m.kindsLine(m.width).partAt(at.X); ok {
			return m.showKind(kindStops()[i])
		}
	case l.table.has(at.Y):
		return m.clickedTable(at.X, at.Y-l.table.y)
	}
	return nil
}

// wheeled moves the cursor, or what a dialog without a text field shows.
func (m *Model) wheeled(at tea.Mouse) tea.Cmd {
	var by int
	arrow := tea.KeyPressMsg{Code: tea.KeyDown}
	switch at.Button {
	case tea.MouseWheelDown:
		by = wheelRows
	case tea.MouseWheelUp:
		by, arrow.Code = -wheelRows, tea.KeyUp
	}
	switch {
	case by == 0, m.ignoresMouse():
		return nil
	case m.open == noDialog:
		return m.move(by)
	case m.typing():
		return nil
	}
	return m.dialogKey(arrow)
}

// ignoresMouse reports whether nobody can mean what a mouse is said to do.
func (m *Model) ignoresMouse() bool {
	return !m.opts.Mouse || m.phase != running || m.layout().tooSmall || m.burst.close(m.now)
}

// clickedTable acts on a click at cell x of line y of the table.
func (m *Model) clickedTable(x, y int) tea.Cmd {
	s := m.list()
	if y == 0 {
		return m.clickedHead(x)
	}
	row, line, ok := s.table.RowAt(y, m.rows())
	switch {
	case !ok:
		return nil
	case row == s.table.Cursor() && line == 0:
		return m.toggleDetails()
	}
	s.table.MoveTo(row, m.rows())
	s.took()
	return nil
}

// clickedHead sorts by the column at cell x, or turns the order round where it is
// sorted by that already.
func (m *Model) clickedHead(x int) tea.Cmd {
	cols := m.columns(m.width)
	i, ok := m.list().table.ColumnAt(x, cols, nil)
	if !ok {
		return nil
	}
	var choice int
	if m.page == keysPage {
		choice = slices.Index(keySorts(), m.keys.layout[i].Column)
	} else {
		choice = slices.IndexFunc(m.sortChoices(), func(c sortChoice) bool {
			return strings.HasPrefix(strings.ToUpper(c.words), cols[i].Title)
		})
	}
	switch choice {
	case -1:
		return m.say(toneInfo, "Rows cannot be sorted by that column: "+m.keymap.of("sort")+" lists what they can be sorted by.")
	case m.sorted():
		return m.reverseSort()
	}
	return m.sortBy(choice)
}

// clickedDialog makes the choice on the line that was clicked. Where an enter would
// change a key, the choice gets the cursor and no more.
func (m *Model) clickedDialog(at tea.Mouse) tea.Cmd {
	list, decides := m.choicesShown()
	lines := strings.Split(m.drawn(), "\n")
	if list == nil || at.Y >= len(lines) {
		return nil
	}
	w, _ := m.dialogSize()
	x := 0
	if !m.dialogsFill() {
		x = max(0, (m.width-w-dialogFrame)/2) + dialogFrame/2
	}
	i, ok := list.shownAs(ansi.Cut(ansi.Strip(lines[at.Y]), x, x+w), w, m.theme)
	if !ok || at.X < x || at.X >= x+w {
		return nil
	}
	list.at = i
	if decides {
		return m.dialogKey(tea.KeyPressMsg{Code: tea.KeyEnter})
	}
	return nil
}

// choicesShown returns the list that the open dialog offers, nil for none, and
// whether a click may decide.
func (m *Model) choicesShown() (list *choices, decides bool) {
	switch {
	case m.open == sortOpen:
		return &m.sort.choices, true
	case m.open == copyAsOpen:
		return &m.copyAs.choices, true
	case m.open == viewsOpen && m.views.stage == viewsListing:
		return &m.views.offers, true
	case m.open == createOpen && m.create.stage == createChoosing:
		return &m.create.offers, true
	case m.open == downloadOpen && m.download.stage == downloadChoosing:
		return &m.download.offers, true
	case m.open == bulkOpen && m.bulk.stage == bulkChoosing:
		return &m.bulk.offers, true
	case m.open == profilesListed && m.profiles.stage == profilesChoosing:
		return &m.profiles.at, true
	case m.open == deleteOpen && m.erase.stage == deleteChoosing:
		return &m.erase.offers, false
	}
	return nil, false
}
