// Package filter is the language in which keys, groups, connectors and
// certificates are filtered: words, and conditions on columns.
//
// It knows how a text is read, what is wrong with it, and when a condition is met.
// Which columns there are comes in with a Language, and what a row has in them is
// for its user to look up. It is pure.
package filter

import "strings"

// Language is the columns that a filter may name.
type Language struct {
	Rows    string // one of what is filtered, such as "a key"
	Columns []Column
}

// Column is what one condition looks at. It takes a text, a measure, one of its
// choices, or both of the first two.
type Column struct {
	Word    string // what stands before the operator
	Alias   string // another word that is taken for it, as it stands in a table's head
	Text    bool   // takes a text after a colon, or the whole text after =
	Measure Measure
	Choices []string // takes one of these after a colon
	Noun    string   // what a choice is, such as "state"; "" for what the row can be
	Example string
	// TextExample and WholeExample are of a column that takes a text and a measure:
	// its Example shows how to compare, which is of no help after a colon.
	TextExample, WholeExample string
}

// Measure is what a column is compared with.
type Measure int

// The measures.
const (
	Incomparable Measure = iota
	Count                // a whole number
	CountOrShare         // a whole number, or a percentage
	Period               // a number of hours, days or weeks
)

// String returns the measure in words, as a message asks for it.
func (m Measure) String() string {
	switch m {
	case Count:
		return "a number"
	case CountOrShare:
		return "a number or a percentage"
	case Period:
		return "hours, days or weeks"
	}
	return "a word"
}

// Fault says what is wrong with a filter text, or what is missing from an
// unfinished one.
type Fault struct {
	Position int    // where the fault begins, in bytes from 0
	Reason   string // a sentence without a full stop that also says what would be right
}

// Error returns the reason.
func (e *Fault) Error() string { return e.Reason }

// find returns the place of a folded word's column; false when there is none.
func (l Language) find(word string) (int, bool) {
	for i, c := range l.Columns {
		if word == c.Word || word == c.Alias && word != "" {
			return i, true
		}
	}
	return Anywhere, false
}

// words returns the word of every column.
func (l Language) words() []string {
	words := make([]string, 0, len(l.Columns))
	for _, c := range l.Columns {
		words = append(words, c.Word)
	}
	return words
}

// Fold returns text in the form in which words and names are compared: case does
// not count, and bytes that are no UTF-8 become U+FFFD, as on screen.
func Fold(text string) string { return strings.ToLower(text) }
