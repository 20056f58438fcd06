package config

// private accepts every file: the mode bits that Go shows on Windows say
// nothing about who can read it.
func (contents) private(string) error { return nil }
