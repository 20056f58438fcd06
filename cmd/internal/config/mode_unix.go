//go:build unix

package config

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// private refuses a file that somebody else can read or write, or put another
// file in the place of. why says what makes it one to guard, as in "client_secret
// is a secret"; the error's next step is the line that mends the file.
func (c contents) private(why string) error {
	uid := os.Geteuid()
	if fault := fileFault(c.info.Mode(), owner(c.info), uid); fault != "" {
		return usage(fileMend(c.path, owner(c.info), uid), "%s, but %s %s", why, c.path, fault)
	}
	for _, dir := range c.folders() {
		info, err := os.Stat(dir)
		if err != nil {
			return unreadable(dir, "make it a folder that you can read", err)
		}
		if fault := folderFault(info.Mode(), owner(info), uid); fault != "" {
			return usage(folderMend(dir, owner(info), uid), "%s, but %s %s", why, dir, fault)
		}
	}
	return nil
}

// folders returns those in which the file could be replaced: its own, and that
// of the link that leads to it.
func (c contents) folders() []string {
	dirs := []string{filepath.Dir(c.target)}
	if at := filepath.Dir(c.path); at != dirs[0] {
		dirs = append(dirs, at)
	}
	return dirs
}

// owner returns the user id, or -1 where the file system has none.
func owner(info fs.FileInfo) int {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(stat.Uid)
	}
	return -1
}

func trusted(owner, uid int) bool { return owner == uid || owner == 0 }

// fileFault returns why a file may hold no secret of the user uid, or "".
func fileFault(mode fs.FileMode, owner, uid int) string {
	switch {
	case !trusted(owner, uid):
		return fmt.Sprintf("belongs to another user (%d)", owner)
	case mode.Perm()&0o077 != 0:
		return fmt.Sprintf("is open to other users (mode %04o)", mode.Perm())
	}
	return ""
}

// folderFault returns why a file in the folder may hold no secret, or "". In a
// sticky folder such as /tmp only a file's owner can replace it.
func folderFault(mode fs.FileMode, owner, uid int) string {
	switch {
	case !trusted(owner, uid):
		return fmt.Sprintf("belongs to another user (%d)", owner)
	case mode.Perm()&0o022 != 0 && mode&fs.ModeSticky == 0:
		return fmt.Sprintf("is a folder that other users can write (mode %04o)", mode.Perm())
	}
	return ""
}

func fileMend(path string, owner, uid int) string {
	mend := "chmod 600 " + quoted(path)
	if trusted(owner, uid) {
		return mend
	}
	return fmt.Sprintf("sudo chown %d %s && %s", uid, quoted(path), mend)
}

func folderMend(path string, owner, uid int) string {
	mend := "chmod go-w " + quoted(path)
	if trusted(owner, uid) {
		return mend
	}
	return fmt.Sprintf("sudo chown %d %s && %s", uid, quoted(path), mend)
}
