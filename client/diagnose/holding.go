package diagnose

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"provkeys/client"
)

// holding is the key that a text or a log was traced to, and what the tenant and
// the memory hold of it.
type holding struct {
	known  Known
	match  *Match // nil for none; what is said of one asks for it
	source source
}

// source is how a match was found.
type source int

const (
	tenantText   source = iota // compared with the text that the tenant shows
	recalledText               // the memory knows the whole text
	recalledHead               // the memory knows no more than how it begins
)

// remembered returns the match of a remembered key, as the tenant holds it where
// it does. A key of the tenant whose text is shown is another one: the text has
// been compared with it.
func (known Known) remembered(r Remembered, relation Relation) *Match {
	m := &Match{
		Relation: relation, Remembered: r.At, Customer: r.Customer,
		Key: client.Key{Kind: r.Key.Kind, ID: r.Key.ID, Name: r.Name, Group: r.Group},
	}
	if known.elsewhere(m) {
		return m
	}
	for _, k := range known.Keys {
		if k.Ref() == r.Key {
			if k.Text.IsZero() {
				m.Key = k
			}
			return m
		}
	}
	m.Gone = known.Complete && !known.unread(r.Key.Kind)
	return m
}

// elsewhere reports whether a match is a key of another tenant.
func (known Known) elsewhere(m *Match) bool {
	return m.Customer != "" && known.Customer != "" && m.Customer != known.Customer
}

// elsewhere reports whether the key is another tenant's.
func (h holding) elsewhere() bool { return h.known.elsewhere(h.match) }

// held reports whether the match is a key as the tenant holds it.
func (h holding) held() bool {
	return h.source == tenantText || !h.match.Gone && !h.elsewhere() &&
		slices.ContainsFunc(h.known.Keys, func(k client.Key) bool { return k.Ref() == h.match.Key.Ref() && k.Text.IsZero() })
}

// unconfirmed reports whether the memory alone knows the key: whether the tenant
// still holds it with that text is not known.
func (h holding) unconfirmed() bool {
	return h.source != tenantText && !h.match.Gone && !h.elsewhere() && !h.held()
}

// replaced reports whether the tenant shows another text for the key.
func (h holding) replaced() bool {
	return h.unconfirmed() && slices.ContainsFunc(h.known.Keys, func(k client.Key) bool { return k.Ref() == h.match.Key.Ref() })
}

// nextUnconfirmed says what is not known of a key that the memory alone knows.
func (h holding) nextUnconfirmed() string {
	name, why := h.match.Key.Name, "no tenant was asked"
	switch {
	case h.replaced():
		return fmt.Sprintf("Copy %s again: the tenant shows another text for it now.", name)
	case h.known.unread(h.match.Key.Kind):
		why = h.match.Key.Kind.Title() + " keys may not be read"
	case h.known.asked():
		why = "not all keys could be read"
	}
	return fmt.Sprintf("Whether %s still enrols is not known: %s.", name, why)
}

// seenOn returns the day on which the text passed through here.
func (h holding) seenOn() string {
	return h.match.Remembered.In(h.known.Now.Location()).Format(time.DateOnly)
}

// matchNotes say what is known of the key.
func (h holding) matchNotes() []string {
	m := h.match
	var notes []string
	if h.held() {
		notes = append(notes, fmt.Sprintf("%s is %s.", m.Key.Name, conditionWords(m.Key, h.known.Now)))
	}
	if h.source == tenantText {
		return notes
	}
	seen := "Its text was seen here on " + h.seenOn()
	switch {
	case h.elsewhere():
		seen += ", as a key of the tenant " + m.Customer
	case m.Gone:
		seen += "; this tenant holds no such key any more"
	case h.held():
		seen += "; the tenant does not show it"
	case h.known.unread(m.Key.Kind):
		seen += fmt.Sprintf("; %s keys may not be read, so that it may be gone since", m.Key.Kind.Title())
	}
	return append(notes, seen+".")
}

// conditionWords names every state of a key, the numbers beside what they decide:
// "disabled and used up (10 of 10)".
func conditionWords(k client.Key, now time.Time) string {
	var words []string
	for _, s := range k.States(now, client.Threshold{}) {
		word := s.String()
		switch s {
		case client.UsedUp, client.NearlyUsedUp:
			word += fmt.Sprintf(" (%d of %d)", k.Uses, k.MaxUses)
		case client.OK:
			word += fmt.Sprintf(" (%d of %d uses)", k.Uses, k.MaxUses)
		}
		words = append(words, word)
	}
	return strings.Join(words, " and ")
}

// useAnother is the advice for a key of which nothing can be changed for the better.
const useAnother = "It enrols nobody now: use another key of its group."

// nextForState says what to do about a key that enrols nobody now, "" for one
// that does. That its text is not shown does not matter to who has it.
func (h holding) nextForState() string {
	if !h.held() {
		return ""
	}
	blocking := slices.DeleteFunc(h.match.Key.States(h.known.Now, client.Threshold{}), func(s client.State) bool {
		return s == client.Hidden || !s.Blocks()
	})
	switch {
	case len(blocking) == 0:
		return ""
	case len(blocking) > 1 || h.match.Key.Managed():
	case blocking[0] == client.UsedUp:
		return "Raise its max uses, or use another key of its group."
	case blocking[0] == client.Disabled:
		return "Enable it, or use another key of its group."
	}
	return useAnother
}
