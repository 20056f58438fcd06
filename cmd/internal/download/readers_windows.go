package download

import "io/fs"

// open knows nothing: the mode bits that Go shows on Windows say nothing about
// who can read a file.
func open(fs.FileMode) bool { return false }

func owners(fs.FileMode) string { return "whom the permissions of its folder let read it" }

func (target) disturbers() string { return "" }

// writable leaves it to the writing to find out.
func writable(string) error { return nil }
