package tui

import (
	"cmp"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"provkeys/client/catalog"
	"provkeys/tui/style"
	"provkeys/tui/table"
)

// columnChoice is a column as the dialog has it.
type columnChoice struct {
	catalog.Shown
	on bool // it shows
}

// columnsDialog chooses the columns of the keys, which show as they are chosen. It
// is a value: what it changes are its own columns.
type columnsDialog struct {
	list   []columnChoice
	at     int
	before catalog.Layout // what esc restores
	fault  string         // why the last key did nothing
}

// columnsAnswer is what the dialog returns.
type columnsAnswer int

const (
	columnsChanged columnsAnswer = iota
	columnsKept
	columnsRestored
)

// newColumns lists the columns of a layout, then those that it leaves out. The name
// always shows: without it nobody knows what the other cells are about.
func newColumns(shown catalog.Layout) []columnChoice {
	var list []columnChoice
	if !shown.Has(catalog.ByName) {
		shown = append(catalog.Layout{{Column: catalog.ByName}}, shown...)
	}
	for _, s := range shown {
		list = append(list, columnChoice{s, true})
	}
	for _, c := range catalog.AllColumns() {
		if !shown.Has(c) {
			list = append(list, columnChoice{Shown: catalog.Shown{Column: c}})
		}
	}
	return list
}

// layout returns the columns that show.
func (d *columnsDialog) layout() catalog.Layout {
	var shown catalog.Layout
	for _, c := range d.list {
		if c.on {
			shown = append(shown, c.Shown)
		}
	}
	return shown
}

func (m *Model) whyNoColumns() string {
	if m.page != keysPage {
		return "The columns of this page are fixed: those of the keys can be chosen."
	}
	return ""
}

func (m *Model) openColumns() tea.Cmd {
	m.open = columnsOpen
	m.choosing = columnsDialog{list: newColumns(m.keys.layout), before: m.keys.layout}
	m.keys.layout = m.choosing.layout()
	return nil
}

// press acts on a key; width is how wide the column under the cursor is now.
func (d *columnsDialog) press(key tea.KeyPressMsg, width int) columnsAnswer {
	d.fault = ""
	switch key.String() {
	case "enter":
		return columnsKept
	case "esc", "q":
		return columnsRestored
	case "up", "k":
		d.at = max(d.at-1, 0)
	case "down", "j":
		d.at = min(d.at+1, len(d.list)-1)
	case "home", "g":
		d.at = 0
	case "end", "G":
		d.at = len(d.list) - 1
	case "space":
		d.toggle()
	case "K", "shift+up":
		d.move(-1)
	case "J", "shift+down":
		d.move(1)
	case "<", "left":
		d.widen(width, -1)
	case ">", "right":
		d.widen(width, 1)
	case "a":
		d.list[d.at].Width = 0
	case "r":
		here := d.list[d.at].Column
		d.list = newColumns(catalog.DefaultLayout())
		d.at = slices.IndexFunc(d.list, func(c columnChoice) bool { return c.Column == here })
	}
	return columnsChanged
}

// toggle shows the column under the cursor, or hides it.
func (d *columnsDialog) toggle() {
	c := &d.list[d.at]
	if c.Column == catalog.ByName {
		d.fault = "The name always shows."
		return
	}
	c.on = !c.on
}

// move takes the column under the cursor along.
func (d *columnsDialog) move(by int) {
	to := d.at + by
	if to < 0 || to >= len(d.list) {
		return
	}
	d.list[d.at], d.list[to] = d.list[to], d.list[d.at]
	d.at = to
}

// widen gives the column under the cursor a width of its own, beginning with the one
// that it has now.
func (d *columnsDialog) widen(width, by int) {
	c := &d.list[d.at]
	if !c.on {
		d.fault = "It does not show: space shows it."
		return
	}
	if c.Width == 0 {
		c.Width = width
	}
	c.Width = min(max(c.Width+by, 1), catalog.MaxWidth)
}

// afterColumns shows the columns as they are chosen, keeps them, or puts back what
// was before.
func (m *Model) afterColumns(a columnsAnswer) tea.Cmd {
	d := &m.choosing
	if a == columnsChanged {
		m.keys.layout = d.layout()
		return nil
	}
	changed := !slices.Equal(d.layout(), d.before)
	if a == columnsRestored || !changed {
		m.closeColumns()
		return nil
	}
	m.closeDialog()
	return m.say(toneInfo, m.columnsKeptWords())
}

// closeColumns puts back the columns that were there before.
func (m *Model) closeColumns() {
	m.keys.layout = m.choosing.before
	m.closeDialog()
}

// columnsKeptWords says for how long other columns last.
func (m *Model) columnsKeptWords() string {
	words := "These columns show from now on."
	if name := m.viewing.picked.Name; name != "" {
		words += " The view " + called(name) + " has its own as before: " + m.keymap.of("views") + ", then s saves these with it."
	}
	return words
}

// setLayout shows the keys in other columns; nil is the usual ones.
func (m *Model) setLayout(l catalog.Layout) tea.Cmd {
	shown := l.OrDefault()
	if err := shown.Check(); err != nil {
		return m.say(toneBad, fmt.Sprintf("The columns are as they were: %v.", err))
	}
	if !shown.Has(catalog.ByName) {
		return m.say(toneBad, "The columns are as they were: the name always shows, so that it must be among them.")
	}
	m.keys.layout = shown
	return m.say(toneInfo, m.columnsKeptWords())
}

// columnCells returns how wide a column of the keys is drawn, 0 where there is no room.
func (m *Model) columnCells(c catalog.Column) int {
	widths := table.Widths(columnsOf(m.keys.layout, m.width), nil, m.width-table.Gutter, table.Gap)
	for i, s := range m.keys.layout {
		if s.Column == c {
			return widths[i]
		}
	}
	return 0
}

// widthToChange returns the width that a change begins with: how wide the column under
// the cursor is drawn, and where it has no room, how wide it would be at least.
func (m *Model) widthToChange() int {
	c := m.choosing.list[m.choosing.at].Column
	return cmp.Or(m.columnCells(c), columnOf(c, m.width).Min)
}

// columnLine describes a column in the dialog.
func (m *Model) columnLine(c columnChoice) string {
	box, words := "[ ] ", ""
	if c.on {
		box, words = "[x] ", "auto"
		if c.Width > 0 {
			words = fmt.Sprintf("%d cells", c.Width)
		}
		if m.columnCells(c.Column) == 0 {
			words += ", no room now"
		}
	}
	return box + style.Fit(c.Column.String(), 13) + words
}

// withColumns lays the dialog below the table's head and first rows, so that one sees
// what one does, unless that leaves too little of it.
func (m *Model) withColumns(base string) string {
	const cells, least = 44, 6
	w, h := m.dialogSize()
	w = min(w, cells)
	top := m.layout().table.y + 3
	if h-top < least {
		top = 0
	}
	return m.overlayBelow(top, base, "Columns", m.columnsView(w, h-top), w)
}

// columnsView draws the dialog in at most h lines.
func (m *Model) columnsView(w, h int) []string {
	d, th := &m.choosing, m.theme
	shown := choices{at: d.at}
	for _, c := range d.list {
		shown.list = append(shown.list, choice{words: m.columnLine(c)})
	}
	shown.list[d.at].why = d.fault
	keys := keysLines(w, th, "space", "show", "J K", "move", "< >", "width", "a", "auto", "r", "usual", "enter", "keep", "esc", "cancel")
	if h < len(keys)+2 {
		keys = nil
	}
	return append(shown.view(w, h-len(keys), th), keys...)
}
