package clipboard

import (
	"slices"
	"time"
)

// Question asks the terminal who it is: its secondary device attributes, then
// the primary ones. Every terminal answers the latter, so that their answer
// ends the question.
const Question = "\x1b[>c\x1b[c"

// AnswerTime is how long an answer is waited for. A terminal that is further
// away than that is taken for one that does not answer.
const AnswerTime = 700 * time.Millisecond

// Program is what the innermost terminal says it is.
type Program int

// The programs that matter: both stand between us and the real terminal.
const (
	ProgramUnknown Program = iota
	ProgramScreen
	ProgramTmux
)

// Terminal is what the terminal has answered. The zero value is one that did
// not.
type Terminal struct {
	Answered bool    // the primary attributes came
	Program  Program // from the secondary ones
	// Interrupted says that somebody typed an interrupt in place of an answer.
	Interrupted bool
	Writes      bool // it says that clipboard writes are allowed; silence proves nothing
}

// The first secondary attribute of GNU screen ('S') and of tmux ('T'), and the
// primary one that claims clipboard access.
const (
	screenAttribute    = 83
	tmuxAttribute      = 84
	clipboardAttribute = 52
)

// WithSecondary returns t with the secondary device attributes taken in.
func (t Terminal) WithSecondary(attributes []int) Terminal {
	if len(attributes) == 0 {
		return t
	}
	switch attributes[0] {
	case screenAttribute:
		t.Program = ProgramScreen
	case tmuxAttribute:
		t.Program = ProgramTmux
	}
	return t
}

// WithPrimary returns t with the primary device attributes taken in, which end
// the question.
func (t Terminal) WithPrimary(attributes []int) Terminal {
	t.Answered = true
	t.Writes = slices.Contains(attributes, clipboardAttribute)
	return t
}
