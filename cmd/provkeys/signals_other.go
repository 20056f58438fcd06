//go:build !unix

package main

// catchSuspend has nothing to catch where no process is suspended.
func (s *signals) catchSuspend() {}

func stopProcess() {}
