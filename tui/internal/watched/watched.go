// Package watched tells tests whether the race detector watches them.
//
// Each takes ten times as long then. The few that try thousands of inputs one after
// another, where nothing races, take a sample under the detector, and all of them in a
// run without it; make test does both.
package watched

// Step is how far a loop over inputs steps on: n under the detector, else 1.
func Step(n int) int {
	if race {
		return n
	}
	return 1
}
