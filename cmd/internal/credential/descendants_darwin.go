package credential

import "golang.org/x/sys/unix"

// descendants returns the processes that a process started, and those that they did.
func descendants(root int) []int {
	all, err := unix.SysctlKinfoProcSlice("kern.proc.all")
	if err != nil {
		return nil
	}
	parents := map[int]int{}
	for _, p := range all {
		parents[int(p.Proc.P_pid)] = int(p.Eproc.Ppid)
	}
	return below(root, parents)
}
