//go:build !linux && !darwin

package credential

// descendants finds nobody: the command alone is ended here.
func descendants(int) []int { return nil }
