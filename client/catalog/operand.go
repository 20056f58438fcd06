package catalog

import (
	"slices"
	"strconv"
	"strings"

	"provkeys/client"
)

// operand reads the value of t, whose field and operator are read and whose
// column's word began at start.
func (p *parser) operand(t term, start int) (term, error) {
	if err := p.fits(t, start); err != nil {
		return term{}, err
	}
	at := p.at
	value, quoted, err := p.value()
	if err != nil {
		return term{}, err
	}
	of := t.field.traits()
	switch {
	case t.field == stateField:
		return p.stateOperand(t, value, at)
	case t.field == flagField:
		return p.flagOperand(t, value, at)
	case of.text && (t.operator == contains || t.operator == equal && (of.measure == incomparable || quoted)):
		if value == "" {
			return term{}, p.fault(at, "%s%s needs a word after it, as in %s", of.word, t.operator, wordExample(t))
		}
		t.text, t.folded = value, fold(value)
		return t, nil
	}
	return p.numberOperand(t, value, at)
}

// fits returns an error when the column does not go with the operator.
func (p *parser) fits(t term, start int) error {
	of := t.field.traits()
	switch {
	case of.text && (t.operator == contains || t.operator == equal):
	case of.measure != incomparable && t.operator != contains:
	case t.field == stateField || t.field == flagField:
		if t.operator != contains {
			return p.fault(start, "%s takes a colon, as in %s", of.word, of.example)
		}
	case of.text:
		return p.fault(start, "%s takes a colon, or = for the whole text, as in %s", of.word, of.example)
	default:
		return p.fault(start, "%s takes <, <=, >, >= or =, as in %s", of.word, of.example)
	}
	return nil
}

// wordExample returns an example for a text column. The certificate's own one
// shows how to compare days, which is of no help after a colon.
func wordExample(t term) string {
	if t.field == certificateField {
		return "cert:connector"
	}
	return t.field.traits().example
}

func (p *parser) stateOperand(t term, value string, at int) (term, error) {
	// A hyphen or an underscore saves the quotes round a state of two words.
	word := strings.Map(func(r rune) rune {
		if r == '-' || r == '_' {
			return ' '
		}
		return r
	}, fold(value))
	state, ok := client.ParseState(word)
	if ok {
		t.state = state
		return t, nil
	}
	var words []string
	for s := client.Expired; s <= client.OK; s++ {
		words = append(words, quoteText(s.String()))
	}
	if value == "" {
		return term{}, p.fault(at, "state: needs a state after it: %s", list(words))
	}
	return term{}, p.fault(at, "%s is no state: use %s", echo(value), list(words))
}

func (p *parser) flagOperand(t term, value string, at int) (term, error) {
	words := flagWords()
	if i := slices.Index(words, fold(value)); i >= 0 {
		t.flag = flag(i)
		return t, nil
	}
	if value == "" {
		return term{}, p.fault(at, "is: needs a word after it: %s", list(words))
	}
	return term{}, p.fault(at, "%s is nothing that a key can be: use %s", echo(value), list(words))
}

func (p *parser) numberOperand(t term, value string, at int) (term, error) {
	of := t.field.traits()
	digits := strings.TrimRight(value, "%hdwHDW")
	t.unit = unit(fold(value[len(digits):]))
	if !t.unit.counts(of.measure) || !isNumber(digits) {
		hint := ""
		if t.field == certificateField && t.operator == equal {
			hint = `; a name goes in quotes, as in cert="Connector"`
		}
		return term{}, p.fault(at, "%s needs %s, as in %s%s", of.word, of.measure, of.example, hint)
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return term{}, p.fault(at, "that number is too large: %s needs %s, as in %s", of.word, of.measure, of.example)
	}
	t.number = n
	return t, nil
}

func isNumber(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// counts reports whether a number in this unit is such a measure.
func (u unit) counts(m measure) bool {
	switch m {
	case count:
		return u == single
	case countOrShare:
		return u == single || u == percent
	case period:
		return u == hours || u == days || u == weeks
	}
	return false
}

// String returns the measure in words, as a message asks for it.
func (m measure) String() string {
	switch m {
	case count:
		return "a number"
	case countOrShare:
		return "a number or a percentage"
	case period:
		return "hours, days or weeks"
	}
	return "a word"
}
