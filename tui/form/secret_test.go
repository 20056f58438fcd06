package form

import (
	"errors"
	"strings"
	"testing"
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
