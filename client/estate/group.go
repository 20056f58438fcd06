package estate

import (
	"slices"

	"provkeys/client"
)

// Group is a row of the page of groups.
type Group struct {
	client.Group
	// Derived is true where no list has the group and keys or connectors alone name
	// it: that of a network connector, of a list that is refused, or one that was
	// deleted. Whether it is enabled is not known then.
	Derived bool
	// KeysKnown says whether Keys, and what is counted of them, are of all its keys.
	KeysKnown bool
	Keys      []client.Ref // by name
	Uses      int64        // of all its keys together
	MaxUses   int64        // of all its keys together
	// Headroom is how many more machines its keys let in: the uses left of those
	// that are neither expired, disabled, used up nor signed by a certificate that
	// has ended. A hidden key counts: whoever has its text enrols with it.
	Headroom int64
	State    client.State // the worst of its keys; OK where it has none
	// Connectors is how many are listed in it, and ConnectorsKnown whether that is
	// all of them.
	Connectors      int
	ConnectorsKnown bool
}

// Groups returns every group that a list has, and those that keys and connectors
// name beside them, by name, kind and id.
func Groups(s Source) []Group {
	g := grouping{of: make(map[client.Ref]*Group, len(s.Groups))}
	for _, listed := range s.Groups {
		g.add(Group{Group: listed})
	}
	for _, k := range s.keysByName() {
		if k.GroupID != "" {
			g.named(client.Group{
				Kind: k.Kind, ID: k.GroupID, Name: k.Group, MicrotenantID: k.MicrotenantID, Microtenant: k.Microtenant,
			}).count(k, &s)
		}
	}
	for i := range s.Connectors {
		if c := &s.Connectors[i]; c.GroupID != "" {
			g.named(client.Group{
				Kind: c.Kind, ID: c.GroupID, Name: c.Group, MicrotenantID: c.MicrotenantID, Microtenant: c.Microtenant,
			}).Connectors++
		}
	}
	for _, row := range g.rows {
		row.KeysKnown = !s.KeysUnknown[row.Kind]
		row.ConnectorsKnown = row.Kind.Listed() && !s.ConnectorsUnknown[row.Kind]
	}
	return arranged(g.rows)
}

// grouping finds groups as they are put together.
type grouping struct {
	rows []*Group
	of   map[client.Ref]*Group
}

// add takes a group in; of two with one Ref the first stays.
func (g *grouping) add(row Group) *Group {
	if held := g.of[row.Ref()]; held != nil {
		return held
	}
	row.State = client.OK
	g.rows = append(g.rows, &row)
	g.of[row.Ref()] = &row
	return &row
}

// named returns the group that something names, which no list may have.
func (g *grouping) named(group client.Group) *Group {
	if held := g.of[group.Ref()]; held != nil {
		return held
	}
	group.Enabled = true // nobody says that it is not
	return g.add(Group{Group: group, Derived: true})
}

// count takes a key of the group in.
func (g *Group) count(k *client.Key, s *Source) {
	g.Keys = append(g.Keys, k.Ref())
	g.Uses, g.MaxUses = client.AddUses(g.Uses, k.Uses), client.AddUses(g.MaxUses, k.MaxUses)
	state := k.State(s.Now, s.Near)
	g.State = min(g.State, state)
	// Hidden hides the one state behind it that blocks.
	hidden := state == client.Hidden && !slices.Contains(k.States(s.Now, s.Near), client.CertificateExpired)
	if !state.Blocks() || hidden {
		g.Headroom = client.AddUses(g.Headroom, k.Left())
	}
}
