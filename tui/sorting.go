package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"provkeys/client/catalog"
)

// sortChoice is one way to sort a page, and its key in the dialog.
type sortChoice struct{ key, words string }

// keySorts are the columns that keys are sorted by, in the order of keySortKeys.
func keySorts() []catalog.Column {
	return []catalog.Column{
		catalog.ByName, catalog.ByKind, catalog.ByGroup, catalog.ByUses, catalog.ByMax, catalog.ByLeft, catalog.ByState,
		catalog.ByCertificate, catalog.ByCreated, catalog.ByModified, catalog.ByModifier, catalog.ByExpires,
		catalog.ByAddresses, catalog.ByMicrotenant, catalog.ByID,
	}
}

// keySortKeys are the keys of those in the dialog, where j, k and q move and leave.
const keySortKeys = "ndgumltcaobxrei"

// sortChoices returns how the page that shows can be sorted, the usual way first.
func (m *Model) sortChoices() []sortChoice {
	switch m.page {
	case groupsPage:
		return choicesOf("ngsuxlcd", m.groups.sorts())
	case connectorsPage:
		return choicesOf("nhvogdsi", m.connectors.sorts())
	case certificatesPage:
		return choicesOf("nduisf", m.certs.sorts())
	}
	var words []string
	for _, c := range keySorts() {
		words = append(words, c.String())
	}
	return choicesOf(keySortKeys, words)
}

func choicesOf(keys string, words []string) []sortChoice {
	var all []sortChoice
	for i, w := range words {
		all = append(all, sortChoice{keys[i : i+1], w})
	}
	return all
}

// sorted returns which of its choices the page is sorted by.
func (m *Model) sorted() int {
	if m.page == keysPage {
		return max(slices.Index(keySorts(), m.keys.sort), 0)
	}
	return m.other().sort
}

// sortBy sorts the page by one of its choices.
func (m *Model) sortBy(choice int) tea.Cmd {
	if m.page == keysPage {
		m.keys.sort = keySorts()[choice]
	} else {
		m.other().sort = choice
	}
	m.reselectPage()
	return m.say(toneInfo, "Sorted by "+m.sortWords())
}

// sortWords says what the page is sorted by.
func (m *Model) sortWords() string {
	words := m.sortChoices()[m.sorted()].words
	if m.list().reverse {
		words += ", turned round"
	}
	return words
}

// reverseSort turns the order of the page round.
func (m *Model) reverseSort() tea.Cmd {
	m.list().reverse = !m.list().reverse
	m.reselectPage()
	return m.say(toneInfo, "Sorted by "+m.sortWords())
}

// sortDialog offers the columns of the page.
type sortDialog struct{ choices }

func (m *Model) openSort() tea.Cmd {
	m.open, m.sort = sortOpen, sortDialog{}
	for _, c := range m.sortChoices() {
		m.sort.list = append(m.sort.list, choice{key: c.key, words: c.words})
	}
	m.sort.at = m.sorted()
	return nil
}

func (m *Model) afterSort(a answer) tea.Cmd {
	if a == unanswered {
		return nil
	}
	m.closeDialog()
	if a == cancelled {
		return nil
	}
	return m.sortBy(m.sort.at)
}
