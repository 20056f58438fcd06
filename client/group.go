package client

import (
	"context"
	"fmt"
	"html"
)

// Group is what a newcomer joins.
type Group struct {
	ID      ID
	Kind    Kind
	Name    string
	Enabled bool
	// MicrotenantID and Microtenant are what it belongs to, empty for the default.
	MicrotenantID ID
	Microtenant   string
}

// Ref returns what names the group for good: an id within its kind.
func (g Group) Ref() Ref { return Ref{Kind: g.Kind, ID: g.ID} }

type wireGroup struct {
	ID            ID      `json:"id"`
	Name          string  `json:"name"`
	Enabled       boolean `json:"enabled"`
	MicrotenantID ID      `json:"microtenantId"`
	Microtenant   string  `json:"microtenantName"`
}

// groupLists are the resources that list the groups of a kind.
var groupLists = map[Kind]string{
	AppConnector:    "appConnectorGroup",
	ServiceEdge:     "serviceEdgeGroup",
	CloudController: "privateCloudControllerGroup",
}

// Groups returns every group of a kind. Network connector groups have no
// endpoint: theirs come from GroupsOf, and asking for them is an
// error.
func (c *Client) Groups(ctx context.Context, kind Kind) ([]Group, error) {
	resource, ok := groupLists[kind]
	if !ok {
		return nil, fmt.Errorf("the API does not list the groups of a %s", kind.Title())
	}
	groups, err := all(ctx, c, c.customerPath("v1", resource), func(w wireGroup) Group {
		return Group{
			ID: w.ID, Kind: kind, Name: html.UnescapeString(w.Name), Enabled: bool(w.Enabled),
			MicrotenantID: w.MicrotenantID, Microtenant: html.UnescapeString(w.Microtenant),
		}
	})
	if err == nil && c.cfg.OnGroups != nil {
		c.cfg.OnGroups(kind, groups)
	}
	return groups, err
}
