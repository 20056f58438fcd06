package doctor

import "io/fs"

// stranger knows none: a file's owner is not in what Go shows on Windows.
func stranger(fs.FileInfo) int { return 0 }
