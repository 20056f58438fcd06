package tui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
)

// boxed returns what the open dialog says, on one line.
func boxed(m *Model) string {
	if m.dialogsFill() {
		return strings.Join(strings.Fields(ansi.Strip(m.screen())), " ")
	}
	var words []string
	for l := range strings.SplitSeq(ansi.Strip(m.screen()), "\n") {
		if _, inside, ok := strings.Cut(l, "│"); ok {
			inside, _, _ = strings.Cut(inside, "│")
			words = append(words, strings.Fields(inside)...)
		}
	}
	return strings.Join(words, " ")
}

// TestAChoiceIsNeverCutOff puts the cursor on every choice of every kind, on narrow
// screens of a terminal that may keep what it shows.
func TestAChoiceIsNeverCutOff(t *testing.T) {
	t.Parallel()
	m := loaded(t, 60)
	m.effects.downloads, m.plan.Screen = namesOnly{}, true
	for _, h := range []int{leastHeight, 9, 10, 15, 16, 20, 30} {
		m.Update(tea.WindowSizeMsg{Width: leastWidth, Height: h})
		unfit := 0
		for _, kind := range client.Kinds() {
			for i := range m.keys.rows {
				m.keys.table.MoveTo(i, m.source())
				if k, _ := m.keys.current(); k.Kind == kind {
					break
				}
			}
			m.openCopyAs()
			unfit += everyChoice(t, m, &m.copyAs.choices, h)
			m.openDownload()
			unfit += everyChoice(t, m, &m.download.offers, h)
			m.openSort()
			unfit += everyChoice(t, m, &m.sort.choices, h)
			m.open = noDialog
		}
		if unfit < 5 {
			t.Errorf("%d choices that do not fit: it proves nothing", unfit)
		}
	}
}

// everyChoice puts the cursor on each choice of the open dialog, and returns how
// many of them cannot be chosen.
func everyChoice(t *testing.T, m *Model, c *choices, h int) (unfit int) {
	t.Helper()
	for i, one := range c.list {
		c.at = i
		shown := boxed(m)
		if !strings.Contains(shown, m.theme.Glyphs.Cursor+" "+one.key+" ") {
			t.Fatalf("%d lines: the cursor is not on %s: %s", h, one.key, shown)
		}
		if one.why != "" {
			unfit++
			if !strings.Contains(shown, one.why) {
				t.Errorf("%d lines: the reason against %s is cut: %s", h, one.key, shown)
			}
		}
		if h >= 20 && !strings.Contains(shown, "esc cancel") {
			t.Errorf("%d lines, and no keys: %s", h, shown)
		}
		checkSize(t, m, leastWidth, h)
	}
	return unfit
}
