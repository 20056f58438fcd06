package tui

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/tui/form"
	"provkeys/tui/style"
)

// bulkDeed is what is done with every marked key.
type bulkDeed int

const (
	bulkRaise bulkDeed = iota
	bulkSetMax
	bulkDisable
	bulkEnable
	bulkDelete
	bulkDownload
)

// verb and past say it in words, as in "raise 3 keys" and "raised".
func (b bulkDeed) verb() string {
	return [...]string{"raise", "set", "disable", "enable", "delete", "download"}[b]
}

func (b bulkDeed) past() string {
	return [...]string{"raised", "set", "disabled", "enabled", "deleted", "downloaded"}[b]
}

// bulkStage is how far it has come.
type bulkStage int

const (
	bulkChoosing bulkStage = iota
	bulkAsking             // how much, or whether really
	bulkRunning
	bulkResults
)

// bulkDialog does one thing with many keys, one after another.
type bulkDialog struct {
	stage  bulkStage
	deed   bulkDeed
	keys   []client.Key // as they were shown
	about  []string     // what is to be known before, a sentence each
	offers choices
	form   form.Form
	amount int64
	to     Download // of a download: the way, and the folder as its path
	job    bulkJob
	work   work // the question what depends on them
	top    int  // the first result that shows
	burst  int  // in which it was asked
}

// amountField is the only field of what bulk work asks.
const amountField = "amount"

// bulkChoices are what e offers for marked keys.
func bulkChoices() choices {
	return choices{list: []choice{
		{key: "r", words: "raise max uses by a number"},
		{key: "s", words: "set max uses to a number"},
		{key: "d", words: "disable: they enrol nobody until they are enabled"},
		{key: "n", words: "enable"},
	}}
}

// openBulk asks what is to be done with the marked keys.
func (m *Model) openBulk() tea.Cmd {
	m.newBulk()
	m.bulk.offers = bulkChoices()
	return nil
}

// newBulk begins with the marked keys.
func (m *Model) newBulk() {
	m.bulk.work.stop()
	m.open = bulkOpen
	m.bulk = bulkDialog{keys: m.markedKeys(), job: bulkJob{gen: m.bulk.job.gen}, work: m.bulk.work}
	if n := m.hiddenMarks(); n > 0 {
		m.bulk.about = append(m.bulk.about, fmt.Sprintf("%d of them do not show at present.", n))
	}
}

// bulkAnswer is what the dialog returns.
type bulkAnswer int

const (
	bulkGoesOn bulkAnswer = iota
	bulkBegin
	bulkStop
	bulkClosed
)

func (d *bulkDialog) press(key tea.KeyPressMsg, lines, height, burst int) bulkAnswer {
	switch d.stage {
	case bulkChoosing:
		switch d.offers.press(key) {
		case cancelled:
			return bulkClosed
		case accepted:
			d.ask(bulkDeed(d.offers.at), burst)
		}
	case bulkAsking:
		return d.answer(key, burst)
	case bulkRunning:
		if key.String() == "esc" {
			return bulkStop
		}
	case bulkResults:
		switch key.String() {
		case "esc", "q", "enter":
			if d.job.made.IsZero() {
				return bulkClosed
			}
		case "y":
			if !d.job.made.IsZero() {
				return bulkClosed
			}
		}
		d.top = scrolled(d.top, key, lines, height)
	}
	return bulkGoesOn
}

// answer takes a key for the question. Where nothing is typed y is the yes: an enter
// may be a held one, or a second one that was meant for what came before.
func (d *bulkDialog) answer(key tea.KeyPressMsg, burst int) bulkAnswer {
	switch pressed := key.String(); {
	case d.form.Len() > 0:
		return d.update(key, burst)
	case pressed == "esc" || pressed == "n":
		return bulkClosed
	case pressed == "y" && burst != d.burst:
		return bulkBegin
	}
	return bulkGoesOn
}

// update hands a key or a paste to the field.
func (d *bulkDialog) update(msg tea.Msg, burst int) bulkAnswer {
	var result form.Result
	d.form, result = d.form.Update(msg)
	switch {
	case result == form.Cancelled:
		return bulkClosed
	case result != form.Submitted || burst == d.burst:
	case d.work.busy:
		d.form.SetError(amountField, "what enrolled with them is still being asked for: a moment")
	default:
		return bulkBegin
	}
	return bulkGoesOn
}

// typing reports whether a text field takes the keys.
func (d *bulkDialog) typing() bool { return d.stage == bulkAsking && d.form.Len() > 0 }

// ask puts the question that goes before a deed. No number is proposed: an enter alone,
// which may be a held one, begins nothing.
func (d *bulkDialog) ask(deed bulkDeed, burst int) {
	d.deed, d.stage, d.burst = deed, bulkAsking, burst
	n := len(d.keys)
	switch deed {
	case bulkRaise:
		d.form = form.New(numberField("by", "each counts from what the server holds then"))
	case bulkSetMax:
		d.form = form.New(numberField("to", "the same limit for all of them"))
	case bulkDelete:
		d.form = form.New(form.Field{
			Name: amountField, Label: "how many are they?", CharLimit: 6, Hint: fmt.Sprintf("type %d to delete them", n),
			Check: func(text string) (string, error) {
				if strings.TrimSpace(text) != strconv.Itoa(n) {
					return "", fmt.Errorf("type %d to delete them, esc leaves them", n)
				}
				return "enter deletes them for good", nil
			},
		})
	default:
		d.form = form.Form{}
	}
}

func numberField(label, hint string) form.Field {
	return form.Field{
		Name: amountField, Label: label, CharLimit: 10, Hint: hint,
		Check: func(text string) (string, error) {
			_, err := parseCount(text)
			return hint, err
		},
	}
}

// openBulkRaise asks by how much the marked keys are raised.
func (m *Model) openBulkRaise() tea.Cmd {
	m.newBulk()
	m.bulk.ask(bulkRaise, m.burst.serial)
	return nil
}

// afterBulk acts on what the dialog returned.
func (m *Model) afterBulk(a bulkAnswer) tea.Cmd {
	switch a {
	case bulkBegin:
		if text := m.bulk.form.Value(amountField); text != "" {
			// Checked before: what is no number was never submitted.
			m.bulk.amount, _ = parseCount(text)
		}
		return m.beginBulk()
	case bulkStop:
		return m.stopBulk()
	case bulkClosed:
		return m.closeBulk()
	}
	return nil
}

// closeBulk drops everything that the dialog held.
func (m *Model) closeBulk() tea.Cmd {
	words, ended := m.bulk.summary(), m.bulk.stage == bulkResults
	m.bulk.work.stop()
	m.bulk = bulkDialog{job: bulkJob{gen: m.bulk.job.gen + 1}, work: m.bulk.work}
	m.closeDialog()
	if !ended {
		return nil
	}
	if n := len(m.keys.marks); n > 0 {
		words += " What was not done is marked still."
	}
	return m.say(toneInfo, words)
}

// title says what the dialog is about.
func (d *bulkDialog) title() string {
	n := strconv.Itoa(len(d.keys)) + " marked keys"
	if len(d.keys) == 1 {
		n = called(d.keys[0].Name)
	}
	if d.stage == bulkChoosing {
		return "Change " + n
	}
	verb := d.deed.verb()
	if d.deed == bulkSetMax {
		verb = "set the max uses of"
	}
	return strings.ToUpper(verb[:1]) + verb[1:] + " " + n
}

// bulkFailure says why a key was left out, in words for one line.
func (m *Model) bulkFailure(k client.Key, err error) string {
	var conflict *client.ConflictError
	if errors.As(err, &conflict) {
		return "changed elsewhere meanwhile: " + m.conflictWords(k, conflict)
	}
	var blocked *client.BlockedError
	if errors.As(err, &blocked) {
		return "it is " + stateWords(blocked.Now, blocked.Block)
	}
	var unconfirmed *client.UnconfirmedError
	if errors.As(err, &unconfirmed) {
		return "it may have been done, and nobody could confirm it: " + failure(unconfirmed.Err)
	}
	return failure(err)
}

// named returns names for a question, as many as fit into so many lines.
func named(keys []client.Key, w, lines int) []string {
	var names []string
	for _, k := range keys {
		names = append(names, called(k.Name))
	}
	all := style.Wrap(strings.Join(names, ", "), w)
	if len(all) <= lines {
		return all
	}
	all = all[:max(lines, 1)]
	last := len(all) - 1
	all[last] = style.Truncate(all[last], max(w-2, 1)) + " …"
	return all
}
