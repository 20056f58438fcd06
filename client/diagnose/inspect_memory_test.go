package diagnose_test

import (
	"strings"
	"testing"
	"time"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/client/keytext"
)

// textMemory remembers keys by their whole text.
type textMemory map[string]diagnose.Remembered

func (m textMemory) ByText(text client.Secret) (diagnose.Remembered, bool) {
	r, ok := m[text.Reveal()]
	return r, ok
}

func (m textMemory) ByPrefix(version, host, prefix string) []diagnose.Remembered {
	var list []diagnose.Remembered
	for text, r := range m {
		if keytext.Describe(text) == (keytext.Hint{Version: version, Host: host, LogPrefix: prefix}) {
			list = append(list, r)
		}
	}
	return list
}

func rememberedAs(name string) diagnose.Remembered {
	return diagnose.Remembered{
		Key: client.Ref{Kind: client.AppConnector, ID: client.ID(name)}, Name: name, Group: "EU West 1",
		Customer: "216196257331281920", At: time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC),
	}
}

func TestHiddenGoneAndForeignTextsAreKnownFromMemory(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	const seen = "Its text was seen here on 2026-10-01"
	hidden := tenantOf(hiddenKey("mine"))
	usedUp := hiddenKey("mine")
	usedUp.Uses = usedUp.MaxUses
	partly, abroad := tenantOf(), tenantOf(hiddenKey("mine"))
	partly.Complete, partly.Keys = false, []client.Key{textKey("other", "3|mock.example|"+opaqueOf(2)+number)}
	abroad.Customer = "216196257331000000"
	for what, c := range map[string]struct {
		known    diagnose.Known
		text     string
		relation diagnose.Relation
		gone     bool
		repaired bool
		verdict  string
		note     string
		next     string
	}{
		"hidden":          {hidden, text, diagnose.Same, false, false, "It is mine, to the byte.", seen + "; the tenant does not show it.", "It can be used as it is."},
		"hidden, used up": {tenantOf(usedUp), text, diagnose.Same, false, false, "It is mine, to the byte.", "mine is used up (10 of 10) and hidden.", "Raise its max uses, or use another key of its group."},
		"hidden, quoted":  {hidden, `"` + text + `"`, diagnose.Almost, false, true, "It is mine, but there are 2 quotes, at characters 1, 420.", seen + "; the tenant does not show it.", "Use the repaired text."},
		"hidden, cut": {hidden, text[:300], diagnose.Almost, false, false, "It begins like mine, but is damaged: the secret part has 285 characters, where 384 are usual: it seems to be cut at the end.", seen + "; the tenant does not show it.",
			"Its text is shown nowhere: go back to where it was kept whole, or use another key of its group."},
		"hidden, a character changed": {hidden, text[:100] + string('A'+(text[100]+1)%26) + text[101:], diagnose.Almost, false, false, "It begins like mine, but is not its text.", seen + "; the tenant does not show it.",
			"Its text is shown nowhere: go back to where it was kept whole, or use another key of its group."},
		"gone":         {tenantOf(), text, diagnose.Same, true, false, "It is mine, to the byte, which this tenant does not hold any more.", seen + "; this tenant holds no such key any more.", "Use another key: one that is gone enrols nobody."},
		"perhaps gone": {partly, text, diagnose.Same, false, false, "It is mine, to the byte, as it was seen here on 2026-10-01.", "", "Whether mine still enrols is not known: not all keys could be read."},
		"perhaps gone, quoted": {partly, `"` + text + `"`, diagnose.Almost, false, true, "It is mine, but there are 2 quotes, at characters 1, 420.", seen + ".",
			"Use the repaired text. Whether mine still enrols is not known: not all keys could be read."},
		"perhaps shown, cut": {partly, text[:300], diagnose.Almost, false, false, "It begins like mine, but is damaged: the secret part has 285 characters, where 384 are usual: it seems to be cut at the end.", seen + ".", "Copy the key again."},
		"another tenant's":   {abroad, text, diagnose.Same, false, false, "It is mine, to the byte.", seen + ", as a key of the tenant 216196257331281920.", "Check which tenant it is meant for, or use a key of this one."},
	} {
		c.known.Memory = textMemory{text: rememberedAs("mine")}
		f := inspected(c.known, c.text)
		switch m := f.Match; {
		case m == nil:
			t.Errorf("%s: not recognised", what)
		case m.Relation != c.relation || m.Gone != c.gone || m.Key.Name != "mine" || m.Remembered.IsZero() || m.Customer == "":
			t.Errorf("%s: %+v", what, *m)
		}
		if f.Verdict != c.verdict || f.Next != c.next || !strings.Contains(strings.Join(f.Notes, "\n"), c.note) {
			t.Errorf("%s:\n%s", what, saidOf(f))
		}
		if f.Repaired.IsZero() == c.repaired || c.repaired && f.Repaired.Reveal() != text {
			t.Errorf("%s: repaired %v", what, !f.Repaired.IsZero())
		}
	}
}

func TestOnlyAKeyThatTheTenantHoldsCanBeUsed(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	const unusable = "Whether mine still enrols is not known: "
	for what, c := range map[string]struct {
		known diagnose.Known
		next  string
	}{
		"no tenant asked":        {diagnose.Known{}, unusable + "no tenant was asked."},
		"no answer":              {diagnose.Known{Customer: "216196257331281920"}, unusable + "not all keys could be read."},
		"all kinds refused":      {diagnose.Known{Unread: client.Kinds()}, unusable + "app connector keys may not be read."},
		"its kind refused":       {diagnose.Known{Complete: true, Unread: []client.Kind{client.AppConnector}}, unusable + "app connector keys may not be read."},
		"not all keys":           {diagnose.Known{Keys: []client.Key{hiddenKey("other")}}, unusable + "not all keys could be read."},
		"another text since":     {tenantOf(textKey("mine", "3|mock.example|"+opaqueOf(2)+number)), "Copy mine again: the tenant shows another text for it now."},
		"held, and it is hidden": {tenantOf(hiddenKey("mine")), "It can be used as it is."},
		"held, and it is shown":  {tenantOf(textKey("mine", text)), "It can be used as it is."},
	} {
		c.known.Now = logTime
		c.known.Memory = textMemory{text: rememberedAs("mine")}
		f := inspected(c.known, text)
		asSeen := strings.Contains(f.Verdict, "as it was seen here on 2026-10-01")
		if f.Next != c.next || asSeen == strings.Contains(f.Next, "can be used") {
			t.Errorf("%s:\n%s", what, saidOf(f))
		}
		if strings.Count(saidOf(f), "2026-10-01") > 1 {
			t.Errorf("%s: the day is told twice:\n%s", what, saidOf(f))
		}
		if quoted := inspected(c.known, `"`+text+`"`); strings.Contains(f.Next, "again") && quoted.Next != f.Next {
			t.Errorf("%s, quoted:\n%s", what, saidOf(quoted))
		}
	}
}

func TestBeginningOfSeveralKeysIsNoProof(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	alike := text[:100] + opaqueOf(2)[85:] + number
	for what, c := range map[string]struct {
		known  diagnose.Known
		memory textMemory
		text   string
	}{
		"two remembered keys":   {tenantOf(hiddenKey("a"), hiddenKey("b")), textMemory{text: rememberedAs("a"), alike: rememberedAs("b")}, text[:80]},
		"another key is shown":  {tenantOf(hiddenKey("a"), textKey("b", alike)), textMemory{text: rememberedAs("a")}, text[:150] + "!" + text[151:300]},
		"the key is shown":      {tenantOf(textKey("a", text)), textMemory{text: rememberedAs("a")}, text[:150] + "!" + text[151:300]},
		"a damaged beginning":   {tenantOf(hiddenKey("a")), textMemory{text: rememberedAs("a")}, text[:17] + "!" + text[18:]},
		"too little to be told": {tenantOf(hiddenKey("a")), textMemory{text: rememberedAs("a")}, text[:40]},
		"another text":          {tenantOf(hiddenKey("a")), textMemory{text: rememberedAs("a")}, "3|mock.example|" + opaqueOf(5)},
	} {
		c.known.Memory = c.memory
		if f := inspected(c.known, c.text); f.Match != nil {
			t.Errorf("%s: %s", what, saidOf(f))
		}
	}
}

func TestTenantsOwnTextGoesBeforeMemory(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	known := tenantOf(textKey("now", text))
	known.Memory = textMemory{text: rememberedAs("before")}
	if f := inspected(known, text); f.Match == nil || f.Match.Key.Name != "now" || !f.Match.Remembered.IsZero() {
		t.Error(saidOf(f))
	}
}

func TestRememberedKeyOfAnotherTextIsNotTheTenants(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	held := textKey("mine", "3|mock.example|"+opaqueOf(2)+number)
	held.Uses = held.MaxUses
	known := tenantOf(held)
	known.Memory = textMemory{text: rememberedAs("mine")}
	f := inspected(known, text)
	if f.Match == nil || f.Match.Gone || f.Match.Key.Uses != 0 || strings.Contains(saidOf(f), "used up") {
		t.Error(saidOf(f))
	}
}
