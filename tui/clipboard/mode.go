// Package clipboard brings one secret onto the operator's clipboard: it chooses
// a route from what session and terminal say about themselves, writes, reads
// back where that is possible, tells exactly what is known afterwards, and
// clears it again.
//
//	Choose: mode, session, terminal → the routes to try, in order     plan.go
//	Copy: tmux and the desktop through a helper process, which reads  copy.go
//	      back and stays to clear; else a sequence for the terminal,
//	      which its owner sends; else the operator's own command
//	Serve: the helper's side: write, read back, report, wait, clear   serve.go
//
// It knows sessions, clipboard tools and the OSC 52 sequence. It must never
// know a key, a screen or the API, never put a text into an argument, a file or
// an error, and never write to a terminal by itself: whoever owns the terminal
// sends the sequence.
package clipboard

import "fmt"

// Mode is what the operator allows. The zero value is Auto.
type Mode string

// The modes. Their texts are the words of flag, variable and file.
const (
	Auto    Mode = ""
	Tmux    Mode = "tmux"
	Native  Mode = "native"
	OSC52   Mode = "osc52"
	Command Mode = "command"
	Off     Mode = "off"
)

// autoWord is what people write for Auto.
const autoWord = "auto"

// ModeWords names the modes there are, for help and errors.
const ModeWords = "auto, tmux, native, osc52, command or off"

// ParseMode returns the mode of a word; the empty word is Auto. The error names
// the words there are.
func ParseMode(word string) (Mode, error) {
	switch m := Mode(word); m {
	case Auto, autoWord:
		return Auto, nil
	case Tmux, Native, OSC52, Command, Off:
		return m, nil
	}
	return Auto, fmt.Errorf("there is no clipboard mode %q: use %s", word, ModeWords)
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

// The routes. RouteNone means that there is none.
const (
	RouteNone    Route = iota
	RouteTmux          // a buffer of the tmux around us, which passes it on where it can
	RouteNative        // a tool of this machine's desktop
	RouteOSC52         // the terminal, asked by an escape sequence
	RouteCommand       // the operator's own command
)

// String returns the route's word, as JSON output writes it.
func (r Route) String() string {
	switch r {
	case RouteTmux:
		return "tmux"
	case RouteNative:
		return "native"
	case RouteOSC52:
		return "osc52"
	case RouteCommand:
		return "command"
	}
	return "none"
}
