package tui

import (
	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/style"
	"provkeys/tui/table"
)

// otherScreen is what the pages beside the keys have in common.
type otherScreen struct {
	listing
	sort int // which of the page's choices
}

// other returns the page that shows; the page of keys is none of these.
func (m *Model) other() *otherScreen {
	switch m.page {
	case groupsPage:
		return &m.groups.otherScreen
	case connectorsPage:
		return &m.connectors.otherScreen
	}
	return &m.certs.otherScreen
}

// otherRows is the table's source on those pages: it makes the rows in the window,
// no others.
type otherRows struct {
	screen  *listing
	theme   style.Theme
	cells   func(client.Ref) []table.Cell
	details func(client.Ref) []detail
	dim     func(client.Kind) bool
}

// Len returns the number of rows that show.
func (r otherRows) Len() int { return len(r.screen.rows) }

// Height returns the number of lines of a row, its details included.
func (r otherRows) Height(i int) int {
	ref := r.screen.rows[i]
	if !r.screen.isOpen(ref) {
		return 1
	}
	return 1 + len(r.details(ref))
}

// Row returns a row as the table shows it.
func (r otherRows) Row(i int) table.Row {
	ref := r.screen.rows[i]
	shown := table.Row{Cells: r.cells(ref), Open: r.screen.isOpen(ref), Dim: r.dim(ref.Kind)}
	if shown.Open {
		shown.Details = detailLines(r.details(ref), r.theme)
	}
	return shown
}

// detailLines returns the labelled lines of an open row as the table takes them.
func detailLines(details []detail, th style.Theme) []table.Line {
	lines := make([]table.Line, 0, len(details))
	for _, d := range details {
		lines = append(lines, table.Line{
			{Text: style.Fit(d.label, detailLabel), Style: th.Faint},
			{Text: d.text, Style: th.Text},
		})
	}
	return lines
}

// toggleFilterBar hides the filter bar or shows it again. What filters counts
// either way, and the status line says so.
func (m *Model) toggleFilterBar() tea.Cmd {
	m.barHidden = !m.barHidden
	if m.barHidden {
		return m.say(toneInfo, "The filter bar is hidden: "+m.keymap.of("filter-bar")+" shows it again, "+m.keymap.of("filter")+" filters as ever.")
	}
	return nil
}

// whyNoRow says why there is no row under the cursor, "" where there is one.
func (m *Model) whyNoRow() string {
	if m.page == keysPage {
		return m.whyNoKey()
	}
	if _, ok := m.list().cursor(); ok {
		return ""
	}
	return m.whyNoOther()
}
