package tui

import (
	"fmt"
	"strings"

	"provkeys/tui/style"
)

// Fact is one part of the configuration as it is in force.
type Fact struct {
	Name  string // as the configuration file has it
	Value string // "" is none
	From  string // such as "default", a flag, a variable or a file
}

// helpEntry is one line of the help page, or several where it is long.
type helpEntry struct {
	keys string
	does string
	why  string // why it cannot be done now, as a sentence; "" where it can
}

// holds reports whether an entry below a heading has all the words, whatever their
// case.
func (e helpEntry) holds(heading string, words []string) bool {
	text := strings.ToLower(strings.Join([]string{heading, e.keys, e.does, e.why}, " "))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// helpKeys is how many cells the keys have.
const helpKeys = 14

// lines returns the entry in lines of w cells.
func (e helpEntry) lines(w int, th style.Theme) []string {
	var lines []string
	keys := style.Sanitize(e.keys)
	if style.Width(keys) > helpKeys {
		// What does not fit beside the words stands above them.
		lines, keys = append(lines, " "+th.HelpKey.Render(style.Truncate(keys, max(w-1, 0)))), ""
	}
	room := max(w-helpKeys-3, 1)
	for _, part := range style.Wrap(style.Sanitize(e.does), room) {
		lines = append(lines, " "+th.HelpKey.Render(style.Fit(keys, helpKeys))+"  "+th.Text.Render(part))
		keys = ""
	}
	if e.why != "" {
		for _, part := range style.Wrap("not now: "+e.why, room) {
			lines = append(lines, style.Fit("", helpKeys+3)+th.Faint.Render(part))
		}
	}
	return lines
}

// helpText returns the page, or as much of it as has the words that are searched for.
func (m *Model) helpText(w int) []string {
	words := strings.Fields(strings.ToLower(m.help.search.Value()))
	var lines []string
	under := func(heading string, entries []helpEntry) {
		first := true
		for _, e := range entries {
			if !e.holds(heading, words) {
				continue
			}
			if first && lines != nil {
				lines = append(lines, "")
			}
			if first {
				lines = append(lines, " "+m.theme.DialogTitle.Render(style.Truncate(heading, max(w-1, 0))))
			}
			first = false
			lines = append(lines, e.lines(w, m.theme)...)
		}
	}
	list, hidden := m.listed()
	if hidden > 0 && len(words) == 0 {
		note := fmt.Sprintf("%d actions that change something are hidden: this console is read-only.", hidden)
		for _, part := range style.Wrap(note, max(w-1, 1)) {
			lines = append(lines, " "+part)
		}
	}
	for g := copying; g <= ungrouped; g++ {
		under(g.String(), m.actionEntries(list, g))
	}
	under("Behind the colon", commandEntries())
	under("In dialogs and text fields", fixedEntries())
	under("In force", m.factEntries())
	if len(lines) == 0 {
		lines = append(lines, " "+m.theme.Faint.Render(style.Truncate("Nothing here has that: esc shows all of it.", max(w-1, 0))))
	}
	return lines
}

// actionEntries returns the actions of a group: their keys, what they do, and why not
// now.
func (m *Model) actionEntries(list []binding, g actionGroup) []helpEntry {
	var entries []helpEntry
	for _, b := range list {
		if b.action.group() == g {
			does := b.does + " " + m.theme.Glyphs.Separator + " :" + string(b.action)
			entries = append(entries, helpEntry{keys: strings.Join(b.keys, " "), does: does, why: m.impossible(b)})
		}
	}
	return entries
}

func commandEntries() []helpEntry {
	var entries []helpEntry
	for _, c := range commands() {
		entries = append(entries, helpEntry{keys: ":" + c.word + " " + c.takes, does: c.does})
	}
	return entries
}

// fixedEntries returns the keys that mean the same in every dialog, and that nobody
// can change.
func fixedEntries() []helpEntry {
	return []helpEntry{
		{keys: "esc", does: "close the dialog, or leave the field and what was typed"},
		{keys: "enter", does: "go on; what changes many things, or for good, takes y or a name instead"},
		{keys: "tab shift+tab", does: "the next field, the one before; behind the colon: complete"},
		{keys: "up down", does: "the next choice, the one before; in the filter: move through the rows; behind the colon: what was run before"},
		{keys: "space", does: "turn a switch"},
		{keys: "ctrl+u", does: "empty the field"},
		{keys: "ctrl+c", does: "leave the console, wherever one is"},
	}
}

// factEntries returns the configuration as it is in force, and where it comes from.
func (m *Model) factEntries() []helpEntry {
	var entries []helpEntry
	for _, f := range m.opts.InForce {
		value := f.Value
		if value == "" {
			value = "none"
		}
		entries = append(entries, helpEntry{keys: f.Name, does: value + " (" + f.From + ")"})
	}
	return entries
}
