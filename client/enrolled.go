package client

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
)

// machineLists are the resources that list what a key of a kind enrols. Network
// connectors have none.
var machineLists = map[Kind]string{
	AppConnector:    "connector",
	ServiceEdge:     "serviceEdge",
	CloudController: "privateCloudController",
}

// EnrolledWith returns the names of what enrolled with a key last, newest
// first, newest of them at most. Network connectors have no list to look in, so
// that theirs is always empty.
func (c *Client) EnrolledWith(ctx context.Context, k Key, newest int) ([]string, error) {
	if newest <= 0 {
		return nil, nil
	}
	machines, listed, err := c.Dependents(ctx, k)
	if err != nil || !listed {
		return nil, err
	}
	var names []string
	for _, m := range machines[:min(newest, len(machines))] {
		names = append(names, m.Name)
	}
	return names, nil
}

// Dependents returns the machines that enrolled with a key, newest first: without
// it they are not upgraded any more. Of k it uses the kind and the id. Listed is
// false for network connectors, which no list has, so that nobody knows theirs.
func (c *Client) Dependents(ctx context.Context, k Key) (machines []Connector, listed bool, err error) {
	found, listed, err := c.MachinesOf(ctx, k.Kind)
	if err != nil {
		return nil, listed, err
	}
	return NewestOf(found, k.ID), listed, nil
}

// NewestOf returns those machines that enrolled with a key, newest first.
func NewestOf(machines []Connector, key ID) []Connector {
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
	return with
}

// Machines returns what enrolled, of every kind that has a list: App Connectors,
// Service Edges and Private Cloud Controllers, asked for in parallel. A list that
// the tenant lacks or the role may not see counts as empty; what else failed is
// in the error, beside what the others brought.
func (c *Client) Machines(ctx context.Context) ([]Connector, error) {
	kinds := Kinds()
	lists, errs := make([][]Connector, len(kinds)), make([]error, len(kinds))
	var wait sync.WaitGroup
	for i, kind := range kinds {
		wait.Go(func() {
			lists[i], _, errs[i] = c.MachinesOf(ctx, kind)
			if errors.Is(errs[i], ErrPermission) {
				errs[i] = nil
			}
		})
	}
	wait.Wait()
	return slices.Concat(lists...), errors.Join(errs...)
}
