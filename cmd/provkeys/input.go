package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"provkeys/client"
)

// maxPasted is far above any key text and most logs that are pasted, in bytes.
const maxPasted = 1 << 20

// isStdin reports whether a FILE of the command line is standard input.
func isStdin(file string) bool { return file == "" || file == "-" }

// oneFile takes a FILE at most, and never repeats it: it may be a key text that
// somebody gave in its place.
func oneFile(args []string) (string, error) {
	switch {
	case len(args) == 0:
		return "", nil
	case len(args) == 1 && args[0] == "":
		return "", usageFault("give a path, or - for standard input", "the name of the file is empty")
	case len(args) == 1:
		return args[0], nil
	}
	return "", usageFault("give one file, or - for standard input", "%d files were given", len(args))
}

// pastedHere reports whether the input is somebody at a terminal.
func (a *app) pastedHere(file string) bool { return isStdin(file) && a.isTerminal(stdin) }

// readPaste asks somebody at the terminal for what, and reads it unseen.
func (a *app) readPaste(ctx context.Context, what string) (client.Secret, error) {
	text, err := a.paste(ctx, func() {
		a.note("paste %s, then ctrl+d; it does not show", what)
		// A terminal that interprets nothing does not begin the new line at its left.
		_, _ = io.WriteString(a.err, "\r")
	})
	if errors.Is(err, errTooLarge) {
		return client.Secret{}, tooLarge("what was pasted")
	}
	return client.NewSecret(string(text)), err
}

// readWhole reads all of a file or of standard input.
func (a *app) readWhole(ctx context.Context, file string) (client.Secret, error) {
	text, err := io.ReadAll(io.LimitReader(a.source(ctx, file), maxPasted+1))
	switch {
	case err != nil:
		return client.Secret{}, unreadable(ctx, err)
	case len(text) > maxPasted:
		return client.Secret{}, tooLarge("the input")
	}
	return client.NewSecret(string(text)), nil
}

// errTooLarge is the cause where more was pasted than maxPasted.
var errTooLarge = errors.New("too large")

func tooLarge(what string) error {
	return usageFault("a key text has about 420 characters; for a log there is provkeys explain FILE", "%s is larger than %d MiB", what, maxPasted>>20)
}

// unreadable says why there is nothing to look at. The name of the file is not
// repeated.
func unreadable(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return err
	}
	const hint = "give the path of a file, or - for standard input; a key text itself is never an argument, which every process can read"
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		err = path.Err
	}
	return usageFault(hint, "the input cannot be read: %v", err)
}

// source returns the bytes of a file or of standard input.
func (a *app) source(ctx context.Context, file string) io.Reader {
	open := func() (io.Reader, error) { return os.Open(file) }
	if isStdin(file) {
		open = func() (io.Reader, error) { return a.in, nil }
	}
	return &breakable{ctx: ctx, open: open}
}

// breakable reads so that an interrupt ends it: opening a pipe, and reading from
// one, may wait for ever.
type breakable struct {
	ctx  context.Context
	open func() (io.Reader, error)
	from io.Reader // nil until it is open
	left bool      // a reading is under way that nobody waits for any more
}

// close closes what was opened. Where a reading is still under way that is left
// to the end of the process.
func (b *breakable) close() {
	if b.left {
		return
	}
	if file, ok := b.from.(io.Closer); ok {
		// It was only read.
		_ = file.Close()
	}
}

// Read reads; the error is that of the context once it has ended.
func (b *breakable) Read(p []byte) (int, error) {
	if err := b.ctx.Err(); err != nil {
		return 0, err
	}
	type answer struct {
		n   int
		err error
	}
	// What comes too late must not write into the caller's bytes.
	own := make([]byte, len(p))
	done := make(chan answer, 1)
	go func() {
		var got answer
		if b.from == nil {
			b.from, got.err = b.open()
		}
		if got.err == nil {
			got.n, got.err = b.from.Read(own)
		}
		done <- got
	}()
	select {
	case got := <-done:
		return copy(p, own[:got.n]), got.err
	case <-b.ctx.Done():
		b.left = true
		return 0, fmt.Errorf("read the input: %w", b.ctx.Err())
	}
}
