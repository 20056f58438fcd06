package estate

import (
	"slices"

	"provkeys/client"
	"provkeys/client/internal/filter"
)

// groupField is what one term of a filter for groups looks at.
type groupField int

const (
	groupName groupField = iota
	groupKind
	groupID
	groupTenant
	groupState
	groupFlag
	groupKeys
	groupConnectors
	groupUsed
	groupLeft
	groupMax
)

// The flags of a group, in the order of their words.
const (
	groupIsDisabled = iota
	groupIsDerived
)

func (g *Group) title() string { return g.Name }

func (g *Group) language() filter.Language {
	return filter.Language{Rows: "a group", Columns: []filter.Column{
		groupName:       {Word: "name", Text: true, Example: "name:emea"},
		groupKind:       {Word: "kind", Text: true, Example: "kind:service-edge"},
		groupID:         {Word: "id", Text: true, Example: "id:58856"},
		groupTenant:     {Word: "microtenant", Text: true, Example: "microtenant:lab"},
		groupState:      {Word: "state", Choices: keyStates(), Noun: "state", Example: "state:ok"},
		groupFlag:       {Word: "is", Choices: []string{groupIsDisabled: "disabled", groupIsDerived: "derived"}, Example: "is:derived"},
		groupKeys:       {Word: "keys", Measure: filter.Count, Example: "keys>0"},
		groupConnectors: {Word: "connectors", Measure: filter.Count, Example: "connectors>3"},
		groupUsed:       {Word: "used", Alias: "uses", Measure: filter.CountOrShare, Example: "used>40 or used>=80%"},
		groupLeft:       {Word: "left", Measure: filter.CountOrShare, Example: "left<5"},
		groupMax:        {Word: "max", Measure: filter.Count, Example: "max>100"},
	}}
}

func keyStates() []string {
	var words []string
	for s := client.Expired; s <= client.OK; s++ {
		words = append(words, s.String())
	}
	return words
}

func (g *Group) holds(t *filter.Term) bool {
	switch groupField(t.Column) {
	case groupName:
		return among(t, g.Name)
	case groupKind:
		return among(t, string(g.Kind), g.Kind.Title())
	case groupID:
		return among(t, string(g.ID))
	case groupTenant:
		return among(t, g.Microtenant, string(g.MicrotenantID))
	case groupState:
		return g.KeysKnown && g.State == client.State(t.Choice)
	case groupFlag:
		return t.Choice == groupIsDisabled && !g.Enabled || t.Choice == groupIsDerived && g.Derived
	case groupKeys:
		return g.KeysKnown && t.CountHolds(int64(len(g.Keys)), 0, 0)
	case groupConnectors:
		return g.ConnectorsKnown && t.CountHolds(int64(g.Connectors), 0, 0)
	case groupUsed:
		return g.KeysKnown && t.CountHolds(g.Uses, g.MaxUses, 100)
	case groupLeft:
		return g.KeysKnown && t.CountHolds(g.Headroom, g.MaxUses, 0)
	case groupMax:
		return g.KeysKnown && t.CountHolds(g.MaxUses, 0, 0)
	}
	return among(t, g.Name, string(g.ID))
}

func (g *Group) columns() []Column {
	return []Column{ByName, ByKind, ByKeys, ByUses, ByMax, ByLeft, ByConnectors, ByState, ByMicrotenant, ByID}
}

func (g *Group) text(c Column) string {
	switch c {
	case ByName:
		return g.Name
	case ByMicrotenant:
		return g.Microtenant
	case ByID:
		return string(g.ID)
	}
	return ""
}

func (g *Group) number(c Column) (n int64, known bool) {
	switch c {
	case ByKind:
		return int64(slices.Index(client.Kinds(), g.Kind)), true
	case ByKeys:
		return int64(len(g.Keys)), g.KeysKnown
	case ByUses:
		return g.Uses, g.KeysKnown
	case ByMax:
		return g.MaxUses, g.KeysKnown
	case ByLeft:
		return g.Headroom, g.KeysKnown
	case ByConnectors:
		return int64(g.Connectors), g.ConnectorsKnown
	case ByState:
		return int64(g.State), g.KeysKnown
	}
	return 0, false
}
