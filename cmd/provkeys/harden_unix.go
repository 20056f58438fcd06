//go:build unix

package main

import "golang.org/x/sys/unix"

// harden keeps key texts and credentials out of core dumps, those of children
// included. Where the system refuses, the program is still worth running.
func harden() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	undumpable()
}
