package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
	"provkeys/client/catalog"
	"provkeys/tui/style"
)

// presses sends keys one after another, as a person does; what is not the name of a
// key is typed, character by character.
func presses(t *testing.T, m *Model, keys ...string) {
	t.Helper()
	send := func(key string) {
		m.now = m.now.Add(time.Second)
		m.Update(pressOf(t, key))
	}
	for _, key := range keys {
		if _, err := keyNamed(key); err == nil {
			send(key)
			continue
		}
		for _, r := range key {
			send(strings.ReplaceAll(string(r), " ", "space"))
		}
	}
}

// atCommand returns a model with keys, the command line open and something typed.
func atCommand(t *testing.T, typed string) *Model {
	t.Helper()
	m := loaded(t, 60)
	m.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
	presses(t, m, ":", typed)
	return m
}

// lastLines returns what shows at the end of the screen.
func lastLines(m *Model, n int) string {
	lines := strings.Split(ansi.Strip(m.screen()), "\n")
	return strings.Join(lines[len(lines)-n:], "\n")
}

func TestTabCompletesWhatBeginsSoFirst(t *testing.T) {
	t.Parallel()
	m := atCommand(t, "ra")
	presses(t, m, "tab")
	if got := m.command.line.Value(); got != "raise" {
		t.Errorf("tab made %q of ra", got)
	}
	m = atCommand(t, "kin")
	if got := lastLines(m, 2); !strings.Contains(got, "kind  next-kind  previous-kind") {
		t.Errorf("offered: %s", got)
	}
	presses(t, m, "tab", "tab")
	if got := m.command.line.Value(); got != "next-kind" {
		t.Errorf("the second tab made %q", got)
	}
	presses(t, m, "shift+tab", "shift+tab")
	if got := m.command.line.Value(); got != "previous-kind" {
		t.Errorf("shift+tab went to %q", got)
	}
}

func TestWhatStandsBehindAWordIsCompletedToo(t *testing.T) {
	t.Parallel()
	m := atCommand(t, "kind edg")
	presses(t, m, "tab", "enter")
	if m.keys.kind != client.ServiceEdge || m.open != noDialog {
		t.Errorf("the kind is %q", m.keys.kind)
	}
	presses(t, m, ":", "theme")
	if got := lastLines(m, 2); strings.Contains(got, "set") {
		t.Errorf("a setting was offered as a command: %s", got)
	}
	presses(t, m, "esc", ":", "set th", "tab", "tab", "enter")
	if m.opts.Theme != style.ModeLight {
		t.Errorf("the theme is %v", m.opts.Theme)
	}
}

func TestColumnsAreCompletedOneBehindAnother(t *testing.T) {
	t.Parallel()
	m := atCommand(t, "columns na")
	presses(t, m, "tab", ",st", "tab", "=", "2", "0", ",na")
	if len(m.command.offers) != 0 {
		t.Errorf("a column is offered twice: %v", m.command.offers)
	}
	presses(t, m, "backspace", "backspace", "gr", "tab", "enter")
	if got := m.keys.layout.String(); got != "name,state=20,group" {
		t.Errorf("the columns are %s", got)
	}
}

func TestWhatWasRunComesBack(t *testing.T) {
	t.Parallel()
	m := atCommand(t, "kind all")
	presses(t, m, "enter", ":", "row 3", "enter", ":", "row 3", "enter", ":", "nonsense", "enter", "esc", ":", "ro")
	want := []string{"row 3", "kind all"}
	for _, text := range want {
		presses(t, m, "up")
		if got := m.command.line.Value(); got != text {
			t.Errorf("up went back to %q, want %q", got, text)
		}
	}
	presses(t, m, "up", "down", "down")
	if got := m.command.line.Value(); got != "ro" {
		t.Errorf("down came back to %q", got)
	}
	presses(t, m, "down", "up", "enter")
	if m.open != noDialog || m.keys.table.Cursor() != 2 || len(m.commands) != 2 {
		t.Errorf("the cursor is on row %d; ran %q", m.keys.table.Cursor(), m.commands)
	}
}

func TestEachCommandDoesWhatItSays(t *testing.T) {
	t.Parallel()
	for line, done := range map[string]func(*Model) bool{
		"filter asg left<5":     func(m *Model) bool { return m.keys.filter.kept == "asg left<5" },
		"filter":                func(m *Model) bool { return m.keys.filter.typing },
		"kind cloud-controller": func(m *Model) bool { return m.keys.kind == client.CloudController },
		"sort uses":             func(m *Model) bool { return m.keys.sort == catalog.ByUses && !m.keys.reverse },
		"sort left reverse":     func(m *Model) bool { return m.keys.sort == catalog.ByLeft && m.keys.reverse },
		"sort":                  func(m *Model) bool { return m.open == sortOpen },
		"columns id,name=30":    func(m *Model) bool { return m.keys.layout.String() == "id,name=30" },
		"columns":               func(m *Model) bool { return m.open == columnsOpen },
		"groups":                func(m *Model) bool { return m.page == groupsPage },
		"view":                  func(m *Model) bool { return m.open == viewsOpen },
		"row 60":                func(m *Model) bool { return m.keys.table.Cursor() == 59 },
		"set refresh 2m": func(m *Model) bool {
			return m.opts.Refresh == 2*time.Minute && m.loads.next.Sub(m.now) == 2*time.Minute
		},
		"set refresh 90s": func(m *Model) bool { return m.toast.text == "refresh is 1m30s." },
		"set refresh 60m": func(m *Model) bool { return m.toast.text == "refresh is 1h." },
		"set refresh 0":   func(m *Model) bool { return m.opts.Refresh == 0 && m.loads.next.IsZero() },
		"set near 5 left": func(m *Model) bool { return m.opts.Near == client.Threshold{Percent: 100, Left: 5} },
		"set theme mono":  func(m *Model) bool { return m.opts.Theme == style.ModeMono },
		"set ascii true":  func(m *Model) bool { return m.opts.ASCII && !strings.ContainsAny(m.screen(), "▸·") },
		"set mouse true":  func(m *Model) bool { return m.View().MouseMode != tea.MouseModeNone },
		"set plain true":  func(m *Model) bool { return m.View().Cursor != nil },
		"set near":        func(m *Model) bool { return m.toast.text == "near is 80%." },
		"set": func(m *Model) bool {
			return strings.HasPrefix(m.toast.text, "refresh 30s · near 80% · theme auto · mouse false · plain false · ascii false")
		},
		"q":          func(m *Model) bool { return m.phase == leaving },
		"quit":       func(m *Model) bool { return m.phase == leaving },
		"expand-all": func(m *Model) bool { return m.keys.openAll },
		"":           func(m *Model) bool { return len(m.commands) == 0 },
	} {
		m := atCommand(t, line)
		presses(t, m, "enter")
		if m.open == commandOpen || !done(m) {
			t.Errorf(":%s was not done: %s", line, lastLines(m, 3))
		}
	}
}

func TestALineThatCannotBeRunStaysAndSaysWhy(t *testing.T) {
	t.Parallel()
	for line, why := range map[string]string{
		"copz":             "Is it copy?",
		"colmuns":          "",
		"zzzzzz":           "There is no such command: ? lists them.",
		"ex":               "That may be expand or expand-all.",
		"quit now":         "quit takes nothing behind it.",
		"filter left<":     "left",
		"kind gateway":     "it is all, app-connector, network-connector, service-edge or cloud-controller.",
		"sort size":        "they are name, kind,",
		"profile lab":      "There are no profiles here: start provkeys without demo to choose or add one.",
		"columns size":     "is no column",
		"columns group":    "it must be among them.",
		"row":              "from 1 to 60.",
		"row -1":           "from 1 to 60.",
		"row 61":           "the last that shows is 60.",
		"set color red":    "what can is refresh, near",
		"set refresh 1s":   "at least 5 seconds",
		"set refresh soon": "at least 5 seconds",
		"set near 0%":      "a share such as 80%",
		"set ascii maybe":  "true or false",
		"set theme pink":   "auto, light, dark or mono",
	} {
		m := atCommand(t, line)
		presses(t, m, "enter")
		if got := lastLines(m, 3); m.open != commandOpen || !strings.Contains(strings.Join(strings.Fields(got), " "), why) || m.command.text() != line || m.commands != nil {
			t.Errorf(":%s said: %s", line, got)
		}
		presses(t, m, "backspace")
		if m.command.fault != "" {
			t.Errorf(":%s goes on saying why", line)
		}
	}
}

func TestAReasonOfTheCommandLineIsWholeOnTheSmallestScreen(t *testing.T) {
	t.Parallel()
	m := atCommand(t, "kind gateway")
	m.Update(tea.WindowSizeMsg{Width: leastWidth, Height: leastHeight})
	presses(t, m, "enter")
	checkSize(t, m, leastWidth, leastHeight)
	got := strings.Join(strings.Fields(lastLines(m, leastHeight)), " ")
	if !strings.Contains(got, "or cloud-controller. :kind gateway") {
		t.Errorf("the reason is cut: %s", got)
	}
}

func TestAPastedCommandWaitsForAPerson(t *testing.T) {
	t.Parallel()
	m := atCommand(t, "")
	m.now = m.now.Add(time.Second)
	m.Update(tea.PasteMsg{Content: "row 5\nquit\n"})
	if m.open != commandOpen || m.command.line.Value() != "row 5 quit" || m.phase != running {
		t.Errorf("it holds %q", m.command.line.Value())
	}
	m.now = m.now.Add(time.Second)
	m.Update(tea.PasteMsg{Content: "\x1b[31m\u202e" + strings.Repeat("x", 5000)})
	checkSize(t, m, 100, 30)
	presses(t, m, "enter")
	if strings.Contains(m.command.fault, "x") {
		t.Errorf("what was pasted is repeated: %s", m.command.fault)
	}
}

func TestAReadOnlyConsoleOffersNothingThatChanges(t *testing.T) {
	t.Parallel()
	m := loadedWith(t, 8, Options{ReadOnly: true})
	m.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
	for _, word := range m.words() {
		if m.keymap.action(action(word)).write {
			t.Errorf("%s is offered", word)
		}
	}
	presses(t, m, ":", "delet", "e", "enter")
	if m.open != noDialog || !strings.Contains(m.toast.text, "read-only") {
		t.Errorf("it says %q", m.toast.text)
	}
}

func TestTheOfferInTheLineAlwaysShows(t *testing.T) {
	t.Parallel()
	m := atCommand(t, "")
	for _, w := range []int{leastWidth, 60, 100} {
		m.Update(tea.WindowSizeMsg{Width: w, Height: 20})
		for range m.command.offers {
			presses(t, m, "tab")
			if at := m.command.offers[m.command.at].shown; !strings.Contains(lastLines(m, 2), at) {
				t.Fatalf("at %d cells %s does not show: %s", w, at, lastLines(m, 2))
			}
		}
	}
}

func TestNearWordsAreThoseOfASlipOrTwo(t *testing.T) {
	t.Parallel()
	words := []string{"copy", "copy-as", "close", "columns", "quit", "up"}
	for typed, want := range map[string][]string{
		"copz": {"copy"}, "qiut": {"quit"}, "colums": {"columns"}, "as": nil, "opy": {"copy", "copy-as"}, "x": nil, "pu": {"up"},
		strings.Repeat("copy", 20): nil,
	} {
		if got := nearest(words, typed); !slices.Equal(got, want) {
			t.Errorf("%.20s: %q, want %q", typed, got, want)
		}
	}
}
