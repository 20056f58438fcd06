package credential

import (
	"os"
	"syscall"
)

// end asks a command and what it started to end, as a terminal would; whatever holds
// on to the command's output after that is let go of. They are found one by one: in a
// process group of their own they would be in the background, and a tool that asks on
// the terminal would be stopped for it.
func end(command *os.Process) error {
	started := descendants(command.Pid)
	// It goes first: one whose tool ends under it may go on to the next.
	err := command.Signal(syscall.SIGTERM)
	for _, pid := range started {
		if p, err := os.FindProcess(pid); err == nil {
			// It may have ended by itself.
			_ = p.Signal(syscall.SIGTERM)
		}
	}
	if err != nil {
		return command.Kill() // Windows knows no other way
	}
	return nil
}
