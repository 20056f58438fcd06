package client

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
)

// EnrolledWith returns the names of what enrolled with a key last, newest
// first, newest of them at most; of k it uses the kind and the id. Network
// connectors have no list to look in, so that theirs is always empty.
func (c *Client) EnrolledWith(ctx context.Context, k Key, newest int) ([]string, error) {
	resource, ok := map[Kind]string{
		AppConnector:    "connector",
		ServiceEdge:     "serviceEdge",
		CloudController: "privateCloudController",
	}[k.Kind]
	if !ok || newest <= 0 {
		return nil, nil
	}
	// The three lists name what matters here alike.
	machines, err := all(ctx, c, c.customerPath("v1", resource), wireConnector.connector)
	if err != nil {
		return nil, err
	}
	return newestWith(machines, k.ID, newest), nil
}

// newestWith returns the names of the newest machines of a key, newest first.
func newestWith(machines []Connector, key ID, newest int) []string {
	var with []Connector
	for _, m := range machines {
		if m.KeyID == key {
			with = append(with, m)
		}
	}
	slices.SortFunc(with, func(a, b Connector) int {
		// Ids are given in order, and a longer number is a larger one.
		return cmp.Or(b.Created.Compare(a.Created), cmp.Compare(len(b.ID), len(a.ID)), cmp.Compare(b.ID, a.ID))
	})
	var names []string
	for _, m := range with[:min(newest, len(with))] {
		names = append(names, m.Name)
	}
	return names
}

// Machines returns what enrolled, of every kind that has a list: App Connectors,
// Service Edges and Private Cloud Controllers, asked for in parallel. A list that
// the tenant lacks or the role may not see counts as empty; what else failed is
// in the error, beside what the others brought.
func (c *Client) Machines(ctx context.Context) ([]Connector, error) {
	resources := []string{"connector", "serviceEdge", "privateCloudController"}
	lists, errs := make([][]Connector, len(resources)), make([]error, len(resources))
	var wait sync.WaitGroup
	for i, resource := range resources {
		wait.Go(func() {
			lists[i], errs[i] = all(ctx, c, c.customerPath("v1", resource), wireConnector.connector)
			if errors.Is(errs[i], ErrPermission) {
				errs[i] = nil
			}
		})
	}
	wait.Wait()
	return slices.Concat(lists...), errors.Join(errs...)
}
