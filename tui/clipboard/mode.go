// Package clipboard brings one secret onto the operator's clipboard: it chooses
// a route from what the session says about itself, writes, and tells exactly
// what is known afterwards.
//
// It knows sessions, clipboard tools and the OSC 52 sequence. It must never
// know a key, a screen or the API, never put a text into an argument, a file or
// an error, and never write to a terminal by itself: whoever owns the terminal
// sends the sequence.
package clipboard

import (
	"fmt"
	"strings"
)

// Mode is what the operator allows. The zero value is Auto.
type Mode string

// The modes. Their texts are the words of flag, variable and file.
const (
	Auto    Mode = ""
	Native  Mode = "native"
	OSC52   Mode = "osc52"
	Command Mode = "command"
	Off     Mode = "off"
)

// autoWord is what people write for Auto.
const autoWord = "auto"

// ParseMode returns the mode of a word; the empty word is Auto. The error names
// the words there are.
func ParseMode(word string) (Mode, error) {
	switch m := Mode(word); m {
	case Auto, autoWord:
		return Auto, nil
	case Native, OSC52, Command, Off:
		return m, nil
	}
	return Auto, fmt.Errorf("there is no clipboard mode %q: use auto, native, osc52, command or off", word)
}

// String returns the mode's word.
func (m Mode) String() string {
	if m == Auto {
		return autoWord
	}
	return string(m)
}

// Route is a way onto the clipboard.
type Route int

// The routes. RouteNone means that there is none, and a Plan says why.
const (
	RouteNone    Route = iota
	RouteNative        // a tool of this machine's desktop
	RouteOSC52         // the terminal, asked by an escape sequence
	RouteCommand       // the operator's own command
)

// String returns the route's word, as JSON output writes it.
func (r Route) String() string {
	switch r {
	case RouteNative:
		return "native"
	case RouteOSC52:
		return "osc52"
	case RouteCommand:
		return "command"
	}
	return "none"
}

// CommandVariable names the operator's own clipboard command.
const CommandVariable = "PROVKEYS_CLIPBOARD_COMMAND"

// Session is what a choice is made from. The zero value knows nothing and
// finds no route.
type Session struct {
	Lookup func(name string) (string, bool) // as os.LookupEnv
	GOOS   string                           // as runtime.GOOS
}

// get returns a variable, "" when it is not set.
func (s Session) get(name string) string {
	if s.Lookup == nil {
		return ""
	}
	value, _ := s.Lookup(name)
	return value
}

func (s Session) anySet(names ...string) bool {
	for _, name := range names {
		if s.get(name) != "" {
			return true
		}
	}
	return false
}

// remote reports whether the operator sits at another machine than this one.
func (s Session) remote() bool { return s.anySet("SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT") }

// display reports whether a desktop of this machine can be reached.
func (s Session) display() bool {
	return s.GOOS == "darwin" || s.GOOS == "windows" || s.anySet("DISPLAY", "WAYLAND_DISPLAY")
}

// inScreen reports whether GNU screen may be what reads the output. Its TERM
// travels over ssh where its own variable does not.
func (s Session) inScreen() bool {
	return s.get("STY") != "" || strings.HasPrefix(s.get("TERM"), "screen")
}

// inTmux reports whether tmux reads the output: it sets TERM=screen by default
// too, but GNU screen inside it would have set its own variable.
func (s Session) inTmux() bool { return s.get("TMUX") != "" && s.get("STY") == "" }
