package main

import (
	"io"
	"os"

	"provkeys/tui/clipboard"
)

// terminal is that of the process, wherever its output goes.
type terminal interface {
	io.WriteCloser
	// Ask asks the terminal who it is.
	Ask() clipboard.Terminal
}

// tty is a real terminal.
type tty struct{ *os.File }

// Ask asks it.
func (t tty) Ask() clipboard.Terminal { return clipboard.AskTerminal(t.File) }

// openTerminal opens the terminal of the process.
func openTerminal() (terminal, error) {
	f, err := openTTY()
	if err != nil {
		return nil, err
	}
	return tty{f}, nil
}
