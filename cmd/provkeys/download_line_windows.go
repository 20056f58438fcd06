package main

import "os"

// input is the console's other half: what openTTY opens is for writing.
func (tty) input() (input, error) { return os.OpenFile("CONIN$", os.O_RDWR, 0) }

// holdSuspend has nothing to do where no process is stopped.
func holdSuspend() func() { return func() {} }
