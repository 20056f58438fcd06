package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/catalog"
)

// selection says which keys a command is for: those of its NAMEs, or all that
// a filter fits.
type selection struct {
	names    []string
	filter   catalog.Filter
	filtered bool
}

// filterFlags are --filter and --view of a command that changes keys.
type filterFlags struct{ filter, view string }

func (f *filterFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.filter, "filter", "", "all keys that this `text` fits, in place of NAMEs")
	cmd.Flags().StringVar(&f.view, "view", "", "all keys of the saved view of this `name`; --filter replaces its filter")
}

// given reports whether either flag was.
func (f *filterFlags) given(cmd *cobra.Command) bool {
	return cmd.Flags().Changed("filter") || cmd.Flags().Changed("view")
}

// parseSelection refuses an empty filter: it is an empty variable of a script,
// and would fit every key.
func (a *app) parseSelection(cmd *cobra.Command, names []string, f filterFlags) (selection, error) {
	filtered := cmd.Flags().Changed("filter")
	switch {
	case f.given(cmd) && len(names) > 0:
		return selection{}, usageFault("leave one of them out", "%s takes NAMEs, or --filter or --view, and not both", cmd.Name())
	case filtered && strings.TrimSpace(f.filter) == "":
		return selection{}, usageFault("give a filter such as 'group:bangkok', or NAMEs", "--filter is empty, and would fit every key")
	case cmd.Flags().Changed("view") && f.view == "":
		return selection{}, emptyFlag("view")
	case !f.given(cmd) && len(names) == 0:
		return selection{}, usageFault("provkeys "+cmd.Name()+" --help shows examples", "%s takes a NAME, several, or --filter", cmd.Name())
	}
	v, err := a.savedView(f.view)
	if err != nil {
		return selection{}, err
	}
	if filtered {
		v.Filter = f.filter
	}
	text := ofKind(v.Filter, v.Kind)
	if f.view != "" && strings.TrimSpace(text) == "" {
		return selection{}, usageFault("give a --filter such as 'group:bangkok', or NAMEs", "the view %q fits every key", f.view)
	}
	filter, err := parseFilter(text)
	return selection{names, filter, f.given(cmd)}, err
}

// ofKind returns a filter text that fits the keys of one kind alone.
func ofKind(text string, kind client.Kind) string {
	if kind == "" {
		return text
	}
	return strings.TrimSpace(text + " kind=" + string(kind))
}

// several reports whether the answer is a list, however many keys there are.
func (s selection) several() bool { return s.filtered || len(s.names) > 1 }

// once is what was spent of --timeout, which is for each of several keys.
func (s selection) once(spent time.Duration) time.Duration {
	if s.several() {
		return 0
	}
	return spent
}

// choose returns the keys of a selection, each once, and the list that they
// come from. It asks for every kind: a key that nobody saw would be left out.
func (a *app) choose(ctx context.Context, s *session, sel selection) ([]client.Key, client.Listing, error) {
	listing, err := s.api.ListKeys(ctx, client.Kinds()...)
	if err != nil {
		return nil, listing, err
	}
	if sel.filtered {
		keys, err := a.filtered(s, listing, sel.filter)
		return keys, listing, err
	}
	keys, err := pickAll(listing, sel.names)
	return keys, listing, err
}

// pickAll returns the keys that the NAMEs fit, each once. It is pure.
func pickAll(listing client.Listing, names []string) ([]client.Key, error) {
	var keys []client.Key
	for _, name := range names {
		k, err := pick(listing, name)
		if err != nil {
			return nil, err
		}
		same := func(other client.Key) bool { return other.Ref() == k.Ref() }
		if !slices.ContainsFunc(keys, same) {
			keys = append(keys, k)
		}
	}
	return keys, nil
}

// filtered returns the keys that a filter fits, by name.
func (a *app) filtered(s *session, listing client.Listing, f catalog.Filter) ([]client.Key, error) {
	if err := a.tellMissing(listing, ""); err != nil {
		return nil, err
	}
	var held catalog.Catalog
	held.Put(listing.Keys...)
	keys := held.Keys(held.Select(catalog.Query{Filter: f, Now: a.now(), Near: s.settings.Near}))
	if len(keys) == 0 {
		return nil, &fault{
			faultNotFound, fmt.Sprintf("no key fits the filter %s", f),
			"look what it fits with provkeys list --filter",
		}
	}
	return keys, nil
}

// maxListed is how many keys are listed before somebody is asked about them.
const maxListed = 20

// listed returns a line for each key, as it is shown before a question; remark
// says more of one.
func listed(keys []client.Key, remark func(client.Key) string) []string {
	w := 0
	for _, k := range keys[:min(len(keys), maxListed)] {
		w = max(w, nameWidth(k))
	}
	var lines []string
	for _, k := range keys[:min(len(keys), maxListed)] {
		lines = append(lines, strings.TrimRight(fmt.Sprintf("  %s  %-17s  %s", fitName(k, w), k.Kind, remark(k)), " "))
	}
	if more := len(keys) - maxListed; more > 0 {
		lines = append(lines, fmt.Sprintf("  … and %d more", more))
	}
	return lines
}
