package main

import (
	"bufio"
	"context"
	"io"
	"os/signal"
	"strings"
	"syscall"

	"golang.org/x/term"

	"provkeys/client"
)

// ReadLine reads a line. The signals that would end the process while what is
// typed does not show end the reading first, and stopping waits: a shell that
// took over would show nothing either.
func (t tty) ReadLine(ctx context.Context, hidden bool) (client.Secret, error) {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGHUP, syscall.SIGQUIT)
	defer stop()
	in, err := t.input()
	if err != nil {
		return client.Secret{}, err
	}
	before, err := term.GetState(int(in.Fd()))
	if err != nil {
		return client.Secret{}, err
	}
	defer holdSuspend()()
	type line struct {
		text client.Secret
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := readLine(in, hidden)
		read <- line{text, err}
	}()
	select {
	case l := <-read:
		return l.text, l.err
	case <-ctx.Done():
		// The reading goes on until the process ends, which is next.
		_ = term.Restore(int(in.Fd()), before)
		return client.Secret{}, context.Canceled
	}
}

// input is what may be read from and asked for its settings.
type input interface {
	io.Reader
	Fd() uintptr
}

func readLine(in input, hidden bool) (client.Secret, error) {
	if hidden {
		b, err := term.ReadPassword(int(in.Fd()))
		return client.NewSecret(string(b)), err
	}
	text, err := bufio.NewReader(in).ReadString('\n')
	return client.NewSecret(strings.TrimRight(text, "\r\n")), err
}
