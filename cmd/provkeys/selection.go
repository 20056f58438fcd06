package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

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

// filterFlag is the --filter of a command that changes keys.
type filterFlag struct {
	text  string
	given bool
}

// parseSelection refuses an empty filter: it is an empty variable of a script,
// and would fit every key.
func parseSelection(command string, names []string, f filterFlag) (selection, error) {
	switch {
	case f.given && len(names) > 0:
		return selection{}, usageFault("leave one of them out", "%s takes NAMEs or --filter, and not both", command)
	case f.given && strings.TrimSpace(f.text) == "":
		return selection{}, usageFault("give a filter such as 'group:bangkok', or NAMEs", "--filter is empty, and would fit every key")
	case !f.given && len(names) == 0:
		return selection{}, usageFault("provkeys "+command+" --help shows examples", "%s takes a NAME, several, or --filter", command)
	}
	filter, err := parseFilter(f.text)
	return selection{names, filter, f.given}, err
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
	var keys []client.Key
	for _, name := range sel.names {
		k, err := pick(listing, name)
		if err != nil {
			return nil, listing, err
		}
		same := func(other client.Key) bool { return other.Ref() == k.Ref() }
		if !slices.ContainsFunc(keys, same) {
			keys = append(keys, k)
		}
	}
	return keys, listing, nil
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
