package keytext_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"provkeys/client/keytext"
)

// mixed is an obviously fake secret part whose pieces are all unlike: no piece of
// it stands there twice.
var mixed = func() string {
	var b strings.Builder
	for i := range 64 {
		fmt.Fprintf(&b, "MO%02dCK", i)
	}
	return b.String()
}()

var (
	olderText = "3|mock.example|" + mixed
	newerText = olderText + "-216196257331404676"
)

// linesOf cuts a text into lines.
func linesOf(text string, width int) []string {
	var lines []string
	for line := range slices.Chunk([]byte(text), width) {
		lines = append(lines, string(line))
	}
	return lines
}

// faultWords returns "kind at places" of every fault, the most telling first.
func faultWords(r keytext.Report) []string {
	var words []string
	for _, f := range r.Faults {
		words = append(words, strings.TrimSuffix(fmt.Sprintf("%s %v", f.Kind, f.At), " []"))
	}
	return words
}

func TestKeyOfTheVendorsHelpIsToldWithAllItsFaults(t *testing.T) {
	body := mixed[:379] + "=="
	text := "3|mock-1.example|" + body
	for _, at := range []int{83, 175, 267, 359} {
		text = text[:at-1] + " " + text[at-1:]
	}
	if len(text) != 402 || len(body) != 381 {
		t.Fatalf("the text has %d characters, its body %d", len(text), len(body))
	}

	r := keytext.Inspect(text)

	want := []string{"base64 [401]", "short", "blank [83 175 267 359]"}
	if got := faultWords(r); !slices.Equal(got, want) {
		t.Errorf("faults %q, want %q", got, want)
	}
	if r.Characters != 402 || r.Lines != 1 || r.Secret != 381 || r.Number != 0 || r.Host != "mock-1.example" {
		t.Errorf("%+v", r)
	}
	for n, say := range []string{
		"The padding of the base64 is broken: it ends in ==, and the 379 characters before it need one.",
		"The secret part has 381 characters, where 384 are usual.",
		"There are 4 blanks, at characters 83, 175, 267, 359.",
	} {
		if r.Faults[n].Message != say {
			t.Errorf("%q, want %q", r.Faults[n].Message, say)
		}
	}
	if want := strings.TrimSuffix(r.Faults[0].Message, ".") + "; 2 more faults."; r.Verdict != want {
		t.Errorf("verdict %q, want %q", r.Verdict, want)
	}
	if _, ok := keytext.Repair(text); ok {
		t.Error("its broken base64 counts as repaired")
	}
}

func TestSoundTextIsDescribed(t *testing.T) {
	for text, verdict := range map[string]string{
		olderText:                           "It is sound: version 3, host mock.example, a secret part of 384 characters.",
		newerText:                           "It is sound: version 3, host mock.example, a secret part of 384 characters and a number of 18 digits.",
		newerText + "\n":                    "It is sound: version 3, host mock.example, a secret part of 384 characters and a number of 18 digits.",
		"1|m.example|" + mixed[:382] + "==": "It is sound: version 1, host m.example, a secret part of 384 characters.",
	} {
		r := keytext.Inspect(text)
		if !r.Sound() || r.Verdict != verdict || r.Lines != 1 || r.Characters != len(strings.TrimSuffix(text, "\n")) || r.LogPrefix != "MO00CKM" {
			t.Errorf("%+v", r)
		}
	}
}

func TestEveryFaultIsNamedWhereItStands(t *testing.T) {
	at := func(n int, piece string) string { return newerText[:n-1] + piece + newerText[n-1:] }
	instead := func(n int, piece string) string { return newerText[:n-1] + piece + newerText[n:] }
	for what, c := range map[string]struct {
		text   string
		faults []string
	}{
		"nothing":                       {"", []string{"empty"}},
		"a line break alone":            {"\n", []string{"empty"}},
		"blanks alone":                  {"  ", []string{"empty", "blank [1 2]"}},
		"a blank":                       {at(83, " "), []string{"blank [83]"}},
		"a blank in front":              {at(1, " "), []string{"blank [1]"}},
		"a tab":                         {at(100, "\t"), []string{"blank [100]"}},
		"two line breaks behind":        {newerText + "\n\n", []string{"line-break [419]"}},
		"CR LF behind":                  {newerText + "\r\n", []string{"carriage-return [419]"}},
		"a carriage return":             {at(50, "\r"), []string{"carriage-return [50]"}},
		"a byte order mark":             {"\ufeff" + newerText, []string{"byte-order-mark [1]"}},
		"quotes":                        {`"` + newerText + `"`, []string{"quote [1 420]"}},
		"a quote that does not close":   {"'" + newerText, []string{"quote [1]"}},
		"typographic quotes":            {"“" + newerText + "”", []string{"smart-quote [1 420]"}},
		"a typographic dash":            {instead(400, "–"), []string{"smart-quote [400]"}},
		"a typographic dash in between": {instead(300, "–"), []string{"smart-quote [300]"}},
		"a zero-width blank":            {at(200, "\u200b"), []string{"invisible [200]"}},
		"a no-break blank":              {at(200, "\u00a0"), []string{"invisible [200]"}},
		"an override":                   {at(200, "\u202e"), []string{"invisible [200]"}},
		"a control character":           {at(200, "\x01"), []string{"control [200]"}},
		"a bracketed paste":             {"\x1b[200~" + newerText + "\x1b[201~", []string{"control [1 425]"}},
		"what is left of one":           {"0~" + newerText + "1~", []string{"control [1]"}},
		"an escape alone":               {at(200, "\x1b"), []string{"control [200]"}},
		"a letter that no key has":      {instead(200, "é"), []string{"foreign [200]"}},
		"a broken byte":                 {instead(200, "\xff"), []string{"foreign [200]"}},
		"an export":                     {"export ZPA_PROVISION_KEY=" + newerText, []string{"shell [1]"}},
		"an assignment with quotes":     {`ZPA_PROVISION_KEY="` + newerText + `"`, []string{"shell [1]", "quote [19 438]"}},
		"YAML":                          {"  provision_key: " + newerText, []string{"shell [3]"}},
		"JSON":                          {`"provisioningKey": "` + newerText + `",`, []string{"shell [1]", "shell [440]", "quote [20 439]"}},
		"a comma":                       {newerText + ",", []string{"shell [419]"}},
		"a semicolon":                   {newerText + ";", []string{"shell [419]"}},
		"backslashes":                   {strings.ReplaceAll(newerText, "|", `\|`), []string{"shell [2 16]"}},
		"%-escapes":                     {strings.ReplaceAll(newerText, "|", "%7C"), []string{"shell [2 17]"}},
		"HTML":                          {strings.ReplaceAll(newerText, "|", "&#124;"), []string{"shell [2 20]"}},
		"a Windows shell":               {strings.ReplaceAll(newerText, "|", "^|"), []string{"shell [2 16]"}},
		"what a shell leaves":           {"3", []string{"shell"}},
		"an assignment of that":         {"export ZPA_PROVISION_KEY=3\n", []string{"shell", "shell [1]"}},
		"a prompt":                      {"root@mock:~# " + newerText, []string{"shell [1]"}},
		"a command":                     {`echo "` + newerText + `" > /opt/provision_key`, []string{"shell [1]", "shell [427]", "quote [6 425]"}},
		"pasted twice":                  {newerText + newerText, []string{"doubled [419]"}},
		"two of them":                   {newerText + "\n" + strings.Replace(newerText, "MO", "OM", 3), []string{"parts", "line-break [419]"}},
		"neither part":                  {"mock.example", []string{"parts"}},
		"a | too many":                  {instead(200, "|"), []string{"parts"}},
		"no version":                    {newerText[1:], []string{"version [1]"}},
		"another version":               {"5" + newerText[1:], []string{"version [1]"}},
		"no host":                       {"3||" + mixed, []string{"host [3]"}},
		"a damaged host":                {instead(5, "_"), []string{"host [5]"}},
		"a host with a gap":             {at(7, "."), []string{"host [3]"}},
		"a character short":             {newerText[:100] + newerText[101:], []string{"short"}},
		"a character too many":          {at(100, "A"), []string{"long"}},
		"a digit short":                 {newerText[:417], []string{"number [417]"}},
		"a letter in the number":        {instead(410, "x"), []string{"number [410]"}},
		"a character without base64":    {instead(200, "!"), []string{"base64 [200]"}},
		"a dash in between":             {instead(200, "-"), []string{"base64 [200]"}},
		"padding in between":            {instead(200, "="), []string{"base64 [200]"}},
		"too much padding":              {olderText[:396] + "===", []string{"base64 [397]"}},
	} {
		if got := faultWords(keytext.Inspect(c.text)); !slices.Equal(got, c.faults) {
			t.Errorf("%s: %q, want %q", what, got, c.faults)
		}
	}
}

func TestVerdictSaysWhatHappened(t *testing.T) {
	twice := slices.Insert(linesOf(newerText, 64), 2, linesOf(newerText, 64)[1])
	for want, text := range map[string]string{
		"There is a blank at character 83.": newerText[:82] + " " + newerText[82:],
		"There are 6 line breaks, at characters 65, 130, 195, 260, 325, 390: it is wrapped into lines of 64 characters.": strings.Join(linesOf(newerText, 64), "\n"),
		"There are 5 line breaks, at characters 77, 154, 231, 308, 385: it is wrapped into lines of 76 characters.":      strings.Join(linesOf(newerText, 76), "\n"),
		"There are 2 line breaks, at characters 51, 152.":                                                                newerText[:50] + "\n" + newerText[50:150] + "\n" + newerText[150:],
		"The text stands there twice; 1 more fault.":                                                                     newerText + "\n" + newerText,
		"The text stands there 3 times.":                                                                                 strings.Repeat(newerText, 3),
		"Its line 2 stands there twice; 1 more fault.":                                                                   strings.Join(twice, "\n"),
		"70 characters stand there twice, from character 131 on.":                                                        newerText[:200] + newerText[130:],
		"Only the version is left: to a shell an unquoted | ends the command.":                                           "3",
		"Version and host are missing: it is cut at the beginning.":                                                      newerText[20:],
		"The version is missing: it is cut at the beginning.":                                                            newerText[4:],
		"The secret part is missing: it is cut at the end.":                                                              newerText[:12],
		"The secret part has 200 characters, where 384 are usual: it seems to be cut at the end.":                        newerText[:215],
		"The secret part has 379 characters, where 384 are usual: 5 seem to be missing inside it.":                       newerText[:200] + newerText[205:],
		"The secret part has 380 characters, where 384 are usual.":                                                       "3|mock.example|" + mixed[:378] + "==",
		"The number behind the secret part has 5 digits, where 18 are usual: it seems to be cut at the end.":             newerText[:405],
		"It holds 2 key texts, which are not the same: look at one at a time.":                                           newerText + strings.Replace(newerText, "MO", "OM", 3),
		"There are 30 blanks, at characters 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, ….":   strings.Repeat(" ", 30) + newerText,
	} {
		if got := keytext.Inspect(text).Verdict; got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestSizeIsCountedInCharactersAndLines(t *testing.T) {
	for text, want := range map[string][2]int{
		"": {0, 0}, "\n": {0, 0}, "a": {1, 1}, "a\n": {1, 1}, "a\n\n": {2, 2}, "a\r\n": {2, 1}, "a\r\nb": {4, 2}, "a\rb": {3, 2},
		"é\xff\xff": {3, 1}, "\x1b[200~a\x1b[201~": {13, 1}, "%7C": {3, 1}, "\xff\xfea\x00": {4, 1},
	} {
		if r := keytext.Inspect(text); r.Characters != want[0] || r.Lines != want[1] {
			t.Errorf("%q: %d characters, %d lines, want %v", text, r.Characters, r.Lines, want)
		}
	}
}

func TestDamagedSecretPartHidesNeitherVersionNorHost(t *testing.T) {
	for what, text := range map[string]string{
		"a blank": newerText[:99] + " " + newerText[99:], "another character": newerText[:99] + "!" + newerText[100:],
		"a letter that no key has": newerText[:99] + "é" + newerText[100:], "cut": newerText[:100],
	} {
		if r := keytext.Inspect(text); r.Version != "3" || r.Host != "mock.example" || r.LogPrefix != "MO00CKM" {
			t.Errorf("%s: %+v", what, r)
		}
	}
	if r := keytext.Inspect(newerText[:17] + "!" + newerText[18:]); r.LogPrefix != "" || r.Host != "" {
		t.Errorf("a damaged beginning is told as the logs' one: %+v", r)
	}
}

func TestMegabytesAreInspectedInTime(t *testing.T) {
	const size = 1 << 20
	for what, piece := range map[string]string{
		"keys": newerText + "\n", "one letter": "A", "pipes": "|", "hosts": "3|a.b|", "blanks": " ", "escapes": "%7C", "escape characters": "\x1b]",
		"quotes": `"`, "typographic quotes": "“", "line breaks": "A\n", "a piece": mixed,
	} {
		r := keytext.Inspect(strings.Repeat(piece, size/len(piece)))
		if r.Sound() {
			t.Errorf("%s: sound", what)
		}
		for _, f := range r.Faults {
			if len(f.At) > 20 || len(f.Message) > 300 {
				t.Errorf("%s: %d places, a message of %d bytes", what, len(f.At), len(f.Message))
			}
		}
	}
}

func TestNoFaultListsMoreThanTwentyPlaces(t *testing.T) {
	many := strings.Repeat("!", 30)
	for what, text := range map[string]string{
		"the host":   "3|" + many + "mock.example|" + mixed,
		"the secret": olderText[:100] + many + olderText[130:],
		"padding":    olderText[:100] + strings.ReplaceAll(many, "!", "=") + olderText[130:],
		"the number": olderText + "-" + mixed[:39],
		"blanks":     olderText[:100] + strings.ReplaceAll(many, "!", " ") + olderText[100:],
	} {
		listed := 0
		for _, f := range keytext.Inspect(text).Faults {
			listed = max(listed, len(f.At))
			if len(f.At) == 20 && !strings.Contains(f.Message, ", …") {
				t.Errorf("%s: %q does not say that there are more", what, f.Message)
			}
		}
		if listed != 20 {
			t.Errorf("%s: %d places", what, listed)
		}
	}
}
