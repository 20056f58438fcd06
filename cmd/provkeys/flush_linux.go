package main

import "golang.org/x/sys/unix"

// dropInput drops what was typed at a terminal and not read.
func dropInput(fd int) {
	// What cannot be dropped stays.
	_ = unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCIFLUSH)
}
