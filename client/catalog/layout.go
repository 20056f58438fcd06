package catalog

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"provkeys/client/internal/filter"
)

// MaxWidth is the greatest width that a Layout may ask for, in cells: wider than
// any terminal that is read.
const MaxWidth = 500

// Shown is a column that a table shows.
type Shown struct {
	Column Column
	Width  int // in cells; 0 is as wide as fits
}

// Layout is the columns that a table shows, from left to right. Nil is the
// DefaultLayout.
type Layout []Shown

// DefaultLayout returns the columns that are shown where nobody chose any.
func DefaultLayout() Layout {
	var l Layout
	for _, c := range []Column{ByName, ByGroup, ByUses, ByLeft, ByCertificate, ByKey, ByState, ByKind} {
		l = append(l, Shown{Column: c})
	}
	return l
}

// ParseLayout reads columns as Layout.String writes them, between commas or
// blanks: "name,group=24,uses". No column at all is the nil Layout. The error is
// a sentence without a full stop that names the words there are.
func ParseLayout(text string) (Layout, error) {
	var l Layout
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		s, err := parseShown(word)
		if err != nil {
			return nil, err
		}
		l = append(l, s)
	}
	if err := l.Check(); err != nil {
		return nil, err
	}
	return l, nil
}

func parseShown(word string) (Shown, error) {
	name, width, given := strings.Cut(word, "=")
	c, ok := ParseColumn(name)
	if !ok {
		return Shown{}, fmt.Errorf("%s is no column: use %s", filter.Echo(name), filter.List(words(AllColumns())))
	}
	s := Shown{Column: c}
	if !given {
		return s, nil
	}
	n, err := strconv.ParseUint(width, 10, 31)
	if err != nil || n == 0 {
		return s, fmt.Errorf("%s= needs a width in cells, as in %s=24", name, name)
	}
	s.Width = int(n)
	return s, nil
}

// Check returns nil for a layout of known columns, each there once and no wider
// than MaxWidth.
func (l Layout) Check() error {
	for i, s := range l {
		switch {
		case s.Column < ByName || s.Column > ByID:
			return errors.New("a column is not known: use " + filter.List(words(AllColumns())))
		case l[:i].Has(s.Column):
			return fmt.Errorf("the column %s stands there twice: leave one out", s.Column)
		case s.Width < 0 || s.Width > MaxWidth:
			return fmt.Errorf("the column %s can be 1 to %d cells wide", s.Column, MaxWidth)
		}
	}
	return nil
}

// Has reports whether the column is among those that are written out: nil has
// none.
func (l Layout) Has(c Column) bool {
	return slices.ContainsFunc(l, func(s Shown) bool { return s.Column == c })
}

// OrDefault returns the layout, for nil the default one.
func (l Layout) OrDefault() Layout {
	if len(l) == 0 {
		return DefaultLayout()
	}
	return l
}

// String returns a text that parses to the same layout; "" for nil.
func (l Layout) String() string {
	words := make([]string, 0, len(l))
	for _, s := range l {
		word := s.Column.String()
		if s.Width > 0 {
			word += "=" + strconv.Itoa(s.Width)
		}
		words = append(words, word)
	}
	return strings.Join(words, ",")
}
