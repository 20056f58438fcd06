package keytext_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"provkeys/client/keytext"
)

func TestWhatCanBeTakenOffForSureIsRepaired(t *testing.T) {
	for what, text := range map[string]string{
		"blanks":                    " " + newerText[:50] + "  " + newerText[50:] + " ",
		"wrapped lines":             strings.Join(linesOf(newerText, 64), "\r\n") + "\r\n",
		"a continued line":          newerText[:50] + "\\\n" + newerText[50:],
		"a byte order mark":         "\ufeff" + newerText,
		"UTF-16":                    "\xff\xfe" + strings.Join(strings.Split(newerText, ""), "\x00") + "\x00\r\x00\n\x00",
		"zero-width blanks":         newerText[:50] + "\u200b\u2060" + newerText[50:],
		"quotes":                    `"` + newerText + `"`,
		"typographic quotes":        "„" + newerText + "“",
		"the dash before a number":  strings.Replace(newerText, "-", "–", 1),
		"a bracketed paste":         "\x1b[200~" + newerText + "\x1b[201~",
		"what is left of one":       "[200~" + newerText + "[201~",
		"an assignment":             "export ZPA_PROVISION_KEY='" + newerText + "'\n",
		"another assignment":        "$env:SOME_NAME = \"" + newerText + "\"",
		"Helm's":                    "--set zsglobal.provisionkey.value=" + newerText,
		"Docker's":                  "-e ZPA_PROVISION_KEY=" + newerText + "",
		"YAML":                      "- provision_key: '" + newerText + "'",
		"JSON":                      `{"provisioningKey": "` + newerText + `", "readOnly": false}`,
		"JSON within JSON":          `{\"provisioningKey\":\"` + newerText + `\"}`,
		"a command":                 "root@mock:~# echo '" + newerText + "' > /opt/zscaler/var/service-edge/provision_key",
		"escapes":                   strings.ReplaceAll(strings.ReplaceAll(newerText, "|", "%7c"), "M", "%4D"),
		"HTML":                      strings.ReplaceAll(newerText, "|", "&vert;"),
		"escaped twice":             strings.ReplaceAll(newerText, "|", `\\|`),
		"escapes in the host":       strings.ReplaceAll(newerText, ".", "%2e"),
		"JSON's own escapes":        strings.ReplaceAll(newerText, "|", `\u007c`),
		"a break that is spelt out": newerText + `\n`,
		"pasted twice":              newerText + newerText,
		"a line after the other":    newerText + "\n\n" + newerText + "\n",
		"quoted twice":              `"` + newerText + `" "` + newerText + `"`,
		"assigned twice":            "KEY=" + newerText + " KEY=" + newerText,
		"a line twice":              newerText[:64] + "\n" + newerText[64:128] + "\n" + newerText[64:128] + "\n" + newerText[128:],
		"the first line twice":      newerText[:10] + "\n" + newerText,
		"the end in front":          newerText[300:] + newerText,
		"the beginning behind":      newerText + newerText[:100],
	} {
		got, ok := keytext.Repair(text)
		if !ok || got != newerText {
			t.Errorf("%s: not repaired: %s", what, keytext.Inspect(text).Verdict)
		}
	}
}

func TestWhatIsNotSureIsNotRepaired(t *testing.T) {
	for what, text := range map[string]string{
		"a sound text":            newerText,
		"with a line break":       newerText + "\n",
		"nothing":                 "",
		"an unusual length":       " 3|mock.example|" + mixed[:380],
		"cut at the end":          newerText[:300],
		"cut, and wrapped":        strings.Join(linesOf(newerText[:300], 64), "\n"),
		"a blank in the place of": newerText[:100] + " " + newerText[101:],
		"a character too many":    newerText[:100] + "A" + newerText[100:],
		"a foreign letter":        newerText[:100] + "é" + newerText[101:],
		"a dash in the host":      "3|mock–1.example|" + mixed,
		"two keys":                newerText + "\n" + strings.Replace(newerText, "MO", "OM", 3),
		"the version alone":       "3",
		"a damaged version":       `"5` + newerText[1:] + `"`,
		"no version":              `"` + newerText[1:] + `"`,
		"a blank in the host":     "3|api mock.example|" + mixed,
		"a break in the host":     "3|api.mo\nck.example|" + mixed,
		"a blank at its end":      "3|api.mock.exampl |" + mixed,
		"a spelt-out one in it":   `3|api\nmock.example|` + mixed,
		"a letter of no width":    "3|api\u200bmock.example|" + mixed,
	} {
		if _, ok := keytext.Repair(text); ok {
			t.Errorf("%s: repaired", what)
		}
	}
}

// FuzzInspect damages a known text, so that what leaks of it is seen, and reads
// the damage by itself as well.
func FuzzInspect(f *testing.F) {
	for _, damage := range []string{
		"", " ", "\n", "\x1b[200~", "\x1b]0;", "“", "–", "%7C", "&#124;", `\|`, "^|", "KEY=", "\"", "|", "\xff\xfe", "é", "3|a|", "=",
		`{"provisioningKey": "`, "root@mock:~# ", "-1", "\u202e", newerText, "1~", "\\n", "`|", "&quot;", "%4",
	} {
		f.Add(uint(0), uint(0), damage)
		f.Add(uint(100), uint(10), damage)
		f.Add(uint(418), uint(0), damage)
	}
	f.Fuzz(func(t *testing.T, at, length uint, damage string) {
		from := int(at % uint(len(newerText)+1))
		to := min(len(newerText), from+int(length%500))
		for _, text := range []string{newerText[:from] + damage + newerText[to:], damage} {
			checkReport(t, text)
		}
	})
}

// checkReport checks what holds for every text.
func checkReport(t *testing.T, text string) {
	t.Helper()
	r := keytext.Inspect(text)
	bare := strings.TrimSuffix(text, "\n")
	if r.Characters != utf8.RuneCountInString(bare) {
		t.Errorf("%d characters, not %d", r.Characters, utf8.RuneCountInString(bare))
	}
	said := r.Verdict
	for _, fault := range r.Faults {
		said += "\n" + fault.Message
		for _, at := range fault.At {
			if at < 1 || at > r.Characters {
				t.Errorf("%s: a fault at character %d of %d", fault.Kind, at, r.Characters)
			}
		}
	}
	// The host may be told: a text may have a piece of the secret part there only
	// where the damage put it there.
	said = strings.ReplaceAll(said, "host "+r.Host, "")
	said += "\n" + r.LogPrefix
	for i := range len(said) - 7 {
		if strings.Contains(mixed, said[i:i+8]) {
			t.Errorf("a part of the text is told: %q", said)
		}
	}
	if r.Sound() && (keytext.Check(bare) != nil || keytext.Odd(bare) != nil || r.Host == "" || r.LogPrefix == "") {
		t.Errorf("it counts as sound: %+v", r)
	}
	repaired, ok := keytext.Repair(text)
	if ok == (repaired == "") || ok && r.Sound() {
		t.Errorf("repaired %v, sound %v", ok, r.Sound())
	}
	if !ok {
		return
	}
	if again := keytext.Inspect(repaired); !again.Sound() {
		t.Errorf("the repaired text is not sound: %s", again.Verdict)
	}
	if _, ok := keytext.Repair(repaired); ok {
		t.Error("a repaired text is repaired once more")
	}
}
