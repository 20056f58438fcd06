package clipboard

import (
	"os"
	"slices"
	"strconv"
	"strings"
)

// remoteLogins are the programs below which a session is remote, by the names
// that the kernel keeps. OpenSSH runs sshd-session below sshd since 9.8.
func remoteLogins() []string {
	return []string{"sshd", "sshd-session", "mosh-server", "dropbear", "tailscaled"}
}

// RemoteAncestor returns the remote login that this process descends from, or
// "". It finds what sudo and su hide by dropping the variables of ssh.
func RemoteAncestor() string {
	return remoteAncestor(os.Getppid(), func(pid int) (string, error) {
		b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
		return string(b), err
	})
}

// maxAncestors ends a walk that the kernel would not: processes come and go.
const maxAncestors = 64

func remoteAncestor(pid int, stat func(pid int) (string, error)) string {
	for range maxAncestors {
		if pid <= 1 {
			return ""
		}
		line, err := stat(pid)
		if err != nil {
			return ""
		}
		// The name stands in brackets and may hold any character, brackets too.
		open, end := strings.IndexByte(line, '('), strings.LastIndexByte(line, ')')
		if open < 0 || end < open {
			return ""
		}
		name := line[open+1 : end]
		if slices.Contains(remoteLogins(), name) {
			return name
		}
		fields := strings.Fields(line[end+1:])
		if len(fields) < 2 {
			return ""
		}
		if pid, err = strconv.Atoi(fields[1]); err != nil {
			return ""
		}
	}
	return ""
}
