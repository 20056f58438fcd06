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
	joined bool // news from the background stands behind what it said at first
}

// say shows a message for as long as it takes to read it twice.
func (m *Model) say(t tone, text string) tea.Cmd {
	life := readingTime(text)
	if t == toneBad {
		life *= 2
	}
	return m.sayUntil(t, text, life)
}

func readingTime(text string) time.Duration {
	return 4*time.Second + time.Duration(len(text))*60*time.Millisecond
}

// sayUntil shows a message for so long, unless another takes its place.
func (m *Model) sayUntil(t tone, text string, life time.Duration) tea.Cmd {
	m.toast = toast{text: m.theme.Spelling.Words(style.Sanitize(text)), tone: t, number: m.toast.number + 1}
	return endToast(m.toast.number, life)
}

// sayToo adds to the message that shows.
func (m *Model) sayToo(text string) tea.Cmd {
	if m.toast.text == "" {
		return m.say(toneBad, text)
	}
	return m.say(m.toast.tone, join(m.toast.text, text))
}

// mention says what nobody waits for at the moment, and so for longer. It never
// pushes away a message about a failure that was not read yet.
func (m *Model) mention(t tone, text string) tea.Cmd { return m.behind(toneBad, t, text) }

// news says what somebody else did. It never pushes away what came of an action
// of this console and was not read yet.
func (m *Model) news(t tone, text string) tea.Cmd { return m.behind(toneGood, t, text) }

// behind joins a message to one that shows and has that tone at least.
func (m *Model) behind(least, t tone, text string) tea.Cmd {
	if m.toast.text == "" || m.toast.tone < least || m.toast.joined {
		return m.sayUntil(t, text, 2*readingTime(text))
	}
	cmd := m.sayToo(text)
	m.toast.joined = true
	return cmd
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
