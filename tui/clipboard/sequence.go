package clipboard

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"provkeys/client"
)

const (
	// maxText is the longest text in bytes that is put into a sequence; terminals
	// drop longer ones without a word.
	maxText = 64 << 10
	// screenChunk is how many bytes are given to GNU screen at once: it keeps 768
	// of a control string and prints the rest.
	screenChunk = 250
)

// Form is how an OSC 52 sequence is wrapped for what stands between us and the
// terminal. The zero value is bare.
type Form int

// The forms.
const (
	FormPlain  Form = iota
	FormTmux        // bare, then wrapped to be passed through: tmux takes either or none
	FormScreen      // in pieces that GNU screen passes through
)

// Sequence returns the OSC 52 sequence that asks a terminal to put text onto
// its clipboard. It holds the text in base64, so it is a secret too: whoever
// owns the terminal writes it there, in one piece, and nowhere else. The error
// wraps ErrClipboard when the text is empty or longer than 64 KiB.
func Sequence(text client.Secret, form Form) (client.Secret, error) {
	if err := checkLength(text); err != nil {
		return client.Secret{}, err
	}
	return client.NewSecret(form.sequence(text.Reveal())), nil
}

// Blank returns what takes a text off again that was sent in that form: one
// space, since tmux and others ignore the empty sequence.
func Blank(form Form) string { return form.sequence(" ") }

func (f Form) sequence(text string) string {
	bare := ansi.SetSystemClipboard(text)
	switch f {
	case FormTmux:
		return bare + ansi.TmuxPassthrough(bare)
	case FormScreen:
		return ansi.ScreenPassthrough(bare, screenChunk)
	}
	return bare
}

func checkLength(text client.Secret) error {
	switch n := len(text.Reveal()); {
	case n == 0:
		// An empty sequence clears the clipboard in some terminals.
		return fmt.Errorf("%w: there is no text to copy", ErrClipboard)
	case n > maxText:
		return fmt.Errorf("%w: the text is longer than 64 KiB", ErrClipboard)
	}
	return nil
}
