package doctor

import (
	"fmt"
	"strings"

	"provkeys/tui/clipboard"
)

// Terminal is what variables and the terminal say about the terminal.
type Terminal struct {
	Lookup        func(string) (string, bool)
	GOOS          string
	Ancestor      string             // the remote login that we descend from; "" for none
	There         bool               // there is one, wherever the output goes
	Asked         bool               // it was asked who it is
	Answer        clipboard.Terminal // what it answered
	Screen        bool               // GNU screen is innermost
	Width, Height int                // cells; 0 when unknown
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
	r.colours(t)
	if t.GOOS != "windows" {
		r.locale(t)
	}
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

func (r *report) colours(t Terminal) {
	text := "16, which the terminal chooses (COLORTERM " + orUnset(t.get("COLORTERM")) + ")"
	if t.get("NO_COLOR") != "" {
		text = "none: NO_COLOR is set"
	}
	r.ok("colours", "%s", text)
}

// locale judges whether the terminal is meant to take UTF-8, as the glyphs of
// the console need it.
func (r *report) locale(t Terminal) {
	name, value := "LANG", ""
	// The first that is set decides, says POSIX.
	for _, name = range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value = t.get(name); value != "" {
			break
		}
	}
	if plain := strings.ReplaceAll(strings.ToLower(value), "-", ""); !strings.Contains(plain, "utf8") {
		r.warn("locale", "export LC_ALL=C.UTF-8", "%s is %s, which is not UTF-8: glyphs such as ▸ may come out wrong", name, orUnset(value))
		return
	}
	r.ok("locale", "%s=%s", name, value)
}
