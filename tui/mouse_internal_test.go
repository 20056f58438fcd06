package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
	"provkeys/client/catalog"
)

// clickOn clicks on a word of the screen, which must be there once or more: the
// first counts.
func clickOn(t *testing.T, m *Model, word string) tea.Cmd {
	t.Helper()
	for y, line := range strings.Split(ansi.Strip(m.screen()), "\n") {
		if before, _, found := strings.Cut(line, word); found {
			return m.Update(tea.MouseClickMsg{X: ansi.StringWidth(before), Y: y, Button: tea.MouseLeft})
		}
	}
	t.Fatalf("%q is not on the screen:\n%s", word, ansi.Strip(m.screen()))
	return nil
}

// withMouse returns a model with some keys and a mouse.
func withMouse(t *testing.T) *Model {
	t.Helper()
	m := loadedWith(t, 12, Options{Mouse: true})
	m.Update(tea.WindowSizeMsg{Width: 120, Height: 35})
	return m
}

func TestAClickPutsTheCursorOnTheRow(t *testing.T) {
	t.Parallel()
	m := withMouse(t)
	clickOn(t, m, "eu-west-1-asg9")
	if k, _ := m.keys.current(); k.Name != "eu-west-1-asg9" || m.keys.isOpen(k.Ref()) {
		t.Fatalf("the cursor is on %q, open %v", k.Name, m.keys.isOpen(k.Ref()))
	}
	clickOn(t, m, "eu-west-1-asg9")
	k, _ := m.keys.current()
	if !m.keys.isOpen(k.Ref()) {
		t.Fatal("a click on the cursor's row did not open it")
	}
	clickOn(t, m, "10.0.0.0/8") // a line of its details
	if now, _ := m.keys.current(); now.Ref() != k.Ref() || !m.keys.isOpen(k.Ref()) {
		t.Error("a click on its details closed the row")
	}
	clickOn(t, m, "eu-west-1-asg9")
	if m.keys.isOpen(k.Ref()) {
		t.Error("a click on its own line did not close the row")
	}
}

func TestAClickOnAKindShowsIt(t *testing.T) {
	t.Parallel()
	m := withMouse(t)
	clickOn(t, m, "service edge 3")
	if m.keys.kind != client.ServiceEdge || len(m.keys.rows) != 3 {
		t.Errorf("kind %q with %d rows", m.keys.kind, len(m.keys.rows))
	}
	clickOn(t, m, "all 12")
	if m.keys.kind != "" || len(m.keys.rows) != 12 {
		t.Errorf("kind %q with %d rows", m.keys.kind, len(m.keys.rows))
	}
}

func TestAClickOnAHeadSortsByIt(t *testing.T) {
	t.Parallel()
	m := withMouse(t)
	clickOn(t, m, "LEFT")
	if m.keys.sort != catalog.ByLeft || m.keys.reverse {
		t.Fatalf("sorted by %v, turned round %v", m.keys.sort, m.keys.reverse)
	}
	clickOn(t, m, "LEFT")
	if m.keys.sort != catalog.ByLeft || !m.keys.reverse {
		t.Errorf("sorted by %v, turned round %v", m.keys.sort, m.keys.reverse)
	}
	clickOn(t, m, "KEY ")
	if m.keys.sort != catalog.ByLeft || !strings.Contains(m.toast.text, "cannot be sorted by that column") {
		t.Errorf("sorted by %v, and it says %q", m.keys.sort, m.toast.text)
	}
}

func TestAClickChoosesInAList(t *testing.T) {
	t.Parallel()
	m := withMouse(t)
	m.openSort()
	clickOn(t, m, "u  uses")
	if m.open != noDialog || m.keys.sort != catalog.ByUses {
		t.Errorf("dialog %v, sorted by %v", m.open, m.keys.sort)
	}
	m.openSort()
	m.Update(tea.MouseClickMsg{X: 1, Y: 20, Button: tea.MouseLeft}) // beside the box
	if m.open != sortOpen || m.keys.sort != catalog.ByUses {
		t.Errorf("a click beside the list: dialog %v, sorted by %v", m.open, m.keys.sort)
	}
}

func TestAClickTurnsThePageAndSortsIt(t *testing.T) {
	t.Parallel()
	m := withMouse(t)
	fleetLoaded(m)
	clickOn(t, m, "Groups")
	if m.page != groupsPage || len(m.groups.rows) == 0 {
		t.Fatalf("page %v with %d rows", m.page, len(m.groups.rows))
	}
	for _, head := range []string{"KEYS", "LEFT"} {
		clickOn(t, m, head)
		if word := m.sortChoices()[m.sorted()].words; word != strings.ToLower(head) {
			t.Errorf("a click on %s sorts by %s", head, word)
		}
	}
	m.openFilter()
	clickOn(t, m, "Keys")
	if m.page != keysPage || m.groups.filter.typing {
		t.Errorf("page %v, typing on the one before: %v", m.page, m.groups.filter.typing)
	}
}

func TestAClickNeverChangesAKey(t *testing.T) {
	t.Parallel()
	m := withMouse(t)
	clickOn(t, m, "eu-west-1-asg9")
	deleteOpened(m)
	for range 3 {
		if cmd := clickOn(t, m, "disable it instead"); cmd != nil || m.open != deleteOpen || len(m.sending) > 0 {
			t.Fatalf("a click did something: dialog %v, sending %v", m.open, m.sending)
		}
	}
	clickOn(t, m, "delete it for good")
	if m.erase.offers.at != 1 || m.erase.stage != deleteChoosing {
		t.Errorf("choice %d, stage %v", m.erase.offers.at, m.erase.stage)
	}
}

func TestTheWheelMovesTheCursor(t *testing.T) {
	t.Parallel()
	m := withMouse(t)
	m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelUp})
	if at := m.keys.table.Cursor(); at != wheelRows {
		t.Errorf("the cursor is on row %d", at)
	}
	m.openHelp()
	m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if m.help.top != 1 {
		t.Errorf("help begins with line %d", m.help.top)
	}
}

// TestAClickInAPasteIsNone holds that a pasted sequence is no mouse: a person needs
// longer from the keys to it.
func TestAClickInAPasteIsNone(t *testing.T) {
	t.Parallel()
	m := withMouse(t)
	m.Update(tea.KeyPressMsg{Code: 'z', Text: "z"})
	clickOn(t, m, "eu-west-1-asg9")
	m.Update(tea.MouseWheelMsg{Button: tea.MouseWheelDown})
	if at := m.keys.table.Cursor(); at != 0 {
		t.Errorf("the cursor is on row %d", at)
	}
	m.now = m.now.Add(time.Second)
	if clickOn(t, m, "eu-west-1-asg9"); m.keys.table.Cursor() == 0 {
		t.Error("a second later a click is ignored")
	}
}

func TestAClickShowsAView(t *testing.T) {
	t.Parallel()
	m := withMouse(t)
	m.viewing.took([]catalog.Saved{{View: catalog.View{Name: "nearly full", Filter: "used>=80%"}}}, nil)
	m.openViews()
	clickOn(t, m, "nearly full")
	if m.open != noDialog || m.keys.filter.text() != "used>=80%" {
		t.Errorf("dialog %d, filter %q", m.open, m.keys.filter.text())
	}
}
