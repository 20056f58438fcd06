package filter

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// operators are the characters that end a column's word.
const operators = ":<>="

// Parse reads a filter text, term by term, as catalog.ParseFilter says; the empty
// text has none. The error is a *Fault.
func (l Language) Parse(text string) ([]Term, error) {
	p := parser{language: l, text: text}
	var terms []Term
	for p.more() {
		t, err := p.term()
		if err != nil {
			return nil, err
		}
		terms = append(terms, t)
	}
	return terms, nil
}

// parser walks through a filter text.
type parser struct {
	language Language
	text     string
	at       int // what is left begins here
}

func (p *parser) rest() string { return p.text[p.at:] }

// more skips spaces and reports whether a term follows.
func (p *parser) more() bool {
	p.at = len(p.text) - len(strings.TrimLeftFunc(p.rest(), unicode.IsSpace))
	return p.at < len(p.text)
}

func (p *parser) fault(position int, format string, args ...any) error {
	return &Fault{Position: position, Reason: fmt.Sprintf(format, args...)}
}

func (p *parser) term() (Term, error) {
	t := Term{Column: Anywhere}
	start := p.at
	if strings.HasPrefix(p.rest(), "!") {
		t.Excludes = true
		p.at++
		if r, _ := utf8.DecodeRuneInString(p.rest()); p.rest() == "" || unicode.IsSpace(r) {
			return Term{}, p.fault(start, "! needs a word after it, as in !test")
		}
		if r := p.rest()[0]; r == '!' {
			return Term{}, p.fault(p.at, `one ! is enough; quote a word that begins with one: "!test"`)
		}
	}
	if strings.HasPrefix(p.rest(), `"`) {
		return p.word(t)
	}
	end := strings.IndexFunc(p.rest(), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(operators, r)
	})
	if end < 0 || !strings.ContainsRune(operators, rune(p.rest()[end])) {
		return p.word(t)
	}
	return p.condition(t, end)
}

// word reads a bare word into t.
func (p *parser) word(t Term) (Term, error) {
	text, _, err := p.value()
	t.Text, t.Folded = text, Fold(text)
	return t, err
}

// value reads up to the next space, or from one quotation mark to the next,
// and reports whether it was quoted.
func (p *parser) value() (text string, quoted bool, err error) {
	if strings.HasPrefix(p.rest(), `"`) {
		text, err = p.quoted()
		return text, true, err
	}
	end := strings.IndexFunc(p.rest(), unicode.IsSpace)
	if end < 0 {
		end = len(p.rest())
	}
	text = p.rest()[:end]
	p.at += end
	return text, false, nil
}

// quoted reads what stands between quotation marks.
func (p *parser) quoted() (string, error) {
	var b strings.Builder
	start := p.at
	for {
		p.at++ // the mark that opens, or the second of two that stand for one
		part, _, closed := strings.Cut(p.rest(), `"`)
		if !closed {
			return "", p.fault(start, `a quotation mark is open: close it, as in "EU West"`)
		}
		b.WriteString(part)
		p.at += len(part) + 1
		if !strings.HasPrefix(p.rest(), `"`) {
			break
		}
		b.WriteByte('"')
	}
	if r, _ := utf8.DecodeRuneInString(p.rest()); p.rest() != "" && !unicode.IsSpace(r) {
		return "", p.fault(p.at, `a space is missing after the quotation mark; within quotes write "" for one`)
	}
	if b.Len() == 0 {
		return "", p.fault(start, `nothing stands between the quotation marks: write a word, as in "EU West"`)
	}
	return b.String(), nil
}

// condition reads a column, whose word is n bytes long, an operator and a
// value into t.
func (p *parser) condition(t Term, n int) (Term, error) {
	start := p.at
	word := p.rest()[:n]
	p.at += n
	o := Operator(p.rest()[:1])
	if (o == Less || o == More) && strings.HasPrefix(p.rest()[1:], "=") {
		o += "="
	}
	p.at += len(o)
	known, ok := p.language.find(Fold(word))
	switch {
	case ok:
		t.Column, t.Operator = known, o
		return p.operand(t, start)
	case word == "":
		return Term{}, p.fault(start, `no column stands before %s: write it without spaces, as in left<5, or quote the text`, o)
	}
	if before, found := strings.CutSuffix(word, "!"); found {
		if _, ok := p.language.find(Fold(before)); ok {
			return Term{}, p.fault(start, "!%s is not known: put the ! in front, as in !used=5", o)
		}
	}
	whole, _, err := p.value()
	if err != nil {
		return Term{}, err
	}
	return Term{}, p.fault(start, "%s is no column; if it is part of a name, quote it: %s. Columns: %s",
		Echo(word), example(word+string(o)+whole), List(p.language.words()))
}

// Echo returns a word in quotes for a message. A long or unprintable one is not
// repeated: it may be anything that was pasted.
func Echo(word string) string {
	if !echoes(word) {
		return "this"
	}
	return quote(word)
}

// example returns how to quote a text, by another text if it must not be
// repeated.
func example(text string) string {
	if !echoes(text) {
		return `"a:b"`
	}
	return quote(text)
}

func echoes(text string) bool {
	return utf8.RuneCountInString(text) <= 24 && utf8.ValidString(text) &&
		!strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) })
}

// List joins words as a sentence does: "a, b or c".
func List(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
