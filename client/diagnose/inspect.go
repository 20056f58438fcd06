package diagnose

import (
	"slices"
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
	// Near is how many keys, at least, the text resembles that is none of them to
	// the byte, where Match is nil for that; 0 otherwise. Such a text is not to be
	// used, even where its Report finds it sound.
	Near int
	// Repaired is the sound text that is left when the damage is taken off. It is
	// zero for a sound text, where nothing can be repaired for sure, and where it
	// would not be the text of the key that the damaged one comes from.
	Repaired client.Secret
}

// inquiry is a finding in the making.
type inquiry struct {
	specimen
	holding
	trace trace // of the tenant's keys
	// found is what sets the text apart from the match's, beside the trace's change.
	found []keytext.Fault
}

// Inspect says what a text is and what is wrong with it. A key is named only
// where it alone explains the text: to the byte, or but for what can be taken off
// for sure and one change in one place. Of a damaged text of which the memory
// alone knows anything, its beginning is enough.
func Inspect(text client.Secret, known Known) Finding {
	i := inquiry{specimen: newSpecimen(text.Reveal()), holding: holding{known: known}}
	i.trace = i.traced(known.Keys)
	// A text that the memory knows to the byte is no damage of a key that is near.
	switch near := i.trace; {
	case near.closeness == sameText && near.proved():
		i.fromTenant()
	case near.closeness == sameText || i.recalledSame():
	case near.closeness == repairable && near.proved():
		i.fromTenant()
	case near.closeness == repairable || i.recalledRepaired():
	case near.proved():
		i.fromTenant()
	case near.fits == 0 || !near.enough:
		i.fromRecalledHead()
	}
	return Finding{
		Report: i.report, Match: i.match, Verdict: i.verdict(), Notes: i.notes(), Next: i.next(),
		Near: i.near(), Repaired: client.NewSecret(i.repairedFor()),
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
	i.match.Difference = i.differenceWords(i.trace.change.words(""))
}

// recalledSame takes the key whose text the memory knows to the byte.
func (i *inquiry) recalledSame() bool {
	if i.known.Memory == nil || i.text == "" {
		return false
	}
	r, ok := i.known.Memory.ByText(client.NewSecret(i.text))
	if ok {
		i.match, i.source = i.known.remembered(r, Same), recalledText
	}
	return ok
}

// recalledRepaired takes the key whose text the memory knows the repaired one as.
func (i *inquiry) recalledRepaired() bool {
	if i.known.Memory == nil || i.repaired == "" {
		return false
	}
	r, ok := i.known.Memory.ByText(client.NewSecret(i.repaired))
	if ok {
		i.match, i.source, i.trace = i.known.remembered(r, Almost), recalledText, trace{}
		i.found = i.report.Faults
		i.match.Difference = i.differenceWords("")
	}
	return ok
}

// fromRecalledHead takes the one key of which the memory knows that its text
// begins like this one.
func (i *inquiry) fromRecalledHead() {
	if i.known.Memory == nil || i.report.LogPrefix == "" {
		return
	}
	list := i.known.Memory.ByPrefix(i.report.Version, i.report.Host, i.report.LogPrefix)
	if len(list) != 1 || i.beginsAsShown() {
		return
	}
	i.match, i.source = i.known.remembered(list[0], Almost), recalledHead
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
// Without one it must be sure, and no damage of a key must be left in it.
func (i *inquiry) repairedFor() string {
	switch {
	case i.match == nil && (i.trace.changed() || !i.sure && !i.hostKnown()):
		return ""
	case i.match == nil:
		return i.repaired
	case i.match.Relation == Same || i.source == recalledHead:
		return ""
	case i.source == tenantText && !i.match.Key.Text.Equal(client.NewSecret(i.repaired)):
		return ""
	}
	return i.repaired
}

// hostKnown reports whether a key of the tenant is for the host of the text.
func (i *inquiry) hostKnown() bool {
	return slices.ContainsFunc(i.known.Keys, func(k client.Key) bool {
		return k.Hint.Host != "" && strings.EqualFold(k.Hint.Host, i.report.Host)
	})
}
