package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"provkeys/client"
	"provkeys/tui/style"
)

// sheetFlags say in which order, how many of and in which columns rows are written,
// as given.
type sheetFlags struct {
	sort, columns string
	reverse       bool
	limit         int
}

func (f *sheetFlags) add(cmd *cobra.Command, sortWords string) {
	flags := cmd.Flags()
	flags.StringVar(&f.sort, "sort", "name", "`column` to sort by: "+sortWords)
	flags.BoolVar(&f.reverse, "reverse", false, "turn that order round")
	flags.StringVar(&f.columns, "columns", "", "these `columns` alone, in this order: fields, between commas")
	flags.IntVar(&f.limit, "limit", 0, "the first `number` of rows alone")
}

// ordering is which rows are written, of those that were found, and in which columns.
type ordering struct {
	columns choice
	limit   int // 0 is no limit
}

// parseOrdering reads the flags that every resource has in common, the sort apart.
func parseOrdering[R any](cmd *cobra.Command, s sheet[R], f sheetFlags, to format) (ordering, error) {
	given := cmd.Flags().Changed
	if given("limit") && f.limit < 1 {
		return ordering{}, usageFault("give 1 or more, or leave it out for all", "--limit %d leaves nothing", f.limit)
	}
	o := ordering{limit: f.limit}
	if !given("columns") {
		return o, nil
	}
	if to == formatName {
		return o, usageFault("leave one of them out", "-o name has no columns")
	}
	var err error
	o.columns, err = s.choose(f.columns)
	return o, err
}

// choose reads --columns.
func (s sheet[R]) choose(text string) (choice, error) {
	c := choice{asked: true}
	if strings.TrimSpace(text) == "" {
		return c, emptyFlag("columns")
	}
	for word := range strings.SplitSeq(text, ",") {
		word = strings.TrimSpace(word)
		col, known := s.find(word)
		switch {
		case !known || word == "":
			return c, usageFault("use some of "+strings.Join(s.fields(), ", "), "there is no column %q", word)
		case slices.Contains(c.columns, chosen{field: col.name}):
			return c, usageFault("leave one of them out; there are "+strings.Join(s.fields(), ", "), "the column %s stands in --columns twice", col.name)
		}
		c.columns = append(c.columns, chosen{field: col.name})
	}
	return c, nil
}

// within returns how many of n rows are written.
func (o ordering) within(n int) int {
	if o.limit > 0 {
		return min(n, o.limit)
	}
	return n
}

// tellShown says at a terminal what rows cannot say themselves: that there are more,
// or none. What is what they are called, and fitting the filter that chose them.
func (a *app) tellShown(what, fitting string, shown, all int) {
	f := a.keyFormat()
	switch {
	case !a.isTerminal(stdout):
	case shown < all:
		a.note("%d of %d shown", shown, all)
	case all > 0 || f == formatJSON || f == formatYAML || f == formatCSV: // an empty list says so
	case fitting != "":
		a.note("no %s fits %s", what, fitting)
	default:
		a.note("there is no %s", what)
	}
}

// noSort refuses what rows cannot be sorted by.
func noSort(word, words string) *fault {
	return usageFault("use one of "+words, "there is no column %q to sort by", word)
}

// ofKindWords is what rows of one kind are called, or of all.
func ofKindWords(kind client.Kind, noun string) string {
	if kind == "" {
		return noun
	}
	return kind.Title() + " " + noun
}

// helpOnColumns says in a command's help what rows have.
func helpOnColumns[R any](s sheet[R]) string {
	const width = 80
	heads := make([]string, 0, len(s.usual))
	for _, c := range s.in(formatTable, choice{}) {
		heads = append(heads, c.head)
	}
	var others []string
	for _, c := range s.columns {
		if c.word != "" && c.word != c.name {
			if field, _ := s.find(c.word); field.name == c.name {
				others = append(others, c.word+" is "+c.name)
			}
		}
	}
	text := "JSON, YAML and CSV have the fields " + strings.Join(s.fields(), ", ") + ". --columns takes them in any order"
	if others != nil {
		text += ", by the console's words too: " + strings.Join(others, ", ")
	}
	lines := append(style.Wrap(text+".", width), style.Wrap("The columns of tables and TSV, which has no header, are "+strings.Join(heads, ", ")+".", width)...)
	return strings.Join(lines, "\n")
}
