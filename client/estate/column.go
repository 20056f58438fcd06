package estate

import (
	"fmt"
	"slices"

	"provkeys/client/internal/filter"
)

// Column is what rows are sorted by. The zero value is the name.
type Column int

// The columns of all pages. Numbers and times go from small to large, states from
// the worst to the best, kinds as they are shown, texts in natural order.
const (
	ByName Column = iota
	ByKind
	ByGroup
	ByKey
	ByKeys // how many keys
	ByUses
	ByMax
	ByLeft // uses left of a group, time left of a certificate
	ByConnectors
	ByState
	BySeen // how long ago it was last seen
	ByVersion
	ByCertificate
	ByIssuer
	ByPlatform
	ByCreated
	ByMicrotenant
	ByID
)

// Columns returns the columns that a page's rows can be sorted by, in the order in
// which they are offered.
func Columns[R Row]() []Column { return of(new(R)).columns() }

// ParseColumn returns the page's column of a word such as "left". The error is a
// sentence without a full stop that names the words there are.
func ParseColumn[R Row](word string) (Column, error) {
	columns := Columns[R]()
	words := make([]string, 0, len(columns))
	for _, c := range columns {
		words = append(words, c.String())
	}
	if i := slices.Index(words, word); i >= 0 {
		return columns[i], nil
	}
	return ByName, fmt.Errorf("%s is no column to sort by: use %s", filter.Echo(word), filter.List(words))
}

// isText reports whether rows have a text in the column.
func (c Column) isText() bool {
	switch c {
	case ByName, ByGroup, ByKey, ByVersion, ByCertificate, ByIssuer, ByPlatform, ByMicrotenant, ByID:
		return true
	}
	return false
}

// String returns the column's word.
func (c Column) String() string {
	if c < ByName || c > ByID {
		return "unknown column"
	}
	return [...]string{
		ByName: "name", ByKind: "kind", ByGroup: "group", ByKey: "key", ByKeys: "keys", ByUses: "uses", ByMax: "max",
		ByLeft: "left", ByConnectors: "connectors", ByState: "state", BySeen: "seen", ByVersion: "version",
		ByCertificate: "certificate", ByIssuer: "issuer", ByPlatform: "platform", ByCreated: "created",
		ByMicrotenant: "microtenant", ByID: "id",
	}[c]
}
