package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/estate"
	"provkeys/tui/style"
)

func newGroupsCommand(a *app) *cobra.Command {
	r := groupResource()
	return resourceCommand(a, r, &cobra.Command{
		Use:   "groups [GROUP]",
		Short: "List the groups that newcomers join, with what is left of their keys",
		Long: `groups writes the groups of all kinds, or of one; GROUP, a name, an id or kind/name,
shows that one.

LEFT is how many more can enrol: the uses left of its keys that are neither used up,
disabled, expired nor signed by a certificate that has ended. STATE is the worst of
its keys. What is not known, since a list did not come, is null, ? in a table. The API
does not list the groups of network connectors: those that keys name are derived.

A filter is words that must all occur in name or id; !word excludes; column:word
(kind: id: state: microtenant:), is:disabled, is:derived and comparisons (left<5
used>=80% keys=0 connectors>3) narrow it further.

` + helpOnColumns(r.sheet),
		Example: `  provkeys groups --filter 'left<5' --sort left
  provkeys groups --kind service-edge -o json
  provkeys groups 'AP East 1'
  provkeys groups --columns name,keys,left --sort left --reverse --limit 5`,
	})
}

func groupResource() resource[estate.Group] {
	return resource[estate.Group]{
		sheet: groupSheet(), list: listGroups, example: "'left<5'",
		asks:  gathering{kinds: client.Kinds(), groups: true, keys: true, connectors: true, certificates: true},
		kinds: client.Kinds(), rows: estate.Groups,
		note: func(rows []estate.Group, _ client.Kind) string {
			for i := range rows {
				if !rows[i].Kind.Listed() {
					return "groups of network connectors: as keys name them"
				}
			}
			return ""
		},
	}
}

// groupSheet returns what is known of a group.
func groupSheet() sheet[estate.Group] {
	return sheet[estate.Group]{
		noun:  "group",
		usual: []string{"name", "kind", "keys", "uses", "left", "connectors", "state"},
		name:  func(g *estate.Group) string { return g.Name },
		ref:   func(g *estate.Group) client.Ref { return g.Ref() },
		columns: []column[estate.Group]{
			{
				frame: frame{head: "ID", leave: 8}, name: "id", word: "id",
				value: func(g *estate.Group, _ view) scalar { return textOf(string(g.ID)) },
			}, {
				frame: frame{head: "NAME", least: 20}, name: "name", word: "name",
				value: func(g *estate.Group, _ view) scalar { return textOf(g.Name) },
			}, {
				frame: frame{head: "KIND", leave: 5}, name: "kind", word: "kind",
				value: func(g *estate.Group, _ view) scalar { return textOf(string(g.Kind)) },
			}, {
				frame: frame{head: "ENABLED", leave: 7}, name: "enabled",
				value: func(g *estate.Group, _ view) scalar { return knownIf(!g.Derived, truthOf(g.Enabled)) },
			}, {
				frame: frame{head: "DERIVED", leave: 9}, name: "derived",
				value: func(g *estate.Group, _ view) scalar { return truthOf(g.Derived) },
			}, {
				frame: frame{head: "KEYS", right: true, leave: 1}, name: "keys", word: "keys",
				value: func(g *estate.Group, _ view) scalar { return knownIf(g.KeysKnown, numberOf(int64(len(g.Keys)))) },
				shown: func(g *estate.Group, _ view, _ style.Theme) cell {
					return cell{text: countOf(len(g.Keys), g.KeysKnown)}
				},
			}, {
				frame: frame{head: "USES", right: true, leave: 4}, name: "uses", word: "uses",
				value: func(g *estate.Group, _ view) scalar { return knownIf(g.KeysKnown, numberOf(g.Uses)) },
				cell:  usesOfGroup,
			}, {
				frame: frame{head: "MAX", right: true, leave: 6}, name: "max_uses", word: "max",
				value: func(g *estate.Group, _ view) scalar { return knownIf(g.KeysKnown, numberOf(g.MaxUses)) },
			}, {
				frame: frame{head: "LEFT", right: true}, name: "left", word: "left",
				value: func(g *estate.Group, _ view) scalar { return knownIf(g.KeysKnown, numberOf(g.Headroom)) },
				shown: shownHeadroom,
			}, {
				frame: frame{head: "STATE", leave: 2}, name: "state", word: "state",
				value: func(g *estate.Group, _ view) scalar { return knownIf(len(g.Keys) > 0, textOf(g.State.String())) },
				shown: shownGroupState,
			}, {
				frame: frame{head: "CONNECTORS", right: true, leave: 3}, name: "connectors", word: "connectors",
				value: func(g *estate.Group, _ view) scalar { return knownIf(g.ConnectorsKnown, numberOf(int64(g.Connectors))) },
				shown: func(g *estate.Group, _ view, _ style.Theme) cell {
					return cell{text: countOf(g.Connectors, g.ConnectorsKnown)}
				},
			}, {
				frame: frame{head: "MICROTENANT", least: 11, leave: 10}, name: "microtenant", word: "microtenant",
				value: func(g *estate.Group, _ view) scalar { return textOrNull(g.Microtenant) },
			}, {
				frame: frame{head: "MICROTENANT ID", leave: 11}, name: "microtenant_id",
				value: func(g *estate.Group, _ view) scalar { return textOrNull(string(g.MicrotenantID)) },
			},
		},
	}
}

// usesOfGroup returns the uses of all its keys together, nothing where it has none.
func usesOfGroup(g *estate.Group, _ view) string {
	if len(g.Keys) == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", g.Uses, g.MaxUses)
}

func shownHeadroom(g *estate.Group, _ view, _ style.Theme) cell {
	if !g.KeysKnown {
		return cell{text: "?"}
	}
	return cell{text: strconv.FormatInt(g.Headroom, 10)}
}

// shownGroupState says in place of a state that there is no key which could have one.
func shownGroupState(g *estate.Group, _ view, th style.Theme) cell {
	switch {
	case len(g.Keys) > 0:
		return cell{g.State.String(), stateStyle(th, g.State)}
	case g.KeysKnown:
		return cell{"no key", th.StateOff}
	}
	return cell{"not known", th.StateOff}
}

// knownIf is null where a value is not known.
func knownIf(known bool, s scalar) scalar {
	if !known {
		return scalar{}
	}
	return s
}

// countOf writes how many there are for people; a question mark where that is not
// known.
func countOf(n int, known bool) string {
	switch {
	case known:
		return strconv.Itoa(n)
	case n > 0:
		return strconv.Itoa(n) + "+"
	}
	return "?"
}
