package tui

import (
	"strings"

	"provkeys/tui/style"
)

// boxHeight is the height of a screen from which a dialog has a box over the table;
// a lower one has no lines to give away.
const boxHeight = 12

// dialogsFill reports whether a dialog takes the whole screen.
func (m *Model) dialogsFill() bool { return m.opts.Plain || m.height < boxHeight }

// dialogFilling returns the room that a dialog has then, its title aside, over the
// message that shows.
func (m *Model) dialogFilling() (w, h int) {
	h = m.height - 1
	if m.toast.text != "" {
		h -= m.layout().toast.h
	}
	return m.width, h
}

// filling draws a dialog in place of the table.
func (m *Model) filling(title string, lines []string) string {
	_, h := m.dialogFilling()
	shown := make([]string, 0, m.height)
	shown = append(shown, m.theme.DialogTitle.Render(style.Truncate(title, m.width)))
	shown = append(shown, lines[:min(len(lines), h)]...)
	for len(shown) < 1+h {
		shown = append(shown, "")
	}
	return strings.Join(append(shown, m.toastBox(rect{h: m.height - len(shown)})...), "\n")
}
