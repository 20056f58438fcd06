//go:build unix

package main

import (
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

func (t tty) input() (input, error) { return t.File, nil }

// holdSuspend keeps ctrl+z from stopping the process until what it returns is
// called.
func holdSuspend() func() {
	signal.Ignore(syscall.SIGTSTP)
	return func() { signal.Reset(syscall.SIGTSTP) }
}

// onWaking calls again whenever the process goes on after something stopped it,
// until what it returns is called: a shell sets the terminal as it likes it
// meanwhile.
func onWaking(again func()) func() {
	woken, end, ended := make(chan os.Signal, 1), make(chan struct{}), make(chan struct{})
	signal.Notify(woken, syscall.SIGCONT)
	go func() {
		defer close(ended)
		for {
			select {
			case <-woken:
				again()
			case <-end:
				return
			}
		}
	}()
	return func() {
		signal.Stop(woken)
		close(end)
		<-ended
	}
}

// readable reports whether there is something to read within a time.
func readable(fd int, within time.Duration) bool {
	end := time.Now().Add(within)
	for {
		// Unlike poll, macOS has select for terminals, too.
		var set unix.FdSet
		set.Set(fd)
		left := unix.NsecToTimeval(max(time.Until(end), 0).Nanoseconds())
		n, err := unix.Select(fd+1, &set, nil, nil, &left)
		if !errors.Is(err, unix.EINTR) {
			return err == nil && n > 0
		}
	}
}
