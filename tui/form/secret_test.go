package form

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
)

func TestASecretShowsAsDots(t *testing.T) {
	t.Parallel()
	f := New(Field{Name: "passphrase", Label: "passphrase", Secret: true})
	f, _ = press(t, f, "z", "q", "left", "j")
	f = paste(f, "日本")
	text := strings.Join(f.View(60, 4, plain()), "\n")
	if strings.ContainsAny(text, "zqj日本") || strings.Count(text, "•") != 5 {
		t.Errorf("the field shows %q", text)
	}
	if got := f.Value("passphrase"); got != "zj日本q" {
		t.Errorf("value %q", got)
	}
}

func TestASecretIsTakenAsItComes(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		" a b ":            " a b ",
		"a\u00a0b\u200bc":  "a\u00a0b\u200bc",
		"one line\r\n":     "one line",
		"a\u202eb\u0301cd": "a\u202eb\u0301cd",
	} {
		f := paste(New(Field{Name: "x", Secret: true}), in)
		if got := f.Value("x"); got != want {
			t.Errorf("pasting %+q gives %+q, want %+q", in, got, want)
		}
	}
}

func TestASecretIsNeverChangedOnItsWayIn(t *testing.T) {
	t.Parallel()
	for _, in := range []string{
		"tab\there and there", "one\ntwo three four", "one\r\ntwo", "\ttab", "esc\x1b[x twelve", "nul\x00nul", "bad\xffbyte", "\ufffdreplacement", "too long for it",
	} {
		f, _ := press(t, New(Field{Name: "x", Secret: true, CharLimit: 20}), "a", "b", "c", "left")
		before := f
		f = paste(f, in+strings.Repeat("!", 10))
		if got := f.Value("x"); got != "abc" || f.Error("x") == "" {
			t.Errorf("pasting %+q gives %+q and %q", in, got, f.Error("x"))
		}
		f, _ = f.Update(tea.KeyPressMsg{Code: tea.KeyExtended, Text: "\x1b" + in})
		if got := f.Value("x"); got != "abc" || !strings.Contains(strings.Join(f.View(200, 4, plain()), "\n"), secretFault) {
			t.Errorf("typing %+q gives %+q, and the field shows %q", in, got, f.View(200, 4, plain()))
		}
		f, _ = press(t, f, "d", "right", "e")
		if got := f.Value("x"); got != "abdce" || f.Error("x") != "" || before.Value("x") != "abc" {
			t.Errorf("after %+q typing goes on to %+q with %q", in, got, f.Error("x"))
		}
	}
}

func TestASecretIsNotInWhatIsPrinted(t *testing.T) {
	t.Parallel()
	f, _ := press(t, New(Field{Name: "x", Secret: true}), "Q")
	f = paste(f, "uince")
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		for _, printed := range []string{fmt.Sprintf(verb, f), fmt.Sprintf(verb, &f)} {
			for _, part := range []string{"uince", "117 105 110", "0x75, 0x69", "75 69 6e", "75696e", "'u' 'i'"} {
				if strings.Contains(printed, part) {
					t.Errorf("%s prints %q", verb, part)
				}
			}
		}
	}
}

func TestAFieldMoreLeavesTheRestAsItWas(t *testing.T) {
	t.Parallel()
	refuse := func(string) (string, error) { return "", errors.New("no") }
	for behind, order := range map[string]string{"a": "a new b", "b": "a b new", "nobody": "a b new"} {
		before, _ := press(t, New(Field{Name: "a"}, Field{Name: "b", Check: refuse}), "x", "tab", "y", "enter")
		before.SetError("b", "taken")
		after := before.With(behind, Field{Name: "new"})
		if after.Focused() != "b" || after.Value("a") != "x" || after.Value("b") != "y" || after.Error("b") != "taken" || !after.Has("new") {
			t.Errorf("behind %s: focus on %q, values %q and %q", behind, after.Focused(), after.Value("a"), after.Value("b"))
		}
		if before.Has("new") {
			t.Errorf("behind %s: the earlier form has the field too", behind)
		}
		walked, _ := press(t, after, "tab", "tab", "tab")
		var names []string
		for f, i := walked.focused(0), 0; i < 3; i++ {
			names = append(names, f.Focused())
			f = f.focused(i + 1)
		}
		if got := strings.Join(names, " "); got != order {
			t.Errorf("behind %s: the order is %s", behind, got)
		}
	}
}
