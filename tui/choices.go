package tui

import (
	tea "charm.land/bubbletea/v2"

	"provkeys/tui/style"
)

// choice is one of several things that a dialog offers.
type choice struct {
	key   string // "" where the cursor alone chooses
	words string
	why   string // why it cannot be chosen, as a sentence; "" where it can
}

// label returns what shows of the choice.
func (c choice) label() string {
	if c.key == "" {
		return c.words
	}
	return c.key + "  " + c.words
}

// choices is a list of them with a cursor.
type choices struct {
	list []choice
	at   int
}

// press moves the cursor; accepted says that what it is on was chosen.
func (c *choices) press(key tea.KeyPressMsg) answer {
	switch pressed := key.String(); pressed {
	case "esc", "q":
		return cancelled
	case "up", "k":
		c.at = max(c.at-1, 0)
	case "down", "j":
		c.at = min(c.at+1, len(c.list)-1)
	case "enter":
		return c.choose()
	default:
		for i, one := range c.list {
			if one.key != "" && one.key == pressed {
				c.at = i
				return c.choose()
			}
		}
	}
	return unanswered
}

// choose takes what the cursor is on. Where that cannot be, the reason shows.
func (c *choices) choose() answer {
	if c.list[c.at].why != "" {
		return unanswered
	}
	return accepted
}

// reason returns why what the cursor is on cannot be chosen.
func (c choices) reason(w int) []string {
	if why := c.list[c.at].why; why != "" {
		return style.Wrap(style.Sanitize(why), w)
	}
	return nil
}

// viewOver shows the choices over the line of keys, which is left out where it
// would hide a choice or cut a reason.
func (c choices) viewOver(keys string, w, h int, th style.Theme) []string {
	if len(c.list)+len(c.reason(w))+1 > h {
		return c.view(w, h, th)
	}
	return overKeys(c.view(w, h-1, th), keys, h)
}

// view shows as much of the list around the cursor as fits into h lines, and
// below it why the choice under the cursor cannot be made.
func (c choices) view(w, h int, th style.Theme) []string {
	reason := c.reason(w)
	h = max(h-len(reason), 1)
	from := max(0, min(c.at-h/2, len(c.list)-h))
	var lines []string
	for i := from; i < len(c.list) && i < from+h; i++ {
		st := th.Text
		switch {
		case i == c.at:
			st = th.Cursor
		case c.list[i].why != "":
			st = th.Faint
		}
		lines = append(lines, st.Render(c.line(i, w, th)))
	}
	for _, part := range reason {
		lines = append(lines, th.InputError.Render(part))
	}
	return lines
}

// line returns a choice as its line shows it, in w cells.
func (c choices) line(i, w int, th style.Theme) string {
	mark := "  "
	if i == c.at {
		mark = th.Glyphs.Cursor + " "
	}
	return style.Fit(mark+c.list[i].label(), w)
}

// shownAs returns which choice a line shows; false for none.
func (c choices) shownAs(line string, w int, th style.Theme) (int, bool) {
	for i := range c.list {
		if c.line(i, w, th) == line {
			return i, true
		}
	}
	return 0, false
}
