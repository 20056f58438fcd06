package form

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"provkeys/tui/internal/watched"
	"provkeys/tui/style"
)

func plain() style.Theme { return style.Theme{Glyphs: style.Unicode()} }

// screen returns the view without styles and without spaces at the ends.
func screen(f Form, w, h int) []string {
	lines := f.View(w, h, style.New(style.ModeDark, true))
	for i := range lines {
		lines[i] = strings.TrimRight(ansi.Strip(lines[i]), " ")
	}
	return lines
}

func assertScreen(t *testing.T, f Form, w, h int, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, screen(f, w, h)); diff != "" {
		t.Errorf("screen (-want +got):\n%s", diff)
	}
}

func editForm() Form {
	return New(
		Field{Name: "max", Label: "max uses  now 10, used 10 →", Hint: "15 or +5", CharLimit: 10, Check: maxUses},
		Field{Name: "name", Label: "name", Value: "eu-west-1", CharLimit: 20},
	)
}

func TestResultStandsBesideWhatIsTyped(t *testing.T) {
	t.Parallel()
	f := editForm()
	assertScreen(t, f, 70, 5,
		"▸ max uses  now 10, used 10 →               15 or +5",
		"  name                         eu-west-1")

	f, _ = press(t, f, "1", "5")
	assertScreen(t, f, 70, 5,
		"▸ max uses  now 10, used 10 →  15           15 · 5 left",
		"  name                         eu-west-1")
}

func TestUntouchedFieldIsNotScolded(t *testing.T) {
	t.Parallel()
	hasError := func(f Form) bool { return strings.Contains(strings.Join(screen(f, 70, 9), "\n"), "a number, or +N") }
	f := editForm()
	if hasError(f) {
		t.Error("the error shows before anything was typed")
	}
	if typed, _ := press(t, f, "1", "backspace"); hasError(typed) {
		t.Error("the error shows although the field is empty again and enter was not pressed")
	}
	if wrong, _ := press(t, f, "x"); !hasError(wrong) {
		t.Error("the error of a wrong text does not show while typing")
	}
	f, _ = press(t, f, "enter")
	if !hasError(f) {
		t.Error("the error does not show after enter")
	}
	if f, _ = press(t, f, "1", "5"); hasError(f) {
		t.Error("the error stays although the text is right now")
	}
}

func TestRefusedFieldSaysWhyUntilItChanges(t *testing.T) {
	t.Parallel()
	f := editForm()
	f, _ = press(t, f, "1", "5")

	f.SetError("name", "taken by\n\x1b]52;c;x\x07another key")

	want := `taken by\n\x1b]52;c;x\aanother key`
	if view := strings.Join(screen(f, 120, 5), "\n"); !strings.Contains(view, want) || f.Focused() != "name" || f.Value("max") != "15" {
		t.Errorf("focus on %q, view:\n%s", f.Focused(), view)
	}
	if still, _ := press(t, f, "left", "tab"); !strings.Contains(strings.Join(screen(still, 120, 5), "\n"), want) {
		t.Error("the reason went away without a change")
	}
	if changed, _ := press(t, f, "x"); strings.Contains(strings.Join(screen(changed, 120, 5), "\n"), "taken") {
		t.Error("the reason stays after a change")
	}
}

func TestErrorForAnUnknownFieldIsNotLost(t *testing.T) {
	t.Parallel()
	f := editForm()
	f.SetError("zcomponentId", "no such group")
	if view := strings.Join(screen(f, 70, 5), "\n"); !strings.Contains(view, "no such group") {
		t.Errorf("view:\n%s", view)
	}
}

func TestLongMessagesStandBelowWhole(t *testing.T) {
	t.Parallel()
	f := New(Field{Name: "a", Label: "name", CharLimit: 20})
	f.SetError("a", "letters, digits, space, dot, dash and underscore only")
	assertScreen(t, f, 40, 9,
		"▸ name",
		"        letters, digits, space, dot,",
		"        dash and underscore only")
}

func TestNarrowFormPutsLabelsAbove(t *testing.T) {
	t.Parallel()
	assertScreen(t, editForm(), 22, 9,
		"▸ max uses  now 10, u…",
		"",
		"  15 or +5",
		"  name",
		"  eu-west-1")
}

func TestLowFormShowsTheFocusedField(t *testing.T) {
	t.Parallel()
	f := New(Field{Name: "a", Label: "a", Value: "1"}, Field{Name: "b", Label: "b", Value: "2"}, Field{Name: "c", Label: "c", Value: "3"})
	assertScreen(t, f, 40, 1, "▸ a  1")
	f, _ = press(t, f, "tab")
	assertScreen(t, f, 40, 2, "  a  1", "▸ b  2")
	f, _ = press(t, f, "tab")
	assertScreen(t, f, 40, 1, "▸ c  3")
	f.SetError("c", strings.Repeat("why ", 20))
	if got := screen(f, 40, 1); got[0] != "▸ c  3" {
		t.Errorf("the message pushed the text away: %q", got)
	}
}

func TestLongTextScrollsWithTheCursor(t *testing.T) {
	t.Parallel()
	f := New(Field{Name: "a", Value: "abcdefghijklmnopqrstuvwxyz"})
	assertScreen(t, f, 12, 1, "▸ rstuvwxyz")
	f, _ = press(t, f, "home")
	assertScreen(t, f, 12, 1, "▸ abcdefghij")
	for range 10 {
		f, _ = press(t, f, "right")
	}
	assertScreen(t, f, 12, 1, "▸ defghijklm")
}

func TestBoxIsExactlyAsWideAsPromised(t *testing.T) {
	t.Parallel()
	s := sheet{theme: style.New(style.ModeMono, true)}
	for _, value := range []string{"", "abc", "日本語日本語", "e\u0301\u0301", "ab\u0d4e", "\u0d4e", "🇩🇪🇩🇪", "a\x1b"} {
		fl := newField(Field{Value: value})
		for w := 1; w <= 20; w++ {
			for pos := range 9 {
				fl.line.input().SetCursor(pos)
				for _, focus := range []bool{true, false} {
					if got := ansi.StringWidth(fl.line.View(w, focus, s.theme.Input, s.theme.InputCursor)); got != w {
						t.Errorf("%+q at %d, focus %v: %d cells, want %d", value, pos, focus, got, w)
					}
				}
			}
		}
	}
}

func TestCursorShowsInTheFocusedFieldAlone(t *testing.T) {
	t.Parallel()
	th := style.New(style.ModeMono, true)
	f := editForm()
	f, _ = press(t, f, "down", "left")
	view := f.View(70, 5, th)
	if strings.Contains(view[0], th.InputCursor.On()) || !strings.Contains(view[1], th.InputCursor.Render("1")) {
		t.Errorf("view = %q", view)
	}
}

func TestPassedTimeNeverChangesTheView(t *testing.T) {
	t.Parallel()
	f := editForm()
	before := f.View(70, 5, plain())
	f, _ = f.Update(struct{}{})
	if !slices.Equal(before, f.View(70, 5, plain())) {
		t.Error("the form animates")
	}
}

func FuzzForm(f *testing.F) {
	f.Add("eu-west-1\u202e", "abc\x00\x01\x02\x03", 20, 3)
	f.Add("日本語日本語", "\x05\x05\x05a\x06", 9, 2)
	f.Add("e\u0301\u0301\u0301", "\x01\u0301\x0b", 1, 1)
	f.Add("🇩🇪👍🏽", "\x05\x05x\x07\x07", 5, 4)
	names := []string{
		"enter", "home", "end", "tab", "up", "left", "right", "backspace", "delete", "ctrl+u", "ctrl+k", "ctrl+w",
		"alt+d", "alt+b", "alt+f", "alt+backspace", "ctrl+delete", "ctrl+v", "ctrl+n", "esc",
	}
	f.Fuzz(func(t *testing.T, value, keys string, w, h int) {
		w, h = w%90, h%12
		form := New(
			Field{Name: "a", Label: style.Sanitize(value), Hint: value, Value: value, CharLimit: 30, Check: maxUses},
			Field{Name: "b", Label: "b"},
		)
		for _, r := range keys {
			if int(r) < len(names) {
				form, _ = press(t, form, names[r])
			} else {
				form, _ = form.Update(tea.PasteMsg{Content: string(r)})
			}
			assertFrame(t, form, w, h)
		}
		form.SetError("b", keys)
		assertFrame(t, form, w, h)
		if got := paste(New(Field{Name: "a"}), keys).Value("a"); keepPrintable(got) != got {
			t.Errorf("pasting %+q lets %+q in", keys, got)
		}
	})
}

// assertFrame checks what the view promises for every size.
func assertFrame(t *testing.T, f Form, w, h int) {
	t.Helper()
	th := style.New(style.ModeMono, true)
	lines := f.View(w, h, th)
	if len(lines) > max(h, 0) {
		t.Errorf("%d lines at %d×%d", len(lines), w, h)
	}
	cursors := 0
	for _, line := range lines {
		if got := ansi.StringWidth(line); got > w {
			t.Errorf("%d cells at %d×%d: %+q", got, w, h, line)
		}
		cursors += strings.Count(line, th.InputCursor.On())
	}
	if w > 0 && h > 0 && cursors != 1 {
		t.Errorf("%d cursors at %d×%d: %+q", cursors, w, h, lines)
	}
}

func TestEverySizeKeepsTheFrame(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"", "eu-west-1", "日本語日本語日本語", "e\u0301\u0301\u0301", "\u0d4e", "🇩🇪", "a\x1b[2J", "\ufe0f"} {
		for w := 0; w <= 60; w += watched.Step(7) {
			for h := range 8 {
				f := New(Field{Name: "a", Label: "a label", Value: value, Check: maxUses}, Field{Name: "b", Label: style.Sanitize(value)})
				assertFrame(t, f, w, h)
				f, _ = press(t, f, "left", "enter")
				assertFrame(t, f, w, h)
				f, _ = press(t, f, "tab")
				f.SetError("b", strings.Repeat(value+" ", 5))
				assertFrame(t, f, w, h)
			}
		}
	}
}
