package tui

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// onHelp returns a model that shows its help page on w by h cells.
func onHelp(t *testing.T, w, h int, opts Options, keys ...string) *Model {
	t.Helper()
	m := loadedWith(t, 8, opts)
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	presses(t, m, append([]string{"?"}, keys...)...)
	return m
}

// helped returns the whole page in one line.
func helped(m *Model) string {
	return strings.Join(strings.Fields(ansi.Strip(strings.Join(m.helpText(m.width), " "))), " ")
}

func TestHelpHasEveryActionInAGroupWithItsKeysAndName(t *testing.T) {
	t.Parallel()
	text := helped(onHelp(t, 400, 30, Options{}))
	for _, b := range bindings() {
		if b.action.group() == ungrouped {
			t.Errorf("%s stands in no group of the help page", b.action)
		}
		if want := strings.Join(append(slices.Clone(b.keys), b.does, "·", ":"+string(b.action)), " "); !strings.Contains(text, want) {
			t.Errorf("help does not say %q", want)
		}
	}
	for _, c := range commands() {
		if want := ":" + c.word + " " + c.takes + " " + c.does; !strings.Contains(text, want) {
			t.Errorf("help does not say %q", want)
		}
	}
}

func TestEveryKeyThatHelpShowsActsWhereItIsAtHome(t *testing.T) {
	t.Parallel()
	k, err := newKeymap(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range bindings() {
		for _, key := range b.keys {
			for p := range pageCount {
				if at, ok := k.bound(key, p); b.on.has(p) && (!ok || at.action != b.action) {
					t.Errorf("on the page of %s, %s is %q and not %s", p, key, at.action, b.action)
				}
			}
		}
		if b.on == 0 || b.run == nil {
			t.Errorf("%s is at home nowhere, or does nothing", b.action)
		}
	}
}

func TestHelpIsSearchedForWordsAndKeys(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]struct{ has, not string }{
		"undo":       {":undo", ":copy-as"},
		"LAST edit":  {":undo", ":new-like"},
		"shift+ta":   {":previous-kind", ":next-kind"},
		"moving":     {":half-up", ":quit"},
		"colon sett": {":set [SETTING VALUE]", ":quit"},
		"zzz":        {"Nothing here has that", ":quit"},
	} {
		m := onHelp(t, 80, 20, Options{}, "/", typed)
		if text := helped(m); !strings.Contains(text, want.has) || strings.Contains(text, want.not) {
			t.Errorf("%q: %s", typed, text)
		}
	}
}

func TestHelpIsSearchedAndScrolledWithoutLosingItsKeys(t *testing.T) {
	t.Parallel()
	m := onHelp(t, 40, 8, Options{}, "j", "j", "k")
	if m.help.top != 1 {
		t.Errorf("j j k went to line %d", m.help.top)
	}
	presses(t, m, "/", "q?j")
	if m.open != helpOpen || m.help.search.Value() != "q?j" || m.help.top != 0 {
		t.Errorf("what was typed is %q", m.help.search.Value())
	}
	presses(t, m, "ctrl+u", "row", "down", "enter", "j")
	if m.help.top != 2 || m.help.searching {
		t.Errorf("line %d shows first", m.help.top)
	}
	presses(t, m, "esc")
	if m.open != helpOpen || m.help.search.Value() != "" {
		t.Error("esc did not show all of it again")
	}
	for _, key := range []string{"esc", "q", "?", "enter"} {
		presses(t, m, key)
		if m.open != noDialog || m.phase != running {
			t.Errorf("%s did not close help", key)
		}
		presses(t, m, "?")
	}
}

func TestHelpIsOpenedAndClosedByTheKeyThatAPersonGaveIt(t *testing.T) {
	t.Parallel()
	m := onHelp(t, 80, 20, Options{Keys: map[string][]string{"help": {"f1"}, "copy": {"?"}}})
	presses(t, m, "f1")
	if m.open != helpOpen {
		t.Fatal("f1 opens no help")
	}
	presses(t, m, "?")
	if m.open != helpOpen {
		t.Error("? closed help, and means something else")
	}
	presses(t, m, "f1")
	if m.open != noDialog {
		t.Error("f1 did not close help")
	}
}

func TestHelpSaysWhyNotAndWhatIsHidden(t *testing.T) {
	t.Parallel()
	if text := helped(onHelp(t, 200, 20, Options{})); !strings.Contains(text, ":undo not now: There is no edit to undo.") {
		t.Errorf("why nothing can be undone is not said: %s", text)
	}
	text := helped(onHelp(t, 200, 20, Options{ReadOnly: true}))
	if strings.Contains(text, ":delete") || !strings.Contains(text, "6 actions that change something are hidden") {
		t.Errorf("a read-only console says: %s", text)
	}
}

func TestHelpEndsWithTheConfigurationInForce(t *testing.T) {
	t.Parallel()
	m := onHelp(t, 200, 20, Options{InForce: []Fact{
		{"near", "80%", "default"}, {"customer_id", "", "/home/jo/\x1b[2Jconfig.yaml"}, {"theme", "dark", "--theme"},
	}})
	presses(t, m, "esc", ":", "set near 5", "enter", "?", "G")
	text := ansi.Strip(m.screen())
	for _, want := range []string{"In force", "5 left (set here, until the console is left)", `none (/home/jo/\x1b[2Jconfig.yaml)`, "dark (--theme)"} {
		if !strings.Contains(text, want) {
			t.Errorf("help does not end with %q: %s", want, text)
		}
	}
}

// asReadme are the keys that a table writes otherwise.
var asReadme = map[string]string{"↑": "up", "↓": "down", "→": "right", "←": "left", "pgdn": "pgdown"}

func TestTheReadmeHasEveryKeyAndNoOther(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join("..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(readme), "\n## Keys\n")
	section, _, _ = strings.Cut(section, "\n**")
	written := map[string]bool{}
	for line := range strings.SplitSeq(section, "\n") {
		cells := strings.Split(line, " | ")
		for _, of := range regexp.MustCompile("`([^` ]+)`").FindAllStringSubmatch(cells[0], -1) {
			key := of[1]
			if name, ok := asReadme[key]; ok {
				key = name
			}
			written[key] = true
		}
	}
	delete(written, "ctrl+c") // it is no action's
	for _, b := range bindings() {
		for _, key := range b.keys {
			if !written[key] {
				t.Errorf("the table of keys lacks %s, the key of %s", key, b.action)
			}
		}
		for _, key := range b.keys {
			delete(written, key)
		}
	}
	for key := range written {
		t.Errorf("the table of keys has %s, which no action has", key)
	}
}
