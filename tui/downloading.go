package tui

import (
	"errors"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/style"
)

func (m *Model) whyNoDownload() string {
	if why := m.whyNoKey(); why != "" && len(m.keys.marks) == 0 {
		return why
	}
	if m.effects.downloads == nil {
		return m.whyNoFiles()
	}
	if len(m.keys.marks) > 0 {
		return "" // each of them is asked
	}
	k, _ := m.keys.current()
	if b := k.CopyBlock(m.now); b != nil {
		return m.blockedWords(k, b)
	}
	return ""
}

func (m *Model) whyNoFiles() string {
	return "Nothing can be written from here: provkeys download does that at a shell."
}

// whyNoMadePassphrase says why a passphrase that was made up could not be shown
// once and never again.
func (m *Model) whyNoMadePassphrase() string {
	keeps := m.whyItMayStay()
	switch {
	case m.tmuxUnasked():
		return "Whether it could be shown, is being asked."
	case keeps == "":
		return ""
	case !m.question.isSettled():
		return "It could not be shown: " + keeps + ". Close this and press " + m.keymap.of("download") + " again in a second."
	}
	return "It could not be shown: " + keeps + ". Take another way."
}

func (m *Model) openDownload() tea.Cmd {
	if keys := m.markedKeys(); len(keys) > 0 {
		cmd := m.downloadFor(keys[0])
		m.download.many = keys
		if n := m.hiddenMarks(); n > 0 {
			m.download.unseen = fmt.Sprintf(", %d of them not shown", n)
		}
		return cmd
	}
	k, _ := m.keys.current()
	m.keys.took()
	return m.downloadFor(k)
}

func (m *Model) downloadFor(k client.Key) tea.Cmd {
	m.closeDownload()
	m.download.key, m.download.offers, m.download.checks = k, protections(m.whyNoMadePassphrase()), m.effects.downloads
	m.open = downloadOpen
	if m.tmuxUnasked() {
		return m.askAlternate(client.Ref{})
	}
	return nil
}

// afterDownload acts on what the dialog returned.
func (m *Model) afterDownload(a downloadAnswer) tea.Cmd {
	d := &m.download
	switch a {
	case downloadFilled:
		if d.protection() == ownPassphrase && d.form.Value(passphraseField) != d.form.Value(againField) {
			why := "the two differ: ctrl+u empties the field"
			if d.form.Value(againField) == "" {
				why = ""
			}
			d.form.SetError(againField, why)
			return nil
		}
		d.path = d.form.Value(pathField)
		switch {
		case d.many != nil && d.protection() == plainText:
			d.stage = downloadConfirming
			return nil
		case d.protection() == plainText:
			_, gen := d.work.begin(m.ctx)
			d.stage = downloadChecking
			return m.effects.placeDownload(gen, d.path, d.key)
		}
		return m.checkDownload()
	case downloadPlainly:
		return m.checkDownload()
	case downloadClosed:
		stage, done := d.stage, d.done
		m.closeDownload()
		switch stage {
		case downloadChecking:
			return m.say(toneInfo, "Given up: nothing was written.")
		case downloadShowing:
			return m.say(toneGood, done)
		}
	}
	return nil
}

// downloadPlaced asks whether the file may be plain, by its whole path.
func (m *Model) downloadPlaced(msg downloadPlacedMsg) tea.Cmd {
	d := &m.download
	if msg.gen != d.work.gen {
		return nil
	}
	d.work.stop()
	if msg.err != nil {
		return m.notDownloaded(pathField, failure(msg.err))
	}
	d.stage, d.path = downloadConfirming, msg.path
	return nil
}

// checkDownload has the key read again before its text is written, as before a
// copy.
func (m *Model) checkDownload() tea.Cmd {
	d := &m.download
	to := d.asked()
	ctx, gen := d.work.begin(m.ctx)
	d.stage = downloadChecking
	if d.many != nil {
		return m.effects.prepareDownloads(gen, to, d.protection() == madePassphrase)
	}
	return m.effects.checkDownload(ctx, gen, to, m.loads.certs.IsZero())
}

// asked returns what the form asks for. Several files go into a folder.
func (d *downloadDialog) asked() Download {
	to := Download{Key: d.key, Path: d.path}
	if d.many != nil {
		to.Path = strings.TrimRight(d.path, "/") + "/"
	}
	switch d.protection() {
	case ownPassphrase:
		to.Passphrase = client.NewSecret(d.form.Value(passphraseField))
	case toRecipients:
		to.Recipients, _ = recipients(d.form)
	case plainText:
		to.Plain = true
	}
	return to
}

// downloadsPrepared writes a file for each of the marked keys, one after another.
func (m *Model) downloadsPrepared(msg bulkPreparedMsg) tea.Cmd {
	d := &m.download
	if msg.gen != d.work.gen {
		return nil
	}
	if msg.refused != nil {
		_, fields := recipients(d.form)
		return m.notDownloaded(fields[msg.recipient], msg.refused.Error())
	}
	if err := m.loads.certsErr; m.loads.certs.IsZero() && err != nil && !errors.Is(err, client.ErrPermission) {
		return m.notDownloaded(pathField, "Not written: whether their signing certificates are still valid could not be checked. "+failure(err))
	}
	to, keys := d.asked(), d.many
	if !msg.made.IsZero() {
		to.Passphrase = msg.made
	}
	m.closeDownload()
	gen := m.bulk.job.gen
	m.open, m.bulk = bulkOpen, bulkDialog{deed: bulkDownload, keys: keys, to: to, job: bulkJob{gen: gen, made: msg.made}}
	return m.beginBulk()
}

// downloadChecked writes the file, if the key is still one that will enrol. What
// is begun is not given up by anything but leaving.
func (m *Model) downloadChecked(msg downloadCheckedMsg) tea.Cmd {
	d := &m.download
	if msg.gen != d.work.gen {
		return nil
	}
	if msg.refused != nil {
		_, fields := recipients(d.form)
		return m.notDownloaded(fields[msg.recipient], msg.refused.Error())
	}
	k, why := m.readFresh(msg.fetched, "Not written: ", "")
	if why != "" {
		return m.notDownloaded(pathField, why)
	}
	d.stage = downloadWriting
	msg.download.Key = k
	return m.effects.writeDownload(m.ctx, msg.download, d.protection() == madePassphrase)
}

// notDownloaded goes back to the form, with its input and the reason.
func (m *Model) notDownloaded(field, why string) tea.Cmd {
	m.download.stage = downloadFilling
	m.download.form.SetError(field, why)
	return nil
}

// downloaded says where the file is and who can read it, and shows the
// passphrase that was made up for it.
func (m *Model) downloaded(msg downloadedMsg) tea.Cmd {
	if msg.err != nil {
		return m.notDownloaded(pathField, failure(msg.err))
	}
	m.create.wasFiled(msg.key)
	done := tea.Batch(
		m.record(Deed{Action: DeedDownloaded, Key: msg.key.Ref(), Name: msg.key.Name, Route: m.download.asked().route()}),
		m.remember(msg.key))
	words := join(fmt.Sprintf("%s is written to %s, for %s.", called(msg.key.Name), style.Sanitize(msg.done.Path), style.Sanitize(msg.done.Readers)),
		join(m.openingWords(), m.copyWarnings(msg.key)))
	if msg.made.IsZero() {
		m.closeDownload()
		return tea.Batch(done, m.say(toneGood, words))
	}
	m.download = downloadDialog{key: msg.key, stage: downloadShowing, work: m.download.work, made: msg.made, done: words}
	return done
}

// openingWords says how the file that was written is opened.
func (m *Model) openingWords() string {
	switch m.download.protection() {
	case plainText:
		return "It is not encrypted."
	case toRecipients:
		return "age -d -i KEY FILE opens it."
	}
	return "age -d FILE opens it."
}
