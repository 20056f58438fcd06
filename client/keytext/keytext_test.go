package keytext_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"provkeys/client/keytext"
)

var opaque = strings.Repeat("MOCK+/09", 48)

func TestHintShowsEnoughToRecogniseAndTooLittleToUse(t *testing.T) {
	const dots = "••••••••"
	for what, c := range map[string]struct {
		text   string
		want   keytext.Hint
		masked string
	}{
		"an older key":                       {"1|a.example|" + opaque, keytext.Hint{Version: "1", Host: "a.example", LogPrefix: "MOCK+/0"}, "1|a.example|" + dots},
		"a newer key":                        {"3|mock.example|" + opaque + "-216196257331404676", keytext.Hint{Version: "3", Host: "mock.example", LogPrefix: "MOCK+/0"}, "3|mock.example|" + dots},
		"an unusual length":                  {"4|h.example|" + opaque[:60], keytext.Hint{Version: "4", Host: "h.example", LogPrefix: "MOCK+/0"}, "4|h.example|" + dots},
		"none":                               {"", keytext.Hint{}, dots},
		"too short to hide behind":           {"3|mock.example|" + opaque[:55], keytext.Hint{Version: "3", Host: "mock.example"}, "3|mock.example|" + dots},
		"the secret in the host's place":     {"3|MOCKmock09|" + opaque, keytext.Hint{}, dots},
		"the secret before the host":         {"3|MOCKmock09mock.example|" + opaque, keytext.Hint{}, dots},
		"the secret behind the host":         {"3|mock.exampleMOCK|" + opaque, keytext.Hint{}, dots},
		"more behind it than logs show":      {"3|mock.netabcdefgh|" + opaque, keytext.Hint{}, dots},
		"a host of small letters and digits": {"3|mock.ex4mple|" + opaque, keytext.Hint{}, dots},
		"a label that is too long":           {"3|" + strings.Repeat("m", 64) + ".example|" + opaque, keytext.Hint{}, dots},
		"a host that is too long":            {"3|" + strings.Repeat("mock.", 50) + "example|" + opaque, keytext.Hint{}, dots},
		"a gap in the host":                  {"3|mock..example|" + opaque, keytext.Hint{}, dots},
		"a host in capitals":                 {"3|MOCK.example|" + opaque, keytext.Hint{Version: "3", Host: "MOCK.example", LogPrefix: "MOCK+/0"}, "3|MOCK.example|" + dots},
		"blanks around it":                   {" 3|mock.example|" + opaque + " ", keytext.Hint{Version: "3", Host: "mock.example", LogPrefix: "MOCK+/0"}, "3|mock.example|" + dots},
		"blanks around the host":             {"3 | mock.example |" + opaque, keytext.Hint{Version: "3", Host: "mock.example", LogPrefix: "MOCK+/0"}, "3|mock.example|" + dots},
		"a blank at the start of the secret": {"3|mock.example|MOC K" + opaque, keytext.Hint{Version: "3", Host: "mock.example"}, "3|mock.example|" + dots},
		"blanks do not lengthen":             {"3|h.example|" + opaque[:55] + "     ", keytext.Hint{Version: "3", Host: "h.example"}, "3|h.example|" + dots},
		"a blank inside the host":            {"3|mock. example|" + opaque, keytext.Hint{}, dots},
		"no such version":                    {"5|mock.example|" + opaque, keytext.Hint{}, dots},
		"no host":                            {"3||" + opaque, keytext.Hint{}, dots},
		"a damaged host":                     {"3|mock_example|" + opaque, keytext.Hint{}, dots},
		"a host with an escape":              {"3|\x1b]0;x\a|" + opaque, keytext.Hint{}, dots},
		"a line break at the end":            {"3|mock.example|" + opaque + "\n", keytext.Hint{}, dots},
		"something before it":                {"key=3|mock.example|" + opaque, keytext.Hint{}, dots},
		"only the opaque part":               {opaque, keytext.Hint{}, dots},
		"one part too many":                  {"3|mock.example|" + opaque + "|x", keytext.Hint{}, dots},
	} {
		got := keytext.Describe(c.text)
		if got != c.want || got.Masked() != c.masked {
			t.Errorf("%s: %+v, masked %s", what, got, got.Masked())
		}
	}
}

func TestTextThatATerminalOrShellWouldActOnIsRefused(t *testing.T) {
	for text, say := range map[string]string{
		"":                          "",
		"3|mock.example|MOCK+/=-":   "",
		"3|mock.example|MOCK mock~": "",
		"3|a\n":                     "line break at character 4",
		"\r3|a":                     "line break at character 1",
		"3|\x1b[2J":                 "control character at character 3",
		"3|\x00":                    "control character at character 3",
		"3|\t":                      "control character at character 3",
		"3|a\x7f":                   "control character at character 4",
		"3|é":                       "outside ASCII at character 3",
		"3|\xff":                    "outside ASCII at character 3",
		"\u202e3|a":                 "outside ASCII at character 1",
		"3|a\u00a0":                 "outside ASCII at character 4",
		"3|a\u2028":                 "outside ASCII at character 4",
	} {
		err := keytext.Check(text)
		if say == "" {
			if err != nil {
				t.Errorf("%q: %v", text, err)
			}
			continue
		}
		if !errors.Is(err, keytext.ErrUnsafe) || !strings.Contains(err.Error(), say) {
			t.Errorf("%q: %v, want %q", text, err, say)
		}
	}
}

func TestOddTextsAreTold(t *testing.T) {
	sound := "3|mock.example|" + opaque
	numbered := sound + "-216196257331404676"
	for what, c := range map[string]struct {
		text string
		want []string
	}{
		"an older key":           {sound, nil},
		"a newer key":            {numbered, nil},
		"none":                   {"", nil},
		"damaged: it is refused": {"3|mock.example|short \n", nil},
		"a blank in front":       {" " + sound, []string{"The key text has a blank at character 1 of 400."}},
		"a blank behind":         {numbered + " ", []string{"The key text has a blank at character 419 of 419."}},
		"two blanks":             {"3| mock.example|" + opaque + " ", []string{"The key text has 2 blanks, at characters 3, 401 of 401."}},
		"many blanks":            {sound + "       ", []string{"The key text has 7 blanks, at characters 400, 401, 402, 403, 404, … of 406."}},
		"one character short":    {sound[:len(sound)-1], []string{"The secret part of the key text has 383 characters, where 384 or 403 are usual."}},
		"one digit short":        {numbered[:len(numbered)-1], []string{"The secret part of the key text has 402 characters, where 384 or 403 are usual."}},
		"no secret part":         {"3|mock.example|", []string{"The secret part of the key text has 0 characters, where 384 or 403 are usual."}},
		"another shape":          {"mock.example", []string{"The key text has not the usual three parts, version|host|secret."}},
		"a blank in place of a character": {"3|mock.example|" + opaque[:10] + " " + opaque[11:], []string{
			"The key text has a blank at character 26 of 399.",
			"The secret part of the key text has 383 characters, where 384 or 403 are usual.",
		}},
	} {
		if got := keytext.Odd(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
	}
}

func FuzzKeyText(f *testing.F) {
	for _, seed := range []string{"3|mock.example|" + opaque, "", "3||", "4|h|" + opaque + "-1", "3|mock.example|" + opaque[:56], "\xff\n|", "2|a..b|" + opaque, " 3 | mock.example | " + opaque + " "} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		h := keytext.Describe(text)
		err := keytext.Check(text)
		odd := strings.Join(keytext.Odd(text), "\n")
		if len(text) > 100 && (strings.Contains(odd, text[:50]) || strings.Contains(odd, text[len(text)-50:])) {
			t.Error("what is odd about a text shows a part of it")
		}
		if h != (keytext.Hint{}) && err != nil {
			t.Error("a text of the right shape is damaged")
		}
		pressed := strings.ReplaceAll(text, " ", "")
		if h.Host != "" && (!strings.HasPrefix(pressed, h.Version+"|"+h.Host+"|"+h.LogPrefix) || len(h.LogPrefix) > 7) {
			t.Errorf("hint %+v", h)
		}
		// A host may happen to be the same as the secret part.
		if shown := strings.Replace(h.Masked(), h.Host, "", 1); len(text) > len(h.Host)+40 && strings.Contains(shown, text[len(h.Host)+3:]) {
			t.Error("the masked text shows the secret part")
		}
		if err == nil && strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Error("a text with something unprintable passes")
		}
	})
}
