package tui

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
)

// showingPassphrase is a model whose dialog shows a passphrase that was made up.
func showingPassphrase(t *testing.T) *Model {
	t.Helper()
	m := loaded(t, 60)
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 30})
	m.openDownload()
	m.download.stage = downloadWriting
	m.Update(downloadedMsg{key: m.download.key, made: client.NewSecret("made1-made2-made3")})
	if m.download.made.IsZero() {
		t.Fatal("there is no passphrase")
	}
	return m
}

// TestAPassphraseThatNobodySeesIsKept presses everything that closes a dialog, on
// a screen that is too small to draw it.
func TestAPassphraseThatNobodySeesIsKept(t *testing.T) {
	t.Parallel()
	m := showingPassphrase(t)
	m.Update(tea.WindowSizeMsg{Width: leastWidth - 1, Height: 30})
	for _, key := range []tea.KeyPressMsg{{Code: tea.KeyEscape}, {Code: tea.KeyEnter}, {Code: 'q', Text: "q"}, {Code: 'y', Text: "y"}} {
		m.actOn(key)
		if m.open != downloadOpen || m.download.made.IsZero() {
			t.Fatalf("%s drops it", key)
		}
	}
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 30})
	m.actOn(tea.KeyPressMsg{Code: 'y', Text: "y"})
	if m.open != noDialog || !m.download.made.IsZero() {
		t.Error("y does not close it")
	}
}

// TestAClosedDownloadKeepsNothing looks at the model, and at what fmt prints of
// it, while the dialog is open and after.
func TestAClosedDownloadKeepsNothing(t *testing.T) {
	t.Parallel()
	const typed = "Quince and walnuts"
	m := loaded(t, 60)
	m.effects.downloads = noChecks{}
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 30})
	for name, close := range map[string]func(){
		"esc":     func() { m.actOn(tea.KeyPressMsg{Code: tea.KeyEscape}) },
		"written": func() { m.Update(downloadedMsg{key: m.download.key}) },
		"shut":    func() { m.shut() },
		"again":   func() { m.openDownload() },
	} {
		m.openDownload()
		m.actOn(tea.KeyPressMsg{Code: 'p', Text: "p"})
		m.Update(tea.PasteMsg{Content: typed})
		if m.download.form.Value(passphraseField) != typed {
			t.Fatalf("%s: nothing was typed", name)
		}
		printsNothing(t, m, typed)
		close()
		if d := &m.download; d.form.Len() != 0 || !d.made.IsZero() || d.path != "" || d.done != "" {
			t.Errorf("%s: it keeps a form of %d fields", name, d.form.Len())
		}
		printsNothing(t, m, typed)
	}
	m = showingPassphrase(t)
	m.actOn(tea.KeyPressMsg{Code: 'y', Text: "y"})
	if d := &m.download; !d.made.IsZero() || d.done != "" {
		t.Error("it keeps the passphrase that was made up")
	}
}

// printsNothing fails the test where fmt prints a text out of the model, as
// letters or as numbers.
func printsNothing(t *testing.T, m *Model, text string) {
	t.Helper()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		printed := fmt.Sprintf(verb, m)
		for _, as := range []string{"%s", "%d", "%x", "%q"} {
			var part any = text[1:5]
			if as == "%d" {
				part = []rune(text[1:5])
			}
			if words := strings.Trim(fmt.Sprintf(as, part), "[]"); strings.Contains(printed, words) {
				t.Errorf("%s prints %s", verb, words)
			}
		}
	}
}

// noChecks is a place to write to that takes every passphrase.
type noChecks struct{ namesOnly }

func (noChecks) CheckPassphrase(client.Secret) error { return nil }
