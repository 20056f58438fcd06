package diagnose_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/diagnose"
)

const number = "-216196257331404676"

func TestVerdictNamesTheDamageAndItsKey(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	known := tenantOf(textKey("eu-west-1-asg", text), textKey("other", "3|mock.example|"+opaqueOf(2)+number))
	lines := wrapped(text, 64)
	for what, c := range map[string]struct{ text, verdict, difference string }{
		"nothing":                 {text, "It is eu-west-1-asg, to the byte.", ""},
		"cut at the end":          {text[:405], "13 characters are missing at the end of eu-west-1-asg.", "13 characters are missing at the end"},
		"a number cut off":        {text[:399], "19 characters are missing at the end of eu-west-1-asg.", "19 characters are missing at the end"},
		"one character cut off":   {text[:417], "1 character is missing at the end of eu-west-1-asg.", "1 character is missing at the end"},
		"cut at the beginning":    {text[20:], "The first 20 characters of eu-west-1-asg are missing.", "the first 20 characters are missing"},
		"the version cut off":     {text[1:], "The first character of eu-west-1-asg is missing.", "the first character is missing"},
		"cut inside":              {text[:199] + text[204:], "5 characters are missing from character 200 of eu-west-1-asg on.", "5 characters are missing from character 200 on"},
		"cut at both ends":        {text[19:319], "Only 300 characters are there, from character 20 of eu-west-1-asg on.", "only 300 characters are there, from character 20 of the key text on"},
		"another character":       {text[:119] + "!" + text[120:], "It is eu-west-1-asg, but character 120 differs.", "character 120 differs"},
		"a blank":                 {text[:82] + " " + text[82:], "It is eu-west-1-asg, but there is a blank at character 83.", "a blank at character 83"},
		"a blank for a character": {text[:82] + " " + text[83:], "It is eu-west-1-asg, but a blank stands in the place of character 83.", "a blank stands in the place of character 83"},
		"a character too many":    {text[:82] + "!" + text[82:], "It is eu-west-1-asg, but 1 character is too many from character 83 on.", "1 character is too many from character 83 on"},
		"something behind":        {text + "#!", "It is eu-west-1-asg, but 2 characters are too many at the end.", "2 characters are too many at the end"},
		"a line twice":            {strings.Join(slices.Insert(slices.Clone(lines), 1, lines[1]), "\n"), "It is eu-west-1-asg, but its line 2 stands there twice; 1 more fault.", "its line 2 stands there twice; 1 more fault"},
		"quotes":                  {`"` + text + `"`, "It is eu-west-1-asg, but there are 2 quotes, at characters 1, 420.", "2 quotes, at characters 1, 420"},
		"wrapped and cut":         {strings.Join(wrapped(text[:405], 64), "\n"), "13 characters are missing at the end of eu-west-1-asg; 1 more fault.", "13 characters are missing at the end; 1 more fault"},
		"wrapped and changed":     {strings.Join(wrapped(text[:119]+"A"+text[120:], 64), "\n"), "It is eu-west-1-asg, but character 120 of the key text differs; 1 more fault.", "character 120 of the key text differs; 1 more fault"},
	} {
		f := inspected(known, c.text)
		if f.Match == nil || f.Match.Key.Name != "eu-west-1-asg" {
			t.Errorf("%s: not traced: %s", what, f.Verdict)
			continue
		}
		if f.Verdict != c.verdict || f.Match.Difference != c.difference {
			t.Errorf("%s: %q, %q", what, f.Verdict, f.Match.Difference)
		}
		if same := c.difference == ""; same != (f.Match.Relation == diagnose.Same) {
			t.Errorf("%s: %s", what, f.Match.Relation)
		}
	}
}

func TestNoKeyIsNamedWhereSeveralFit(t *testing.T) {
	base := opaqueOf(1)
	text := "3|mock.example|" + base + number
	changed := text[:149] + "!" + text[150:]
	oneOff := strings.Replace(changed, "!", string('A'+(text[149]+1)%26), 1)
	branch := text[:200] + opaqueOf(2)[185:] + number
	for what, c := range map[string]struct {
		keys  []client.Key
		text  string
		named string // "" for none
		note  string
	}{
		"equal texts":                       {[]client.Key{textKey("a", text), textKey("b", text)}, text, "", "It fits 2 keys equally, so that none can be named."},
		"equal texts, damaged":              {[]client.Key{textKey("a", text), textKey("b", text)}, text + " ", "", "It fits 2 keys equally, so that none can be named."},
		"a key listed twice":                {[]client.Key{textKey("a", text), textKey("a", text)}, text, "a", ""},
		"one character apart":               {[]client.Key{textKey("a", text), textKey("b", oneOff)}, oneOff, "b", ""},
		"one character apart, a blank more": {[]client.Key{textKey("a", text), textKey("b", oneOff)}, text[:50] + " " + text[50:], "a", ""},
		"that character changed":            {[]client.Key{textKey("a", text), textKey("b", oneOff)}, changed, "", "It fits 2 keys equally, so that none can be named."},
		"that character cut off":            {[]client.Key{textKey("a", text), textKey("b", oneOff)}, text[:140], "", "It fits 2 keys equally, so that none can be named."},
		"another character changed":         {[]client.Key{textKey("a", text), textKey("b", oneOff)}, oneOff[:20] + "!" + oneOff[21:], "b", ""},
		"a shared beginning":                {[]client.Key{textKey("a", text), textKey("b", branch)}, text[:190], "", "It fits 2 keys equally, so that none can be named."},
		"more than the shared one":          {[]client.Key{textKey("a", text), textKey("b", branch)}, text[:230], "a", ""},
		"too little":                        {[]client.Key{textKey("a", text)}, text[:15+23], "", "Too little of it is left to say which key it is."},
		"just enough":                       {[]client.Key{textKey("a", text)}, text[:15+24], "a", ""},
		"the number alone":                  {[]client.Key{textKey("a", text)}, "3|mock.example|" + number[1:], "", "Too little of it is left to say which key it is."},
		"two damages":                       {[]client.Key{textKey("a", text)}, text[:50] + "!" + text[51:90] + "!" + text[91:], "", "It is not the one key of this tenant whose text is shown."},
		"no keys":                           {nil, text, "", ""},
		"no text":                           {[]client.Key{textKey("a", text)}, "", "", ""},
	} {
		f := inspected(tenantOf(c.keys...), c.text)
		if named := f.Match != nil; named != (c.named != "") || named && f.Match.Key.Name != c.named {
			t.Errorf("%s: %s", what, saidOf(f))
		}
		if c.note != "" && !slices.Contains(f.Notes, c.note) || c.note == "" && c.named == "" && f.Notes != nil {
			t.Errorf("%s: notes %q, want %q", what, f.Notes, c.note)
		}
	}
}

func TestKeysThatAreAlikeAreNotMistakenForEachOther(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	change := func(at int) string { return text[:at] + string("AB"[(text[at]/2)%2]) + text[at+1:] }
	keys := []client.Key{
		textKey("a", text), textKey("b", change(20)), textKey("c", change(150)), textKey("d", change(390)),
		textKey("e", text[:200]+opaqueOf(2)[185:]+number), textKey("f", text[:30]+opaqueOf(3)[15:]+number),
		textKey("g", "3|mock.example|"+opaqueOf(4)[:200]+text[215:]), textKey("h", "3|mock.example|"+opaqueOf(5)+number),
		textKey("i", "3|mock.example|"+opaqueOf(6)), textKey("j", "3|mock.example|"+opaqueOf(6)+number),
	}
	known, all := tenantOf(keys...), damages()
	rng := rand.New(rand.NewPCG(5, 5))
	traced := 0
	const trials = 4000
	for n := range trials {
		k := keys[rng.IntN(len(keys))]
		d := all[n%len(all)](rng, k.Text.Reveal())
		f := inspected(known, d.text)
		if f.Match == nil {
			continue
		}
		traced++
		// A damage may make the very text of another key, and then it is that one.
		if f.Match.Relation == diagnose.Almost && f.Match.Key.Ref() != k.Ref() && closest(keys, d.text) != f.Match.Key.Name {
			t.Fatalf("trial %d, %s of %s:\n%s", n, d.what, k.Name, saidOf(f))
		}
	}
	if traced < trials/2 {
		t.Errorf("only %d of %d are traced", traced, trials)
	}
}

// closest names the key whose text is left when the blanks and breaks of a text
// are taken off; "" for none.
func closest(keys []client.Key, text string) string {
	for _, k := range keys {
		if strings.Join(strings.Fields(text), "") == k.Text.Reveal() {
			return k.Name
		}
	}
	return ""
}

func TestStateAndHostOfTheKeyAreTold(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	with := func(change func(*client.Key)) client.Key {
		k := textKey("mine", text)
		change(&k)
		return k
	}
	elsewhere := textKey("mine", "3|odd.example|"+opaqueOf(1)+number)
	for what, c := range map[string]struct {
		key        client.Key
		note, next string
	}{
		"ok":               {with(func(*client.Key) {}), "mine is ok (1 of 10 uses).", "It can be used as it is."},
		"used up":          {with(func(k *client.Key) { k.Uses = 10 }), "mine is used up (10 of 10).", "Raise its max uses, or use another key of its group."},
		"disabled":         {with(func(k *client.Key) { k.Enabled = false }), "mine is disabled.", "Enable it, or use another key of its group."},
		"two states":       {with(func(k *client.Key) { k.Uses, k.Enabled = 10, false }), "mine is disabled and used up (10 of 10).", "It enrols nobody now: use another key of its group."},
		"managed, used up": {with(func(k *client.Key) { k.Uses, k.ZscalerManaged = 10, true }), "mine is used up (10 of 10).", "It enrols nobody now: use another key of its group."},
		"expired":          {with(func(k *client.Key) { k.Expires = logTime }), "mine is expired.", "It enrols nobody now: use another key of its group."},
		"another host":     {elsewhere, "The key text is for the host odd.example, those of most other keys for mock.example.", "It can be used as it is."},
	} {
		keys := []client.Key{c.key}
		for n := range uint64(3) {
			keys = append(keys, textKey(fmt.Sprint("other-", n), "3|mock.example|"+opaqueOf(10+n)+number))
		}
		f := inspected(tenantOf(keys...), c.key.Text.Reveal())
		if !slices.Contains(f.Notes, c.note) || f.Next != c.next {
			t.Errorf("%s: %q, next %q", what, f.Notes, f.Next)
		}
	}
}

func TestOnlyAWholeTenantSaysThatItIsNoneOfIts(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	known := tenantOf(textKey("a", "3|mock.example|"+opaqueOf(2)+number), textKey("b", "3|mock.example|"+opaqueOf(3)+number), hiddenKey("c"), hiddenKey("d"))

	whole := inspected(known, text)
	if whole.Verdict != "It is sound, but none of the keys of this tenant whose text is shown." ||
		!slices.Equal(whole.Notes, []string{"It is none of the 2 keys of this tenant whose text is shown; 2 are hidden."}) ||
		whole.Next != "Check which tenant it is meant for, or use a key of this one." {
		t.Error(saidOf(whole))
	}

	known.Complete = false
	partly := inspected(known, text)
	if !partly.Report.Sound() || partly.Verdict != partly.Report.Verdict ||
		!slices.Equal(partly.Notes, []string{"It is none of the 2 keys that could be compared, and not all keys are known."}) {
		t.Error(saidOf(partly))
	}

	offline := inspected(diagnose.Known{}, text)
	if offline.Verdict != offline.Report.Verdict || offline.Notes != nil || offline.Next != "Nothing in the text needs to be repaired." {
		t.Error(saidOf(offline))
	}
}

func TestRepairedTextIsThatOfTheKeyOrNone(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	returned := "3|mock.example|" + opaqueOf(3)[:99] + "\r" + opaqueOf(3)[99:]
	known := tenantOf(textKey("mine", text), textKey("spaced", " 3|mock.example|"+opaqueOf(2)), textKey("returned", returned))
	for what, c := range map[string]struct {
		text, repaired, next string
	}{
		"a blank":                {" " + text, text, "Use the repaired text, or copy the key again."},
		"a cut":                  {text[:300], "", "Copy the key again."},
		"a cut that looks sound": {`"` + text[:399] + `"`, "", "Copy the key again."},
		"a foreign text":         {"'3|mock.example|" + opaqueOf(9) + "'", "3|mock.example|" + opaqueOf(9), "Use the repaired text."},
		"a foreign cut":          {"3|mock.example|" + opaqueOf(9)[:99], "", "Copy the key again, whole."},
		"a key with a blank":     {" 3|mock.example|" + opaqueOf(2), "", "Use it as it is, or another key of its group if the connector refuses it."},
		"a key with a return":    {returned, "", "Use another key of its group: a connector refuses such a text."},
		"a blank in the host":    {"3|mock .example|" + opaqueOf(9), "3|mock.example|" + opaqueOf(9), "Use the repaired text."},
		"a blank for its dot":    {"3|api mock.example|" + opaqueOf(9), "", "Copy the key again, whole."},
	} {
		f := inspected(known, c.text)
		if f.Repaired.Reveal() != c.repaired || f.Next != c.next {
			t.Errorf("%s: repaired %v, next %q", what, !f.Repaired.IsZero(), f.Next)
		}
	}
}

func TestSeveralKeyTextsAreToBePastedOneAtATime(t *testing.T) {
	a, b := "3|mock.example|"+opaqueOf(1)+number, "3|mock.example|"+opaqueOf(2)+number
	all, one, foreign := tenantOf(textKey("a", a), textKey("b", b)), tenantOf(textKey("a", a)), tenantOf(textKey("c", "3|mock.example|"+opaqueOf(3)))
	for what, known := range map[string]diagnose.Known{"two of its keys": all, "one of its keys": one, "none of its keys": foreign, "no tenant": {}} {
		for how, between := range map[string]string{"lines": "\n", "nothing": "", "a comma": ",", "quotes": "\" \""} {
			f := inspected(known, a+between+b)
			if f.Next != "Paste one key text at a time." || !f.Repaired.IsZero() || !strings.Contains(f.Report.Verdict, "one at a time") || strings.Contains(saidOf(f), "It fits") {
				t.Errorf("%s, %s:\n%s", what, how, saidOf(f))
			}
		}
	}
	if f := inspected(all, a+"\n"+a); f.Repaired.Reveal() != a {
		t.Error(saidOf(f))
	}
}

func TestMatchIsNamedWithKindAndGroup(t *testing.T) {
	k := textKey("eu-west-1-asg", "")
	if got := (diagnose.Match{Key: k}).Words(); got != "eu-west-1-asg (app connector, EU West 1)" {
		t.Error(got)
	}
	k.Group = ""
	if got := (diagnose.Match{Key: k}).Words(); got != "eu-west-1-asg (app connector)" {
		t.Error(got)
	}
}
