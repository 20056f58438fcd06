package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"provkeys/client"
)

// ReadLine reads a line.
func (t tty) ReadLine(ctx context.Context, hidden bool) (client.Secret, error) {
	in, err := t.input()
	if err != nil {
		return client.Secret{}, err
	}
	if hidden {
		text, err := unseen(ctx, in, func() {}, readTyped)
		return client.NewSecret(string(text)), err
	}
	text, err := bufio.NewReader(&breakable{ctx: ctx, from: in}).ReadString('\n')
	return client.NewSecret(strings.TrimRight(text, "\r\n")), err
}

// maxTyped is above any passphrase that is taken, in bytes; what is typed beyond
// it is dropped.
const maxTyped = 4096

// readTyped reads one line from a terminal that neither shows nor interprets it,
// and nothing behind its end. The error is io.EOF for ctrl+d, which cancels.
func readTyped(tty io.Reader) ([]byte, error) {
	var line []byte
	for key := make([]byte, 1); ; {
		n, err := tty.Read(key)
		switch {
		case errors.Is(err, context.Canceled):
			return nil, &interruptedError{err}
		case err != nil:
			return nil, err
		case n == 0:
			continue
		}
		switch key[0] {
		case keyInterrupt, keyQuit:
			return nil, &interruptedError{context.Canceled}
		case keyEnd:
			return nil, io.EOF
		case '\r', '\n':
			return line, nil
		case keyBackspace, keyErase:
			_, size := utf8.DecodeLastRune(line)
			line = line[:len(line)-size]
		case keyEmpty:
			line = nil
		default:
			if len(line) < maxTyped {
				line = append(line, key[0])
			}
		}
	}
}
