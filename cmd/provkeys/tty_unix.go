//go:build unix

package main

import "os"

// openTTY opens the terminal for writing and for its answers.
func openTTY() (*os.File, error) { return os.OpenFile("/dev/tty", os.O_RDWR, 0) }
