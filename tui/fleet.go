package tui

import (
	"errors"
	"maps"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
)

// list is one list of the API that the pages beside the keys show, such as the
// groups of a kind.
type list[T any] struct {
	items  []T
	err    error     // what ended the last load; nil when it came whole
	loaded time.Time // when it last came whole; zero for never
	tried  time.Time // when it was last asked for
	asked  bool      // it is under way
}

// state returns whether the first load is under way, and what ended the last.
func (l *list[T]) state() (waits bool, err error) {
	if l == nil {
		return false, nil
	}
	return l.asked && l.loaded.IsZero(), l.err
}

// stale reports that the items may be old: the last load failed.
func (l *list[T]) stale() bool {
	return l != nil && l.err != nil && !errors.Is(l.err, client.ErrPermission) && !l.loaded.IsZero()
}

// take closes a load. What came before stays where the backend failed, and goes
// where it is refused.
func (l *list[T]) take(items []T, err error, now time.Time) {
	l.asked, l.err = false, err
	switch {
	case err == nil:
		l.items, l.loaded = items, now
	case errors.Is(err, client.ErrPermission):
		l.items, l.loaded = nil, time.Time{}
	}
}

// fleet is what keys enrol into and what enrolled with them, kind by kind. Kinds
// without a list have none here.
type fleet struct {
	groups   map[client.Kind]*list[client.Group]
	machines map[client.Kind]*list[client.Connector]
}

func newFleet() fleet {
	f := fleet{map[client.Kind]*list[client.Group]{}, map[client.Kind]*list[client.Connector]{}}
	for _, kind := range client.Kinds() {
		if kind.Listed() {
			f.groups[kind], f.machines[kind] = &list[client.Group]{}, &list[client.Connector]{}
		}
	}
	return f
}

func (f *fleet) groupsKnown() bool   { return anyLoaded(f.groups) }
func (f *fleet) machinesKnown() bool { return anyLoaded(f.machines) }

func anyLoaded[T any](lists map[client.Kind]*list[T]) bool {
	for _, l := range lists {
		if !l.loaded.IsZero() {
			return true
		}
	}
	return false
}

// allOf returns the items of every kind, in the order of kinds.
func allOf[T any](lists map[client.Kind]*list[T]) []T {
	var all []T
	for _, kind := range client.Kinds() {
		if l := lists[kind]; l != nil {
			all = append(all, l.items...)
		}
	}
	return all
}

// dueKinds returns the kinds whose list is to be asked for: all on a person's wish, else
// those older than so long and those that failed, and refused ones seldom.
func dueKinds[T any](lists map[client.Kind]*list[T], now time.Time, everything bool, every time.Duration) []client.Kind {
	var kinds []client.Kind
	for _, kind := range slices.Sorted(maps.Keys(lists)) {
		l := lists[kind]
		old := now.Sub(l.tried) >= every || l.err != nil
		if errors.Is(l.err, client.ErrPermission) {
			old = now.Sub(l.tried) >= othersEvery
		}
		if !l.asked && (l.tried.IsZero() || everything || old) {
			l.asked, l.tried = true, now
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// loadFleet asks for what the page that shows is made of, as far as it is older than
// so long; on a person's wish whatever its age.
func (m *Model) loadFleet(everything bool, every time.Duration) tea.Cmd {
	if m.effects.client == nil || m.page != groupsPage && m.page != connectorsPage {
		return nil
	}
	var cmds []tea.Cmd
	if m.page == groupsPage {
		for _, kind := range dueKinds(m.fleet.groups, m.now, everything, every) {
			cmds = append(cmds, m.effects.listGroups(m.ctx, m.session, kind))
		}
	}
	// How many connectors a group has is of the lists of connectors.
	for _, kind := range dueKinds(m.fleet.machines, m.now, everything, every) {
		cmds = append(cmds, m.effects.listMachines(m.ctx, m.session, kind))
	}
	return tea.Batch(cmds...)
}

func (m *Model) tookGroupList(msg groupsListedMsg) tea.Cmd {
	if msg.session != m.session {
		return nil
	}
	m.fleet.groups[msg.kind].take(msg.groups, msg.err, m.now)
	m.outdated()
	return nil
}

func (m *Model) tookMachineList(msg machinesListedMsg) tea.Cmd {
	if msg.session != m.session {
		return nil
	}
	m.fleet.machines[msg.kind].take(msg.machines, msg.err, m.now)
	m.outdated()
	return nil
}
