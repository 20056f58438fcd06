//go:build !race

package watched

const race = false
