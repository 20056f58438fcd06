package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

func TestAPastingCountsWhatItHolds(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ text, words string }{
		{"", "0 characters, 0 lines"},
		{"a", "1 character, 1 line"},
		{strings.Repeat("x", 429), "429 characters, 1 line"},
		{"one\n", "4 characters, 1 line"},
		{"one\ntwo", "7 characters, 2 lines"},
		{"日本\n\n", "4 characters, 2 lines"},
	} {
		var whole, typed pasting
		whole.add(test.text)
		for _, r := range test.text {
			typed.add(string(r))
		}
		for how, p := range map[string]*pasting{"pasted": &whole, "typed": &typed} {
			if p.words() != test.words || p.text().Reveal() != test.text {
				t.Errorf("%q %s: %s, %q", test.text, how, p.words(), p.text().Reveal())
			}
		}
	}
}

func TestChoppingTakesOneCharacterOffAtATime(t *testing.T) {
	t.Parallel()
	var p pasting
	text := strings.Repeat("é\n", 2*pieceSize)
	p.add(text[:99])
	for _, r := range text[99:] {
		p.add(string(r))
	}
	for runes := []rune(text); len(runes) > 0; {
		runes = runes[:len(runes)-1]
		p.chop()
		if p.characters != len(runes) || len(runes)%500 == 0 && p.text().Reveal() != string(runes) {
			t.Fatalf("%d characters are left of %d", p.characters, len(runes))
		}
	}
	p.chop()
	if p.bytes != 0 || p.breaks != 0 || len(p.pieces) != 0 {
		t.Errorf("%+v is left of nothing", p)
	}
}

func TestAPastingRefusesWhatIsTooMuch(t *testing.T) {
	t.Parallel()
	var p pasting
	if !p.add(strings.Repeat("x", pasteMost)) || p.add("y") || p.characters != pasteMost {
		t.Errorf("it holds %d characters", p.characters)
	}
	p.chop()
	if !p.add("y") {
		t.Error("what fits again is refused")
	}
}

func TestAPasteKeyByKeyDrawsFewFrames(t *testing.T) {
	t.Parallel()
	m := loaded(t, 4)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	m.openInspect()
	frames := 0
	for range 10 * framesOf {
		m.now = m.now.Add(time.Millisecond)
		m.Update(tea.KeyPressMsg{Code: 'x', Text: "x"})
		if !m.stays() {
			frames++
		}
	}
	m.now = m.now.Add(burstGap)
	if frames > 20 || m.stays() {
		t.Errorf("%d frames for %d characters, and the last stays: %v", frames, 10*framesOf, m.stays())
	}
}

// TestLeavingInAPasteBlanksTheScreen leaves and suspends between two keys of a
// paste, whose frames are mostly left out.
func TestLeavingInAPasteBlanksTheScreen(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*Model) tea.Cmd{"leave": (*Model).quit, "suspend": (*Model).suspend} {
		m := loaded(t, 4)
		r := &root{model: m, clock: func() time.Time { return m.now.Add(time.Millisecond) }}
		r.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		m.openInspect()
		r.View()
		for range 3 {
			r.Update(tea.KeyPressMsg{Code: 'x', Text: "x"})
		}
		if !m.stays() || r.View().Content == "" {
			t.Fatalf("%s: no frame was left out", name)
		}
		end(m)
		if m.stays() || r.View().Content != "" {
			t.Errorf("%s: the screen stays", name)
		}
	}
}

func TestNothingPrintsAPasting(t *testing.T) {
	t.Parallel()
	m := loaded(t, 4)
	m.openInspect()
	m.Update(tea.PasteMsg{Content: "3|mock.example|" + strings.Repeat("Qx7", 20)})
	m.Update(tea.KeyPressMsg{Code: 'q', Text: "Q"})
	if m.inspect.pasted.characters != 76 {
		t.Fatalf("it holds %d characters", m.inspect.pasted.characters)
	}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if text := fmt.Sprintf(verb, m.inspect); strings.Contains(text, "Qx7") || strings.Contains(text, "mock.example") {
			t.Errorf("%s prints it", verb)
		}
	}
}

// TestWhatIsTypedGoesIntoSmallPieces bounds what a typed character costs: every
// one makes its piece anew.
func TestWhatIsTypedGoesIntoSmallPieces(t *testing.T) {
	t.Parallel()
	var p pasting
	p.add(strings.Repeat("x", pasteMost/2))
	for range 5 * pieceSize {
		p.add("y")
	}
	if len(p.pieces) != 6 || len(p.tail()) > pieceSize {
		t.Errorf("%d pieces, the last of %d bytes", len(p.pieces), len(p.tail()))
	}
}
