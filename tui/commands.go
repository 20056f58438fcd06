package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// command is a word of the command line that takes something behind it. Where an
// action has the same name, the word alone is that action.
type command struct {
	word  string
	takes string // what stands behind it, as help says it
	does  string
	// offers returns what an argument may become; nil where that is free.
	offers func(m *Model, argument string) []string
	// run does it, or returns why it cannot, a sentence for the line that stays open.
	run func(m *Model, argument string) (cmd tea.Cmd, why string)
}

// commands returns every command there is, in the order in which help shows them.
func commands() []command {
	return []command{
		{word: "filter", takes: "TEXT", does: "filter the rows of this page", run: (*Model).filterBy},
		{word: "kind", takes: "all or a kind", does: "show the keys of one kind", offers: kindChoices, run: (*Model).kindByWord},
		{word: "sort", takes: "COLUMN [reverse]", does: "sort the rows of this page", offers: sortWordsOf, run: (*Model).sortByWord},
		{word: "view", takes: "NAME", does: "show a saved view", offers: (*Model).viewOffers, run: (*Model).viewByName},
		{word: "profile", takes: "NAME", does: "show another tenant", offers: (*Model).profileOffers, run: (*Model).profileByName},
		{word: "columns", takes: "name,group=24", does: "show these columns of the keys, in this order; with a width in cells", offers: (*Model).columnOffers, run: (*Model).columnsByWord},
		{word: "row", takes: "NUMBER", does: "go to a row, counted from 1", run: (*Model).goToRow},
		{word: "set", takes: "[SETTING VALUE]", does: "change a setting until the console is left; alone it lists them", offers: settingChoices, run: (*Model).set},
	}
}

// commandNamed returns the command of a word; false when there is no such command.
func commandNamed(word string) (command, bool) {
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.word == word })
	if i < 0 {
		return command{}, false
	}
	return all[i], true
}

// words returns everything that a line may begin with: actions that are not hidden,
// and commands.
func (m *Model) words() []string {
	list, _ := m.listed()
	var words []string
	for _, b := range list {
		words = append(words, string(b.action))
	}
	for _, c := range commands() {
		if !slices.Contains(words, c.word) {
			words = append(words, c.word)
		}
	}
	return words
}

// runText runs a line, or returns why it cannot: the reason says what can be typed in its place, and repeats
// nothing of what was: that may have been pasted, and be anything.
func (m *Model) runText(text string) (cmd tea.Cmd, why string) {
	word, argument, _ := strings.Cut(text, " ")
	argument = strings.TrimSpace(argument)
	if word, why = m.whole(word); why != "" {
		return nil, why
	}
	b := m.keymap.action(action(word))
	c, takes := commandNamed(word)
	switch {
	case b.run != nil && (argument == "" || !takes):
		if argument != "" {
			return nil, word + " takes nothing behind it."
		}
		return m.perform(b), ""
	default:
		return c.run(m, argument)
	}
}

// whole returns the word that its first letters stand for, or why they stand for none.
func (m *Model) whole(begun string) (word, why string) {
	words := m.words()
	if slices.Contains(words, begun) || m.keymap.action(action(begun)).run != nil {
		return begun, "" // one that read-only hides says so itself
	}
	var fit []string
	for _, w := range words {
		if strings.HasPrefix(w, begun) {
			fit = append(fit, w)
		}
	}
	switch near := nearest(words, begun); {
	case len(fit) == 1:
		return fit[0], ""
	case len(fit) > 1:
		return "", fmt.Sprintf("That may be %s.", orList(fit))
	case len(near) > 0:
		return "", fmt.Sprintf("There is no such command. Is it %s?", orList(near))
	}
	return "", fmt.Sprintf("There is no such command: %s lists them.", m.keymap.of("help"))
}

// orList returns "a, b or c".
func orList(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
