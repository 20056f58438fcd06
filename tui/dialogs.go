package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
	"provkeys/tui/style"
)

// dialogKey hands a key to the open dialog and acts on what it returns: a
// dialog does nothing itself.
func (m *Model) dialogKey(key tea.KeyPressMsg) tea.Cmd {
	switch m.open {
	case editOpen:
		return m.afterEdit(m.edit.press(key))
	case confirmOpen:
		return m.afterConfirm(confirmAnswer(key))
	case sortOpen:
		return m.afterSort(m.sort.press(key))
	case commandOpen:
		return m.afterCommand(m.command.press(key))
	case copyAsOpen:
		return m.afterCopyAs(m.copyAs.press(key))
	case downloadOpen:
		return m.afterDownload(m.download.press(key))
	case inspectOpen:
		w, h := m.dialogSize()
		lines := len(m.inspect.report.lines(w, m.theme))
		return m.afterInspect(m.inspect.press(key, m.burst.quick, lines, scrollingHeight(h)))
	case createOpen:
		w, h := m.dialogSize()
		return m.afterCreate(m.create.press(key, m.create.reviewLines(w), scrollingHeight(h)))
	case deleteOpen:
		return m.afterDelete(m.erase.press(key))
	case bulkOpen:
		w, h := m.dialogSize()
		lines := len(m.bulk.resultLines(w, m.theme))
		return m.afterBulk(m.bulk.press(key, lines, m.bulk.resultHeight(w, h), m.burst.serial))
	case viewsOpen:
		return m.afterViews(m.views.press(key, m.burst.serial))
	case columnsOpen:
		return m.afterColumns(m.choosing.press(key, m.widthToChange()))
	case profilesListed:
		return m.afterProfiles(m.profiles.press(key))
	case helpOpen:
		return m.helpKey(key)
	}
	return nil
}

// answer is what a dialog returns.
type answer int

const (
	unanswered answer = iota
	accepted
	cancelled
)

// confirmDialog asks one question before something is done.
type confirmDialog struct {
	title  string
	lines  []string
	button string
	action confirmAction
	key    client.Key // what it is about
	burst  int        // that the question came in: no key of it is the answer
}

// confirmAction is what happens when the question is answered with yes.
type confirmAction int

const (
	confirmRaise confirmAction = iota
	confirmSignIn
)

func (m *Model) openConfirm(d confirmDialog) {
	d.burst = m.burst.serial
	m.confirm, m.open = d, confirmOpen
}

func confirmAnswer(key tea.KeyPressMsg) answer {
	switch key.String() {
	case "enter":
		return accepted
	case "esc", "n":
		return cancelled
	}
	return unanswered
}

func (m *Model) afterConfirm(a answer) tea.Cmd {
	if a == unanswered || a == accepted && m.confirm.burst == m.burst.serial {
		return nil
	}
	m.closeDialog()
	if a == cancelled {
		return nil
	}
	switch m.confirm.action {
	case confirmSignIn:
		m.effects.retrySignIn()
		return m.refresh(true)
	default:
		// What comes after it supersedes the copy, but never cancels the raise.
		_, gen := m.act.begin(m.ctx)
		m.sends(m.confirm.key.Name)
		return tea.Batch(m.sayUntil(toneInfo, "Raising "+called(m.confirm.key.Name)+"…", actionTimeout),
			m.effects.raiseByOne(m.ctx, gen, m.confirm.key))
	}
}

func (d confirmDialog) view(w int, th style.Theme) []string {
	var lines []string
	for _, l := range d.lines {
		lines = append(lines, style.Wrap(l, w)...)
	}
	return append(lines, "", keysLine(w, th, "enter", d.button, "esc", "cancel"))
}

// keysLine shows pairs of a key and what it does.
func keysLine(w int, th style.Theme, pairs ...string) string {
	var b strings.Builder
	used := 0
	for i := 0; i+1 < len(pairs); i += 2 {
		sep := ""
		if i > 0 {
			sep = " · "
		}
		n := style.Width(sep + pairs[i] + " " + pairs[i+1])
		if used+n > w {
			break
		}
		b.WriteString(th.Faint.Render(sep) + th.HelpKey.Render(pairs[i]) + " " + th.Help.Render(pairs[i+1]))
		used += n
	}
	return b.String()
}

// busyLine stands in place of the keys while something is waited for.
func busyLine(w int, th style.Theme, words string) string {
	return th.Faint.Render(style.Truncate(th.Spelling.Words(words), w))
}

// overlay draws a box with a title in the middle of the screen. Only the lines that
// it covers are cut: to compose the whole screen cell by cell took longer than all
// else that a frame needs.
func (m *Model) overlay(base string, title string, lines []string, w int) string {
	return m.overlayBelow(0, base, title, lines, w)
}

// overlayBelow leaves so many lines at the top free.
func (m *Model) overlayBelow(top int, base, title string, lines []string, w int) string {
	if m.dialogsFill() {
		return m.filling(title, lines)
	}
	lines = append([]string{m.theme.DialogTitle.Render(style.Fit(title, w))}, lines...)
	lines = lines[:min(len(lines), max(m.height-2, 0))]
	box := strings.Split(m.theme.Dialog.Render(strings.Join(lines, "\n")), "\n")
	screen := strings.Split(base, "\n")
	y := min(max(top, (len(screen)-len(box))/2), max(len(screen)-len(box), 0))
	for i, over := range box[:min(len(box), len(screen)-y)] {
		screen[y+i] = m.covered(screen[y+i], over)
	}
	return strings.Join(screen, "\n")
}

// covered returns a line of the screen with another in its middle. Half of a wide
// character at the edge becomes a blank.
func (m *Model) covered(line, over string) string {
	w := ansi.StringWidth(over)
	x := max(0, (m.width-w)/2)
	left := ansi.Truncate(line, x, "")
	left += strings.Repeat(" ", x-ansi.StringWidth(left))
	room := max(0, ansi.StringWidth(line)-x-w)
	right := ansi.TruncateLeft(line, x+w, "")
	if ansi.StringWidth(right) > room {
		right = ansi.TruncateLeft(line, x+w+1, "") // it kept the whole of a wide character
	}
	right = strings.Repeat(" ", max(0, room-ansi.StringWidth(right))) + right
	return left + over + right
}
