// Package changes knows what became of keys between two sights of a tenant: who
// enrolled, whose limit was raised, what came and what went.
//
// It is pure. It never does I/O, reads no clock and never looks into a key's text.
// What it is given is taken as the whole truth: whoever read a part of a list must
// fill in the rest from before.
package changes

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/client/internal/filter"
	"provkeys/client/internal/order"
)

// Event is what happened to a key. Its text is a promise to programs.
type Event string

// The events, in the order in which those of one key are told. Where a key has come
// into a state, the text is that of the state.
const (
	Created            Event = "created"
	Deleted            Event = "deleted"
	Renamed            Event = "renamed"
	Enabled            Event = "enabled"
	Disabled           Event = "disabled"
	Raised             Event = "raised"  // max uses
	Lowered            Event = "lowered" // max uses
	Enrolled           Event = "enrolled"
	NearlyUsedUp       Event = "nearly used up"
	UsedUp             Event = "used up"
	Expired            Event = "expired"
	CertificateExpired Event = "certificate expired"
	Hidden             Event = "hidden"
	Changed            Event = "changed" // another field that a person can change
)

// Sight is the keys of a tenant as they were at a time. Of two with one Ref the
// later counts: a list that changes while it is paged may bring a key twice.
type Sight struct {
	Keys []client.Key
	At   time.Time
}

// Change is one thing that happened to one key.
type Change struct {
	Event  Event
	Before client.Key // the zero Key where it was created
	After  client.Key // as it was last where it was deleted
	// Fields are what a person changed, where that is what happened.
	Fields []client.FieldConflict
}

// Uses returns by how many the uses rose, 0 where that is not what happened.
func (c Change) Uses() int64 {
	if c.Event != Enrolled {
		return 0
	}
	return c.After.Uses - c.Before.Uses
}

// Between returns what happened between two sights, in the order in which keys are
// listed by name. Near says when a key is nearly used up. What a key was already when
// it was created is not told besides.
func Between(before, after Sight, near client.Threshold) []Change {
	was, is := byRef(before.Keys), byRef(after.Keys)
	var all []Change
	for ref, k := range is {
		old, held := was[ref]
		if !held {
			all = append(all, Change{Event: Created, After: k})
			continue
		}
		all = append(all, fields(old, k)...)
		if k.Uses > old.Uses {
			all = append(all, Change{Event: Enrolled, Before: old, After: k})
		}
		for _, e := range begun(old.States(before.At, near), k.States(after.At, near)) {
			// When it was not known before, it may have ended long ago.
			if e != CertificateExpired || !old.CertificateEnd.IsZero() {
				all = append(all, Change{Event: e, Before: old, After: k})
			}
		}
	}
	for ref, k := range was {
		if _, held := is[ref]; !held {
			all = append(all, Change{Event: Deleted, Before: k, After: k})
		}
	}
	slices.SortFunc(all, inOrder)
	return all
}

func byRef(keys []client.Key) map[client.Ref]client.Key {
	held := make(map[client.Ref]client.Key, len(keys))
	for _, k := range keys {
		held[k.Ref()] = k
	}
	return held
}

// fields returns what a person changed: an event for each field that has one, and one
// for all others.
func fields(before, after client.Key) []Change {
	var all []Change
	other := Change{Event: Changed, Before: before, After: after}
	for _, f := range client.Conflicts(before, after) {
		e := eventOf(f.Field, before, after)
		switch {
		case f.Field == client.FieldExportable && !after.Exportable:
			// It is hidden now, which is a state.
		case e == Changed:
			other.Fields = append(other.Fields, f)
		default:
			all = append(all, Change{Event: e, Before: before, After: after, Fields: []client.FieldConflict{f}})
		}
	}
	if other.Fields != nil {
		all = append(all, other)
	}
	return all
}

func eventOf(f client.Field, before, after client.Key) Event {
	switch {
	case f == client.FieldName:
		return Renamed
	case f == client.FieldEnabled && after.Enabled:
		return Enabled
	case f == client.FieldEnabled:
		return Disabled
	case f == client.FieldMaxUses && after.MaxUses > before.MaxUses:
		return Raised
	case f == client.FieldMaxUses:
		return Lowered
	}
	return Changed
}

// begun returns the states that a key has come into. That one was disabled is told by
// its field, and one that is raised is no less used up than before.
func begun(before, after []client.State) []Event {
	var events []Event
	for _, s := range after {
		switch {
		case slices.Contains(before, s), s == client.OK, s == client.Disabled:
		case s == client.NearlyUsedUp && slices.Contains(before, client.UsedUp):
		default:
			events = append(events, Event(s.String()))
		}
	}
	return events
}

// inOrder compares by name, then kind, then id, then event.
func inOrder(a, b Change) int {
	return cmp.Or(
		strings.Compare(order.Natural(filter.Fold(a.After.Name)), order.Natural(filter.Fold(b.After.Name))),
		cmp.Compare(slices.Index(client.Kinds(), a.After.Kind), slices.Index(client.Kinds(), b.After.Kind)),
		cmp.Compare(a.After.ID, b.After.ID),
		cmp.Compare(slices.Index(events(), a.Event), slices.Index(events(), b.Event)),
	)
}

// events returns every event, in the order in which those of one key are told.
func events() []Event {
	return []Event{
		Created, Deleted, Renamed, Enabled, Disabled, Raised, Lowered, Enrolled,
		NearlyUsedUp, UsedUp, Expired, CertificateExpired, Hidden, Changed,
	}
}
