// Package form knows how a person fills in fields: which field takes the keys,
// what stands beside a field while it is typed, and when the whole is
// submitted. It must never know what a field is about, act on a submitted form,
// do I/O, or read the clipboard: pasted text comes from the terminal.
package form

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui/style"
)

// Field is one field as its user asks for it.
type Field struct {
	Name      string // what Value and SetError call it
	Label     string // what stands before it
	Hint      string // what stands beside it until it is touched
	Value     string // what it holds at first; Form.Value gives it back byte for byte while it is unchanged
	CharLimit int    // the greatest number of characters, 0 for no limit; a longer Value is kept whole
	// Options are what it can be, in place of free text. They are a list that is
	// searched, or with Switch a few words that space and ← → go through.
	Options []Option
	Switch  bool
	Secret  bool // it shows dots, and takes what comes as it is or not at all: nothing of it is seen, so nothing is dropped
	// Check returns what to say beside the text, or why it cannot be submitted.
	// It is called at every change and must be pure. Nil takes everything.
	Check func(text string) (note string, err error)
}

// Result says what a key did to the form.
type Result int

// The results. After Submitted and Cancelled the form is as it was, so that it
// can be shown again when the submission fails.
const (
	Editing   Result = iota // go on
	Submitted               // enter, and every check passed
	Cancelled               // esc
)

// Form is a set of fields, one of which takes the keys. It is a value: Update
// returns the changed form and leaves the old one as it was. The zero value has
// no fields and is submitted by enter.
type Form struct {
	fields []field
	focus  int
}

// New returns a form with the first field taking the keys.
func New(fields ...Field) Form {
	f := Form{fields: make([]field, 0, len(fields))}
	for _, spec := range fields {
		f.fields = append(f.fields, newField(spec))
	}
	return f.focused(0)
}

// Value returns the text of a field, "" for a name that no field has.
func (f Form) Value(name string) string {
	for i := range f.fields {
		if f.fields[i].spec.Name == name {
			return f.fields[i].value()
		}
	}
	return ""
}

// With returns the form with one more field behind the one of that name, or at
// the end. The keys go where they went.
func (f Form) With(behind string, added Field) Form {
	at := slices.IndexFunc(f.fields, func(fl field) bool { return fl.spec.Name == behind }) + 1
	if at == 0 {
		at = len(f.fields)
	}
	if at <= f.focus {
		f.focus++
	}
	f.fields = slices.Insert(slices.Clone(f.fields), at, newField(added))
	return f
}

// Len returns the number of fields.
func (f Form) Len() int { return len(f.fields) }

// Names returns the names of the fields, in their order.
func (f Form) Names() []string {
	names := make([]string, 0, len(f.fields))
	for i := range f.fields {
		names = append(names, f.fields[i].spec.Name)
	}
	return names
}

// Has reports whether there is a field of that name.
func (f Form) Has(name string) bool {
	return slices.ContainsFunc(f.fields, func(fl field) bool { return fl.spec.Name == name })
}

// Focused returns the name of the field that takes the keys, "" without fields.
func (f Form) Focused() string {
	if len(f.fields) == 0 {
		return ""
	}
	return f.fields[f.focus].spec.Name
}

// SetError shows why a field was refused by somebody else than its check, until
// the field is changed, and gives it the keys. Every input is kept. An error
// for a name that no field has stands beside the field that takes the keys, so
// that it is never lost.
func (f *Form) SetError(name, msg string) {
	if len(f.fields) == 0 {
		return
	}
	at := slices.IndexFunc(f.fields, func(fl field) bool { return fl.spec.Name == name })
	if at < 0 {
		at = f.focus
	}
	*f = f.focused(at)
	f.fields[at].refused = msg
}

// Error returns why a field was refused by somebody else than its check, "" when
// it was not, or for a name that no field has.
func (f Form) Error(name string) string {
	for i := range f.fields {
		if f.fields[i].spec.Name == name {
			return f.fields[i].refused
		}
	}
	return ""
}

// Fill puts a value into a field as if a person had done it. A name that no field
// has is no fault.
func (f Form) Fill(name, value string) Form {
	f.fields = slices.Clone(f.fields)
	for i := range f.fields {
		if f.fields[i].spec.Name == name {
			f.fields[i].fill(value)
		}
	}
	return f
}

// Focus returns the form with the field of that name taking the keys; a name that
// no field has leaves it as it is.
func (f Form) Focus(name string) Form {
	for i := range f.fields {
		if f.fields[i].spec.Name == name {
			return f.focused(i)
		}
	}
	return f
}

// Changed reports whether a field is not what it was at first.
func (f Form) Changed(name string) bool {
	for i := range f.fields {
		if f.fields[i].spec.Name == name {
			return f.fields[i].value() != f.fields[i].spec.Value
		}
	}
	return false
}

// Update takes a key or a paste: tab, shift+tab, up and down walk the fields,
// esc cancels, and enter submits if every check passes and else goes to the
// first field whose check does not. Everything else edits the field. In a list up
// and down walk the options instead.
func (f Form) Update(msg tea.Msg) (Form, Result) {
	if press, ok := msg.(tea.KeyPressMsg); ok {
		switch press.String() {
		case "esc":
			return f, Cancelled
		case "enter":
			return f.submit()
		case "tab":
			return f.focused(f.focus + 1), Editing
		case "shift+tab":
			return f.focused(f.focus - 1), Editing
		case "down":
			return f.stepped(1), Editing
		case "up":
			return f.stepped(-1), Editing
		case "pgdown":
			return f.stepped(listLines), Editing
		case "pgup":
			return f.stepped(-listLines), Editing
		}
	}
	if len(f.fields) == 0 {
		return f, Editing
	}
	f.fields = slices.Clone(f.fields)
	f.fields[f.focus].update(msg)
	return f, Editing
}

// stepped walks the options of a list, else the fields.
func (f Form) stepped(by int) Form {
	if len(f.fields) == 0 || !f.fields[f.focus].lists() {
		return f.focused(f.focus + min(max(by, -1), 1))
	}
	f.fields = slices.Clone(f.fields)
	f.fields[f.focus].step(by)
	return f
}

// submit checks every field, and says whether all may go.
func (f Form) submit() (Form, Result) {
	f.fields = slices.Clone(f.fields)
	bad := -1
	for i := range f.fields {
		f.fields[i].pressed = true
		if bad < 0 && f.fields[i].err != nil {
			bad = i
		}
	}
	if bad >= 0 {
		return f.focused(bad), Editing
	}
	return f, Submitted
}

// focused returns the form with field i taking the keys, counted round.
func (f Form) focused(i int) Form {
	n := len(f.fields)
	if n == 0 {
		return f
	}
	f.fields = slices.Clone(f.fields)
	f.focus = (i%n + n) % n
	return f
}

// newField returns a field with its first text checked.
func newField(spec Field) field {
	fl := field{spec: spec}
	if fl.chooses() {
		fl.pickValue(spec.Value)
	} else {
		fl.line = newLine(style.Sanitize(spec.Value), spec.CharLimit)
	}
	fl.line.secret = spec.Secret
	fl.first = fl.line.Value()
	fl.check()
	return fl
}
