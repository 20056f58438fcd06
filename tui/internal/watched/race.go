//go:build race

package watched

const race = true
