package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/tui/style"
)

// copyAsDialog offers the forms of a snippet for one key.
type copyAsDialog struct {
	choices
	key client.Key
}

// formKey returns the key that chooses a form. j, k and q have their own meaning.
func formKey(f deploy.Form) string {
	switch f {
	case deploy.Azure:
		return "z"
	case deploy.Terraform:
		return "r"
	}
	return string(f)[:1]
}

func (m *Model) openCopyAs() tea.Cmd {
	if m.page != keysPage {
		k, _ := m.newcomerKey(m.selected().group)
		return m.copyAsFor(k)
	}
	k, _ := m.keys.current()
	m.keys.took()
	return m.copyAsFor(k)
}

func (m *Model) copyAsFor(k client.Key) tea.Cmd {
	m.open, m.copyAs = copyAsOpen, copyAsDialog{key: k}
	for _, f := range deploy.Forms() {
		one := choice{key: formKey(f), words: style.Fit(string(f), 11) + f.Title()}
		if err := f.Fits(k.Kind); err != nil {
			one.why = err.Error()
		}
		m.copyAs.list = append(m.copyAs.list, one)
	}
	return nil
}

func (d *copyAsDialog) press(key tea.KeyPressMsg) (deploy.Form, answer) {
	a := d.choices.press(key)
	return deploy.Forms()[d.at], a
}

// afterCopyAs copies in the form that was chosen.
func (m *Model) afterCopyAs(f deploy.Form, a answer) tea.Cmd {
	if a == unanswered {
		return nil
	}
	k := m.copyAs.key
	m.closeCopyAs()
	if a == cancelled {
		return nil
	}
	return m.copyFresh(k, f)
}

// text returns what is handed over: the key's text, or the snippet around it.
func (msg textCopiedMsg) text() (client.Secret, error) {
	switch {
	case len(msg.all) > 1:
		return manyTexts(msg.all), nil
	case msg.form == "":
		return msg.key.Text, nil
	}
	return deploy.Snippet(msg.form, msg.key)
}

// closeCopyAs drops the key with the dialog: its text may be one that never shows
// again.
func (m *Model) closeCopyAs() {
	m.copyAs = copyAsDialog{}
	m.closeDialog()
}

// keys returns the keys whose texts are handed over.
func (msg textCopiedMsg) keys() []client.Key {
	if msg.all != nil {
		return msg.all
	}
	return []client.Key{msg.key}
}

// what names what is handed over, as toasts do.
func (msg textCopiedMsg) what() string {
	if n := len(msg.all); n > 1 {
		return fmt.Sprintf("%d keys, one a line", n)
	}
	if msg.form == "" {
		return called(msg.key.Name)
	}
	return called(msg.key.Name) + " as " + string(msg.form)
}

// loadedWords offers what can be copied without the backend: the text alone.
func (m *Model) loadedWords(f deploy.Form) string {
	if f == "" {
		return " " + m.keymap.of("copy-loaded") + " copies what was loaded."
	}
	return " " + m.keymap.of("copy-loaded") + " copies what was loaded, the key text alone."
}
