package clipboard

import (
	"fmt"
	"io/fs"
	"testing"
)

func TestRemoteLoginIsFoundAmongTheAncestors(t *testing.T) {
	t.Parallel()
	processes := map[int]string{
		// provkeys below sudo below a shell below ssh
		10: "10 (sudo) S 9 9 9 0", 9: "9 (bash) S 8 9 9 0", 8: "8 (sshd) S 7 8 8 0", 7: "7 (sshd) S 1 7 7 0",
		// below mosh, and below a newer ssh
		20: "20 (zsh) S 21 20 20 0", 21: "21 (mosh-server) S 1 21 21 0",
		30: "30 (sh) S 31 30 30 0", 31: "31 (sshd-session) S 7 31 31 0",
		// at the machine itself, one of them with a name made to confuse
		40: "40 (a) (sshd) S 8) S 41 40 40 0", 41: "41 (tmux: server) S 1 41 41 0",
		// a process that names itself as its parent, and one that is odd
		50: "50 (loop) S 50 50 50 0", 60: "nonsense", 61: "61 (cut", 62: "62 (cut)", 63: "63 (x) S y",
	}
	stat := func(pid int) (string, error) {
		line, there := processes[pid]
		if !there {
			return "", fmt.Errorf("%w: %d", fs.ErrNotExist, pid)
		}
		return line, nil
	}
	for pid, want := range map[int]string{10: "sshd", 20: "mosh-server", 30: "sshd-session", 40: "", 50: "", 60: "", 61: "", 62: "", 63: "", 99: "", 1: "", 0: ""} {
		if got := remoteAncestor(pid, stat); got != want {
			t.Errorf("below %d: %q, want %q", pid, got, want)
		}
	}
}
