package tui

import (
	"fmt"
	"strconv"

	"provkeys/client"
	"provkeys/client/estate"
	"provkeys/tui/style"
	"provkeys/tui/table"
)

// keysTold is how many keys an open row names; f shows all of them.
const keysTold = 8

// groupColumns are the columns of the page of groups.
func groupColumns(width int) []table.Column {
	name := 20
	if width < 60 {
		name = 14
	}
	return []table.Column{
		{Title: "NAME", Min: name, Max: 48, Weight: 3},
		{Title: "KEYS", Min: 4, Right: true},
		{Title: "USES", Min: usesWidth(width), Priority: 3},
		{Title: "LEFT", Min: 5, Right: true},
		{Title: "CONNECTORS", Min: 10, Right: true, Priority: 2},
		{Title: "STATE", Min: 19, Max: 24, Weight: 1, Priority: 1},
		{Title: "KIND", Min: 17, Priority: 4},
	}
}

func (m *Model) groupRows() table.Source {
	return otherRows[estate.Group]{
		screen: &m.groups, look: m.look(), cells: m.groupCells, details: m.groupDetails,
		dim: func(kind client.Kind) bool { return m.fleet.groups[kind].stale() },
	}
}

// groupCells returns a group's row, one cell a column.
func (m *Model) groupCells(g estate.Group, l look) []table.Cell {
	plain := func(text string) table.Cell { return table.Cell{Text: style.Sanitize(text), Style: l.theme.Text} }
	connectors := countOf(g.Connectors, g.ConnectorsKnown)
	state, uses, left := table.Cell{Text: "no key", Style: l.theme.StateOff}, "", short(g.Headroom)
	if !g.KeysKnown && len(g.Keys) == 0 {
		state.Text, left = "not known", "?"
	}
	if len(g.Keys) > 0 {
		state = table.Cell{Text: g.State.String(), Style: l.stateStyle(g.State)}
		uses = share(g.Uses, g.MaxUses, l)
	}
	return []table.Cell{
		plain(g.Name), plain(countOf(len(g.Keys), g.KeysKnown)),
		{Text: uses, Style: state.Style},
		plain(left), plain(connectors), state,
		{Text: g.Kind.Title(), Style: l.theme.Faint},
	}
}

// countOf writes how many there are; a question mark where that is not known.
func countOf(n int, known bool) string {
	switch {
	case known:
		return strconv.Itoa(n)
	case n > 0:
		return strconv.Itoa(n) + "+"
	}
	return "?"
}

// groupDetails returns the lines of an open group.
func (m *Model) groupDetails(g estate.Group, l look) []detail {
	lines := m.keyLines("keys", g.Keys, l)
	if !g.KeysKnown {
		lines = []detail{{"keys", "not known: " + m.whyNoKeysOf(g.Kind)}}
	}
	lines = append(lines, detail{"uses", fmt.Sprintf("%d of %d, %d more can enrol", g.Uses, g.MaxUses, g.Headroom)})
	lines = append(lines, detail{"connectors", m.groupConnectors(g)})
	lines = append(lines, detail{"to add one", m.howToAdd(g.Ref())})
	switch {
	case g.Derived && !g.Kind.Listed():
		lines = append(lines, detail{"from keys", "the API does not list the groups of network connectors: keys name this one"})
	case g.Derived:
		lines = append(lines, detail{"from keys", "no list has it: keys or connectors name it"})
	case !g.Enabled:
		lines = append(lines, detail{"state", "the group is disabled"})
	}
	if g.Microtenant != "" {
		lines = append(lines, detail{"microtenant", style.Sanitize(g.Microtenant)})
	}
	return append(lines, detail{"kind", g.Kind.Title() + " " + l.theme.Glyphs.Separator + " id " + style.Sanitize(string(g.ID))})
}

// groupConnectors says how many connectors of the group are there, and how they do.
func (m *Model) groupConnectors(g estate.Group) string {
	if !g.Kind.Listed() {
		return "the API does not list network connectors"
	}
	if !g.ConnectorsKnown {
		return "not known: " + m.whyNoMachines(g.Kind)
	}
	words := fmt.Sprintf("%d", g.Connectors)
	if away := m.facts[g.Ref()].away; away > 0 {
		words += fmt.Sprintf(", %d of them disconnected", away)
	}
	return words
}

// whyNoKeysOf says why the keys of a kind are not known.
func (m *Model) whyNoKeysOf(kind client.Kind) string {
	if err := m.loads.kinds[kind].err; err != nil {
		return shortFailure(err)
	}
	return "they are still loading"
}

// whyNoMachines says why the connectors of a kind are not known.
func (m *Model) whyNoMachines(kind client.Kind) string {
	waits, err := m.fleet.machines[kind].state()
	switch {
	case waits:
		return "they are still loading"
	case err != nil:
		return shortFailure(err)
	}
	return "they were not asked for yet"
}

// keyLines names keys, each with what is left of it.
func (m *Model) keyLines(label string, refs []client.Ref, l look) []detail {
	if len(refs) == 0 {
		return []detail{{label, "none"}}
	}
	var lines []detail
	for i, ref := range refs {
		if i == keysTold && len(refs) > keysTold+1 {
			lines = append(lines, detail{"", fmt.Sprintf("and %d more: %s shows them all", len(refs)-i, m.keymap.of("show-keys"))})
			break
		}
		k, _ := m.keys.catalog.Get(ref)
		words := fmt.Sprintf("%s %s %d of %d, %d left %s %s", called(k.Name), l.theme.Glyphs.Separator, k.Uses, k.MaxUses, k.Left(), l.theme.Glyphs.Separator, k.State(l.now, l.near))
		lines = append(lines, detail{label, words})
		label = ""
	}
	return lines
}
