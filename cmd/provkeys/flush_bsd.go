//go:build unix && !linux

package main

import "golang.org/x/sys/unix"

// dropInput drops what was typed at a terminal and not read.
func dropInput(fd int) {
	const input = 1 // FREAD
	// What cannot be dropped stays.
	_ = unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, input)
}
