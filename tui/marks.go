package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/catalog"
)

// marks are the keys that the next action is for, each with why the last action
// failed on it, "" for none. They belong to keys, whatever shows.
type marks map[client.Ref]string

func (s *keysScreen) marked(ref client.Ref) bool {
	_, yes := s.marks[ref]
	return yes
}

func (s *keysScreen) mark(ref client.Ref, why string) {
	if s.marks == nil {
		s.marks = marks{}
	}
	s.marks[ref] = why
}

// unmark takes a mark away. The last mark is where a range begins.
func (s *keysScreen) unmark(ref client.Ref) { delete(s.marks, ref) }

// markOne marks the key under the cursor or takes its mark away, and moves on.
func (m *Model) markOne() tea.Cmd {
	k, _ := m.keys.current()
	if m.keys.marked(k.Ref()) {
		m.keys.unmark(k.Ref())
	} else {
		m.keys.mark(k.Ref(), "")
	}
	m.keys.lastMark = k.Ref()
	cmd := m.move(1)
	m.reselectMarked()
	return cmd
}

// markRange marks everything that shows from the last mark to the cursor.
func (m *Model) markRange() tea.Cmd {
	s := &m.keys
	from, to := s.rowOf(s.lastMark), s.table.Cursor()
	if from < 0 || !s.marked(s.lastMark) {
		return m.say(toneInfo, m.keymap.of("mark-range")+" marks up to here from the last mark: "+m.keymap.of("mark")+" sets that one first.")
	}
	for i := min(from, to); i <= max(from, to); i++ {
		s.mark(s.rows[i], "")
	}
	s.lastMark = s.rows[to]
	s.took()
	m.reselectMarked()
	return m.say(toneInfo, m.markedWords())
}

// markAll marks every key that shows, or takes all marks away if they are marked.
func (m *Model) markAll() tea.Cmd {
	s := &m.keys
	all := true
	for _, ref := range s.rows {
		all = all && s.marked(ref)
	}
	if all {
		return m.unmarkAll()
	}
	for _, ref := range s.rows {
		s.mark(ref, "")
	}
	return m.say(toneInfo, m.markedWords())
}

func (m *Model) unmarkAll() tea.Cmd {
	m.keys.marks = nil
	m.reselectMarked()
	return m.say(toneInfo, "Nothing is marked any more.")
}

// reselectMarked selects again where the filter asks for marks.
func (m *Model) reselectMarked() {
	if m.keys.filtered.AsksForMarks() {
		m.reselect()
	}
}

// dropGoneMarks forgets the marks of keys that are no more.
func (s *keysScreen) dropGoneMarks() {
	for ref := range s.marks {
		if _, held := s.catalog.Get(ref); !held {
			s.unmark(ref)
		}
	}
}

// markedKeys returns the marked keys in the order of the table, those that the
// filter hides too.
func (m *Model) markedKeys() []client.Key {
	s := &m.keys
	var refs []client.Ref
	for _, ref := range s.catalog.Select(catalog.Query{Sort: s.sort, Reverse: s.reverse, Now: m.now, Near: m.opts.Near}) {
		if s.marked(ref) {
			refs = append(refs, ref)
		}
	}
	return s.catalog.Keys(refs)
}

// markedWords says how many keys are marked, and how many of them do not show.
func (m *Model) markedWords() string {
	n, hidden := len(m.keys.marks), m.hiddenMarks()
	switch {
	case n == 0:
		return ""
	case hidden > 0:
		return fmt.Sprintf("%d marked, %d of them not shown", n, hidden)
	}
	return fmt.Sprintf("%d marked", n)
}

// hiddenMarks returns how many marked keys the filter hides.
func (m *Model) hiddenMarks() int {
	hidden := len(m.keys.marks)
	for _, ref := range m.keys.rows {
		if hidden > 0 && m.keys.marked(ref) {
			hidden--
		}
	}
	return hidden
}
