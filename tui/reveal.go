package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/deploy"
	"provkeys/client/keytext"
	"provkeys/tui/clipboard"
	"provkeys/tui/style"
)

// revealFor is how long a key text shows.
const revealFor = 10 * time.Second

// reveal is the one key whose text shows below its row. The zero value is none.
type reveal struct {
	key   client.Key // as it was when somebody asked for it
	until time.Time
	words string // of the toast that says so
}

func (r reveal) there() bool { return !r.until.IsZero() }

// lines returns the text in pieces of w cells: the whole of it, and nothing else.
func (r reveal) lines(w int) []string {
	if !r.there() || w <= 0 {
		return nil
	}
	// Only a text of printable ASCII is ever shown, which Sanitize leaves as it is.
	text := style.Sanitize(r.key.Text.Reveal())
	var lines []string
	for piece := range slices.Chunk([]byte(text), w) {
		lines = append(lines, string(piece))
	}
	return lines
}

// odd says what the eye may miss in the text, such as a blank.
func (r reveal) odd() []string { return keytext.Odd(r.key.Text.Reveal()) }

func (m *Model) whyNoReveal() string {
	if why := m.whyNoKey(); why != "" {
		return why
	}
	if why := m.whyNothingShows(); why != "" {
		return why
	}
	k, _ := m.keys.current()
	return m.whyNotShown(k)
}

// whyNothingShows says why no key text at all may show on this terminal.
func (m *Model) whyNothingShows() string {
	instead := " " + m.keymap.of("copy") + " copies it, " + m.keymap.of("download") + " writes it into a file."
	keeps := m.whyItMayStay()
	switch {
	case m.opts.MaskAlways:
		return "Key texts never show here: the configuration says mask: always." + instead
	case !m.question.isSettled():
		return "Not shown: " + keeps + ". Press " + m.keymap.of("reveal") + " again in a second."
	case keeps != "":
		return "Not shown: " + keeps + "." + instead
	}
	return ""
}

// whyItMayStay says why what shows on this terminal may not go away again, "" for
// one with an alternate screen.
func (m *Model) whyItMayStay() string {
	switch {
	case !m.question.isSettled():
		return "who the terminal is, is not known yet"
	case m.inScreen():
		return "GNU screen has no alternate screen of its own, so that what it shows may stay"
	case m.plan.Bare:
		return "this terminal has no alternate screen, so that what it shows may stay"
	case m.plan.Tmux && m.alternate.known && !m.alternate.there:
		return "this tmux shows no alternate screen here, so that what it shows may stay"
	}
	return ""
}

// inScreen reports whether GNU screen is, or may be, between us and the terminal.
// What the terminal answered beats what the environment says.
func (m *Model) inScreen() bool {
	if t := m.terminal; t.Answered || t.Program != clipboard.ProgramUnknown {
		return t.Program == clipboard.ProgramScreen
	}
	return m.plan.Screen
}

// whyNotShown asks the copy function. A key that merely would not enrol may be
// looked at; a hidden one may not, nor a text that a terminal would act on.
func (m *Model) whyNotShown(k client.Key) string {
	b := k.CopyBlock(m.now)
	switch {
	case b == nil:
		return ""
	case b.Has(client.Hidden):
		return m.blockedWords(k, &client.Block{States: []client.State{client.Hidden}})
	case b.Fault != nil:
		return m.blockedWords(k, &client.Block{Fault: b.Fault})
	}
	return ""
}

// revealText shows the key text as it was loaded, or hides it where it shows.
func (m *Model) revealText() tea.Cmd {
	if m.reveal.there() {
		m.hide()
		return nil
	}
	k, _ := m.keys.current()
	if m.tmuxUnasked() {
		return m.askAlternate(k.Ref())
	}
	m.keys.setOpen(k.Ref(), true)
	m.keys.took()
	m.reveal = reveal{key: k, until: m.now.Add(revealFor)}
	tone := toneInfo
	if k.CopyBlock(m.now) != nil {
		tone = toneBad
	}
	said := m.sayUntil(tone, m.showingWords(), revealFor)
	m.reveal.words = m.toast.text
	return tea.Batch(said, endReveal(), m.record(Deed{Action: DeedRevealed, Key: k.Ref(), Name: k.Name}), m.remember(k))
}

// showingWords says what shows, or on a small screen as much of it as leaves room
// for the text.
func (m *Model) showingWords() string {
	k := m.reveal.key
	words := called(k.Name) + " shows for 10 s; esc hides it now."
	if b := k.CopyBlock(m.now); b != nil {
		words = fmt.Sprintf("%s is %s: it would not enrol. It shows for 10 s; esc hides it now.", called(k.Name), stateWords(k, b))
	}
	words = join(words, strings.Join(m.reveal.odd(), " "))
	text := m.reveal.lines(m.width)
	fits := func(words string) bool {
		l := m.layoutFor(m.toastLines(words))
		return len(text) <= l.table.h-2 // the head and the key's own line
	}
	whole := join(words, m.keymap.of("copy")+" copies it whole: a selection has line breaks.")
	switch {
	case len(text) > 1 && k.CopyBlock(m.now) == nil && fits(whole):
		return whole
	case fits(words):
		return words
	}
	return "10 s: esc hides it, " + m.keymap.of("down") + " scrolls."
}

// hide takes the text off the screen, and out of the toast that it shows.
func (m *Model) hide() {
	if !m.reveal.there() {
		return
	}
	m.toast.text = strings.TrimSpace(strings.TrimPrefix(m.toast.text, m.reveal.words))
	m.reveal = reveal{}
}

// hideDue hides the text once its time is up, or as soon as anything has changed
// that it was shown under.
func (m *Model) hideDue() tea.Cmd {
	if !m.reveal.there() {
		return nil
	}
	asked := m.reveal.key
	under, _ := m.keys.current()
	switch {
	case !m.now.Before(m.reveal.until), m.phase != running, m.whyNothingShows() != "",
		m.open != noDialog, m.keys.filter.typing, m.page != keysPage, m.layout().tooSmall,
		under.Ref() != asked.Ref(), !m.keys.isOpen(asked.Ref()):
		m.hide()
	case !under.Text.Equal(asked.Text), m.blockedBy(under) != m.blockedBy(asked):
		m.hide()
		then := m.whyNotShown(under)
		if then == "" {
			then = m.keymap.of("reveal") + " shows it as it is now."
		}
		return m.mention(toneBad, called(asked.Name)+" was hidden again: it has changed meanwhile. "+then)
	}
	return nil
}

// blockedBy returns what keeps a key from being copied now, "" for nothing.
func (m *Model) blockedBy(k client.Key) string {
	if b := k.CopyBlock(m.now); b != nil {
		return b.Words()
	}
	return ""
}

// revealedWords says for the status line when the text is hidden.
func (m *Model) revealedWords() string {
	return "text hides in " + span(max(m.reveal.until.Sub(m.now).Round(time.Second), time.Second))
}

// otherWays names what else brings the text of a key that was copied, for a
// terminal that may not have taken it.
func (m *Model) otherWays(k client.Key, form deploy.Form) string {
	var ways []string
	if !form.Secret() {
		return ""
	}
	if m.effects.downloads != nil {
		ways = append(ways, m.keymap.of("download")+" downloads")
	}
	if m.whyNothingShows() == "" && m.whyNotShown(k) == "" {
		ways = append(ways, m.keymap.of("reveal")+" shows")
	}
	if len(ways) > 0 && form != "" {
		ways[len(ways)-1] += " the key text alone"
	}
	return strings.Join(ways, ", ")
}
