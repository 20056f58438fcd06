//go:build unix

package doctor

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// owned is a file of some user.
type owned uint32

func (owned) Name() string       { return "" }
func (owned) Size() int64        { return 0 }
func (owned) Mode() fs.FileMode  { return 0o600 }
func (owned) ModTime() time.Time { return time.Time{} }
func (owned) IsDir() bool        { return false }
func (o owned) Sys() any         { return &syscall.Stat_t{Uid: uint32(o)} }

func TestOnlyAnotherUserIsAStranger(t *testing.T) {
	t.Parallel()
	me := os.Geteuid()
	for id, want := range map[int]int{me: 0, 0: 0, me + 7: me + 7} {
		if got := stranger(owned(id)); got != want {
			t.Errorf("of user %d the stranger is %d", id, got)
		}
	}
}

func TestOwnersOfFileAndFolderAreSeen(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can give a file away")
	}
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(path, 1001, -1); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(filepath.Dir(path), 1002, -1); err != nil {
		t.Fatal(err)
	}
	if f := LookAtFile(path, "linux"); f.Stranger != 1001 || f.FolderStranger != 1002 {
		t.Errorf("%+v", f)
	}
}

func TestFullDiskIsMendedByRoomAlone(t *testing.T) {
	t.Parallel()
	full := State{Dir: "/state", Folder: cause(&fs.PathError{Op: "write", Path: "/state/x", Err: syscall.ENOSPC})}
	mustFind(t, CheckState(full, "journal.jsonl"), "state folder", Warn, "no space left", "make room there")
}
