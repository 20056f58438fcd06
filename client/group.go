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
}

type wireGroup struct {
	ID      ID      `json:"id"`
	Name    string  `json:"name"`
	Enabled boolean `json:"enabled"`
}

// Groups returns every group of a kind. Network connector groups have no
// endpoint: theirs are to be derived from the keys, and asking for them is an
// error.
func (c *Client) Groups(ctx context.Context, kind Kind) ([]Group, error) {
	resource, ok := map[Kind]string{
		AppConnector:    "appConnectorGroup",
		ServiceEdge:     "serviceEdgeGroup",
		CloudController: "privateCloudControllerGroup",
	}[kind]
	if !ok {
		return nil, fmt.Errorf("the API does not list the groups of a %s", kind.Title())
	}
	return all(ctx, c, c.customerPath("v1", resource), func(w wireGroup) Group {
		return Group{ID: w.ID, Kind: kind, Name: html.UnescapeString(w.Name), Enabled: bool(w.Enabled)}
	})
}
