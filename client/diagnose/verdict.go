package diagnose

import (
	"fmt"
	"strconv"
	"strings"

	"provkeys/client"
	"provkeys/client/keytext"
)

// verdict says in one sentence what is wrong and with which key.
func (i *inquiry) verdict() string {
	switch m := i.match; {
	case m == nil && i.report.Sound() && i.strange():
		return "It is sound, but none of the keys of this tenant whose text is shown."
	case m == nil && i.nearOnly():
		return fmt.Sprintf("It looks sound, but is none of the keys to the byte: it is near %s of them.", i.nearCount())
	case m == nil:
		return i.report.Verdict
	case m.Relation == Same && !i.report.Sound():
		return fmt.Sprintf("It is %s, to the byte, whose own text is unusual: %s", m.Key.Name, clause(i.report.Verdict))
	case m.Relation == Same && m.Gone:
		return fmt.Sprintf("It is %s, to the byte, which this tenant does not hold any more.", m.Key.Name)
	case i.unconfirmedSame():
		return fmt.Sprintf("It is %s, to the byte, as it was seen here on %s.", m.Key.Name, i.seenOn())
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

// nearOnly reports whether nothing but the tenant's keys tells that the text is
// damaged, and they do not tell which of them it was.
func (i *inquiry) nearOnly() bool {
	return i.report.Sound() && i.trace.changed() && (i.trace.fits > 1 || i.trace.outdone)
}

// unconfirmedSame reports whether the text is to the byte one that the memory
// alone knows. The verdict says since when.
func (i *inquiry) unconfirmedSame() bool {
	return i.match.Relation == Same && i.report.Sound() && i.unconfirmed()
}

// near returns how many keys the text may be of, at least, where none is named;
// 0 where it is that of a key to the byte.
func (i *inquiry) near() int {
	switch {
	case i.match != nil || i.trace.fits == 0 || i.trace.closeness == sameText:
		return 0
	case i.trace.outdone:
		return i.trace.fits + 1
	}
	return i.trace.fits
}

// nearCount says how many keys the text may be of.
func (i *inquiry) nearCount() string {
	if i.trace.outdone {
		return "several"
	}
	return strconv.Itoa(i.near())
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
	if faults == 0 {
		return ""
	}
	return "; " + counted(faults, "more fault", "more faults")
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
		if !i.unconfirmedSame() {
			notes = i.matchNotes()
		}
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
	case i.text == "" || len(i.known.Keys) == 0 || i.report.Texts > 1:
		return nil
	case i.trace.fits > 0 && !i.trace.enough:
		return []string{"Too little of it is left to say which key it is."}
	case i.trace.outdone:
		return []string{"It is near several keys, so that none can be named."}
	case i.trace.fits > 1:
		return []string{fmt.Sprintf("It fits %d keys equally, so that none can be named.", i.trace.fits)}
	case !i.known.Complete:
		return []string{fmt.Sprintf("It is none of the %s that could be compared, and not all keys are known%s.", keyCount(shown), i.known.unreadWords())}
	}
	none := fmt.Sprintf("It is none of the %s of this tenant whose text is shown", keyCount(shown))
	switch shown {
	case 0:
		none = "This tenant shows the text of none of its keys"
	case 1:
		none = "It is not the one key of this tenant whose text is shown"
	}
	if hidden > 0 {
		none += "; " + counted(hidden, "is hidden", "are hidden")
	}
	return []string{none + i.known.unreadWords() + "."}
}

func keyCount(n int) string { return counted(n, "key", "keys") }

// next says what to do.
func (i *inquiry) next() string {
	m := i.match
	switch {
	case i.report.Texts > 1:
		return "Paste one key text at a time."
	case m == nil:
		return i.nextWithout()
	case m.Gone:
		return "Use another key: one that is gone enrols nobody."
	case i.elsewhere():
		return "Check which tenant it is meant for, or use a key of this one."
	}
	hidden := i.held() && m.Key.Text.IsZero()
	if advice := i.nextForState(); advice != "" {
		return advice + i.thenForDamage(advice, hidden)
	}
	switch {
	case m.Relation == Same && keytext.Check(i.text) != nil:
		return "Use another key of its group: a connector refuses such a text."
	case m.Relation == Same && i.unconfirmed() || i.replaced():
		return i.nextUnconfirmed()
	case m.Relation == Same && i.report.Sound():
		return "It can be used as it is."
	case m.Relation == Same:
		return "Use it as it is, or another key of its group if the connector refuses it."
	case i.repairedFor() != "" && hidden:
		return "Use the repaired text."
	case i.repairedFor() != "" && i.unconfirmed():
		return "Use the repaired text. " + i.nextUnconfirmed()
	case i.repairedFor() != "":
		return "Use the repaired text, or copy the key again."
	case hidden:
		return "Its text is shown nowhere: go back to where it was kept whole, or use another key of its group."
	}
	return "Copy the key again."
}

// thenForDamage adds to the advice for a key's state what to do about a damaged
// text of it, "" where another key is to be used anyway.
func (i *inquiry) thenForDamage(advice string, hidden bool) string {
	switch {
	case i.match.Relation == Same || advice == useAnother:
		return ""
	case i.repairedFor() != "":
		return " Then use the repaired text."
	case hidden:
		return " Then go back to where its text was kept whole: it is shown nowhere."
	}
	return " Then copy it again."
}

// nextWithout says what to do where no key is named.
func (i *inquiry) nextWithout() string {
	switch {
	case i.text == "":
		return "Give it a key text."
	case i.repairedFor() != "":
		return "Use the repaired text."
	case i.nearOnly():
		return "Copy the key again."
	case !i.report.Sound():
		return "Copy the key again, whole."
	case i.strange():
		return "Check which tenant it is meant for, or use a key of this one."
	}
	return "Nothing in the text needs to be repaired."
}
