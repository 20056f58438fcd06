package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/tui/style"
)

// Memory recognises key texts that the API does not show. It is called from
// several goroutines.
type Memory interface {
	// Remember keeps what the key's text can be recognised by.
	Remember(k client.Key) error
	// Recall reads what is remembered.
	Recall() (diagnose.Memory, error)
}

// inspectDialog takes a pasted key text or log lines, and shows what is wrong.
type inspectDialog struct {
	stage  inspectStage
	pasted pasting
	fault  string
	// An enter may be a line break of what is being pasted: only when no key comes
	// right behind it, it was meant.
	entered bool
	enters  int
	work    work     // the inspection under way
	missing []string // what is said of the keys that it is not compared with

	report report
	top    int        // the first line of the report that shows
	target client.Ref // the key that enter goes to; zero for none
}

// inspectStage is how far the dialog is.
type inspectStage int

const (
	inspectPasting inspectStage = iota
	inspectLooking
	inspectShowing
)

// inspectAnswer is what the dialog returns.
type inspectAnswer int

const (
	inspectGoesOn inspectAnswer = iota
	inspectEntered
	inspectGoesTo
	inspectClosed
)

func (m *Model) openInspect() tea.Cmd {
	m.closeInspect()
	m.open = inspectOpen
	return nil
}

// closeInspect drops everything that the dialog held. What is under way is given
// up, and the counters go on, so that nothing late is taken for something new.
func (m *Model) closeInspect() {
	m.inspect.work.stop()
	m.inspect.again()
	if m.open == inspectOpen {
		m.closeDialog()
	}
}

// typing reports whether the field takes the keys.
func (d *inspectDialog) typing() bool { return d.stage == inspectPasting }

// press acts on a key; quick says that it came right behind another, as those of
// a paste do. The report has so many lines in so much height.
func (d *inspectDialog) press(key tea.KeyPressMsg, quick bool, lines, height int) inspectAnswer {
	switch {
	case key.String() == "esc":
		return inspectClosed
	case d.stage == inspectPasting:
		return d.typed(key, quick)
	case d.stage == inspectLooking:
		return inspectGoesOn
	}
	switch key.String() {
	case "q":
		return inspectClosed
	case "enter":
		if d.target != (client.Ref{}) {
			return inspectGoesTo
		}
	case "n":
		d.again()
	default:
		d.top = scrolled(d.top, key, lines, height)
	}
	return inspectGoesOn
}

// typed takes a key into the field.
func (d *inspectDialog) typed(key tea.KeyPressMsg, quick bool) inspectAnswer {
	d.breakLine()
	switch key.String() {
	case "enter", "ctrl+j": // a terminal sends either for a line break
		if quick {
			d.add("\n")
			return inspectGoesOn
		}
		d.entered = true
		d.enters++
		return inspectEntered
	case "ctrl+u":
		d.again()
	case "backspace", "ctrl+h":
		d.fault = ""
		d.pasted.chop()
	case "tab":
		d.add("\t")
	default:
		d.add(key.Text)
	}
	return inspectGoesOn
}

// breakLine takes an enter for a line break, since something came right behind it.
func (d *inspectDialog) breakLine() {
	if d.entered {
		d.entered = false
		d.add("\n")
	}
}

// again empties the dialog for another text.
func (d *inspectDialog) again() {
	*d = inspectDialog{work: d.work, enters: d.enters}
}

// paste takes a whole paste; one that comes when a report shows begins anew.
func (d *inspectDialog) paste(msg tea.PasteMsg) {
	switch d.stage {
	case inspectLooking:
		return
	case inspectShowing:
		d.again()
	}
	d.breakLine()
	text := msg.Content
	if !strings.Contains(text, "\n") {
		// Many a terminal, and tmux, send the line breaks of a paste as enter.
		text = strings.ReplaceAll(text, "\r", "\n")
	}
	d.add(text)
}

func (d *inspectDialog) add(text string) {
	switch {
	case text == "":
	case d.pasted.add(text):
		d.fault = ""
	default:
		d.fault = "More than 1 MiB is not taken: paste the lines around the fault."
	}
}

// afterInspect acts on what the dialog returned.
func (m *Model) afterInspect(a inspectAnswer) tea.Cmd {
	switch d := &m.inspect; a {
	case inspectEntered:
		return awaitLineBreak(d.enters)
	case inspectGoesTo:
		ref := d.target
		m.closeInspect()
		return m.goTo(ref)
	case inspectClosed:
		m.closeInspect()
	}
	return nil
}

// view draws the dialog in at most h lines.
func (d *inspectDialog) view(w, h int, th style.Theme) []string {
	if d.stage == inspectShowing {
		return d.reportView(w, h, th)
	}
	field := []string{th.LabelActive.Render(th.Glyphs.Cursor+" ") + th.Text.Render(style.Truncate(d.pasted.words(), w-2))}
	if d.fault != "" {
		for _, part := range style.Wrap(d.fault, w) {
			field = append(field, th.InputError.Render(part))
		}
	}
	keys := keysLine(w, th, "enter", "inspect", "esc", "close", "ctrl+u", "empty")
	if d.stage == inspectLooking {
		keys = busyLine(w, th, "looking… esc gives it up")
	}
	intro := style.Wrap("Paste a key text, or lines of a connector's log. Its secret part is never shown, and nothing of it is sent.", w)
	if len(intro)+len(field)+2 > h {
		intro = nil
	}
	for i := range intro {
		intro[i] = th.Faint.Render(intro[i])
	}
	return overKeys(append(intro, field...), keys, h)
}
