package tui

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/catalog"
)

func (m *Model) filterBy(text string) (cmd tea.Cmd, why string) {
	f := &m.list().filter
	before := f.text()
	if f.set(text); f.fault != "" {
		why = f.fault
		f.set(before)
		return nil, why
	}
	return m.refilter(), ""
}

// allKinds is the word for keys of every kind.
const allKinds = "all"

func kindChoices(*Model, string) []string {
	words := []string{allKinds}
	for _, k := range client.Kinds() {
		words = append(words, string(k))
	}
	return words
}

func (m *Model) kindByWord(word string) (cmd tea.Cmd, why string) {
	kind, ok := client.ParseKind(word)
	switch {
	case !ok && word != allKinds:
		return nil, fmt.Sprintf("That is no kind: it is %s.", orList(kindChoices(m, "")))
	case m.page == certificatesPage:
		return nil, "Certificates belong to no kind: any of them may sign any key."
	}
	return m.showKind(kind), ""
}

func sortWordsOf(m *Model, _ string) []string {
	var words []string
	for _, c := range m.sortChoices() {
		words = append(words, c.words)
	}
	for _, w := range slices.Clone(words) {
		words = append(words, w+" "+reverseWord)
	}
	return words
}

// reverseWord behind a column turns its order round.
const reverseWord = "reverse"

func (m *Model) sortByWord(argument string) (cmd tea.Cmd, why string) {
	word, reverse := strings.CutSuffix(argument, " "+reverseWord)
	choices := m.sortChoices()
	i := slices.IndexFunc(choices, func(c sortChoice) bool { return c.words == strings.TrimSpace(word) })
	if i < 0 {
		return nil, fmt.Sprintf("That is no column to sort by: they are %s.", orList(sortWordsOf(m, "")[:len(choices)]))
	}
	m.list().reverse = reverse
	return m.sortBy(i), ""
}

func (m *Model) goToRow(word string) (cmd tea.Cmd, why string) {
	n, err := strconv.Atoi(word)
	rows := len(m.list().rows)
	switch {
	case rows == 0:
		return nil, m.whyNoRow()
	case err != nil || n < 1:
		return nil, fmt.Sprintf("Type the number of a row, from 1 to %d.", rows)
	case n > rows:
		return nil, fmt.Sprintf("There is no row %d: the last that shows is %d.", n, rows)
	}
	m.list().table.MoveTo(n-1, m.rows())
	m.list().took()
	return nil, ""
}

func (m *Model) viewOffers(string) []string { return m.viewNames() }

// viewByName shows a view, or without a name all of them.
func (m *Model) viewByName(name string) (cmd tea.Cmd, why string) {
	if name == "" {
		return m.openViews(), ""
	}
	return m.pickView(name), ""
}

func (m *Model) profileOffers(string) []string { return m.profileNames }

// profileByName shows the tenant of a profile, or without a name offers them all.
func (m *Model) profileByName(name string) (cmd tea.Cmd, why string) {
	switch why = m.whyNoProfiles(); {
	case why != "":
		return nil, why
	case name == "":
		return m.openProfiles(), ""
	}
	return m.openProfile(name), ""
}

// columnOffers returns what makes the columns longer by one, and before anything is
// typed those that show.
func (m *Model) columnOffers(argument string) []string {
	begun := argument[:strings.LastIndex(argument, ",")+1]
	var offers []string
	if argument == "" {
		offers = append(offers, m.keys.layout.String())
	}
	for _, c := range catalog.AllColumns() {
		if word := c.String(); !slices.ContainsFunc(strings.Split(begun, ","), func(s string) bool {
			named, _, _ := strings.Cut(s, "=")
			return strings.TrimSpace(named) == word
		}) {
			offers = append(offers, begun+word)
		}
	}
	return offers
}

func (m *Model) columnsByWord(argument string) (cmd tea.Cmd, why string) {
	if why := m.whyNoColumns(); why != "" {
		return nil, why
	}
	chosen, err := catalog.ParseLayout(argument)
	switch {
	case err != nil:
		return nil, err.Error()
	case !chosen.Has(catalog.ByName):
		return nil, "The name always shows, so that it must be among them."
	}
	return m.setLayout(chosen), ""
}
