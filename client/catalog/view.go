package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"provkeys/client"
	"provkeys/client/internal/filter"
)

// maxViewName is how many characters a view's name may have: what fits beside a
// filter.
const maxViewName = 64

// View is a saved filter with its sort and columns. The zero value shows every
// key by name in the default columns, and has no name yet.
type View struct {
	Name    string
	Filter  string      // as it was typed
	Kind    client.Kind // "" for all
	Sort    Column
	Reverse bool
	Columns Layout // nil for the default ones
}

// Saved is a view as a file of views has it, which somebody may have written by
// hand.
type Saved struct {
	View
	// Fault says what keeps it from being shown, and in which line. The parts that
	// could be read are there beside it; nil for a view that Check takes.
	Fault error
}

// Screen is what the console remembers of its table without being asked. The zero
// value is how it begins.
type Screen struct {
	Sort            Column
	Reverse         bool
	Columns         Layout // nil for the default ones
	FilterBarHidden bool
}

// CheckViewName returns nil for a name of 1 to 64 printable characters without a
// blank at either end. The error is a sentence without a full stop that does not
// repeat the name.
func CheckViewName(name string) error {
	switch {
	case strings.TrimSpace(name) == "":
		return errors.New("a view needs a name")
	case strings.TrimSpace(name) != name:
		return errors.New("a view's name cannot begin or end with a blank")
	case !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return errors.New("a view's name cannot hold a character that does not print")
	case utf8.RuneCountInString(name) > maxViewName:
		return fmt.Errorf("a view's name has at most %d characters", maxViewName)
	}
	return nil
}

// Check returns nil for a view that can be shown: its filter parses, and kind,
// sort and columns are known. The name is left to CheckViewName, since what is on
// screen has none before it is saved. A faulty filter is a *FilterError.
func (v View) Check() error {
	if _, err := ParseFilter(v.Filter); err != nil {
		return fmt.Errorf("the filter cannot be read: %w", err)
	}
	if v.Kind != "" && !slices.Contains(client.Kinds(), v.Kind) {
		return fmt.Errorf("%s is no kind: use %s", filter.Echo(string(v.Kind)), filter.List(kindWords()))
	}
	if _, err := ParseSort(v.Sort.String()); err != nil {
		return err
	}
	return v.Columns.Check()
}

// Same reports whether two views show the same, whatever they are called. Filters
// that differ in blanks and quotes alone are the same, and so are no columns and
// the default ones.
func (v View) Same(other View) bool {
	return v.Kind == other.Kind && v.Sort == other.Sort && v.Reverse == other.Reverse &&
		sameFilter(v.Filter, other.Filter) && slices.Equal(v.Columns.OrDefault(), other.Columns.OrDefault())
}

// sameFilter compares filters by what they say; those that cannot be read by
// their words.
func sameFilter(a, b string) bool {
	if a == b {
		return true
	}
	f, errF := ParseFilter(a)
	g, errG := ParseFilter(b)
	return errF == nil && errG == nil && f.String() == g.String()
}

func kindWords() []string {
	var words []string
	for _, k := range client.Kinds() {
		words = append(words, string(k))
	}
	return words
}
