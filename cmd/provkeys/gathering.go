package main

import (
	"context"
	"errors"
	"sync"

	"provkeys/client"
	"provkeys/client/estate"
)

// gathering says which lists of the API rows are made of.
type gathering struct {
	kinds        []client.Kind // of the lists that go by kind
	groups       bool
	keys         bool
	connectors   bool
	certificates bool
}

// What the lists are called in words and lacks.
const (
	listGroups       = "groups"
	listKeys         = "keys"
	listConnectors   = "connectors"
	listCertificates = "certificates"
)

// kindLists are the lists of one kind.
type kindLists struct {
	groups     []client.Group
	keys       []client.Key
	connectors []client.Connector

	noGroups, noKeys, noConnectors error // what kept them
}

// gather asks for the lists in parallel. What did not come does not keep the rest; a
// refused sign-in is the error of all, and so is an interrupt or the end of --timeout.
func (s *session) gather(ctx context.Context, g gathering, v view) (estate.Source, []lack, error) {
	if err := s.api.SignIn(ctx); err != nil {
		return estate.Source{}, nil, err
	}
	var wait sync.WaitGroup
	lists := make([]kindLists, len(g.kinds))
	for i, kind := range g.kinds {
		of := &lists[i]
		ask := func(wanted bool, into *error, list func() error) {
			if wanted {
				wait.Go(func() { *into = list() })
			}
		}
		ask(g.groups && kind.Listed(), &of.noGroups, func() (err error) { of.groups, err = s.api.Groups(ctx, kind); return })
		ask(g.keys, &of.noKeys, func() (err error) { of.keys, err = s.keysOf(ctx, kind); return })
		ask(g.connectors && kind.Listed(), &of.noConnectors, func() (err error) { of.connectors, _, err = s.api.MachinesOf(ctx, kind); return })
	}
	var certificates []client.Certificate
	var uncertified error
	if g.certificates {
		certificates, uncertified = s.api.Certificates(ctx)
	}
	wait.Wait()
	lacks := lacksOf(g.kinds, lists)
	if uncertified != nil {
		lacks = append(lacks, lack{listCertificates, "", uncertified})
	}
	for _, l := range lacks {
		if errors.As(l.err, new(*client.SignInError)) {
			return estate.Source{}, nil, l.err
		}
	}
	// Rows of what came so far would look like all there are.
	if err := ctx.Err(); err != nil && len(lacks) > 0 {
		return estate.Source{}, nil, err
	}
	source := joined(g.kinds, lists)
	source.Certificates, source.Now, source.Near = certificates, v.now, v.near
	client.JoinCertificates(source.Keys, certificates)
	return source, lacks, nil
}

// keysOf returns the keys of a kind, without when their certificates end.
func (s *session) keysOf(ctx context.Context, kind client.Kind) ([]client.Key, error) {
	var keys []client.Key
	for page, err := range s.api.KeyPages(ctx, kind) {
		if err != nil {
			return nil, err
		}
		keys = append(keys, page...)
	}
	return keys, nil
}

// lacksOf returns what did not come.
func lacksOf(kinds []client.Kind, lists []kindLists) []lack {
	var lacks []lack
	for i, of := range lists {
		for _, l := range []lack{{listGroups, kinds[i], of.noGroups}, {listKeys, kinds[i], of.noKeys}, {listConnectors, kinds[i], of.noConnectors}} {
			if l.err != nil {
				lacks = append(lacks, l)
			}
		}
	}
	return lacks
}

// joined lays the lists of all kinds together.
func joined(kinds []client.Kind, lists []kindLists) estate.Source {
	s := estate.Source{KeysUnknown: map[client.Kind]bool{}, ConnectorsUnknown: map[client.Kind]bool{}}
	for i, of := range lists {
		s.Groups = append(s.Groups, of.groups...)
		s.Keys = append(s.Keys, of.keys...)
		s.Connectors = append(s.Connectors, of.connectors...)
		s.KeysUnknown[kinds[i]] = of.noKeys != nil
		s.ConnectorsUnknown[kinds[i]] = of.noConnectors != nil
	}
	return s
}
