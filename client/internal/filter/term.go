package filter

import (
	"cmp"
	"strings"
	"time"
)

// Operator stands between a field and what it is held against.
type Operator string

// The operators.
const (
	Contains    Operator = ":"
	Equal       Operator = "="
	Less        Operator = "<"
	LessOrEqual Operator = "<="
	More        Operator = ">"
	MoreOrEqual Operator = ">="
)

// ordered reports whether two things that compare as c stand in this relation.
func (o Operator) ordered(c int) bool {
	switch o {
	case Less:
		return c < 0
	case LessOrEqual:
		return c <= 0
	case More:
		return c > 0
	case MoreOrEqual:
		return c >= 0
	}
	return c == 0
}

// Unit is what a number counts. Its text follows the number.
type Unit string

const (
	single  Unit = ""
	percent Unit = "%"
	hours   Unit = "h"
	days    Unit = "d"
	weeks   Unit = "w"
)

func (u Unit) length() time.Duration {
	switch u {
	case weeks:
		return 7 * 24 * time.Hour
	case days:
		return 24 * time.Hour
	}
	return time.Hour
}

// Anywhere is the column of a bare word.
const Anywhere = -1

// Term is one condition of a filter. Which of its last five fields count follows
// from its column.
type Term struct {
	Excludes bool
	Column   int // its place in the language
	Operator Operator

	Text   string // as typed: what text columns are searched for
	Folded string
	Number int64
	Unit   Unit
	Choice int // its place among the column's
}

// Within looks for the term's text in a folded one.
func (t *Term) Within(text string) bool {
	if t.Operator == Equal {
		return text == t.Folded
	}
	return strings.Contains(text, t.Folded)
}

// CountHolds compares n, or its share of whole in percent. Of nothing
// there are no shares: ofNothing stands for the percentage.
func (t *Term) CountHolds(n, whole int64, ofNothing int64) bool {
	if t.Unit != percent {
		return t.Operator.ordered(cmp.Compare(n, t.Number))
	}
	if whole <= 0 {
		return t.Operator.ordered(cmp.Compare(ofNothing, t.Number))
	}
	// Floats keep hostile counts from overflowing; no real one loses a digit.
	return t.Operator.ordered(cmp.Compare(float64(n)*100, float64(t.Number)*float64(whole)))
}

// PeriodHolds compares a time. It counts whole units, as a column shows them, so
// that what shows 30d is met by =30d and <=30d, and not by >30d.
func (t *Term) PeriodHolds(d time.Duration) bool {
	length := t.Unit.length()
	whole := int64(d / length)
	if d%length < 0 {
		whole-- // Division rounds to zero: five hours ago is day -1, not day 0.
	}
	return t.Operator.ordered(cmp.Compare(whole, t.Number))
}
