package diagnose

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"provkeys/client"
	"provkeys/client/keytext"
)

// verdict says in one sentence what is wrong and with which key.
func (i *inquiry) verdict() string {
	switch m := i.match; {
	case m == nil && i.report.Sound() && i.strange():
		return "It is sound, but none of the keys of this tenant whose text is shown."
	case m == nil:
		return i.report.Verdict
	case m.Relation == Same && !i.report.Sound():
		return fmt.Sprintf("It is %s, to the byte, whose own text is unusual: %s", m.Key.Name, clause(i.report.Verdict))
	case m.Relation == Same && m.Gone:
		return fmt.Sprintf("It is %s, to the byte, which this tenant does not hold any more.", m.Key.Name)
	case m.Relation == Same:
		return fmt.Sprintf("It is %s, to the byte.", m.Key.Name)
	case i.source == recalledHead && i.report.Sound():
		return fmt.Sprintf("It begins like %s, but is not its text.", m.Key.Name)
	case i.source == recalledHead:
		return fmt.Sprintf("It begins like %s, but is damaged: %s", m.Key.Name, clause(i.report.Verdict))
	case i.trace.change.kind != unchanged:
		return i.trace.change.verdict(m.Key.Name) + more(len(i.found)) + "."
	}
	return fmt.Sprintf("It is %s, but %s", i.match.Key.Name, clause(keytext.Summary(i.found)))
}

// strange reports whether the text is compared with all keys of a tenant, and is
// none.
func (i *inquiry) strange() bool {
	return i.known.Complete && i.trace.fits == 0 && len(i.known.Keys) > 0
}

// clause makes a sentence the end of another one.
func clause(sentence string) string {
	if sentence == "" {
		return "it differs."
	}
	return strings.ToLower(sentence[:1]) + sentence[1:]
}

// more says how many faults there are beside what was named.
func more(faults int) string {
	switch faults {
	case 0:
		return ""
	case 1:
		return "; 1 more fault"
	}
	return fmt.Sprintf("; %d more faults", faults)
}

// differenceWords returns what sets a text apart from a key's: a change and what
// can be taken off, or that alone: "a blank at character 83".
func (i *inquiry) differenceWords(change string) string {
	if change != "" {
		return change + more(len(i.found))
	}
	words := strings.TrimSuffix(clause(keytext.Summary(i.found)), ".")
	return strings.TrimPrefix(strings.TrimPrefix(words, "there is "), "there are ")
}

// notes say what else is worth knowing.
func (i *inquiry) notes() []string {
	var notes []string
	host, except := i.report.Host, client.Ref{}
	if m := i.match; m != nil {
		notes = i.matchNotes(m)
		if m.Key.Hint.Host != "" {
			host, except = m.Key.Hint.Host, m.Key.Ref()
		}
	} else {
		notes = i.unmatchedNotes()
	}
	if warning := client.HostWarning(host, i.known.Keys, except); warning != "" {
		notes = append(notes, warning)
	}
	return notes
}

// matchNotes say what is known of the key.
func (i *inquiry) matchNotes(m *Match) []string {
	var notes []string
	if i.held(m) {
		notes = append(notes, fmt.Sprintf("%s is %s.", m.Key.Name, conditionWords(m.Key, i.known.Now)))
	}
	if i.source == tenantText {
		return notes
	}
	seen := fmt.Sprintf("Its text was seen here on %s", m.Remembered.In(i.known.Now.Location()).Format(time.DateOnly))
	switch {
	case i.elsewhere(m):
		seen += ", as a key of the tenant " + m.Customer
	case m.Gone:
		seen += "; this tenant holds no such key any more"
	case i.held(m):
		seen += "; the tenant does not show it"
	}
	return append(notes, seen+".")
}

// held reports whether the match is a key as the tenant holds it.
func (i *inquiry) held(m *Match) bool {
	return i.source == tenantText || !m.Gone && !i.elsewhere(m) &&
		slices.ContainsFunc(i.known.Keys, func(k client.Key) bool { return k.Ref() == m.Key.Ref() && k.Text.IsZero() })
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

// unmatchedNotes say why no key is named.
func (i *inquiry) unmatchedNotes() []string {
	shown, hidden := 0, 0
	for _, k := range i.known.Keys {
		if k.Text.IsZero() {
			hidden++
		} else {
			shown++
		}
	}
	switch {
	case i.text == "" || len(i.known.Keys) == 0:
		return nil
	case i.trace.fits > 0 && !i.trace.enough:
		return []string{"Too little of it is left to say which key it is."}
	case i.trace.fits > 1:
		return []string{fmt.Sprintf("It fits %d keys equally, so that none can be named.", i.trace.fits)}
	case !i.known.Complete:
		return []string{fmt.Sprintf("It is none of the %s that could be compared, and not all keys are known.", keyCount(shown))}
	}
	none := fmt.Sprintf("It is none of the %s of this tenant whose text is shown", keyCount(shown))
	if hidden > 0 {
		none += fmt.Sprintf("; %d are hidden", hidden)
		if hidden == 1 {
			none = strings.Replace(none, "1 are", "1 is", 1)
		}
	}
	return []string{none + "."}
}

func keyCount(n int) string {
	if n == 1 {
		return "1 key"
	}
	return fmt.Sprintf("%d keys", n)
}

// next says what to do.
func (i *inquiry) next() string {
	m := i.match
	switch {
	case m == nil:
		return i.nextWithout()
	case m.Gone:
		return "Use another key: one that is gone enrols nobody."
	case i.elsewhere(m):
		return "Check which tenant it is meant for, or use a key of this one."
	}
	if advice := i.nextForState(m); advice != "" {
		return advice
	}
	hidden := i.held(m) && m.Key.Text.IsZero()
	switch {
	case m.Relation == Same:
		return "It can be used as it is."
	case i.repairedFor() != "" && hidden:
		return "Use the repaired text."
	case i.repairedFor() != "":
		return "Use the repaired text, or copy the key again."
	case hidden:
		return "Its text is shown nowhere: go back to where it was kept whole, or use another key of its group."
	}
	return "Copy the key again."
}

// nextForState says what to do about a key that enrols nobody now, "" for one
// that does. That its text is not shown does not matter to who has it.
func (i *inquiry) nextForState(m *Match) string {
	if !i.held(m) {
		return ""
	}
	blocking := slices.DeleteFunc(m.Key.States(i.known.Now, client.Threshold{}), func(s client.State) bool {
		return s == client.Hidden || !s.Blocks()
	})
	switch {
	case len(blocking) == 0:
		return ""
	case len(blocking) > 1 || m.Key.Managed():
	case blocking[0] == client.UsedUp:
		return "Raise its max uses, or use another key of its group."
	case blocking[0] == client.Disabled:
		return "Enable it, or use another key of its group."
	}
	return "It enrols nobody now: use another key of its group."
}

// nextWithout says what to do where no key is named.
func (i *inquiry) nextWithout() string {
	switch {
	case i.text == "":
		return "Give it a key text."
	case i.repaired != "":
		return "Use the repaired text."
	case !i.report.Sound():
		return "Copy the key again, whole."
	case i.strange():
		return "Check which tenant it is meant for, or use a key of this one."
	}
	return "Nothing in the text needs to be repaired."
}
