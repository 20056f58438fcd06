package tui

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
	"provkeys/tui/clipboard"
)

func TestKeysThatCannotBeAreRefusedWithTheirAction(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		keys    map[string][]string
		says    string
		actions []string
	}{
		{map[string][]string{"copz": {"y"}}, `there is no action "copz": is it copy?`, []string{"copz"}},
		{map[string][]string{"zzz": {"y"}}, "help lists them all", []string{"zzz"}},
		{map[string][]string{"copy": {"hyper+y"}}, `there is no key "hyper+y"`, []string{"copy"}},
		{map[string][]string{"copy": {"ctrl+ctrl+y"}}, "before its name stand", []string{"copy"}},
		{map[string][]string{"copy": {"f13"}}, `there is no key "f13"`, []string{"copy"}},
		{map[string][]string{"copy": {""}}, `there is no key ""`, []string{"copy"}},
		{map[string][]string{"copy": {"shift+y"}}, "such as Y", []string{"copy"}},
		{map[string][]string{"copy": {"ctrl+c"}}, "always leaves", []string{"copy"}},
		{map[string][]string{"copy": {"ctrl+m"}}, "sends ctrl+m for another key", []string{"copy"}},
		{map[string][]string{"copy": {"y", "y"}}, "the key y twice", []string{"copy"}},
		{map[string][]string{"edit": {"y"}}, "y is the key of both copy and edit", []string{"copy", "edit"}},
		{map[string][]string{"edit": {"esc"}}, "esc is the key of both edit and back", []string{"edit", "back"}},
		{map[string][]string{"edit": {"CTRL+L"}}, "ctrl+l is the key of both edit and redraw", []string{"edit", "redraw"}},
		{map[string][]string{"back": {"f5"}}, "back keeps the key esc", []string{"back"}},
		{map[string][]string{"back": {}}, "back keeps the key esc", []string{"back"}},
		{map[string][]string{"redraw": {"L"}}, "their own use for L", []string{"redraw"}},
		{map[string][]string{"suspend": {"enter"}}, "their own use for enter", []string{"suspend"}},
		{map[string][]string{"suspend": {"shift+tab"}}, "their own use for shift+tab", []string{"suspend"}},
	} {
		_, err := newModel(t.Context(), Deps{}, Options{Keys: tt.keys})
		var wrong *KeysError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), tt.says) || !slices.Equal(wrong.Actions, tt.actions) {
			t.Errorf("%v: %v", tt.keys, err)
		}
	}
}

func TestKeysThatCanBeTakeThePlaceOfOthers(t *testing.T) {
	t.Parallel()
	for _, keys := range []map[string][]string{
		nil,
		{"copy": {}},
		{"copy": {"e"}, "edit": {"y"}}, // they swap
		{"back": {"esc", "backspace"}},
		{"redraw": {"f5"}},
		{"suspend": {"alt+z"}},
		{"copy": {"+"}, "edit": {"ctrl++"}, "raise": {"é"}, "new": {" "}, "mark": {"alt+shift+up"}},
	} {
		k, err := newKeymap(keys)
		if err != nil {
			t.Errorf("%v: %v", keys, err)
			continue
		}
		if _, none := keys["copy"]; none && len(keys["copy"]) == 0 && k.of("copy") != ":copy" {
			t.Errorf("without a key, copy is written %s", k.of("copy"))
		}
		for word := range keys {
			for _, key := range k.action(action(word)).keys {
				if b, ok := k.bound(key, keysPage); !ok || string(b.action) != word {
					t.Errorf("%v: %s does %s", keys, key, b.action)
				}
			}
		}
	}
}

// pressOf returns what Bubble Tea sends for a key.
func pressOf(t *testing.T, key string) tea.KeyPressMsg {
	t.Helper()
	codes := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "backspace": tea.KeyBackspace,
		"delete": tea.KeyDelete, "insert": tea.KeyInsert, "up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight,
		"home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	}
	for n := range 12 {
		codes[fmt.Sprintf("f%d", n+1)] = tea.KeyF1 + rune(n)
	}
	var press tea.KeyPressMsg
	rest := key
	for mod, bit := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "alt+": tea.ModAlt, "shift+": tea.ModShift} {
		if strings.Contains(rest[:len(rest)-1], mod) {
			rest, press.Mod = strings.Replace(rest, mod, "", 1), press.Mod|bit
		}
	}
	code, named := codes[rest]
	if !named {
		code = []rune(rest)[0]
	}
	press.Code = code
	if !named && press.Mod == 0 {
		press.Text = rest
	}
	if rest == "space" && press.Mod == 0 {
		press.Text = " "
	}
	return press
}

func TestAKeyIsWrittenAsTheTerminalSendsIt(t *testing.T) {
	t.Parallel()
	keys := namedKeys()
	for _, b := range bindings() {
		keys = append(keys, b.keys...)
	}
	for _, key := range append(keys, "ctrl+f5", "ctrl+alt+shift+up", "alt+y", "ctrl+y", "+", "ctrl++", "é") {
		if sent := pressOf(t, key).String(); sent != key {
			t.Errorf("%s arrives as %s", key, sent)
		}
		if read, err := keyNamed(key); read != key || err != nil {
			t.Errorf("%s is read as %s, %v", key, read, err)
		}
	}
}

// elsewhere gives every action other keys than those that it comes with.
func elsewhere() map[string][]string {
	keys := map[string][]string{}
	for i, b := range bindings() {
		if b.action != "back" {
			modifiers := []string{"", "ctrl+", "alt+", "ctrl+alt+", "ctrl+shift+", "alt+shift+"}
			keys[string(b.action)] = []string{fmt.Sprintf("%sf%d", modifiers[i/12], i%12+1)}
		}
	}
	return keys
}

// numbers are what a single letter may stand behind in a sentence, as in "30 s".
var numbers = regexp.MustCompile(`\d+ s\b`)

// namedIn returns which of the keys that actions come with a text names.
func namedIn(text string) []string {
	come := map[string]bool{}
	for _, b := range bindings() {
		for _, key := range b.keys {
			switch key {
			case "esc", "enter", "tab", "space", "up", "down", "left", "right", "home", "end": // dialogs have them too, and sentences words
			default:
				come[key] = true
			}
		}
	}
	var found []string
	for _, word := range strings.Fields(numbers.ReplaceAllString(ansi.Strip(text), "")) {
		if len(word) > 1 {
			word = strings.Trim(word, ".,;()")
		}
		if come[word] && !strings.ContainsAny(word, "0123456789") {
			found = append(found, word)
		}
	}
	return found
}

func TestAKeyThatWasGivenAnotherIsNamedNowhere(t *testing.T) {
	t.Parallel()
	for _, readOnly := range []bool{false, true} {
		m := loadedWith(t, 60, Options{Keys: elsewhere(), ReadOnly: readOnly})
		m.effects.downloads = namesOnly{}
		m.Update(tea.WindowSizeMsg{Width: 200, Height: 50})
		check := func(what, text string) {
			if found := namedIn(text); found != nil {
				t.Errorf("%s names %q: %s", what, found, ansi.Strip(text))
			}
		}
		for at := range m.keys.rows {
			m.keys.table.MoveTo(at, m.source())
			m.keys.took()
			for _, b := range m.keymap.all {
				if b.write && readOnly || b.whyNot == nil {
					continue
				}
				check(string(b.action), m.impossible(b))
			}
			k, _ := m.keys.current()
			check("what a copy says", m.otherWays(k, ""))
		}
		for _, words := range m.sentences() {
			check("a sentence", words)
		}
		for p := range pageCount {
			m.page = p
			m.reselectPage()
			check("the screen", m.screen())
			for _, b := range m.keymap.all {
				check(string(b.action), m.impossible(b))
			}
		}
		m.page = keysPage
		for g := copying; g <= ungrouped; g++ {
			for _, e := range m.actionEntries(m.keymap.all, g) {
				check("help", strings.Join([]string{e.keys, e.does, e.why}, " "))
			}
		}
	}
}

// keyAndVerb is what a sentence looks like that names a key, such as "E raises it".
var keyAndVerb = regexp.MustCompile(`(?:^|[\s:;,.(])(\S+) [a-z]+s\b`)

// TestNoSentenceIsWrittenWithAnActionsKey reads the sentences where they are written:
// many of them show only once something has gone wrong. Keys inside dialogs are fixed.
func TestNoSentenceIsWrittenWithAnActionsKey(t *testing.T) {
	t.Parallel()
	fixed := []string{"s", "ctrl+u", ":"} // a choice, what empties a field, and a colon
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || file == "bindings.go" {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			if text, ok := n.(*ast.BasicLit); ok && text.Kind == token.STRING {
				for _, found := range keyAndVerb.FindAllStringSubmatch(strings.Trim(text.Value, "\"`"), -1) {
					if named := namedIn(found[1]); named != nil && !slices.Contains(fixed, named[0]) {
						t.Errorf("%s: %s names the key %s as a literal: take it from the key map", file, text.Value, named[0])
					}
				}
			}
			return true
		})
	}
}

// sentences are what the console says of things that take long to bring about.
func (m *Model) sentences() []string {
	m.held = holding{outcome: clipboard.Outcome{Route: clipboard.RouteNative, Evidence: clipboard.EvidenceVerified}, blank: "x"}
	k, _ := m.keys.current()
	m.notKeys()
	said := []string{m.toast.text, m.heldWords(80), m.madeWords(client.Key{Exportable: true}), m.madeWords(k)}
	m.keys.marks = nil
	m.markRange()
	said = append(said, m.toast.text)
	m.opts.MaskAlways = true
	said = append(said, m.whyNothingShows())
	m.opts.MaskAlways = false
	m.question = &question{settled: make(chan struct{})}
	said = append(said, m.whyNothingShows(), m.whyNoMadePassphrase())
	m.question = unasked()
	m.undo = undo{until: m.now}
	said = append(said, m.whyNoUndo())
	m.loads.end(client.AppConnector, client.ErrUnavailable, m.now)
	_, missing := m.known()
	return append(append(said, missing...), m.nextTry())
}
