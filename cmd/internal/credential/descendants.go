//go:build linux || darwin

package credential

// below returns the processes under one; parents has the parent of each.
func below(root int, parents map[int]int) []int {
	var found []int
	for pid, parent := range parents {
		if parent == root && pid != root {
			found = append(append(found, pid), below(pid, parents)...)
		}
	}
	return found
}
