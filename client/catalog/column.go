package catalog

import (
	"fmt"
	"slices"

	"provkeys/client/internal/filter"
)

// Column is one that a table of keys can show, and what keys are sorted by. The
// zero value is the name.
type Column int

// The columns. Numbers and times go from small to large, states from the worst
// to ok, kinds as they are shown, texts in natural order.
const (
	ByName Column = iota
	ByKind
	ByGroup
	ByUses
	ByMax
	ByLeft
	ByState
	ByCertificate // days left of the signing certificate
	ByKey         // what copying would do: shown, and never sorted by
	ByCreated
	ByModified
	ByModifier // who changed the key last
	ByExpires
	ByAddresses // those it allows
	ByMicrotenant
	ByID
)

// AllColumns returns every column, in the order in which they are offered.
func AllColumns() []Column {
	all := make([]Column, 0, ByID+1)
	for c := ByName; c <= ByID; c++ {
		all = append(all, c)
	}
	return all
}

// Columns returns every column that keys can be sorted by, in the order in which
// they are offered.
func Columns() []Column {
	return slices.DeleteFunc(AllColumns(), func(c Column) bool { return !c.Sortable() })
}

// ParseColumn returns the column of a word such as "left"; false when there is
// no such column. It need not be Sortable.
func ParseColumn(word string) (Column, bool) {
	for _, c := range AllColumns() {
		if c.String() == word {
			return c, true
		}
	}
	return ByName, false
}

// ParseSort returns the column of a word such as "left" that keys can be sorted by.
// The error is a sentence without a full stop that names the words there are.
func ParseSort(word string) (Column, error) {
	c, ok := ParseColumn(word)
	if !ok || !c.Sortable() {
		return ByName, fmt.Errorf("%s is no column to sort by: use %s", filter.Echo(word), filter.List(words(Columns())))
	}
	return c, nil
}

// Sortable reports whether keys can be sorted by the column. The KEY cell says
// what the state says already.
func (c Column) Sortable() bool { return c >= ByName && c <= ByID && c != ByKey }

// String returns the column's word, as the command line and views write it.
func (c Column) String() string {
	if c < ByName || c > ByID {
		return "unknown column"
	}
	return [...]string{
		ByName: "name", ByKind: "kind", ByGroup: "group", ByUses: "uses", ByMax: "max", ByLeft: "left",
		ByState: "state", ByCertificate: "certificate", ByKey: "key", ByCreated: "created", ByModified: "modified",
		ByModifier: "by", ByExpires: "expires", ByAddresses: "addresses", ByMicrotenant: "microtenant", ByID: "id",
	}[c]
}

// words returns the word of every column.
func words(columns []Column) []string {
	all := make([]string, 0, len(columns))
	for _, c := range columns {
		all = append(all, c.String())
	}
	return all
}
