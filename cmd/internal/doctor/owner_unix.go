//go:build unix

package doctor

import (
	"io/fs"
	"os"
	"syscall"
)

// stranger returns the user who owns a file and is neither the one that runs this
// nor root; 0 for none.
func stranger(info fs.FileInfo) int {
	stat, known := info.Sys().(*syscall.Stat_t)
	if !known || int(stat.Uid) == os.Geteuid() {
		return 0
	}
	return int(stat.Uid)
}
