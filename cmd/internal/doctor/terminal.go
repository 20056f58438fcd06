package doctor

import (
	"fmt"
	"strings"

	"provkeys/tui/clipboard"
)

// Terminal is what variables, settings and the terminal itself say about it.
type Terminal struct {
	Lookup        func(string) (string, bool)
	GOOS          string
	Ancestor      string             // the remote login that we descend from; "" for none
	There         bool               // there is one, wherever the output goes
	Asked         bool               // it was asked who it is
	Answer        clipboard.Terminal // what it answered
	Screen        bool               // GNU screen is innermost
	Width, Height int                // cells; 0 when unknown
	// The settings of the console.
	Theme               string
	Plain, ASCII, Mouse bool
}

// The least that the console is drawn on, in cells.
const (
	leastWidth  = 40
	leastHeight = 8
)

// CheckTerminal judges what the console would be shown on.
func CheckTerminal(t Terminal) []Finding {
	r := report{group: GroupTerminal}
	r.session(t)
	if !t.There {
		r.note("terminal", "run it in a terminal: over ssh with ssh -t", "there is none: the console needs one, list, get and the others do not")
		return r.all
	}
	r.term(t)
	r.innermost(t)
	r.size(t)
	r.drawing(t)
	return r.all
}

func (t Terminal) get(name string) string {
	value, _ := t.Lookup(name)
	return value
}

// session says where the person sits, which decides how copies go.
func (r *report) session(t Terminal) {
	for _, name := range []string{"SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"} {
		if t.get(name) != "" {
			r.ok("session", "over ssh (%s is set)", name)
			return
		}
	}
	if t.Ancestor != "" {
		r.ok("session", "remote: below %s, though the variables of ssh are gone, as with sudo", t.Ancestor)
		return
	}
	r.ok("session", "on this machine")
}

func (r *report) term(t Terminal) {
	switch term := t.get("TERM"); {
	case t.GOOS == "windows":
	case term == "" || term == "dumb":
		r.fail("TERM", Problem{Text: fmt.Sprintf("TERM is %s: no screen can be drawn, and nothing copied", orUnset(term)), Mend: "start provkeys in a terminal emulator, which sets it: such as xterm-256color"})
	case term == "linux" || strings.HasPrefix(term, "vt"):
		r.warn("TERM", "copy from a terminal emulator, or over ssh from one", "%s has no clipboard", term)
	default:
		r.ok("TERM", "%s", term)
	}
}

// innermost says who answers at the terminal.
func (r *report) innermost(t Terminal) {
	if t.Screen {
		r.note("GNU screen", "altscreen on in ~/.screenrc keeps the console off the scrollback",
			"it stands between: copies go through it in pieces, and it has no alternate screen unless told")
	}
	if !t.Asked {
		return
	}
	who := "neither tmux nor GNU screen"
	switch t.Answer.Program {
	case clipboard.ProgramTmux:
		who = "tmux"
	case clipboard.ProgramScreen:
		who = "GNU screen"
	}
	switch {
	case !t.Answer.Answered:
		r.note("answers", "", "the terminal did not say who it is within %v", clipboard.AnswerTime)
	case t.Answer.Writes:
		r.ok("answers", "the terminal is %s, and says that it takes copies", who)
	default:
		r.ok("answers", "the terminal is %s; it does not say whether it takes copies", who)
	}
}

func (r *report) size(t Terminal) {
	switch {
	case t.Width == 0 || t.Height == 0:
		r.note("size", "", "unknown")
	case t.Width < leastWidth || t.Height < leastHeight:
		r.warn("size", fmt.Sprintf("make it at least %d×%d for the console", leastWidth, leastHeight), "%d×%d is too small", t.Width, t.Height)
	default:
		r.ok("size", "%d×%d", t.Width, t.Height)
	}
}

// drawing says how the console is drawn, and why so.
func (r *report) drawing(t Terminal) {
	switch {
	case t.Plain:
		r.ok("colours", "none: plain is in force")
	case t.get("NO_COLOR") != "":
		r.ok("colours", "none: NO_COLOR is set")
	case t.Theme == "mono":
		r.ok("colours", "none: the theme is mono")
	default:
		r.ok("colours", "16, as the terminal shows them (COLORTERM %s)", orUnset(t.get("COLORTERM")))
	}
	if t.Mouse {
		r.ok("mouse", "the console takes it: hold shift to select text")
	} else {
		r.ok("mouse", "left to the terminal")
	}
	if t.GOOS != "windows" {
		r.locale(t)
	}
}

// locale says which letters the console draws with. Where no variable is set,
// as often over ssh, UTF-8 is taken for granted.
func (r *report) locale(t Terminal) {
	text := "not set, and UTF-8 is taken for granted"
	// The first that is set decides, says POSIX.
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value := t.get(name); value != "" {
			text = name + "=" + value
			break
		}
	}
	if t.ASCII {
		r.note("locale", "for lines and dots give a locale of UTF-8, such as LC_ALL=C.UTF-8, or write ascii: false into the file",
			"%s: the console draws with ASCII alone", text)
		return
	}
	r.ok("locale", "%s", text)
}
