//go:build unix

package clipboard

import (
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

// detach gives the helper a session of its own: it outlives the program, its
// terminal and an interrupt typed there.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} }

// group gives a command a process group of its own, so that all of it can be
// ended. It keeps the terminal, which it may want to write to.
func group(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// endAll kills a process that leads its group, and the group.
func endAll(cmd *exec.Cmd) {
	if cmd.Process != nil {
		// It may be gone already.
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
}

// outlive keeps the helper alive when nobody reads its output any more, and when
// the session hangs up. Neither signal is ignored: the tools would inherit that.
func outlive() { signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE, syscall.SIGHUP) }

// endOwnGroup kills this process and all that it has started, provided that it
// leads its group, as a helper does: nobody else is in it then.
func endOwnGroup() {
	if syscall.Getpgrp() == syscall.Getpid() {
		_ = syscall.Kill(0, syscall.SIGKILL)
	}
}
