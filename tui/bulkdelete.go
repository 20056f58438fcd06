package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
)

// openBulkDelete asks what depends on the keys while the question shows.
func (m *Model) openBulkDelete() tea.Cmd {
	m.newBulk()
	d := &m.bulk
	d.ask(bulkDelete, m.burst.serial)
	// What matters most goes first: on a small screen the rest is left out.
	d.about = append(d.about, lookingWords, "A deleted key cannot be brought back; "+m.keymap.of("edit")+" disables them instead.")
	if groups := m.emptiedGroups(d.keys); groups != nil {
		d.about = append(d.about, "The last keys of "+few(groups)+" are among them.")
	}
	ctx, gen := d.work.begin(m.ctx)
	return m.effects.loadManyDependents(ctx, gen)
}

// lookingWords stand in for what enrolled with keys until that is known.
const lookingWords = "Looking what enrolled with them…"

// tookManyDependents says what enrolled with the keys that are to be deleted.
func (m *Model) tookManyDependents(msg manyDependentsMsg) tea.Cmd {
	d := &m.bulk
	if msg.gen != d.work.gen || d.stage != bulkAsking {
		return nil
	}
	d.work.busy = false
	if i := slices.Index(d.about, lookingWords); i >= 0 {
		d.about[i] = manyDependentWords(d.keys, msg)
	}
	return nil
}

func manyDependentWords(keys []client.Key, msg manyDependentsMsg) string {
	n, unlisted := 0, false
	for _, k := range keys {
		unlisted = unlisted || k.Kind == client.NetworkConnector
		for _, machine := range msg.machines {
			if machine.KeyID == k.ID {
				n++
			}
		}
	}
	words := fmt.Sprintf("%d connectors enrolled with them: they are not upgraded any more without them.", n)
	switch n {
	case 0:
		words = "No connector that the API lists enrolled with them."
	case 1:
		words = "1 connector enrolled with them: it is not upgraded any more without its key."
	}
	switch {
	case msg.err != nil:
		words += " Not all could be asked for: " + failure(msg.err)
	case unlisted:
		words += " Network connectors are listed nowhere."
	}
	return words
}

// few joins names, the first three of many.
func few(names []string) string {
	if more := len(names) - namesTold; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:namesTold], ", "), more)
	}
	return strings.Join(names, ", ")
}

// emptiedGroups returns the groups that no key would be left for.
func (m *Model) emptiedGroups(deleted []client.Key) []string {
	type group struct {
		kind client.Kind
		id   client.ID
	}
	left := map[group]int{}
	for _, k := range m.tenantKeys() {
		left[group{k.Kind, k.GroupID}]++
	}
	var names []string
	for _, k := range deleted {
		g := group{k.Kind, k.GroupID}
		if left[g]--; left[g] == 0 {
			names = append(names, called(k.Group))
		}
	}
	return names
}
