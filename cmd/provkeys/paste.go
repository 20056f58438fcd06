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

// The keys that mean something while a terminal is read unseen.
const (
	keyInterrupt = 0x03 // ctrl+c
	keyEnd       = 0x04 // ctrl+d
	keyErase     = 0x08 // what some terminals send for backspace
	keyEmpty     = 0x15 // ctrl+u
	keyQuit      = 0x1c // ctrl+backslash
	keyBackspace = 0x7f
)

// input is what may be read from and asked for its settings.
type input interface {
	io.Reader
	Fd() uintptr
}

// pasteAt returns what reads a paste at a terminal. Ready is called once nothing
// that is typed shows any more.
func pasteAt(tty *os.File) func(ctx context.Context, ready func()) ([]byte, error) {
	return func(ctx context.Context, ready func()) ([]byte, error) {
		return unseen(ctx, tty, ready, readPasted)
	}
}

// unseen lets read take what is typed at a terminal, which shows none of it. When
// it returns the terminal is as it was. The signals that would end the process
// before that end the reading first, and stopping waits: a shell that took over
// would show nothing either.
func unseen(ctx context.Context, tty input, ready func(), read func(io.Reader) ([]byte, error)) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, &interruptedError{err}
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGHUP, syscall.SIGQUIT)
	defer stop()
	defer holdSuspend()()
	fd := int(tty.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return nil, err
	}
	// There is nothing left to try on a terminal that cannot be set back.
	defer func() { _ = term.Restore(fd, before) }()
	ready()
	return read(&breakable{ctx: ctx, from: tty})
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
