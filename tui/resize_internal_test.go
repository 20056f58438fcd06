package tui

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
)

// TestResizingNeverBreaksTheScreen goes through sizes at random, as somebody does who
// drags the corner of a window, in every situation, and presses and clicks meanwhile.
func TestResizingNeverBreaksTheScreen(t *testing.T) {
	t.Parallel()
	looks := []Options{{}, {ASCII: true, Colour: "red"}, {Plain: true}, {Mouse: true, Colour: "blue"}}
	keys := []tea.KeyPressMsg{{Code: tea.KeyDown}, {Code: tea.KeyTab}, {Code: tea.KeyPgDown}, {Code: 'x', Text: "x"}, {Code: tea.KeyEnd}}
	ways := situations()
	var last string
	defer func() { t.Log(last) }()
	for i, name := range slices.Sorted(maps.Keys(ways)) {
		rng := rand.New(rand.NewPCG(uint64(i), 1))
		m := loadedWith(t, 24, looks[i%len(looks)])
		m.Update(tea.WindowSizeMsg{Width: 1 + rng.IntN(140), Height: 1 + rng.IntN(50)})
		ways[name](m)
		for range 7 {
			w, h := 1+rng.IntN(140), 1+rng.IntN(50)
			if rng.IntN(2) == 0 {
				w, h = leastWidth+rng.IntN(25), leastHeight+rng.IntN(14)
			}
			m.Update(tea.WindowSizeMsg{Width: w, Height: h})
			last = fmt.Sprintf("the last: %s with %+v at %d×%d", name, looks[i%len(looks)], w, h)
			checkSize(t, m, w, h)
			m.Update(keys[rng.IntN(len(keys))])
			m.Update(tea.MouseClickMsg{X: rng.IntN(w), Y: rng.IntN(h), Button: tea.MouseLeft})
			checkSize(t, m, w, h)
			if c := m.View().Cursor; c != nil && (c.X >= w || c.Y >= h) {
				t.Fatalf("the cursor is at %d, %d", c.X, c.Y)
			}
		}
	}
}

// TestTheSmallestScreenSaysWhatMatters walks the dialogs whose words a person must
// have read before a key answers them.
func TestTheSmallestScreenSaysWhatMatters(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		enter func(*Model)
		says  []string
	}{
		"delete": {deleteOpened, []string{"enrolled with it", "not upgraded", "disable it instead", "delete it for good", "cancel"}},
		"delete, named": {func(m *Model) {
			deleteOpened(m)
			m.erase.stage, m.erase.form = deleteNaming, nameForm(m.erase.seen)
		}, []string{"enrolled with it", "type ", "delete it for good", "esc"}},
		"delete many": {func(m *Model) { m.markAll(); m.openBulkDelete() }, []string{"type 60 to delete them", "cannot be brought back", "cancel"}},
		"created": {func(m *Model) {
			createFormOpen(m)
			m.created(keyCreatedMsg{created: madeHidden()})
		}, []string{"is hidden: copy or download it now", "never shows again", "y copy", "o download"}},
		"closing": {func(m *Model) {
			createFormOpen(m)
			m.created(keyCreatedMsg{created: madeHidden()})
			m.create.stage = createParting
		}, []string{"nobody can see its text again", "neither copied nor downloaded", "D drop its text", "esc back"}},
		"conflict": {situations()["conflict"], []string{"was 10, is now", "y send", "back to the form"}},
		"table":    {func(*Model) {}, []string{"y copy", "help"}},
		"kind":     {func(m *Model) { m.showKind(client.CloudController) }, []string{"controller 15"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := loaded(t, 60)
			m.Update(tea.WindowSizeMsg{Width: leastWidth, Height: leastHeight})
			c.enter(m)
			m.toast.text = "" // it has been read
			m.Update(tickMsg{})
			shown := strings.Join(strings.Fields(ansi.Strip(m.screen())), " ")
			if i := slices.IndexFunc(c.says, func(words string) bool { return !strings.Contains(shown, words) }); i >= 0 {
				t.Errorf("it does not say %q:\n%s", c.says[i], ansi.Strip(m.screen()))
			}
		})
	}
}

func TestALongReviewScrolls(t *testing.T) {
	t.Parallel()
	m := loaded(t, 60)
	m.Update(tea.WindowSizeMsg{Width: leastWidth, Height: leastHeight})
	situations()["create review"](m)
	if strings.Contains(ansi.Strip(m.screen()), "allowed addresses") {
		t.Fatal("the review is not longer than the screen")
	}
	m.Update(tea.KeyPressMsg{Code: tea.KeyEnd})
	if m.open != createOpen || !strings.Contains(ansi.Strip(m.screen()), "allowed addresses") {
		t.Errorf("its end does not show:\n%s", ansi.Strip(m.screen()))
	}
}
