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
}

// entry is a deed that is to be written down once.
type entry struct {
	number  int
	deed    Deed
	turn    chan struct{} // capacity 1: who takes it out writes
	written chan struct{} // closed then
}

// record has a deed written down.
func (m *Model) record(d Deed) tea.Cmd {
	if m.effects.journal == nil {
		return nil
	}
	m.recorded++
	e := entry{m.recorded, d, make(chan struct{}, 1), make(chan struct{})}
	e.turn <- struct{}{}
	m.entries = append(m.entries, e)
	return m.effects.record(e)
}

// recordUnfinished records a copy that was being made when the console was left,
// and a file that was being written: they may arrive.
func (m *Model) recordUnfinished() {
	if m.download.stage == downloadWriting {
		k := m.download.key
		m.record(Deed{Action: DeedDownloaded, Key: k.Ref(), Name: k.Name, Route: m.download.route(), Evidence: "unknown"})
	}
	if m.writes > 0 {
		m.record(Deed{Action: DeedCopied, Key: m.handed.ref, Name: m.handed.name, Evidence: "unknown"})
	}
}

// recordLimit records that the max uses of a key were changed.
func (m *Model) recordLimit(u client.Updated) tea.Cmd {
	d := Deed{Action: DeedRaised, Key: u.After.Ref(), Name: u.After.Name, From: u.Before.MaxUses, To: u.After.MaxUses}
	switch {
	case d.From == d.To:
		return nil
	case d.From > d.To:
		d.Action = DeedLowered
	}
	return m.record(d)
}

// wasRecorded says so when a deed could not be written down.
func (m *Model) wasRecorded(msg recordedMsg) tea.Cmd {
	m.entries = slices.DeleteFunc(m.entries, func(e entry) bool { return e.number == msg.number })
	if msg.err == nil {
		return nil
	}
	return m.sayToo("The journal could not be written: " + msg.err.Error() + ".")
}
