package catalog

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"provkeys/client"
)

// operator stands between a field and what it is held against.
type operator string

const (
	contains    operator = ":"
	equal       operator = "="
	less        operator = "<"
	lessOrEqual operator = "<="
	more        operator = ">"
	moreOrEqual operator = ">="
)

// ordered reports whether two things that compare as c stand in this relation.
func (o operator) ordered(c int) bool {
	switch o {
	case less:
		return c < 0
	case lessOrEqual:
		return c <= 0
	case more:
		return c > 0
	case moreOrEqual:
		return c >= 0
	}
	return c == 0
}

// unit is what a number counts. Its text follows the number.
type unit string

const (
	single  unit = ""
	percent unit = "%"
	hours   unit = "h"
	days    unit = "d"
	weeks   unit = "w"
)

func (u unit) length() time.Duration {
	switch u {
	case weeks:
		return 7 * 24 * time.Hour
	case days:
		return 24 * time.Hour
	}
	return time.Hour
}

// term is one condition of a filter. Which of its last four fields count
// follows from the field that it looks at.
type term struct {
	excludes bool
	field    field
	operator operator

	text   string // as typed: what text fields are searched for
	folded string
	number int64
	unit   unit
	state  client.State
	flag   flag
}

// holds reports whether the condition is met, before exclusion.
func (t *term) holds(r *row, q *Query) bool {
	switch t.field {
	case stateField:
		return r.key.State(q.Now, q.Near) == t.state
	case flagField:
		return t.flagHolds(r, q)
	case usedField:
		return t.countHolds(r.key.Uses, r.key.MaxUses, 100)
	case leftField:
		return t.countHolds(r.key.Left(), r.key.MaxUses, 0)
	case maxField:
		return t.countHolds(r.key.MaxUses, 0, 0)
	case modifiedField:
		return t.periodHolds(r.key.Modified, q.Now, r.key.Modified)
	case createdField:
		return t.periodHolds(r.key.Created, q.Now, r.key.Created)
	case expiresField:
		return t.periodHolds(q.Now, r.key.Expires, r.key.Expires)
	case certificateField:
		if t.text == "" {
			return t.periodHolds(q.Now, r.key.CertificateEnd, r.key.CertificateEnd)
		}
	}
	return t.textHolds(r)
}

func (t *term) textHolds(r *row) bool {
	switch t.field {
	case nameField:
		return t.within(r.name)
	case groupField:
		return t.within(r.group)
	case certificateField:
		return t.within(r.certificate)
	case kindField:
		return t.within(string(r.key.Kind)) || t.within(r.key.Kind.Title())
	case modifierField:
		return t.within(r.by)
	case idField:
		return t.within(r.id)
	case tenantField:
		return t.within(r.tenant) || t.within(r.tenantID)
	}
	return strings.Contains(r.haystack, t.folded)
}

// within looks for the term's text in a folded one.
func (t *term) within(text string) bool {
	if t.operator == equal {
		return text == t.folded
	}
	return strings.Contains(text, t.folded)
}

func (t *term) flagHolds(r *row, q *Query) bool {
	switch t.flag {
	case isManaged:
		return r.key.Managed()
	case isMarked:
		return q.Marked != nil && q.Marked(r.key.Ref())
	case isHidden:
		return slices.Contains(r.key.States(q.Now, q.Near), client.Hidden)
	case isDisabled:
		return slices.Contains(r.key.States(q.Now, q.Near), client.Disabled)
	case isExpired:
		return slices.Contains(r.key.States(q.Now, q.Near), client.Expired)
	}
	return r.key.Exportable
}

// countHolds compares n, or its share of whole in percent. A key without any
// use to give has no shares: ofNothing stands for its percentage.
func (t *term) countHolds(n, whole int64, ofNothing int64) bool {
	if t.unit != percent {
		return t.operator.ordered(cmp.Compare(n, t.number))
	}
	if whole <= 0 {
		return t.operator.ordered(cmp.Compare(ofNothing, t.number))
	}
	// Floats keep hostile counts from overflowing; no real one loses a digit.
	return t.operator.ordered(cmp.Compare(float64(n)*100, float64(t.number)*float64(whole)))
}

// periodHolds compares the time between two moments, one of which is known
// unless it is zero. It counts whole units, as a column shows them, so that
// what shows 30d is met by =30d and <=30d, and not by >30d.
func (t *term) periodHolds(from, to, known time.Time) bool {
	if known.IsZero() {
		return false
	}
	between, length := to.Sub(from), t.unit.length()
	whole := int64(between / length)
	if between%length < 0 {
		whole-- // Division rounds to zero: five hours ago is day -1, not day 0.
	}
	return t.operator.ordered(cmp.Compare(whole, t.number))
}

// String returns the term as it is typed.
func (t term) String() string {
	var b strings.Builder
	if t.excludes {
		b.WriteByte('!')
	}
	b.WriteString(t.field.traits().word + string(t.operator))
	switch {
	case t.field == anywhere:
		b.WriteString(quoteWord(t.text))
	case t.field == stateField:
		b.WriteString(quoteText(t.state.String()))
	case t.field == flagField:
		b.WriteString(t.flag.String())
	case t.text != "" && t.field == certificateField && t.operator == equal:
		b.WriteString(quote(t.text)) // Quotes tell a name from days.
	case t.text != "":
		b.WriteString(quoteText(t.text))
	default:
		b.WriteString(strconv.FormatInt(t.number, 10) + string(t.unit))
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
