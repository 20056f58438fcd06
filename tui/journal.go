package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
)

// Journal is where it is written down who did what. It is called from several
// goroutines.
type Journal interface {
	Record(Deed) error
}

// DeedAction is what somebody did with a key. Its texts are the words of the
// journal.
type DeedAction string

// The deeds that the console records.
const (
	DeedCopied     DeedAction = "copied"
	DeedRaised     DeedAction = "raised"
	DeedLowered    DeedAction = "lowered"
	DeedRevealed   DeedAction = "revealed"
	DeedDownloaded DeedAction = "downloaded"
	DeedCreated    DeedAction = "created"
	DeedEdited     DeedAction = "edited"
	DeedDeleted    DeedAction = "deleted"
)

// Deed is one deed, recorded once it is done. It has no room for a key text.
type Deed struct {
	Action DeedAction
	Key    client.Ref
	Name   string // as the server holds it: not yet safe to print
	// Route and Evidence are of a copy, in the words of clipboard.Outcome. A
	// download's route is "age" or "plain", and its evidence is empty once it is
	// written.
	Route, Evidence string
	// From and To are the max uses before and after a raise or a lowering.
	From, To int64
	// Fields are what else an edit changed, in the words of client.Field.
	Fields []string
}

// entry is what is to be written down once: a deed in the journal, or a key in the
// memory.
type entry struct {
	number  int
	write   func() tea.Msg
	turn    chan struct{} // capacity 1: who takes it out writes
	written chan struct{} // closed then
}

func newEntry(number int, write func() tea.Msg) entry {
	e := entry{number, write, make(chan struct{}, 1), make(chan struct{})}
	e.turn <- struct{}{}
	return e
}

// record has a deed written down.
func (m *Model) record(d Deed) tea.Cmd {
	if m.effects.journal == nil {
		return nil
	}
	m.recorded++
	e := newEntry(m.recorded, m.effects.record(m.recorded, d))
	m.entries = append(m.entries, e)
	return m.effects.write(e)
}

// remember has something kept by which the key's text is recognised once the API
// does not show it any more.
func (m *Model) remember(k client.Key) tea.Cmd {
	if m.effects.memory == nil {
		return nil
	}
	m.recorded++
	e := newEntry(m.recorded, m.effects.remember(m.recorded, k))
	m.memos = append(m.memos, e)
	return m.effects.write(e)
}

// recordUnfinished records a copy that was being made when the console was left,
// and a file that was being written: they may arrive.
func (m *Model) recordUnfinished() {
	if m.download.stage == downloadWriting {
		k := m.download.key
		m.record(Deed{Action: DeedDownloaded, Key: k.Ref(), Name: k.Name, Route: m.download.asked().route(), Evidence: "unknown"})
	}
	if m.writes > 0 && m.handed.secret {
		m.record(Deed{Action: DeedCopied, Key: m.handed.ref, Name: m.handed.name, Evidence: "unknown"})
	}
}

// recordEdit records what was changed: a raise or a lowering, and beside it what
// else an edit changed.
func (m *Model) recordEdit(u client.Updated) tea.Cmd {
	var cmds []tea.Cmd
	var fields []string
	for _, f := range client.Conflicts(u.Before, u.After) {
		if f.Field != client.FieldMaxUses {
			fields = append(fields, string(f.Field))
			continue
		}
		d := Deed{Action: DeedRaised, Key: u.After.Ref(), Name: u.After.Name, From: u.Before.MaxUses, To: u.After.MaxUses}
		if d.From > d.To {
			d.Action = DeedLowered
		}
		cmds = append(cmds, m.record(d))
	}
	if fields != nil {
		cmds = append(cmds, m.record(Deed{Action: DeedEdited, Key: u.After.Ref(), Name: u.After.Name, Fields: fields}))
	}
	return tea.Batch(cmds...)
}

// wasRecorded says so when a deed could not be written down.
func (m *Model) wasRecorded(msg recordedMsg) tea.Cmd {
	m.entries = without(m.entries, msg.number)
	if msg.err == nil {
		return nil
	}
	return m.sayToo("The journal could not be written: " + msg.err.Error() + ".")
}

// wasRemembered says so the first time that a text could not be remembered: what
// fails once mostly fails again.
func (m *Model) wasRemembered(msg rememberedMsg) tea.Cmd {
	m.memos = without(m.memos, msg.number)
	if msg.err == nil || m.forgetful {
		return nil
	}
	m.forgetful = true
	return m.sayToo("The memory for hidden keys could not be written: " + msg.err.Error() + ".")
}

// without returns the entries but the one of that number.
func without(list []entry, number int) []entry {
	return slices.DeleteFunc(list, func(e entry) bool { return e.number == number })
}
