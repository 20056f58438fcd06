package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"unicode/utf8"

	"golang.org/x/term"
)

// The keys that mean something while a paste is read unseen.
const (
	keyInterrupt = 0x03 // ctrl+c
	keyEnd       = 0x04 // ctrl+d
	keyBackspace = 0x7f
	keyEmpty     = 0x15 // ctrl+u
)

// pasteAt returns what reads a paste at a terminal. Ready is called once nothing
// that is typed shows any more.
func pasteAt(tty *os.File) func(ctx context.Context, ready func()) ([]byte, error) {
	return func(ctx context.Context, ready func()) ([]byte, error) {
		fd := int(tty.Fd())
		before, err := term.MakeRaw(fd)
		if err != nil {
			return nil, err
		}
		// There is nothing left to try on a terminal that cannot be set back.
		defer func() { _ = term.Restore(fd, before) }()
		// These would end the process before the terminal shows again what is typed.
		ctx, stop := signal.NotifyContext(ctx, syscall.SIGHUP, syscall.SIGQUIT)
		defer stop()
		ready()
		return readPasted(&breakable{ctx: ctx, from: tty})
	}
}

// readPasted reads what is pasted into a terminal that neither shows nor
// interprets it, until ctrl+d. It reads on where it is too much, because what it
// left would go to the shell. The error is errTooLarge then.
func readPasted(tty io.Reader) ([]byte, error) {
	var text []byte
	var err error
	for buf := make([]byte, 4096); ; {
		n, failed := tty.Read(buf)
		for _, key := range buf[:n] {
			switch key {
			case keyInterrupt:
				return nil, &interruptedError{context.Canceled}
			case keyEnd:
				if err != nil {
					return nil, err
				}
				return text, nil
			case keyBackspace:
				_, size := utf8.DecodeLastRune(text)
				text = text[:len(text)-size]
			case keyEmpty:
				text, err = nil, nil
			case '\r': // how terminals paste a line break
				text = append(text, '\n')
			default:
				text = append(text, key)
			}
			if len(text) > maxPasted {
				text, err = nil, errTooLarge
			}
		}
		switch {
		case errors.Is(failed, context.Canceled):
			return nil, &interruptedError{failed}
		case failed != nil:
			return nil, failed
		}
	}
}
