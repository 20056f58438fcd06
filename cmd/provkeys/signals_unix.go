//go:build unix

package main

import (
	"os"
	"os/signal"
	"syscall"
	"time"
)

func (s *signals) catchSuspend() { signal.Notify(s.suspend, syscall.SIGTSTP) }

const (
	// stopTime is how long the system may take to stop a process.
	stopTime = 200 * time.Millisecond
	// wakeTime is how long it may take to tell one that it was woken.
	wakeTime = 50 * time.Millisecond
)

// stopProcess stops the process until somebody wakes it. That takes a signal
// which was never caught: once SIGTSTP was, Go gives it back to nobody.
//
// The system does not stop a process that no shell could wake, such as one that
// tmux or sshd started by itself. The console waits to be woken all the same,
// and then it is woken from here.
func stopProcess() {
	woken := make(chan os.Signal, 1)
	signal.Notify(woken, syscall.SIGCONT)
	defer signal.Stop(woken)
	// Neither signal can fail: the process is our own.
	_ = syscall.Kill(syscall.Getpid(), syscall.SIGTTIN)
	time.Sleep(stopTime) // passes while the process is stopped, too
	select {
	case <-woken:
	case <-time.After(wakeTime):
		_ = syscall.Kill(syscall.Getpid(), syscall.SIGCONT)
	}
}
