package filter

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// operand reads the value of t, whose field and operator are read and whose
// column's word began at start.
func (p *parser) operand(t Term, start int) (Term, error) {
	if err := p.fits(t, start); err != nil {
		return Term{}, err
	}
	at := p.at
	value, quoted, err := p.value()
	if err != nil {
		return Term{}, err
	}
	of := p.language.Columns[t.Column]
	switch {
	case of.Choices != nil:
		return p.choice(t, value, at)
	case of.Text && (t.Operator == Contains || t.Operator == Equal && (of.Measure == Incomparable || quoted)):
		if value == "" {
			return Term{}, p.fault(at, "%s%s needs a word after it, as in %s", of.Word, t.Operator, cmp.Or(of.TextExample, of.Example))
		}
		t.Text, t.Folded = value, Fold(value)
		return t, nil
	}
	return p.numberOperand(t, value, at)
}

// fits returns an error when the column does not go with the operator.
func (p *parser) fits(t Term, start int) error {
	of := p.language.Columns[t.Column]
	switch {
	case of.Text && (t.Operator == Contains || t.Operator == Equal):
	case of.Measure != Incomparable && t.Operator != Contains:
	case of.Choices != nil:
		if t.Operator != Contains {
			return p.fault(start, "%s takes a colon, as in %s", of.Word, of.Example)
		}
	case of.Text:
		return p.fault(start, "%s takes a colon, or = for the whole text, as in %s", of.Word, of.Example)
	default:
		return p.fault(start, "%s takes <, <=, >, >= or =, as in %s", of.Word, of.Example)
	}
	return nil
}

func (p *parser) choice(t Term, value string, at int) (Term, error) {
	of := p.language.Columns[t.Column]
	// A hyphen or an underscore saves the quotes round a choice of two words.
	word := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' {
			return ' '
		}
		return r
	}, Fold(value))
	if i := slices.Index(of.Choices, word); i >= 0 {
		t.Choice = i
		return t, nil
	}
	words := make([]string, 0, len(of.Choices))
	for _, c := range of.Choices {
		words = append(words, quoteText(c))
	}
	if value == "" {
		return Term{}, p.fault(at, "%s: needs a %s after it: %s", of.Word, cmp.Or(of.Noun, "word"), List(words))
	}
	no := "no " + of.Noun
	if of.Noun == "" {
		no = "nothing that " + p.language.Rows + " can be"
	}
	return Term{}, p.fault(at, "%s is %s: use %s", Echo(value), no, List(words))
}

func (p *parser) numberOperand(t Term, value string, at int) (Term, error) {
	of := p.language.Columns[t.Column]
	digits := strings.TrimRight(value, "%hdwHDW")
	t.Unit = Unit(Fold(value[len(digits):]))
	if !t.Unit.counts(of.Measure) || !isNumber(digits) {
		hint := ""
		if of.Text && t.Operator == Equal {
			hint = "; a name goes in quotes, as in " + of.WholeExample
		}
		return Term{}, p.fault(at, "%s needs %s, as in %s%s", of.Word, of.Measure, of.Example, hint)
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return Term{}, p.fault(at, "that number is too large: %s needs %s, as in %s", of.Word, of.Measure, of.Example)
	}
	t.Number = n
	return t, nil
}

func isNumber(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// counts reports whether a number in this unit is such a measure.
func (u Unit) counts(m Measure) bool {
	switch m {
	case Count:
		return u == single
	case CountOrShare:
		return u == single || u == percent
	case Period:
		return u == hours || u == days || u == weeks
	}
	return false
}
