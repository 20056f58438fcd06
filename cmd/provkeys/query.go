package main

import (
	"context"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/catalog"
)

// queryFlags say which keys a command reads, as given.
type queryFlags struct{ view, filter, kind string }

func (f *queryFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.view, "view", "", "filter, kind and sort of the saved view of this `name`")
	cmd.Flags().StringVar(&f.filter, "filter", "", "only keys that this `text` fits")
	cmd.Flags().StringVar(&f.kind, "kind", "", "only keys of this `kind`")
}

// parseQuery lays the flags over the view, and returns the view as it is saved. What
// depends on the moment is left to ask.
func (a *app) parseQuery(cmd *cobra.Command, f queryFlags) (catalog.Query, catalog.View, error) {
	given := cmd.Flags().Changed
	if given("view") && f.view == "" {
		return catalog.Query{}, catalog.View{}, emptyFlag("view")
	}
	v, err := a.savedView(f.view)
	if err != nil {
		return catalog.Query{}, v, err
	}
	text := v.Filter
	if given("filter") {
		text = f.filter
	}
	q := catalog.Query{Kind: v.Kind, Sort: v.Sort, Reverse: v.Reverse}
	if q.Filter, err = parseFilter(text); err != nil {
		return q, v, err
	}
	if given("kind") {
		q.Kind, err = parseKind(f.kind)
	}
	return q, v, err
}

// ask lists the keys of the query's kind, or of all, and returns those that it selects,
// in its order, beside the whole answer.
func (s *session) ask(ctx context.Context, q catalog.Query, v view) ([]client.Key, client.Listing, error) {
	kinds := client.Kinds()
	if q.Kind != "" {
		kinds = []client.Kind{q.Kind}
	}
	listing, err := s.api.ListKeys(ctx, kinds...)
	if err != nil {
		return nil, listing, err
	}
	q.Now, q.Near = v.now, v.near
	var held catalog.Catalog
	held.Put(listing.Keys...)
	return held.Keys(held.Select(q)), listing, nil
}
