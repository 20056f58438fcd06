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
	input  textinput.Model
	made   bool
	secret bool // it is shown as dots
}

// newLine returns a line that holds text and takes up to limit characters, 0
// for no limit; a longer text is kept whole.
func newLine(text string, limit int) Line {
	var l Line
	l.make()
	if limit > 0 {
		l.input.CharLimit = max(limit, len([]rune(text)))
	}
	l.SetValue(text)
	return l
}

// make sets the input up at its first use: it never reads the clipboard by
// itself, which on a remote machine would be the wrong one.
func (l *Line) make() {
	if l.made {
		return
	}
	l.made = true
	l.input = textinput.New()
	l.input.Prompt = ""
	l.input.KeyMap.Paste = key.NewBinding(key.WithDisabled())
	// bubbles 2.2.1 panics here when the cursor stands on the last character.
	l.input.KeyMap.DeleteWordForward = key.NewBinding(key.WithDisabled())
	// The command would make the cursor blink; this one never does.
	_ = l.input.Focus()
}

// Value returns the text.
func (l *Line) Value() string { return l.input.Value() }

// SetValue replaces the text and puts the cursor behind it.
func (l *Line) SetValue(text string) {
	l.make()
	l.input.SetValue(text)
	l.input.CursorEnd()
}

// Update edits the text by a key or a paste and reports whether it changed. A
// character that could not be seen never gets in, unless none is seen anyway.
func (l *Line) Update(msg tea.Msg) bool {
	l.make()
	switch in := msg.(type) {
	case tea.KeyPressMsg:
		typed := l.kept(in.Text)
		if typed == "" && in.Text != "" {
			return false
		}
		in.Text = typed
		msg = in
	case tea.PasteMsg:
		in.Content = l.pasted(in.Content)
		msg = in
	default:
		return false
	}
	// The input edits its text in place: setting it makes a copy, so that
	// copies of this line keep theirs.
	before := l.input.Value()
	l.input.SetValue(before)
	l.input, _ = l.input.Update(msg)
	return l.input.Value() != before
}

// View returns exactly w cells, so far scrolled that the cursor shows while
// the line is being typed in.
func (l *Line) View(w int, typing bool, text, cursor style.Style) string {
	if w <= 0 {
		return ""
	}
	pieces, at := split(l.shown(), l.input.Position())
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
		return l.input.Value()
	}
	return strings.Repeat(style.Unicode().Mask, utf8.RuneCountInString(l.input.Value()))
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
