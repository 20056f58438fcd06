package diagnose

import (
	"fmt"
	"strings"
)

// changeKind is how one text differs from another in one place.
type changeKind int

// The kinds of a change; the zero value is none.
const (
	unchanged    changeKind = iota
	cutEnd                  // count characters are missing at the end
	cutStart                // the first count characters are missing
	cutInside               // count characters are missing from at on
	cutBoth                 // only those from at on are there, count of them
	otherChar               // the character at is another one
	blankFor                // a blank stands in its place
	extraInside             // count characters are too many from at on
	twiceInside             // count characters stand there twice from at on
	extraAtStart            // count characters too many in front
	extraAtEnd              // count characters too many behind
)

// change is the one difference between a text and that of a key.
type change struct {
	kind  changeKind
	count int
	at    int // counted from 1
	// inKey says that at is counted in the key's text, and not in what was pasted.
	inKey bool
}

// changeBetween returns the one change in one place that makes text of key, and
// which pieces of key it left alone: key[:head] and key[len(key)-tail:]. It is
// false where one change does not explain the text; the pieces are told all the
// same. Its time follows the shorter of the two.
func changeBetween(text, key string) (c change, head, tail int, ok bool) {
	head, tail = commonPrefix(text, key), commonSuffix(text, key)
	short := min(len(text), len(key))
	switch more := len(text) - len(key); {
	case more < 0 && head+tail >= short:
		c = missing(-more, head, tail, short)
	case more == 0 && head+tail == short-1:
		c = change{kind: otherChar, count: 1, at: head + 1}
		if text[head] == ' ' {
			c.kind = blankFor
		}
	case more > 0 && head+tail >= short:
		c = tooMany(text, more, head, tail, short)
	default:
		return change{}, head, min(tail, short-head), false
	}
	return c, head, min(tail, short-head), true
}

func missing(count, head, tail, short int) change {
	switch {
	case head == short:
		return change{kind: cutEnd, count: count}
	case tail == short:
		return change{kind: cutStart, count: count}
	}
	return change{kind: cutInside, count: count, at: head + 1}
}

func tooMany(text string, count, head, tail, short int) change {
	// What is too much may begin anywhere from short-tail to head; where it is a
	// copy, its first one ends at head at the latest.
	if head >= count && text[head-count:head] == text[head:head+count] {
		return change{kind: twiceInside, count: count, at: head - count + 1}
	}
	switch {
	case tail == short:
		return change{kind: extraAtStart, count: count, at: 1}
	case head == short:
		return change{kind: extraAtEnd, count: count, at: head + 1}
	}
	return change{kind: extraInside, count: count, at: head + 1}
}

func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

func commonSuffix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[len(a)-1-i] != b[len(b)-1-i] {
			return i
		}
	}
	return n
}

// words says what the change is: "13 characters are missing at the end". Of what
// is missing it says of which key too, where it is given a name.
func (c change) words(name string) string {
	of := ""
	if name != "" {
		of = " of " + name
	}
	switch c.kind {
	case cutEnd:
		return characters(c.count, "is", "are") + " missing at the end" + of
	case cutStart:
		if c.count == 1 {
			return "the first character" + of + " is missing"
		}
		return fmt.Sprintf("the first %d characters%s are missing", c.count, of)
	case cutInside:
		return fmt.Sprintf("%s missing from %s on", characters(c.count, "is", "are"), c.place(of))
	case cutBoth:
		return fmt.Sprintf("only %s there, from %s on", characters(c.count, "is", "are"), c.place(of))
	case otherChar:
		return c.place("") + " differs"
	case blankFor:
		return "a blank stands in the place of " + c.place("")
	case twiceInside:
		return fmt.Sprintf("%s there twice, from %s on", characters(c.count, "stands", "stand"), c.place(""))
	case extraAtStart:
		return characters(c.count, "is", "are") + " too many at the beginning"
	case extraAtEnd:
		return characters(c.count, "is", "are") + " too many at the end"
	case extraInside:
		return fmt.Sprintf("%s too many from %s on", characters(c.count, "is", "are"), c.place(""))
	}
	return ""
}

// place returns "character 83", of a key's text where it is counted in that.
func (c change) place(of string) string {
	if of == "" && c.inKey {
		of = " of the key text"
	}
	return fmt.Sprintf("character %d%s", c.at, of)
}

// verdict says the same of the key of that name, without the full stop.
func (c change) verdict(name string) string {
	switch c.kind {
	case cutEnd, cutStart, cutInside, cutBoth:
		words := c.words(name)
		return strings.ToUpper(words[:1]) + words[1:]
	}
	return "It is " + name + ", but " + c.words("")
}

func characters(n int, is, are string) string {
	return counted(n, "character "+is, "characters "+are)
}

// counted returns a number with its noun.
func counted(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}
