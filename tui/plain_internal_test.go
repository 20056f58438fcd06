package tui

import (
	"strings"
	"testing"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// everySituation shows every situation under a person's wishes, at some sizes.
func everySituation(t *testing.T, opts Options, look func(t *testing.T, m *Model)) {
	t.Helper()
	for name, enter := range situations() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := loadedWith(t, 60, opts)
			m.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
			enter(m)
			for _, size := range [][2]int{{30, 5}, {40, 8}, {60, 20}, {130, 45}} {
				m.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				checkSize(t, m, size[0], size[1])
				look(t, m)
			}
		})
	}
}

func TestASCIIDrawsNothingElse(t *testing.T) {
	t.Parallel()
	everySituation(t, Options{ASCII: true}, func(t *testing.T, m *Model) {
		t.Helper()
		for line := range strings.SplitSeq(m.screen(), "\n") {
			if i := strings.IndexFunc(line, func(r rune) bool { return r > unicode.MaxASCII }); i >= 0 {
				t.Fatalf("not ASCII: %q", line)
			}
		}
	})
}

// TestAPlainScreenHasNoSignsOfOurs looks for characters that are neither letters nor
// marks nor emoji: those are the names' own.
func TestAPlainScreenHasNoSignsOfOurs(t *testing.T) {
	t.Parallel()
	everySituation(t, Options{Plain: true}, func(t *testing.T, m *Model) {
		t.Helper()
		ours := func(r rune) bool {
			return r > unicode.MaxASCII && !unicode.IsLetter(r) && !unicode.IsMark(r) && r < 0x1f000
		}
		for line := range strings.SplitSeq(m.screen(), "\n") {
			if strings.IndexFunc(line, ours) >= 0 || strings.Contains(line, "----") || strings.Contains(line, "\x1b[3") {
				t.Fatalf("a sign, a line or a colour: %q", line)
			}
		}
	})
}

func TestThePlainCursorIsWhereTheKeysAct(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		enter func(*Model)
		on    string // the line that the cursor is on holds it; from the cursor on with at
		at    string
	}{
		"row":         {func(m *Model) { m.move(2) }, "> ", "> "},
		"filter":      {func(m *Model) { m.openFilter(); m.keys.filter.set("abc"); m.reselect() }, "abc", ""},
		"command":     {func(m *Model) { m.openCommand(); m.command.line.SetValue("ref") }, ":ref", ""},
		"list":        {func(m *Model) { m.openSort() }, "n  name", "> n  name"},
		"text field":  {func(m *Model) { m.openEdit() }, "max uses", ""},
		"no question": {func(m *Model) { m.openHelp() }, "Help", "Help"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := loadedWith(t, 60, Options{Plain: true})
			m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
			c.enter(m)
			v := m.View()
			if v.Cursor == nil {
				t.Fatal("the cursor is hidden")
			}
			line := ansi.Strip(strings.Split(v.Content, "\n")[v.Cursor.Y])
			if !strings.Contains(line, c.on) || c.at != "" && !strings.HasPrefix(strings.TrimLeft(line[v.Cursor.X:], " "), strings.TrimLeft(c.at, " ")) {
				t.Errorf("the cursor is at %d of %q", v.Cursor.X, line)
			}
		})
	}
	if v := loaded(t, 9).View(); v.Cursor != nil {
		t.Error("the cursor shows on a screen that draws its own")
	}
}

func TestAPlainScreenHasOneStatusLine(t *testing.T) {
	t.Parallel()
	m := loadedWith(t, 60, Options{Plain: true, Tenant: "acme-prod · PRODUCTION"})
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 24})
	lines := strings.Split(ansi.Strip(m.screen()), "\n")
	if want := " acme-prod - PRODUCTION RW - Keys - all kinds - rows 1-20 of 60"; strings.TrimRight(lines[0], " ") != want {
		t.Errorf("the status line is %q, want %q", lines[0], want)
	}
	if !strings.Contains(lines[1], "NAME") {
		t.Errorf("below it stands %q", lines[1])
	}
	if strings.ContainsAny(ansi.Strip(m.screen()), "#█") {
		t.Errorf("a bar is drawn:\n%s", ansi.Strip(m.screen()))
	}
}
