package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/catalog"
)

// listFlags are the flags of "list", as given.
type listFlags struct {
	queryFlags
	sheetFlags
}

// listOptions are what "list" was asked for.
type listOptions struct {
	query catalog.Query
	ordering
}

func newListCommand(a *app) *cobra.Command {
	var f listFlags
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List keys: a table on a terminal, TSV in a pipe",
		Long: `list writes the keys of all kinds, or of one.

A filter is words that must all occur in name, group or id; !word excludes;
column:word (group: cert: kind: by: id: state:), is:managed and comparisons
(used>=80% left<5 cert<30d) narrow it further.

--view takes filter, kind, sort and, for table and TSV, columns of a view that was
saved in the console. --filter, --kind, --sort, --reverse and --columns each
replace that part of it; --filter '' drops it.

` + helpOnColumns(keySheet()) + `
CERT, which is certificate_valid_to, is how long the signing certificate is valid; so
is --sort certificate. Key texts are masked unless --with-secrets is given.`,
		Example: `  provkeys list --kind service-edge
  provkeys list --filter 'used>=80% !test' --sort left
  provkeys list --filter state:ok -o name
  provkeys list --columns name,group,expires --sort expires
  provkeys list --sort modified --reverse --limit 5
  provkeys list -o json`,
		Args: exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			o, err := a.parseList(cmd, f)
			if err != nil {
				return err
			}
			return a.limited(cmd.Context(), func(ctx context.Context) error { return runList(ctx, a, o) })
		},
	}
	f.add(cmd)
	return cmd
}

func (f *listFlags) add(cmd *cobra.Command) {
	f.queryFlags.add(cmd)
	f.sheetFlags.add(cmd, columnWords())
}

func columnWords() string {
	words := make([]string, 0, len(catalog.Columns()))
	for _, c := range catalog.Columns() {
		words = append(words, c.String())
	}
	return strings.Join(words, ", ")
}

// parseList lays the flags over the view's sort and columns.
func (a *app) parseList(cmd *cobra.Command, f listFlags) (listOptions, error) {
	var o listOptions
	q, saved, err := a.parseQuery(cmd, f.queryFlags)
	if err != nil {
		return o, err
	}
	if cmd.Flags().Changed("sort") {
		if q.Sort, err = catalog.ParseSort(keySheet().sortWord(f.sort)); err != nil {
			return o, noSort(f.sort, columnWords())
		}
		q.Reverse = false
	}
	if cmd.Flags().Changed("reverse") {
		q.Reverse = f.reverse
	}
	o.query = q
	if o.ordering, err = parseOrdering(cmd, keySheet(), f.sheetFlags, a.global.output); err == nil && !o.columns.asked {
		o.columns = choiceOf(saved.Columns)
	}
	return o, err
}

func runList(ctx context.Context, a *app, o listOptions) error {
	return a.withSession(ctx, func(ctx context.Context, s *session) error {
		v := a.view(s.settings.Near)
		keys, listing, err := s.ask(ctx, o.query, v)
		if err != nil {
			return err
		}
		if err := ctx.Err(); errors.Is(err, context.Canceled) && len(listing.Failed) > 0 {
			return err // keys of the kinds that came so far would look like all there are
		}
		shown := keys[:o.within(len(keys))]
		if err := a.writeChosen(ctx, shown, v, o.columns); err != nil {
			return err
		}
		if a.hasTexts(o.columns) {
			a.noteDamage(shown, v)
		}
		if err := a.tellMissing(listing, o.query.Kind); err != nil {
			return err
		}
		a.tellShown(ofKindWords(o.query.Kind, "key"), o.query.Filter.String(), len(shown), len(keys))
		return nil
	})
}

// tellMissing says what a list of keys lacks.
func (a *app) tellMissing(listing client.Listing, named client.Kind) error {
	lines, err := missing(listing, named)
	a.tellLines(lines)
	return err
}

// missing returns what a list of keys lacks, as judge does.
func missing(listing client.Listing, named client.Kind) (lines []string, err error) {
	var lacks []lack
	for _, kind := range client.Kinds() {
		if err := listing.Failed[kind]; err != nil {
			lacks = append(lacks, lack{"", kind, err})
		}
	}
	if err := listing.CertificatesErr; err != nil {
		lacks = append(lacks, lack{"when signing certificates end is unknown", "", err})
	}
	return judge(lacks, asking{rows: "provisioning keys", lists: len(client.Kinds()), named: named})
}

// noteDamage names the keys whose text was asked for and is not fit to write.
func (a *app) noteDamage(keys []client.Key, v view) {
	if !v.secrets {
		return
	}
	for _, k := range keys {
		if err := damage(k); err != nil {
			a.note("%s is written without its text: %v", k.Name, err)
		}
	}
}
