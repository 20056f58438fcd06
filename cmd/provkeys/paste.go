package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
	"unicode/utf8"

	"golang.org/x/term"
)

// The keys that mean something while a terminal is read unseen.
const (
	keyInterrupt = 0x03 // ctrl+c
	keyEnd       = 0x04 // ctrl+d
	keyErase     = 0x08 // what some terminals send for backspace
	keyEmpty     = 0x15 // ctrl+u
	keySuspend   = 0x1a // ctrl+z
	keyQuit      = 0x1c // ctrl+backslash
	keyBackspace = 0x7f
)

// input is what may be read from and asked for its settings.
type input interface {
	io.Reader
	Fd() uintptr
}

// pauseTime is how long nothing must follow a key for it to have been pressed:
// what follows sooner is the rest of a paste that holds the same character.
const pauseTime = 50 * time.Millisecond

// pasteAt returns what reads a paste at a terminal. Ready is called once nothing
// that is typed shows any more.
func pasteAt(tty *os.File) func(ctx context.Context, ready func()) ([]byte, error) {
	return func(ctx context.Context, ready func()) ([]byte, error) {
		followed := func() bool { return readable(int(tty.Fd()), pauseTime) }
		return unseen(ctx, tty, ready, func(from io.Reader) ([]byte, error) { return readPasted(from, followed) })
	}
}

// unseen lets read take what is typed at a terminal, which shows none of it. When
// it returns the terminal is as it was, and what was not read is gone: it is the
// rest of a secret, and no command for the shell. The signals that would end the
// process before that end the reading first, and stopping waits: a shell that
// took over would show nothing either.
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
	defer func() {
		// There is nothing left to try on a terminal that cannot be set back.
		dropInput(fd)
		_ = term.Restore(fd, before)
	}()
	defer onWaking(func() { _, _ = term.MakeRaw(fd) })()
	ready()
	return read(&breakable{ctx: ctx, from: tty})
}

// readPasted reads what is pasted into a terminal that neither shows nor
// interprets it, until ctrl+d. Followed says whether more comes at once. It reads
// on where it is too much, because what it left would go to the shell. The error
// is errTooLarge then.
func readPasted(tty io.Reader, followed func() bool) ([]byte, error) {
	var p pasted
	for buf := make([]byte, 4096); ; {
		n, failed := tty.Read(buf)
		if n == 1 && buf[0] == keySuspend && !followed() {
			n = 0 // nothing can be suspended here, and no text is meant
		}
		p.take(buf[:n])
		if n > 0 && len(p.held) > 0 && !followed() {
			if p.pressed() == keyEnd {
				return p.text, p.err
			}
			return nil, &interruptedError{context.Canceled}
		}
		switch {
		case errors.Is(failed, context.Canceled):
			return nil, &interruptedError{failed}
		case failed != nil:
			return nil, failed
		}
	}
}

// pasted is a paste as far as it has come.
type pasted struct {
	text []byte
	// held are keys that end a paste, each perhaps pressed twice or with the return
	// key: they belong to the text once more of it comes.
	held []byte
	err  error // errTooLarge, until it is begun anew
}

// pressed is the last of the keys held, which there are.
func (p *pasted) pressed() byte {
	keys := bytes.TrimRight(p.held, "\n")
	return keys[len(keys)-1]
}

// take takes what has come.
func (p *pasted) take(keys []byte) {
	for _, key := range keys {
		if key == '\r' { // how terminals paste a line break
			key = '\n'
		}
		switch {
		case key == keyEnd, key == keyInterrupt, key == keyQuit, key == '\n' && len(p.held) > 0:
			p.held = append(p.held, key)
		default:
			p.text, p.held = append(p.text, p.held...), nil
			p.add(key)
		}
		if max(len(p.text), len(p.held)) > maxPasted {
			p.text, p.held, p.err = nil, nil, errTooLarge
		}
	}
}

// add adds a character to the text, or does what its key does.
func (p *pasted) add(key byte) {
	switch key {
	case keyBackspace, keyErase:
		_, size := utf8.DecodeLastRune(p.text)
		p.text = p.text[:len(p.text)-size]
	case keyEmpty:
		p.text, p.err = nil, nil
	default:
		p.text = append(p.text, key)
	}
}
