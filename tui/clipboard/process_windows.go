//go:build windows

package clipboard

import (
	"os/exec"
	"syscall"
)

// createNoWindow keeps a console program from opening a window of its own.
const createNoWindow = 0x08000000

// detach gives the helper a process group of its own, which an interrupt typed
// in the console does not reach.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP | createNoWindow}
}

func group(*exec.Cmd) {}

// endAll kills a process. What it has started stays: there are no groups to
// kill here.
func endAll(cmd *exec.Cmd) {
	if cmd.Process != nil {
		// It may be gone already.
		_ = cmd.Process.Kill()
	}
}

func outlive() {}

func endOwnGroup() {}
