//go:build !linux

package main

// moreCommands are processes that tests of this system start.
func moreCommands() map[string]func() { return nil }
