package catalog

// Column is what keys are sorted by. The zero value is the name.
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
	ByCreated
	ByModified
	ByModifier // who changed the key last
	ByExpires
	ByID
)

// Columns returns every column, in the order in which they are offered.
func Columns() []Column {
	all := make([]Column, 0, ByID+1)
	for c := ByName; c <= ByID; c++ {
		all = append(all, c)
	}
	return all
}

// ParseColumn returns the column of a word such as "left"; false when there is
// no such column.
func ParseColumn(word string) (Column, bool) {
	for _, c := range Columns() {
		if c.String() == word {
			return c, true
		}
	}
	return ByName, false
}

// String returns the column's word, as the command line and views write it.
func (c Column) String() string {
	switch c {
	case ByName:
		return "name"
	case ByKind:
		return "kind"
	case ByGroup:
		return "group"
	case ByUses:
		return "uses"
	case ByMax:
		return "max"
	case ByLeft:
		return "left"
	case ByState:
		return "state"
	case ByCertificate:
		return "certificate"
	case ByCreated:
		return "created"
	case ByModified:
		return "modified"
	case ByModifier:
		return "by"
	case ByExpires:
		return "expires"
	case ByID:
		return "id"
	}
	return "unknown column"
}
