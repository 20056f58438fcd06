package tui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client/catalog"
)

// sortChoice is one way to sort a page, and its key in the dialog.
type sortChoice struct{ key, words string }

// keySorts are the columns that keys are sorted by.
func keySorts() []catalog.Column {
	return []catalog.Column{
		catalog.ByName, catalog.ByKind, catalog.ByGroup, catalog.ByUses, catalog.ByMax, catalog.ByLeft, catalog.ByState,
		catalog.ByCertificate, catalog.ByCreated, catalog.ByModified, catalog.ByModifier, catalog.ByExpires,
		catalog.ByAddresses, catalog.ByMicrotenant, catalog.ByID,
	}
}

// sortChoices returns how the page that shows can be sorted, the usual way first.
func (m *Model) sortChoices() []sortChoice {
	if m.page != keysPage {
		return choicesOf(m.other().sorts())
	}
	var words []string
	for _, c := range keySorts() {
		words = append(words, c.String())
	}
	return choicesOf(words)
}

// choicesOf gives each word a key of its own: its first letter that is free, and not
// one of those that move and leave.
func choicesOf(words []string) []sortChoice {
	taken, all := "jkq", make([]sortChoice, 0, len(words))
	for _, w := range words {
		i := strings.IndexFunc(w+"abcdefghilmnoprstuvwxyz", func(r rune) bool { return !strings.ContainsRune(taken, r) })
		key := (w + "abcdefghilmnoprstuvwxyz")[i : i+1]
		taken += key
		all = append(all, sortChoice{key, w})
	}
	return all
}

// sorted returns which of its choices the page is sorted by.
func (m *Model) sorted() int {
	if m.page == keysPage {
		return max(slices.Index(keySorts(), m.keys.sort), 0)
	}
	return m.other().sortedBy()
}

// sortBy sorts the page by one of its choices.
func (m *Model) sortBy(choice int) tea.Cmd {
	if m.page == keysPage {
		m.keys.sort = keySorts()[choice]
	} else {
		m.other().sortTo(choice)
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
