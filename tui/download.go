package tui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/form"
	"provkeys/tui/style"
)

// Downloads writes key texts into files. It is called from several goroutines.
// FileName and CheckPassphrase look at nothing but what they are given.
type Downloads interface {
	// FileName proposes a path for a key's file.
	FileName(k client.Key, encrypted bool) string
	// CheckRecipient says why a recipient will not do: age1…, ssh-ed25519 …,
	// ssh-rsa …, or the path of a file of them.
	CheckRecipient(text string) error
	// CheckPassphrase says why a passphrase will not do.
	CheckPassphrase(p client.Secret) error
	// MakePassphrase makes one up.
	MakePassphrase() client.Secret
	// Where returns the absolute path that a key's file would have, and says why it
	// cannot be written there; it looks at the disk.
	Where(path string, k client.Key, encrypted bool) (string, error)
	// Write writes a key's text, whole or not at all.
	Write(ctx context.Context, d Download) (Downloaded, error)
}

// Download is one file to be written: for recipients, with a passphrase or plain,
// one of them alone.
type Download struct {
	Key        client.Key
	Path       string
	Recipients []string
	Passphrase client.Secret
	Plain      bool
}

// route is the journal's word for how the file is written.
func (d Download) route() string {
	if d.Plain {
		return "plain"
	}
	return "age"
}

// Downloaded is a file that was written.
type Downloaded struct {
	Path    string // absolute
	Readers string // who can read it, for a person
}

// downloadDialog asks how and where to write a key's text.
type downloadDialog struct {
	key    client.Key   // as it was shown
	many   []client.Key // those of several files, in a folder; nil for one
	unseen string       // how many of them do not show, in words behind their number
	stage  downloadStage
	offers choices // of protections
	form   form.Form
	work   work          // what is under way
	path   string        // of the file that is being written, or was
	made   client.Secret // the passphrase that was made up, once it shows
	done   string        // what is said of the file beside it
	checks Downloads
}

// downloadStage is how far the dialog is.
type downloadStage int

const (
	downloadChoosing   downloadStage = iota // how to protect the file
	downloadFilling                         // in the form
	downloadConfirming                      // that it is to be plain
	downloadChecking                        // the key is being read again
	downloadWriting                         // too late to give up
	downloadShowing                         // the passphrase that was made up, once
)

// protection is how a file is kept from those whom it is not for.
type protection int

const (
	madePassphrase protection = iota
	ownPassphrase
	toRecipients
	plainText
)

// protections offers them, safest and easiest first; unshown is why a passphrase
// cannot be shown, "" where it can.
func protections(unshown string) choices {
	return choices{list: []choice{
		madePassphrase: {key: "m", words: "encrypted, with a passphrase made for you", why: unshown},
		ownPassphrase:  {key: "p", words: "encrypted, with your own passphrase"},
		toRecipients:   {key: "r", words: "encrypted, to age or SSH public keys"},
		plainText:      {key: "t", words: "plain text: whoever reads it has the key"},
	}}
}

// downloadAnswer is what the dialog returns.
type downloadAnswer int

const (
	downloadGoesOn  downloadAnswer = iota
	downloadFilled                 // the form
	downloadPlainly                // the question was answered with yes
	downloadClosed
)

// closeDownload drops everything that the dialog held. What is being checked is
// given up; the generation goes on, so that nothing late is taken for something
// new.
func (m *Model) closeDownload() {
	m.download.work.stop()
	m.download = downloadDialog{work: m.download.work}
	if m.open == downloadOpen {
		m.closeDialog()
	}
}

// what names what is downloaded.
func (d *downloadDialog) what() string {
	if d.many != nil {
		return fmt.Sprintf("%d marked keys", len(d.many)) + d.unseen
	}
	return called(d.key.Name)
}

// typing reports whether a text field takes the keys.
func (d *downloadDialog) typing() bool { return d.stage == downloadFilling }

// keeps reports whether the dialog must stay: it has or will have a passphrase
// to show that nobody could know otherwise.
func (d *downloadDialog) keeps() bool {
	return d.stage == downloadWriting || d.stage == downloadShowing
}

func (d *downloadDialog) press(key tea.KeyPressMsg) downloadAnswer {
	switch d.stage {
	case downloadChoosing:
		return d.choose(key)
	case downloadFilling:
		return d.fill(key)
	case downloadConfirming:
		// A second enter of a hurry, or of a paste, must not be the yes.
		switch key.String() {
		case "y":
			return downloadPlainly
		case "esc", "n":
			d.stage = downloadFilling
		}
	case downloadChecking:
		if key.String() == "esc" {
			return downloadClosed
		}
	case downloadShowing:
		// Enter may be a held one, and esc one that came too late to give up.
		if key.String() == "y" {
			return downloadClosed
		}
	}
	return downloadGoesOn
}

// choose walks the protections, or takes one.
func (d *downloadDialog) choose(key tea.KeyPressMsg) downloadAnswer {
	switch d.offers.press(key) {
	case cancelled:
		return downloadClosed
	case accepted:
		path := form.Field{Name: pathField, Label: "file", Value: d.checks.FileName(d.key, d.protection() != plainText)}
		if d.many != nil {
			path.Label, path.Value, path.Hint = "folder", "./", "a file of its own for each key"
		}
		d.stage, d.form = downloadFilling, downloadForm(path, d.protection(), d.checks)
	}
	return downloadGoesOn
}

// protection returns the one that was chosen.
func (d *downloadDialog) protection() protection { return protection(d.offers.at) }

func (d *downloadDialog) fill(key tea.KeyPressMsg) downloadAnswer {
	switch d.edit(key) {
	case form.Cancelled:
		return downloadClosed
	case form.Submitted:
		return downloadFilled
	}
	return downloadGoesOn
}

// edit hands a key or a paste to the form. Another field stands ready for
// another recipient.
func (d *downloadDialog) edit(msg tea.Msg) form.Result {
	var result form.Result
	d.form, result = d.form.Update(msg)
	if d.protection() == toRecipients {
		d.form = withNextRecipient(d.form)
	}
	return result
}

func (d *downloadDialog) paste(msg tea.PasteMsg) {
	if d.stage == downloadFilling {
		d.edit(msg)
	}
}

// view draws the dialog in at most h lines.
func (d *downloadDialog) view(w, h int, th style.Theme) []string {
	switch d.stage {
	case downloadChoosing:
		return d.offers.viewOver(keysLine(w, th, "enter", "go on", "esc", "cancel"), w, h, th)
	case downloadConfirming:
		question := []string{"Write " + d.what() + " in the plain?", "Whoever can read " + style.Sanitize(d.path) + " can enrol with it."}
		return overKeys(wrapped(question, w), keysLine(w, th, "y", "write it in the plain", "esc", "back"), h)
	case downloadShowing:
		return d.shown(w, h, th)
	}
	pairs := []string{"enter", "write", "esc", "cancel"}
	if d.form.Len() > 1 {
		pairs = append(pairs, "tab", "next field")
	}
	keys := keysLine(w, th, pairs...)
	switch d.stage {
	case downloadChecking:
		keys = busyLine(w, th, "checking the key… esc gives it up")
	case downloadWriting:
		keys = busyLine(w, th, "writing… it is too late to give up")
	}
	return overKeys(d.form.View(w, max(h-2, 1), th), keys, h)
}

// shown draws the passphrase that was made up. What there is no room for below
// it is said once the dialog is closed.
func (d *downloadDialog) shown(w, h int, th style.Theme) []string {
	lines := wrapped([]string{d.made.Reveal()}, w)
	for i := range lines {
		lines[i] = th.LabelActive.Render(lines[i])
	}
	lines = append(lines, wrapped([]string{"It is the passphrase of the file, and it is not shown again.", "", d.done}, w)...)
	return overKeys(lines, keysLine(w, th, "y", "I have it: close"), h)
}

// overKeys puts lines over the line of keys, as many as fit into h: a line that says
// something is worth more than the blank one between.
func overKeys(lines []string, keys string, h int) []string {
	lines = lines[:min(len(lines), max(h-1, 1))]
	if len(lines) < h-1 {
		lines = append(lines, "")
	}
	return append(lines, keys)
}

// wrapped returns sentences, each on lines of its own.
func wrapped(sentences []string, w int) []string {
	var lines []string
	for _, s := range sentences {
		lines = append(lines, style.Wrap(s, w)...)
	}
	return lines
}
