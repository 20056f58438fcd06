package main

import (
	"context"
	"io"
	"os"

	"provkeys/client"
	"provkeys/tui/clipboard"
)

// terminal is that of the process, wherever its output goes.
type terminal interface {
	io.WriteCloser
	// Ask asks the terminal who it is.
	Ask() clipboard.Terminal
	// ReadLine reads what a person types, without its line break; hidden, it does
	// not show. The end of the context ends it, and io.EOF is that of the input.
	ReadLine(ctx context.Context, hidden bool) (client.Secret, error)
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
