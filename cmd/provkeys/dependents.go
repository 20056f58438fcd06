package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"provkeys/client"
	"provkeys/tui/style"
)

// dependents are what depends on keys that are about to be deleted.
type dependents struct {
	listing  client.Listing
	machines map[client.Ref][]client.Connector // that enrolled with a key, newest first
	unknown  map[client.Kind]error             // why a kind's machines are not known
}

// read lists the machines of the keys' kinds. A list that cannot be had is told
// and keeps nobody from deleting; the error is the end of the context.
func (d *dependents) read(ctx context.Context, api *client.Client, keys []client.Key) error {
	d.machines, d.unknown = map[client.Ref][]client.Connector{}, map[client.Kind]error{}
	asked := map[client.Kind]bool{}
	for _, k := range keys {
		if asked[k.Kind] {
			continue
		}
		asked[k.Kind] = true
		machines, listed, err := api.MachinesOf(ctx, k.Kind)
		switch {
		case ctx.Err() != nil:
			return err
		case !listed:
			err = errors.New("the API does not list what enrolled")
		}
		if err != nil {
			d.unknown[k.Kind] = err
		}
		slices.SortStableFunc(machines, func(a, b client.Connector) int { return b.Created.Compare(a.Created) })
		for _, m := range machines {
			ref := client.Ref{Kind: k.Kind, ID: m.KeyID}
			d.machines[ref] = append(d.machines[ref], m)
		}
	}
	return nil
}

// title names one key in full.
func (d *dependents) title(k client.Key) string {
	return fmt.Sprintf("%s, %s of group %s, %d of %d uses", k.Name, k.Kind.Title(), k.Group, k.Uses, k.MaxUses)
}

// ofOne says what depends on one key, a sentence each.
func (d *dependents) ofOne(k client.Key) []string {
	var said []string
	names := d.machines[k.Ref()]
	switch err := d.unknown[k.Kind]; {
	case err != nil && k.Uses == 0:
	case err != nil:
		said = append(said, fmt.Sprintf("what enrolled with it (%s) is not known: %v", counted(int(k.Uses), "time"), err))
	case len(names) > 0:
		words := make([]string, 0, namesTold+1)
		for _, m := range names[:min(len(names), namesTold)] {
			words = append(words, m.Name)
		}
		if more := len(names) - namesTold; more > 0 {
			words = append(words, fmt.Sprintf("%d more", more))
		}
		said = append(said, fmt.Sprintf("%s enrolled with it, and without it they are not upgraded any more: %s", counted(len(names), "machine"), strings.Join(words, ", ")))
	default:
		said = append(said, "no machine that is there enrolled with it")
	}
	if d.emptied([]client.Key{k}) != nil {
		said = append(said, fmt.Sprintf("it is the last key of its group %s", k.Group))
	}
	return said
}

// ofSeveral says it of all of them together.
func (d *dependents) ofSeveral(keys []client.Key) []string {
	machines := 0
	var said []string
	for _, k := range keys {
		machines += len(d.machines[k.Ref()])
	}
	if machines > 0 {
		said = append(said, fmt.Sprintf("%s enrolled with them, and without them are not upgraded any more", counted(machines, "machine")))
	}
	for _, kind := range client.Kinds() {
		if err := d.unknown[kind]; err != nil {
			said = append(said, fmt.Sprintf("what enrolled with a %s key is not known: %v", kind.Title(), err))
		}
	}
	if groups := d.emptied(keys); groups != nil {
		said = append(said, fmt.Sprintf("%s will have no key: %s", counted(len(groups), "group"), strings.Join(groups, ", ")))
	}
	return said
}

// remark is what depends on a key of a list.
func (d *dependents) remark(k client.Key) string {
	if k.Managed() {
		return "managed by Zscaler: will be refused"
	}
	if d.unknown[k.Kind] != nil {
		return counted(int(k.Uses), "use")
	}
	return counted(len(d.machines[k.Ref()]), "machine")
}

// emptied returns the groups that have no other keys.
func (d *dependents) emptied(keys []client.Key) []string {
	type group struct {
		kind client.Kind
		id   client.ID
	}
	left := map[group]bool{}
	for _, k := range d.listing.Keys {
		same := func(other client.Key) bool { return other.Ref() == k.Ref() }
		if !slices.ContainsFunc(keys, same) {
			left[group{k.Kind, k.GroupID}] = true
		}
	}
	var names []string
	for _, k := range keys {
		if g := (group{k.Kind, k.GroupID}); k.GroupID != "" && !left[g] {
			left[g] = true // named once
			names = append(names, k.Group)
		}
	}
	return names
}

// typed is what is to be typed to delete a key: its name, or its id where the
// name is not what shows.
func typed(k client.Key) string {
	if k.Name == "" || style.Sanitize(k.Name) != k.Name || strings.TrimSpace(k.Name) != k.Name {
		return string(k.ID)
	}
	return k.Name
}
