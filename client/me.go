package client

import (
	"context"
	"encoding/json"
	"html"
	"net/http"
)

// Identity is whom the API takes the credentials for.
type Identity struct {
	CustomerID  string
	Customer    string // the tenant's name; "" when it is not told
	Microtenant string // its name; "" is none
}

// Me asks whom the credentials belong to. Roles may be refused the answer although
// they may read keys.
func (c *Client) Me(ctx context.Context) (Identity, error) {
	a, err := c.do(ctx, request{method: http.MethodGet, path: "/mgmtconfig/v1/admin/me"})
	if err != nil {
		return Identity{}, err
	}
	var w struct {
		CustomerID  ID     `json:"customerId"`
		Customer    string `json:"customerName"`
		Microtenant string `json:"microtenantName"`
	}
	if json.Unmarshal(a.body, &w) != nil {
		return Identity{}, notJSON(a)
	}
	return Identity{string(w.CustomerID), html.UnescapeString(w.Customer), html.UnescapeString(w.Microtenant)}, nil
}
