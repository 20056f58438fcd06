package diagnose

import (
	"strings"

	"provkeys/client"
	"provkeys/client/keytext"
)

// Finding is what is known of a text. Its sentences hold names and hosts from
// outside, and are safe to print only after sanitising.
type Finding struct {
	Report  keytext.Report // of the text alone
	Match   *Match         // nil where no key can be proved
	Verdict string         // one sentence: what is wrong, and with which key; or that it is sound, and whose
	Notes   []string       // what else is worth knowing, a sentence each: the key's state, a host unlike the others'
	Next    string         // what to do
	// Repaired is the sound text that is left when the damage is taken off. It is
	// zero for a sound text, where nothing can be repaired for sure, and where it
	// would not be the text of the key that the damaged one comes from.
	Repaired client.Secret
}

// inquiry is a finding in the making.
type inquiry struct {
	pasted
	known  Known
	trace  trace // of the tenant's keys
	match  *Match
	source source
	// found is what sets the text apart from the match's, beside the trace's change.
	found []keytext.Fault
}

// source is how the match of an inquiry was found.
type source int

const (
	tenantText   source = iota // compared with the text that the tenant shows
	recalledText               // the memory knows the whole text
	recalledHead               // the memory knows no more than how it begins
)

// Inspect says what a text is and what is wrong with it. A key is named only
// where it alone explains the text: to the byte, or but for what can be taken off
// for sure and one change in one place. Of a damaged text of which the memory
// alone knows anything, its beginning is enough.
func Inspect(text client.Secret, known Known) Finding {
	i := inquiry{pasted: newPasted(text.Reveal()), known: known}
	i.trace = i.traced(known.Keys)
	switch {
	case i.trace.fits == 1 && i.trace.enough:
		i.fromTenant()
	case (i.trace.fits == 0 || !i.trace.enough) && known.Memory != nil:
		i.fromMemory()
	}
	return Finding{
		Report: i.report, Match: i.match, Verdict: i.verdict(), Notes: i.notes(), Next: i.next(),
		Repaired: client.NewSecret(i.repairedFor()),
	}
}

// fromTenant takes the key that the text was traced to.
func (i *inquiry) fromTenant() {
	i.match = &Match{Relation: Same, Key: i.trace.key}
	if i.trace.closeness == sameText {
		return
	}
	i.match.Relation = Almost
	if i.trace.closeness != oneChange {
		i.found = i.takenOff()
	}
	i.match.Difference = i.differenceWords(i.trace.change.words())
}

// fromMemory looks for the text, for the repaired one, and for how it begins,
// among what is remembered.
func (i *inquiry) fromMemory() {
	if r, ok := i.known.Memory.ByText(client.NewSecret(i.text)); ok {
		i.match, i.source = i.remembered(r, Same), recalledText
		return
	}
	if r, ok := i.known.Memory.ByText(client.NewSecret(i.repaired)); ok && i.repaired != "" {
		i.match, i.source = i.remembered(r, Almost), recalledText
		i.found = i.report.Faults
		i.match.Difference = i.differenceWords("")
		return
	}
	if i.report.LogPrefix == "" {
		return
	}
	list := i.known.Memory.ByPrefix(i.report.Version, i.report.Host, i.report.LogPrefix)
	if len(list) != 1 || i.beginsAsShown() {
		return
	}
	i.match, i.source = i.remembered(list[0], Almost), recalledHead
	i.match.Difference = "it begins alike, and more of that key is not known"
}

// beginsAsShown reports whether a key whose whole text is known begins like the
// text: it is not that one's, and proves nothing for another.
func (i *inquiry) beginsAsShown() bool {
	for _, k := range i.known.Keys {
		if k.Hint.LogPrefix == i.report.LogPrefix && k.Hint.Version == i.report.Version && strings.EqualFold(k.Hint.Host, i.report.Host) {
			return true
		}
	}
	return false
}

// remembered returns the match of a remembered key, as the tenant holds it where
// it does. A key of the tenant whose text is shown is another one: the text has
// been compared with it.
func (i *inquiry) remembered(r Remembered, relation Relation) *Match {
	m := &Match{
		Relation: relation, Remembered: r.At, Customer: r.Customer,
		Key: client.Key{Kind: r.Key.Kind, ID: r.Key.ID, Name: r.Name, Group: r.Group},
	}
	if i.elsewhere(m) {
		return m
	}
	for _, k := range i.known.Keys {
		if k.Ref() == r.Key {
			if k.Text.IsZero() {
				m.Key = k
			}
			return m
		}
	}
	m.Gone = i.known.Complete
	return m
}

// elsewhere reports whether a match is a key of another tenant.
func (i *inquiry) elsewhere(m *Match) bool {
	return m.Customer != "" && i.known.Customer != "" && m.Customer != i.known.Customer
}

// takenOff returns the faults that Repair takes off. The others do not set the
// text apart from the key's: they are in the change, or the key's own.
func (i *inquiry) takenOff() []keytext.Fault {
	var list []keytext.Fault
	for _, f := range i.report.Faults {
		switch f.Kind {
		case keytext.FaultEmpty, keytext.FaultParts, keytext.FaultVersion, keytext.FaultHost, keytext.FaultForeign,
			keytext.FaultBase64, keytext.FaultShort, keytext.FaultLong, keytext.FaultNumber:
			continue
		}
		list = append(list, f)
	}
	return list
}

// repairedFor returns the repaired text, "" where it is not that of the match.
func (i *inquiry) repairedFor() string {
	switch {
	case i.match == nil:
		return i.repaired
	case i.match.Relation == Same || i.source == recalledHead:
		return ""
	case i.source == tenantText && !i.match.Key.Text.Equal(client.NewSecret(i.repaired)):
		return ""
	}
	return i.repaired
}
