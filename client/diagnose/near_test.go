package diagnose_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/client/diagnose"
)

// changedAt returns a text with another letter at a place counted from 0.
func changedAt(text string, at int) string {
	return text[:at] + string("AB"[(text[at]/2)%2]) + text[at+1:]
}

// twins returns keys that are hard to tell apart, two and two: equal texts, one
// character apart, one with a number and one without, another number.
func twins() []client.Key {
	var keys []client.Key
	for n := range uint64(10) {
		older := "3|mock.example|" + opaqueOf(100+n)
		text := older + number
		other := []string{text, changedAt(text, 150), older, older + "-216196257331404767"}[n%4]
		keys = append(keys, textKey(fmt.Sprint("first-", n), text), textKey(fmt.Sprint("second-", n), other))
	}
	return keys
}

func TestDamagedTextIsNeverCalledSoundWhereKeysAreAlike(t *testing.T) {
	keys, all := twins(), damages()
	known := tenantOf(keys...)
	rng := rand.New(rand.NewPCG(3, 3))
	near := 0
	for n := range 6000 {
		k := keys[rng.IntN(len(keys))]
		d := all[n%len(all)](rng, k.Text.Reveal())
		f := inspected(known, d.text)
		if f.Match != nil || !f.Report.Sound() || isOneOf(keys, d.text) {
			continue
		}
		near++
		if !strings.HasPrefix(f.Verdict, "It looks sound, but is none of the keys to the byte: it is near ") || f.Next != "Copy the key again." || f.Near < 2 {
			t.Fatalf("trial %d, %s of %s:\n%s", n, d.what, k.Name, saidOf(f))
		}
	}
	if near < 20 {
		t.Errorf("only %d texts look sound and fit several keys", near)
	}
}

func TestKeysThatATextIsNearAreCountedWhereNoneIsNamed(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	other := func(at int) string { return text[:at] + string('A'+(text[at]+1)%26) + text[at+1:] }
	for what, c := range map[string]struct {
		keys []client.Key
		text string
		near int
	}{
		"between two keys":      {[]client.Key{textKey("a", other(100)), textKey("b", other(200))}, text, 2},
		"one, and more of it":   {[]client.Key{textKey("a", text[:399]), textKey("b", text[:409]+"000000000")}, text, 2},
		"quotes around a twin":  {[]client.Key{textKey("a", text), textKey("b", text)}, `"` + text + `"`, 2},
		"a twin to the byte":    {[]client.Key{textKey("a", text), textKey("b", text)}, text, 0},
		"near a key, and named": {[]client.Key{textKey("a", other(100))}, text, 0},
		"a key to the byte":     {[]client.Key{textKey("a", text), textKey("b", other(100))}, text, 0},
		"like no key":           {[]client.Key{textKey("a", "3|mock.example|"+opaqueOf(2))}, text, 0},
	} {
		if f := inspected(tenantOf(c.keys...), c.text); f.Near != c.near {
			t.Errorf("%s: near %d, want %d: %s", what, f.Near, c.near, saidOf(f))
		}
	}
}

// isOneOf reports whether a text is that of a key, to the byte.
func isOneOf(keys []client.Key, text string) bool {
	for _, k := range keys {
		if k.Text.Reveal() == strings.TrimSuffix(text, "\n") {
			return true
		}
	}
	return false
}

func TestKeyThatSharesMoreOfTheTextIsNotPassedOver(t *testing.T) {
	older := "3|mock.example|" + opaqueOf(1)
	newer := older + number
	swapped := newer[:412] + newer[413:414] + newer[412:413] + newer[414:]
	longer := "3|mock.example|" + opaqueOf(3)
	shorter := longer[:200] + longer[219:]
	known := tenantOf(textKey("older", older), textKey("newer", newer), textKey("longer", longer), textKey("shorter", shorter))
	for what, c := range map[string]struct {
		text  string
		named string // "" for none
	}{
		"two digits of the number swapped":     {swapped, ""},
		"and quoted":                           {`"` + swapped + `"`, ""},
		"a digit of the number changed":        {changedAt(newer, 410), ""},
		"the number cut":                       {newer[:410], ""},
		"changed, and the number cut":          {changedAt(older, 100), "older"},
		"changed, and something in the number": {changedAt(newer, 100)[:400] + "^" + newer[400:], ""},
		"what the shorter one lacks changed":   {changedAt(changedAt(longer, 205), 210), ""},
		"something behind the older one":       {older + "#!", ""},
	} {
		f := inspected(known, c.text)
		if named := f.Match != nil; named != (c.named != "") || named && f.Match.Key.Name != c.named {
			t.Errorf("%s: %s", what, saidOf(f))
		}
		if f.Match == nil && !f.Repaired.IsZero() {
			t.Errorf("%s: repaired into what is no key's", what)
		}
	}
}

func TestMemoryGoesBeforeAKeyThatIsMerelyNear(t *testing.T) {
	older := "3|mock.example|" + opaqueOf(1)
	newer := older + number
	rotated := newer[:len(newer)-1] + "7"
	for what, c := range map[string]struct {
		shown, remembered, text string
		relation                diagnose.Relation
		named                   string
	}{
		"the tenant's has a number more":     {newer, older, older, diagnose.Same, "before"},
		"the tenant's is one digit off":      {newer, rotated, rotated, diagnose.Same, "before"},
		"and it is quoted":                   {newer, rotated, `"` + rotated + `"`, diagnose.Almost, "before"},
		"the tenant's is quoted":             {newer, rotated, `"` + newer + `"`, diagnose.Almost, "now"},
		"the tenant's is the same":           {newer, newer, newer, diagnose.Same, "now"},
		"neither is the same, the first fit": {newer, rotated, newer[:300], diagnose.Almost, "now"},
	} {
		known := tenantOf(textKey("now", c.shown))
		known.Memory = textMemory{c.remembered: rememberedAs("before")}
		f := inspected(known, c.text)
		if m := f.Match; m == nil || m.Key.Name != c.named || m.Relation != c.relation || !strings.Contains(f.Verdict, c.named) {
			t.Errorf("%s: %s", what, saidOf(f))
		}
		if strings.Contains(f.Verdict, "differs") {
			t.Errorf("%s: the change of another key is told: %s", what, f.Verdict)
		}
		if quoted := strings.HasPrefix(c.text, `"`); quoted == f.Repaired.IsZero() || quoted && f.Repaired.Reveal() != strings.Trim(c.text, `"`) {
			t.Errorf("%s: repaired %v", what, !f.Repaired.IsZero())
		}
	}
}

// askedMemory knows nothing and counts what it is asked.
type askedMemory struct{ texts, empty *int }

func (m askedMemory) ByText(text client.Secret) (diagnose.Remembered, bool) {
	*m.texts++
	if text.IsZero() {
		*m.empty++
	}
	return diagnose.Remembered{}, false
}

func (askedMemory) ByPrefix(_, _, _ string) []diagnose.Remembered { return nil }

func TestSlowMemoryIsAskedForNothingInVain(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	for what, c := range map[string]struct {
		text string
		asks int
	}{
		"a sound text":                {text, 1},
		"one that cannot be repaired": {text[:300], 1},
		"one that can":                {`"` + text + `"`, 2},
		"none":                        {"", 0},
	} {
		var texts, empty int
		known := tenantOf(textKey("other", "3|mock.example|"+opaqueOf(2)))
		known.Memory = askedMemory{&texts, &empty}
		inspected(known, c.text)
		if texts != c.asks || empty > 0 {
			t.Errorf("%s: asked %d times, %d times for nothing", what, texts, empty)
		}
	}
}

func TestAdviceForAStateTellsOfTheDamageToo(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1)
	const raise = "Raise its max uses, or use another key of its group."
	for what, c := range map[string]struct {
		text, next string
		hidden     bool
		expired    bool
	}{
		"whole":                {text, raise, false, false},
		"cut":                  {text[:300], raise + " Then copy it again.", false, false},
		"quoted":               {`"` + text + `"`, raise + " Then use the repaired text.", false, false},
		"cut, hidden":          {text[:300], raise + " Then go back to where its text was kept whole: it is shown nowhere.", true, false},
		"quoted, hidden":       {`"` + text + `"`, raise + " Then use the repaired text.", true, false},
		"cut, and expired too": {text[:300], "It enrols nobody now: use another key of its group.", false, true},
	} {
		k := textKey("mine", text)
		if c.hidden {
			k = hiddenKey("mine")
		}
		k.Uses = k.MaxUses
		if c.expired {
			k.Expires = logTime
		}
		known := tenantOf(k)
		known.Memory = textMemory{text: rememberedAs("mine")}
		if f := inspected(known, c.text); f.Next != c.next {
			t.Errorf("%s: %q, want %q", what, f.Next, c.next)
		}
	}
}

func TestPieceOfTheSecretInTheHostsPlaceIsNotTold(t *testing.T) {
	known := tenantOf()
	for n := range uint64(3) {
		known.Keys = append(known.Keys, textKey(fmt.Sprint("other-", n), "3|mock.example|"+opaqueOf(10+n)))
	}
	secret := strings.NewReplacer("+", "p", "/", "s").Replace(opaqueOf(1)) + opaqueOf(2)
	for what, text := range map[string]string{
		"instead of it":    "3|" + secret[:40] + "|" + secret[41:],
		"behind it":        "3|mock.example" + secret[:12] + "|" + secret[12:],
		"before it":        "3|" + secret[:20] + "mock.example|" + secret[20:],
		"behind a dot":     "3|mock." + secret[:12] + "|" + secret[12:],
		"with a secret of": "3|" + secret[:40] + "|" + secret[41:41+384],
	} {
		f := inspected(known, text)
		if leaks(saidOf(f), "|"+secret) || f.Report.Host != "" || f.Report.LogPrefix != "" {
			t.Errorf("%s: %s", what, saidOf(f))
		}
	}
}

func TestLonelyAndUnshownKeysAreCountedInProperWords(t *testing.T) {
	text := "3|mock.example|" + opaqueOf(1) + number
	shown := textKey("a", "3|mock.example|"+opaqueOf(2))
	for want, keys := range map[string][]client.Key{
		"It is not the one key of this tenant whose text is shown; 1 is hidden.": {shown, hiddenKey("b")},
		"This tenant shows the text of none of its keys; 2 are hidden.":          {hiddenKey("b"), hiddenKey("c")},
		"It is none of the 2 keys of this tenant whose text is shown.":           {shown, textKey("d", "3|mock.example|"+opaqueOf(3))},
	} {
		if f := inspected(tenantOf(keys...), text); len(f.Notes) != 1 || f.Notes[0] != want {
			t.Errorf("%q, want %q", f.Notes, want)
		}
	}
}
