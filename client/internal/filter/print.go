package filter

import (
	"strconv"
	"strings"
	"unicode"
)

// Print returns a text that parses to the same terms; "" for none.
func (l Language) Print(terms []Term) string {
	words := make([]string, len(terms))
	for i := range terms {
		words[i] = l.print(&terms[i])
	}
	return strings.Join(words, " ")
}

// print returns the term as it is typed.
func (l Language) print(t *Term) string {
	var b strings.Builder
	if t.Excludes {
		b.WriteByte('!')
	}
	if t.Column == Anywhere {
		return b.String() + quoteWord(t.Text)
	}
	of := l.Columns[t.Column]
	b.WriteString(of.Word + string(t.Operator))
	switch {
	case of.Choices != nil:
		b.WriteString(quoteText(of.Choices[t.Choice]))
	case t.Text != "" && of.Measure != Incomparable && t.Operator == Equal:
		b.WriteString(quote(t.Text)) // Quotes tell a name from a measure.
	case t.Text != "":
		b.WriteString(quoteText(t.Text))
	default:
		b.WriteString(strconv.FormatInt(t.Number, 10) + string(t.Unit))
	}
	return b.String()
}

// quoteWord quotes a bare word that would be read as something else.
func quoteWord(text string) string {
	if strings.ContainsAny(text, operators) || strings.HasPrefix(text, "!") {
		return quote(text)
	}
	return quoteText(text)
}

// quoteText quotes a text that would not be read as one.
func quoteText(text string) string {
	if strings.HasPrefix(text, `"`) || strings.ContainsFunc(text, unicode.IsSpace) {
		return quote(text)
	}
	return text
}

func quote(text string) string {
	return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
}
