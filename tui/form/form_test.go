package form

import (
	"errors"
	"fmt"
	"strconv"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// press sends keys by their names, or as typed text where no key has that name,
// and returns the form and what the last of them did.
func press(t *testing.T, f Form, keys ...string) (Form, Result) {
	t.Helper()
	named := map[string]tea.KeyPressMsg{
		"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab},
		"shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift}, "up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown},
		"left": {Code: tea.KeyLeft}, "right": {Code: tea.KeyRight}, "home": {Code: tea.KeyHome}, "end": {Code: tea.KeyEnd},
		"backspace": {Code: tea.KeyBackspace}, "delete": {Code: tea.KeyDelete}, "kp enter": {Code: tea.KeyKpEnter},
		"ctrl+u": {Code: 'u', Mod: tea.ModCtrl}, "ctrl+k": {Code: 'k', Mod: tea.ModCtrl}, "ctrl+w": {Code: 'w', Mod: tea.ModCtrl},
		"ctrl+v": {Code: 'v', Mod: tea.ModCtrl}, "alt+d": {Code: 'd', Mod: tea.ModAlt}, "alt+b": {Code: 'b', Mod: tea.ModAlt},
		"alt+f": {Code: 'f', Mod: tea.ModAlt}, "alt+backspace": {Code: tea.KeyBackspace, Mod: tea.ModAlt},
		"ctrl+delete": {Code: tea.KeyDelete, Mod: tea.ModCtrl}, "ctrl+n": {Code: 'n', Mod: tea.ModCtrl}, "ctrl+p": {Code: 'p', Mod: tea.ModCtrl},
		"space": {Code: tea.KeySpace, Text: " "}, "pgdown": {Code: tea.KeyPgDown},
	}
	result := Editing
	for _, k := range keys {
		msg, ok := named[k]
		if !ok {
			msg = tea.KeyPressMsg{Code: []rune(k)[0], Text: k}
		}
		f, result = f.Update(msg)
	}
	return f, result
}

func paste(f Form, text string) Form {
	f, _ = f.Update(tea.PasteMsg{Content: text})
	return f
}

// maxUses is a check as the console has one.
func maxUses(text string) (string, error) {
	n, err := strconv.Atoi(text)
	if err != nil {
		return "", errors.New("a number, or +N")
	}
	if n < 10 {
		return "", fmt.Errorf("%d is below the 10 uses", n)
	}
	return fmt.Sprintf("%d · %d left", n, n-10), nil
}

func TestEnterSubmitsWhatWasTyped(t *testing.T) {
	t.Parallel()
	for _, enter := range []string{"enter", "kp enter"} {
		f, result := press(t, New(Field{Name: "max", Check: maxUses}), "1", "5", enter)
		if result != Submitted || f.Value("max") != "15" {
			t.Errorf("%s: result %v, value %q", enter, result, f.Value("max"))
		}
	}
}

func TestEscCancelsAndKeepsTheInput(t *testing.T) {
	t.Parallel()
	f, result := press(t, New(Field{Name: "max"}), "1", "esc")
	if result != Cancelled || f.Value("max") != "1" {
		t.Errorf("result %v, value %q", result, f.Value("max"))
	}
}

func TestQIsALetter(t *testing.T) {
	t.Parallel()
	f, result := press(t, New(Field{Name: "name"}), "q")
	if result != Editing || f.Value("name") != "q" {
		t.Errorf("result %v, value %q", result, f.Value("name"))
	}
}

func TestEnterGoesToTheFirstBadField(t *testing.T) {
	t.Parallel()
	f := New(Field{Name: "name", Value: "a"}, Field{Name: "max", Check: maxUses}, Field{Name: "expiry", Check: maxUses})

	f, result := press(t, f, "tab", "tab", "enter")

	if result != Editing || f.Focused() != "max" {
		t.Errorf("result %v, focus on %q", result, f.Focused())
	}
	f, result = press(t, f, "1", "0", "down", "1", "1", "enter")
	if result != Submitted || f.Value("max") != "10" || f.Value("expiry") != "11" {
		t.Errorf("result %v, values %q and %q", result, f.Value("max"), f.Value("expiry"))
	}
}

func TestKeysWalkTheFieldsRound(t *testing.T) {
	t.Parallel()
	f := New(Field{Name: "a"}, Field{Name: "b"}, Field{Name: "c"})
	steps := []struct{ key, want string }{
		{"tab", "b"}, {"down", "c"}, {"tab", "a"}, {"shift+tab", "c"}, {"up", "b"}, {"up", "a"}, {"up", "c"},
	}
	for _, step := range steps {
		f, _ = press(t, f, step.key)
		if f.Focused() != step.want {
			t.Errorf("%s goes to %q, want %q", step.key, f.Focused(), step.want)
		}
	}
}

func TestTypingReachesTheFocusedFieldAlone(t *testing.T) {
	t.Parallel()
	f, _ := press(t, New(Field{Name: "a"}, Field{Name: "b"}), "x", "tab", "y", "shift+tab", "z")
	if f.Value("a") != "xz" || f.Value("b") != "y" {
		t.Errorf("values %q and %q", f.Value("a"), f.Value("b"))
	}
}

func TestPastedTextHoldsNothingHidden(t *testing.T) {
	t.Parallel()
	cases := []struct{ name, in, want string }{
		{"plain", "eu-west-1", "eu-west-1"},
		{"line break at the end", "15\n", "15"},
		{"lines", "10.0.0.0/8\r\n192.168.0.0/16\n", "10.0.0.0/8  192.168.0.0/16"},
		{"tabs", "\ta\tb", "a b"},
		{"escape sequence", "a\x1b[2Jb", "a[2Jb"},
		{"C1", "a\u009bb", "ab"},
		{"bidirectional and zero width", "a\u202eb\u200bc", "abc"},
		{"other spaces and fillers", "a\u00a0b\u3164c", "abc"},
		{"broken UTF-8", "a\xffb", "ab"},
		{"nothing but junk", "\x00\x1b", ""},
		{"wide", "日本", "日本"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			f := paste(New(Field{Name: "x"}), tc.in)
			if got := f.Value("x"); got != tc.want {
				t.Errorf("pasting %+q gives %+q, want %+q", tc.in, got, tc.want)
			}
		})
	}
}

func TestTypedTextHoldsNothingHidden(t *testing.T) {
	t.Parallel()
	f, _ := press(t, New(Field{Name: "x"}), "a", "\u202e", "\x1b", "b\u200b", " ", "c")
	if got := f.Value("x"); got != "ab c" {
		t.Errorf("value %+q", got)
	}
}

func TestLimitHoldsForTypingAndPasting(t *testing.T) {
	t.Parallel()
	f := paste(New(Field{Name: "x", CharLimit: 5}), "abcd")
	f, _ = press(t, f, "e", "f")
	f = paste(f, "ghi")
	if got := f.Value("x"); got != "abcde" {
		t.Errorf("value %q", got)
	}
}

func TestUnchangedValueComesBackByteForByte(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"eu-west-1", "", " a ", "a\tb\x1b[2J", "a\u202eb", "\xff", "a\ufffdb", "longer than the limit"} {
		f := New(Field{Name: "name", Value: value, CharLimit: 8}, Field{Name: "other"})
		f, _ = press(t, f, "tab", "x", "enter")
		if got := f.Value("name"); got != value {
			t.Errorf("value %+q, want %+q", got, value)
		}
	}
}

func TestChangedValueIsWhatTheFieldShows(t *testing.T) {
	t.Parallel()
	f, _ := press(t, New(Field{Name: "name", Value: "a\u202eb"}), "c")
	if got := f.Value("name"); got != `a\u202ebc` {
		t.Errorf("value %+q", got)
	}
	f, _ = press(t, f, "backspace")
	if got := f.Value("name"); got != "a\u202eb" {
		t.Errorf("value after taking the change back %+q", got)
	}
}

func TestCheckSeesTheValueAsItIs(t *testing.T) {
	t.Parallel()
	var seen []string
	check := func(text string) (string, error) { seen = append(seen, text); return "", nil }
	_, _ = press(t, New(Field{Name: "name", Value: "a\u202e", Check: check}), "b", "left")
	if len(seen) != 2 || seen[0] != "a\u202e" || seen[1] != `a\u202eb` {
		t.Errorf("checked %+q", seen)
	}
}

func TestEarlierFormKeepsItsText(t *testing.T) {
	t.Parallel()
	before, _ := press(t, New(Field{Name: "a"}, Field{Name: "b"}), "x", "y", "z")
	after, _ := press(t, before, "home", "delete", "w", "tab", "v")
	if before.Value("a") != "xyz" || before.Value("b") != "" || before.Focused() != "a" {
		t.Errorf("the earlier form now holds %q and %q, focus on %q", before.Value("a"), before.Value("b"), before.Focused())
	}
	if after.Value("a") != "wyz" || after.Value("b") != "v" {
		t.Errorf("the later form holds %q and %q", after.Value("a"), after.Value("b"))
	}
	refused := before
	refused.SetError("b", "taken")
	if before.Focused() != "a" {
		t.Error("an error set on a copy moved the focus of the original")
	}
}

func TestClipboardIsNeverRead(t *testing.T) {
	t.Parallel()
	f, _ := press(t, New(Field{Name: "a"}), "ctrl+v") // press fails on any command
	if f.Value("a") != "" {
		t.Errorf("value %q", f.Value("a"))
	}
}

func TestEditingKeysNeverPanic(t *testing.T) {
	t.Parallel()
	keys := []string{
		"alt+d", "ctrl+delete", "alt+backspace", "ctrl+w", "ctrl+u", "ctrl+k", "alt+b", "alt+f",
		"delete", "backspace", "left", "right", "home", "end", "ctrl+n", "ctrl+p",
	}
	for _, text := range []string{"", "a", " ", "a b", "  a", "a  ", "日本", "e\u0301"} {
		for _, at := range []string{"home", "left", "end"} {
			for _, k := range keys {
				f, _ := press(t, New(Field{Name: "x", Value: text}), at, k, k, "z", k)
				_ = f.View(20, 3, plain())
			}
		}
	}
}

func TestOtherMessagesChangeNothing(t *testing.T) {
	t.Parallel()
	f := New(Field{Name: "a", Value: "x"})
	for _, msg := range []tea.Msg{nil, tea.FocusMsg{}, tea.BlurMsg{}, tea.WindowSizeMsg{}, tea.KeyReleaseMsg{Code: tea.KeyEnter}} {
		next, result := f.Update(msg)
		if result != Editing || next.Value("a") != "x" {
			t.Errorf("%T: result %v, value %q", msg, result, next.Value("a"))
		}
	}
}

func TestFormWithoutFieldsIsSubmittedByEnter(t *testing.T) {
	t.Parallel()
	var f Form
	f, result := press(t, f, "x", "tab", "enter")
	f.SetError("x", "y")
	if result != Submitted || f.Value("x") != "" || f.Focused() != "" || f.View(10, 10, plain()) != nil {
		t.Errorf("result %v, view %q", result, f.View(10, 10, plain()))
	}
}
