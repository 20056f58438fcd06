package catalog

import (
	"slices"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/client/internal/filter"
)

// holds reports whether a term is met, before exclusion.
func holds(t *filter.Term, r *row, q *Query) bool {
	switch field(t.Column) {
	case stateField:
		return r.key.State(q.Now, q.Near) == client.State(t.Choice)
	case flagField:
		return flagHolds(flag(t.Choice), r, q)
	case usedField:
		return t.CountHolds(r.key.Uses, r.key.MaxUses, 100)
	case leftField:
		return t.CountHolds(r.key.Left(), r.key.MaxUses, 0)
	case maxField:
		return t.CountHolds(r.key.MaxUses, 0, 0)
	case modifiedField:
		return sinceHolds(t, r.key.Modified, q.Now)
	case createdField:
		return sinceHolds(t, r.key.Created, q.Now)
	case expiresField:
		return untilHolds(t, r.key.Expires, q.Now)
	case certificateField:
		if t.Text == "" {
			return untilHolds(t, r.key.CertificateEnd, q.Now)
		}
	}
	return textHolds(t, r)
}

func textHolds(t *filter.Term, r *row) bool {
	switch field(t.Column) {
	case nameField:
		return t.Within(r.name)
	case groupField:
		return t.Within(r.group) || isID(t, r.key.GroupID)
	case certificateField:
		return t.Within(r.certificate) || isID(t, r.key.CertificateID)
	case kindField:
		return t.Within(string(r.key.Kind)) || t.Within(r.key.Kind.Title())
	case modifierField:
		return t.Within(r.by)
	case idField:
		return t.Within(r.id)
	case tenantField:
		return t.Within(r.tenant) || t.Within(r.tenantID)
	}
	return strings.Contains(r.haystack, t.Folded)
}

// isID reports whether the term asks for a whole text that is this id: two groups
// may have one name.
func isID(t *filter.Term, id client.ID) bool {
	return t.Operator == filter.Equal && id != "" && t.Text == string(id)
}

func flagHolds(f flag, r *row, q *Query) bool {
	switch f {
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

// sinceHolds compares how long ago a moment was; an unknown one is never met.
func sinceHolds(t *filter.Term, moment, now time.Time) bool {
	return !moment.IsZero() && t.PeriodHolds(now.Sub(moment))
}

// untilHolds compares how far away a moment is; an unknown one is never met.
func untilHolds(t *filter.Term, moment, now time.Time) bool {
	return !moment.IsZero() && t.PeriodHolds(moment.Sub(now))
}
