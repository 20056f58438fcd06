package catalog

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// operators are the characters that end a column's word.
const operators = ":<>="

// ParseFilter reads a filter text; the empty text gives the zero Filter. The
// error is a *FilterError.
//
//	filter   = { term }                        all have to hold
//	term     = ["!"] ( word | column operator value )
//	word     = any characters but spaces | '"' any characters '"'
//	operator = ":" | "=" | "<" | "<=" | ">" | ">="
//
// Between quotation marks, two of them stand for one.
func ParseFilter(text string) (Filter, error) {
	p := parser{text: text}
	var f Filter
	for p.more() {
		t, err := p.term()
		if err != nil {
			return Filter{}, err
		}
		f.terms = append(f.terms, t)
	}
	return f, nil
}

// parser walks through a filter text.
type parser struct {
	text string
	at   int // what is left begins here
}

func (p *parser) rest() string { return p.text[p.at:] }

// more skips spaces and reports whether a term follows.
func (p *parser) more() bool {
	p.at = len(p.text) - len(strings.TrimLeftFunc(p.rest(), unicode.IsSpace))
	return p.at < len(p.text)
}

func (p *parser) fault(position int, format string, args ...any) error {
	return &FilterError{Position: position, Reason: fmt.Sprintf(format, args...)}
}

func (p *parser) term() (term, error) {
	var t term
	start := p.at
	if strings.HasPrefix(p.rest(), "!") {
		t.excludes = true
		p.at++
		if r, _ := utf8.DecodeRuneInString(p.rest()); p.rest() == "" || unicode.IsSpace(r) {
			return term{}, p.fault(start, "! needs a word after it, as in !test")
		}
		if r := p.rest()[0]; r == '!' {
			return term{}, p.fault(p.at, `one ! is enough; quote a word that begins with one: "!test"`)
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
func (p *parser) word(t term) (term, error) {
	text, _, err := p.value()
	t.text, t.folded = text, fold(text)
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
func (p *parser) condition(t term, n int) (term, error) {
	start := p.at
	word := p.rest()[:n]
	p.at += n
	o := operator(p.rest()[:1])
	if (o == less || o == more) && strings.HasPrefix(p.rest()[1:], "=") {
		o += "="
	}
	p.at += len(o)
	known, ok := parseField(fold(word))
	switch {
	case ok:
		t.field, t.operator = known, o
		return p.operand(t, start)
	case word == "":
		return term{}, p.fault(start, `no column stands before %s: write it without spaces, as in left<5, or quote the text`, o)
	}
	if before, found := strings.CutSuffix(word, "!"); found {
		if _, ok := parseField(fold(before)); ok {
			return term{}, p.fault(start, "!%s is not known: put the ! in front, as in !used=5", o)
		}
	}
	whole, _, err := p.value()
	if err != nil {
		return term{}, err
	}
	return term{}, p.fault(start, "%s is no column; if it is part of a name, quote it: %s. Columns: %s",
		echo(word), example(word+string(o)+whole), list(fieldWords()))
}

// echo returns a word in quotes for a message. A long or unprintable one is not
// repeated: it may be anything that was pasted.
func echo(word string) string {
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

// list joins words as a sentence does: "a, b or c".
func list(words []string) string {
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
