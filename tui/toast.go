package tui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/tui/style"
)

// tone is how a toast speaks. The words say it too; the colour only helps.
type tone int

const (
	toneInfo tone = iota
	toneGood
	toneBad
)

// toastCells is how long a name may be in a toast; a reason is never cut.
const toastCells = 24

// toast is the message line.
type toast struct {
	text   string
	tone   tone
	number int
}

// say shows a message for as long as it takes to read it twice.
func (m *Model) say(t tone, text string) tea.Cmd {
	life := 4*time.Second + time.Duration(len(text))*60*time.Millisecond
	if t == toneBad {
		life *= 2
	}
	return m.sayUntil(t, text, life)
}

// sayUntil shows a message for so long, unless another takes its place.
func (m *Model) sayUntil(t tone, text string, life time.Duration) tea.Cmd {
	m.toast = toast{text: style.Sanitize(text), tone: t, number: m.toast.number + 1}
	return endToast(m.toast.number, life)
}

// join puts two sentences together; either may be missing.
func join(a, b string) string { return strings.TrimSpace(a + " " + b) }

// called returns a name as toasts and dialogs write it.
func called(name string) string {
	return style.Truncate(style.Sanitize(name), toastCells)
}

func (t tone) style(th style.Theme) style.Style {
	switch t {
	case toneGood:
		return th.ToastGood
	case toneBad:
		return th.ToastBad
	}
	return th.Toast
}
