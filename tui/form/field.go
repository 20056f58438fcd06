package form

import (
	tea "charm.land/bubbletea/v2"

	"provkeys/tui/style"
)

// field is one field as it stands.
type field struct {
	spec    Field
	line    Line   // of a list: what is searched for
	at      int    // the option that it is on, -1 for none
	first   string // the text shown at first, with everything unprintable made visible
	edited  bool   // whether the text was ever changed
	pressed bool   // whether enter was pressed, which ends the patience with empty fields
	note    string // what the check says of the text
	err     error  // why the check refuses it
	refused string // why somebody else, or the line itself, refused it; "" once the text is changed
}

// value returns the field's text. An unchanged text goes back as it came, since
// what is shown of a strange one is not what it is.
func (fl *field) value() string {
	if fl.chooses() {
		o, _ := fl.chosen()
		return o.Value
	}
	if text := fl.line.Value(); text != fl.first {
		return text
	}
	return fl.spec.Value
}

// check asks the field's check about its present text.
func (fl *field) check() {
	fl.note, fl.err = "", nil
	if fl.chooses() {
		fl.checkChoice()
	}
	if fl.err == nil && fl.spec.Check != nil {
		fl.note, fl.err = fl.spec.Check(fl.value())
	}
}

// fill replaces the text, or what the field is on.
func (fl *field) fill(value string) {
	fl.edited, fl.refused = true, ""
	if fl.chooses() {
		fl.pickValue(value)
	} else {
		fl.line.SetValue(style.Sanitize(value))
	}
	fl.check()
}

// update edits the text, or says why it does not take what came.
func (fl *field) update(msg tea.Msg) {
	if fl.chooses() {
		fl.choose(msg)
		return
	}
	if fl.line.Update(msg) {
		fl.edited, fl.refused = true, ""
		fl.check()
	}
	if fl.line.fault != "" {
		fl.refused = fl.line.fault
	}
}

// message returns what stands beside the field, and whether it is an error.
func (fl *field) message(focus bool) (text string, bad bool) {
	patient := !fl.pressed && (!fl.edited || !fl.chooses() && fl.line.Value() == "")
	switch {
	case fl.refused != "":
		return style.Sanitize(fl.refused), true
	case fl.err != nil && !patient:
		return style.Sanitize(fl.err.Error()), true
	case focus && fl.lists():
		return fl.searchHint(), false
	case !focus && fl.value() != "" && fl.err == nil && (patient || fl.note == ""):
		return style.Sanitize(fl.note), false // how to fill it in is said elsewhere
	case patient && fl.spec.Hint != "", fl.note == "", fl.err != nil:
		return style.Sanitize(fl.spec.Hint), false
	default:
		return style.Sanitize(fl.note), false
	}
}
