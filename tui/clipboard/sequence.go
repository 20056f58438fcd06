package clipboard

import (
	"encoding/base64"
	"fmt"

	"provkeys/client"
)

// maxText is the longest text in bytes that is put into a sequence; terminals
// drop longer ones without a word.
const maxText = 64 << 10

// Sequence returns the OSC 52 sequence that asks a terminal to put text onto
// its clipboard. It holds the text in base64, so it is a secret too: whoever
// owns the terminal writes it there and nowhere else. The error wraps
// ErrClipboard when the text is empty or longer than 64 KiB.
func Sequence(text client.Secret) (string, error) {
	if err := checkLength(text); err != nil {
		return "", err
	}
	return "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(text.Reveal())) + "\a", nil
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
