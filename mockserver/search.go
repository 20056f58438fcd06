package mockserver

import (
	"regexp"
	"strconv"
	"strings"
)

// condition is one "field OP value" of a search.
type condition struct{ field, op, value string }

// parseSearch reads "field OP value", joined by AND. Between the parts stand
// spaces or, as some clients write it, literal plus signs; in that form a plus
// in the value is a space as well.
func parseSearch(text string) ([]condition, error) {
	if text == "" {
		return nil, nil
	}
	// The operator decides which form it is, so that "name EQ a+b" keeps its plus.
	if regexp.MustCompile(`^\w+\+(EQ|NE|LIKE|GTEQ|LTEQ|GT|LT)\+`).MatchString(text) {
		text = strings.ReplaceAll(text, "+", " ")
	}
	// AND joins only where a condition follows: a value may hold the word.
	start := regexp.MustCompile(`(?:^| AND )(\w+) (EQ|NE|LIKE|GTEQ|LTEQ|GT|LT) `)
	marks := start.FindAllStringSubmatchIndex(text, -1)
	if len(marks) == 0 || marks[0][0] != 0 {
		return nil, invalid("search", "search must be: field OP value, joined by AND")
	}
	list := make([]condition, 0, len(marks))
	for i, m := range marks {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		c := condition{field: text[m[2]:m[3]], op: text[m[4]:m[5]], value: text[m[1]:end]}
		if c.field == fieldText {
			return nil, invalid("search", "a key text cannot be searched for")
		}
		list = append(list, c)
	}
	return list, nil
}

// matching returns the objects that meet every condition, in their order.
func matching(list []*object, conditions []condition) []*object {
	if len(conditions) == 0 {
		return list
	}
	var found []*object
	for _, o := range list {
		if meetsAll(o, conditions) {
			found = append(found, o)
		}
	}
	return found
}

func meetsAll(o *object, conditions []condition) bool {
	for _, c := range conditions {
		if !c.meets(o) {
			return false
		}
	}
	return true
}

func (c condition) meets(o *object) bool {
	_, present := o.raw(c.field)
	value := o.text(c.field)
	switch c.op {
	case "EQ":
		return present && value == c.value
	case "NE":
		return value != c.value
	case "LIKE":
		return present && strings.Contains(strings.ToLower(value), strings.ToLower(c.value))
	case "GT":
		return present && compare(value, c.value) > 0
	case "LT":
		return present && compare(value, c.value) < 0
	case "GTEQ":
		return present && compare(value, c.value) >= 0
	default: // LTEQ: parseSearch lets nothing else through
		return present && compare(value, c.value) <= 0
	}
}

// compare orders two values as numbers where both are numbers.
func compare(a, b string) int {
	x, errX := strconv.ParseInt(a, 10, 64)
	y, errY := strconv.ParseInt(b, 10, 64)
	switch {
	case errX != nil || errY != nil:
		return strings.Compare(a, b)
	case x < y:
		return -1
	case x > y:
		return 1
	default:
		return 0
	}
}
