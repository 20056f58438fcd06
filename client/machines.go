package client

import "context"

// MachinesOf returns everything that enrolled with keys of a kind, each with its
// KeyID, in the server's order. Listed is false for network connectors, which no
// list has.
func (c *Client) MachinesOf(ctx context.Context, kind Kind) (machines []Connector, listed bool, err error) {
	if _, listed := machineLists[kind]; !listed {
		return nil, false, nil
	}
	machines, err = c.machines(ctx, kind)
	return machines, true, err
}
