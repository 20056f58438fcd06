package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/client/estate"
)

// resource is what keys belong to, as one command writes it: groups, connectors or
// certificates.
type resource[R estate.Row] struct {
	sheet   sheet[R]
	list    string // the list of the API that rows are of
	example string // a filter for its rows
	asks    gathering
	kinds   []client.Kind // of rows; nil where they are of none
	rows    func(estate.Source) []R
	note    func(rows []R, kind client.Kind) string // what people are to know besides; "" for nothing
}

// resourceFlags are its flags, as given.
type resourceFlags struct {
	filter, kind string
	sheetFlags
}

// resourceOptions are what it was asked for.
type resourceOptions[R estate.Row] struct {
	name  string // "" for all
	query estate.Query[R]
	ordering
}

// resourceCommand completes the command, which has its words alone.
func resourceCommand[R estate.Row](a *app, r resource[R], cmd *cobra.Command) *cobra.Command {
	var f resourceFlags
	cmd.Args = oneNameAtMost
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		o, err := r.parse(cmd, args, f, a.global.output)
		if err != nil {
			return err
		}
		return a.limited(cmd.Context(), func(ctx context.Context) error { return runResource(ctx, a, r, o) })
	}
	cmd.Flags().StringVar(&f.filter, "filter", "", "only "+r.list+" that this `text` fits")
	if r.kinds != nil {
		cmd.Flags().StringVar(&f.kind, "kind", "", "only "+r.list+" of this `kind`")
	}
	f.add(cmd, r.sortWords())
	return cmd
}

// sortWords returns what rows can be sorted by.
func (r resource[R]) sortWords() string {
	var words []string
	for _, c := range estate.Columns[R]() {
		words = append(words, c.String())
	}
	return strings.Join(words, ", ")
}

func (r resource[R]) parse(cmd *cobra.Command, args []string, f resourceFlags, to format) (resourceOptions[R], error) {
	var o resourceOptions[R]
	var err error
	if o.query.Kind, err = parseKind(f.kind); err != nil {
		return o, err
	}
	if len(args) > 0 {
		if args[0] == "" {
			return o, usageFault("give a name, or none for all "+r.list, "a NAME is empty")
		}
		if err := aloneWith(cmd, "filter", "sort", "reverse", "limit"); err != nil {
			return o, err
		}
		if o.name, err = withKind(args[0], o.query.Kind); err != nil {
			return o, err
		}
		if kind, named := kindOf(o.name); named && r.kinds != nil {
			o.query.Kind = kind
		}
	}
	if kind := o.query.Kind; kind != "" && !slices.Contains(r.kinds, kind) {
		return o, usageFault("provkeys groups --kind "+string(kind)+" has the groups that their keys name", "the API does not list %ss", kind.Title())
	}
	if o.query.Filter, err = estate.ParseFilter[R](f.filter); err != nil {
		return o, usageFault("such as --filter "+r.example, "the filter cannot be read: %v", err)
	}
	if o.query.Sort, err = estate.ParseColumn[R](r.sheet.sortWord(f.sort)); err != nil {
		return o, noSort(f.sort, r.sortWords())
	}
	o.query.Reverse = f.reverse
	o.ordering, err = parseOrdering(cmd, r.sheet, f.sheetFlags, to)
	return o, err
}

// aloneWith refuses flags that choose among rows beside a NAME, which is one.
func aloneWith(cmd *cobra.Command, flags ...string) error {
	for _, name := range flags {
		if cmd.Flags().Changed(name) {
			return usageFault("leave one of them out", "a NAME and --%s exclude each other", name)
		}
	}
	return nil
}

func runResource[R estate.Row](ctx context.Context, a *app, r resource[R], o resourceOptions[R]) error {
	return a.withSession(ctx, func(ctx context.Context, s *session) error {
		v := a.view(s.settings.Near)
		if o.query.Kind != "" {
			r.asks.kinds = []client.Kind{o.query.Kind}
		}
		source, lacks, err := s.gather(ctx, r.asks, v)
		if err != nil {
			return err
		}
		of := asking{rows: r.list, list: r.list, lists: 1, named: o.query.Kind}
		if r.kinds != nil {
			of.lists = len(listedOf(r.asks.kinds))
		}
		rows := r.rows(source)
		if o.name != "" {
			return writeOne(a, r, rows, v, o, lacks)
		}
		found := estate.Select(rows, o.query)
		shown := found[:o.within(len(found))]
		if err := writeRows(a, r.sheet, shown, v, o.columns); err != nil {
			return err
		}
		if err := a.tellLacks(lacks, of); err != nil {
			return err
		}
		a.tellShown(ofKindWords(o.query.Kind, r.sheet.noun), o.query.Filter.String(), len(shown), len(found))
		if note := r.note(shown, o.query.Kind); note != "" && a.isTerminal(stdout) {
			a.note("%s", note)
		}
		return nil
	})
}

// listedOf returns the kinds whose groups and connectors the API lists.
func listedOf(kinds []client.Kind) []client.Kind {
	return slices.DeleteFunc(slices.Clone(kinds), func(k client.Kind) bool { return !k.Listed() })
}

// writeOne writes the row of a NAME, and says what is not known of it.
func writeOne[R estate.Row](a *app, r resource[R], rows []R, v view, o resourceOptions[R], lacks []lack) error {
	row, err := pickRow(r.sheet, rows, o.name, r.list, lacks)
	if err != nil {
		return err
	}
	if err := writeRow(a, r.sheet, row, v, o.columns); err != nil {
		return err
	}
	kind := r.sheet.ref(&row).Kind
	its := slices.DeleteFunc(slices.Clone(lacks), func(l lack) bool { return kind != "" && l.kind != "" && l.kind != kind })
	return a.tellLacks(its, asking{rows: r.list, list: r.list})
}
