//go:build unix

package download

import (
	"fmt"
	"io/fs"
	"os"
	"os/user"

	"golang.org/x/sys/unix"
)

// open reports whether others than the owner can read a file.
func open(mode fs.FileMode) bool { return mode&0o077 != 0 }

// owners says for whom a file of this mode is.
func owners(mode fs.FileMode) string {
	switch {
	case open(mode):
		return fmt.Sprintf("others on this machine too (mode %04o): its file system keeps no permissions", mode)
	case os.Geteuid() == 0:
		return fmt.Sprintf("root alone (mode %04o)", mode)
	}
	name := fmt.Sprintf("user %d", os.Geteuid())
	if u, err := user.Current(); err == nil && u.Username != "" {
		name = u.Username
	}
	return fmt.Sprintf("you (%s) and root alone (mode %04o)", name, mode)
}

// disturbers says who else can do something to the file, "" for nobody. In a
// sticky folder such as /tmp only its owner can.
func (t target) disturbers() string {
	info, err := os.Stat(t.folder)
	if err != nil || info.Mode().Perm()&0o022 == 0 || info.Mode()&fs.ModeSticky != 0 {
		return ""
	}
	return fmt.Sprintf("; others can delete or replace it, since they may write in its folder (mode %04o)", info.Mode().Perm())
}

// writable says what keeps this process from making a file in a folder.
func writable(folder string) error {
	return unix.Faccessat(unix.AT_FDCWD, folder, unix.W_OK|unix.X_OK, unix.AT_EACCESS)
}
