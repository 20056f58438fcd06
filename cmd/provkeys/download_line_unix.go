//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

func (t tty) input() (input, error) { return t.File, nil }

// holdSuspend keeps ctrl+z from stopping the process until what it returns is
// called.
func holdSuspend() func() {
	signal.Ignore(syscall.SIGTSTP)
	return func() { signal.Reset(syscall.SIGTSTP) }
}
