//go:build unix

package main

import (
	"context"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// readerLooked is how often is looked whether a context has ended.
const readerLooked = time.Second

// unread waits until nobody reads any more what is written to a pipe or a terminal,
// which would else be found out with the next line only, hours later. It returns false
// when the context ends first, and for a file that has no reader.
func unread(ctx context.Context, f *os.File) bool {
	for ctx.Err() == nil {
		// Without events asked for only the end is told.
		fds := []unix.PollFd{{Fd: int32(f.Fd())}}
		if n, _ := unix.Poll(fds, int(readerLooked.Milliseconds())); n > 0 {
			return true
		}
	}
	return false
}
