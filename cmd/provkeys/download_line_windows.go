package main

import (
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// input is the console's other half: what openTTY opens is for writing.
func (tty) input() (input, error) { return os.OpenFile("CONIN$", os.O_RDWR, 0) }

// holdSuspend has nothing to do where no process is stopped.
func holdSuspend() func() { return func() {} }

// onWaking has nothing to wait for there either.
func onWaking(func()) func() { return func() {} }

// readable knows of nothing: a console counts keys that are let go as well.
func readable(int, time.Duration) bool { return false }

// dropInput drops what was typed at a console and not read.
func dropInput(fd int) {
	// What cannot be dropped stays.
	_ = windows.FlushConsoleInputBuffer(windows.Handle(fd))
}
