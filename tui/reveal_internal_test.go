package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
)

// showable puts the cursor on a key that may be shown.
func showable(t *testing.T, m *Model) client.Key {
	t.Helper()
	for range len(m.keys.rows) {
		if m.whyNoReveal() == "" {
			k, _ := m.keys.current()
			return k
		}
		m.move(1)
	}
	t.Fatal("no key may be shown")
	return client.Key{}
}

func TestARevealKeepsTheScreensSizeAndLosesNothing(t *testing.T) {
	t.Parallel()
	m := loaded(t, 60)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 30})
	text := showable(t, m).Text.Reveal()
	for w := 1; w <= 450; w += 1 + w/16 {
		for h := 1; h <= 45; h += 1 + h/8 {
			m.Update(tea.WindowSizeMsg{Width: w, Height: h})
			if !m.layout().tooSmall {
				m.hide()
				m.revealText()
				m.Update(tickMsg{})
			}
			checkSize(t, m, w, h)
			if h > 25 && w >= leastWidth && !strings.Contains(strings.ReplaceAll(ansi.Strip(m.screen()), "\n", ""), text) {
				t.Fatalf("at %d×%d the text is not whole", w, h)
			}
		}
	}
}

func TestAScreenThatGetsTooSmallHidesTheText(t *testing.T) {
	t.Parallel()
	for _, size := range []tea.WindowSizeMsg{{Width: leastWidth - 1, Height: 30}, {Width: 80, Height: leastHeight - 1}} {
		m := loaded(t, 60)
		m.Update(tea.WindowSizeMsg{Width: 80, Height: 30})
		showable(t, m)
		m.revealText()
		m.Update(tea.WindowSizeMsg{Width: 60, Height: 20})
		if !m.reveal.there() {
			t.Error("another size hides it")
		}
		m.Update(size)
		m.Update(tea.WindowSizeMsg{Width: 80, Height: 30})
		if m.reveal.there() {
			t.Errorf("%v: it came back", size)
		}
	}
}

// TestTimeThatNobodyTookPartInCounts is about a process that was stopped from
// outside: the first message after it hides the text.
func TestTimeThatNobodyTookPartInCounts(t *testing.T) {
	t.Parallel()
	m := loaded(t, 60)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 30})
	showable(t, m)
	m.revealText()
	m.now = m.now.Add(revealFor - time.Nanosecond)
	m.Update(tickMsg{})
	if !m.reveal.there() {
		t.Fatal("it was hidden early")
	}
	m.now = m.now.Add(time.Nanosecond)
	m.Update(waitMsg{})
	if m.reveal.there() {
		t.Error("it still shows")
	}
}
