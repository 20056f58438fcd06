package main

import (
	"os"
	"os/exec"
	"testing"
)

// moreCommands are processes that tests of this system start.
func moreCommands() map[string]func() {
	return map[string]func(){
		"print-hardening": printHardening, "provkeys-with-cores": mainWithCores, "print-signals": printSignals,
	}
}

// again returns this test's binary as another of its commands.
func again(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &exec.Cmd{Path: self, Args: append([]string{name}, args...), Env: append(os.Environ(), "GORACE=atexit_sleep_ms=0")}
}
