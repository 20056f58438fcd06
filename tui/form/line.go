package form

import (
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"provkeys/tui/style"
)

// Line is one line of text being typed. The zero value is empty and ready.
type Line struct {
	// input returns what edits the text; nil for an empty line. It stands behind a
	// func value, so that no verb of fmt prints what may be a secret. Copies of a
	// line share it until one of them changes.
	input  func() *textinput.Model
	secret bool   // it is shown as dots
	fault  string // why the last key or paste was not taken
}

// newLine returns a line that holds text and takes up to limit characters, 0
// for no limit; a longer text is kept whole.
func newLine(text string, limit int) Line {
	var l Line
	in := l.own()
	if limit > 0 {
		in.CharLimit = max(limit, len([]rune(text)))
	}
	l.SetValue(text)
	return l
}

// own gives the line an input that no copy of it shares, and returns it.
func (l *Line) own() *textinput.Model {
	var in textinput.Model
	if l.input == nil {
		in = newInput()
	} else {
		in = *l.input()
		in.SetValue(in.Value()) // it edits its text in place, and this makes another
	}
	l.input = func() *textinput.Model { return &in }
	return &in
}

// newInput sets an input up: it never reads the clipboard by itself, which on a
// remote machine would be the wrong one.
func newInput() textinput.Model {
	in := textinput.New()
	in.Prompt = ""
	in.KeyMap.Paste = key.NewBinding(key.WithDisabled())
	// bubbles 2.2.1 panics here when the cursor stands on the last character.
	in.KeyMap.DeleteWordForward = key.NewBinding(key.WithDisabled())
	// The command would make the cursor blink; this one never does.
	_ = in.Focus()
	return in
}

// Value returns the text.
func (l *Line) Value() string {
	if l.input == nil {
		return ""
	}
	return l.input().Value()
}

// at returns before which character the cursor stands, counted from 0.
func (l *Line) at() int {
	if l.input == nil {
		return 0
	}
	return l.input().Position()
}

// SetValue replaces the text and puts the cursor behind it.
func (l *Line) SetValue(text string) {
	in := l.own()
	in.SetValue(text)
	in.CursorEnd()
}

// secretFault is why a secret is not taken: what nobody sees must be what was
// typed, to the byte.
const secretFault = "It holds a tab, a line break or another character that a field cannot hold: nothing of it was taken."

// Update edits the text by a key or a paste and reports whether it changed. A
// character that could not be seen never gets in, unless none is seen anyway;
// then all of it gets in or nothing.
func (l *Line) Update(msg tea.Msg) bool {
	l.fault = ""
	var added string
	switch in := msg.(type) {
	case tea.KeyPressMsg:
		added = l.kept(in.Text)
		if added == "" && in.Text != "" {
			return false
		}
		in.Text = added
		msg = in
	case tea.PasteMsg:
		added = l.pasted(in.Content)
		in.Content = added
		msg = in
	default:
		return false
	}
	old, before, at := l.input, []rune(l.Value()), l.at()
	in := l.own()
	*in, _ = in.Update(msg)
	if l.secret && added != "" && in.Value() != string(before[:at])+added+string(before[at:]) {
		l.input, l.fault = old, secretFault
	}
	return l.Value() != string(before)
}

// View returns exactly w cells, so far scrolled that the cursor shows while
// the line is being typed in.
func (l *Line) View(w int, typing bool, text, cursor style.Style) string {
	if w <= 0 {
		return ""
	}
	pieces, at := split(l.shown(), l.at())
	start := 0
	if typing {
		start = scroll(pieces, at, w)
	}
	var out strings.Builder
	var run []byte // text in its own style, not yet written
	used := 0
	for i, p := range pieces[start:] {
		if used+p.width > w {
			if used == w {
				break
			}
			// A wide character that is cut in half: its place stays empty, except
			// under the cursor, which must show.
			p = piece{text: style.Fit(p.text, w-used), width: w - used}
		}
		used += p.width
		if !typing || start+i != at {
			run = append(run, p.text...)
			continue
		}
		out.WriteString(text.Render(string(run)))
		out.WriteString(cursor.Render(p.text))
		run = run[:0]
	}
	run = style.AppendSpaces(run, w-used)
	out.WriteString(text.Render(string(run)))
	return out.String()
}

// shown returns what stands for the text on the screen, as long as the text.
func (l *Line) shown() string {
	if !l.secret {
		return l.Value()
	}
	return strings.Repeat(style.Unicode().Mask, utf8.RuneCountInString(l.Value()))
}

// kept returns typed text as it may enter the line.
func (l *Line) kept(s string) string {
	if l.secret {
		return s
	}
	return keepPrintable(s)
}

// pasted returns pasted text as it may enter a line: line breaks and tabs
// inside it are spaces, those around it go, and nothing unprintable stays. Of a
// secret only the line break behind it goes.
func (l *Line) pasted(s string) string {
	if l.secret {
		return strings.TrimRight(s, "\r\n")
	}
	s = strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, s)
	return strings.Trim(keepPrintable(s), " ")
}

// keepPrintable drops every character that could not be seen in the line, and
// broken UTF-8 with it.
func keepPrintable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\ufffd' || !style.Printable(r) {
			return -1
		}
		return r
	}, s)
}
