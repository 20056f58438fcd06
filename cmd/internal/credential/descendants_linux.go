package credential

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
)

// descendants returns the processes that a process started, and those that they did.
func descendants(root int) []int {
	// A malformed pattern is its only error.
	files, _ := filepath.Glob("/proc/[0-9]*/stat")
	parents := map[int]int{}
	for _, file := range files {
		// Processes come and go.
		stat, _ := os.ReadFile(file)
		pid, pidErr := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		// The name in parentheses may hold anything; behind it are state and parent.
		fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
		if pidErr != nil || len(fields) < 2 {
			continue
		}
		if parent, err := strconv.Atoi(string(fields[1])); err == nil {
			parents[pid] = parent
		}
	}
	return below(root, parents)
}
