package clipboard

import (
	"crypto/rand"
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// turn tells the helpers of one desktop which of them made the newest copy. The
// text alone does not: a key that is copied twice would be cleared when the time
// of the first copy is up. It is a file with a random number in it; where there
// is no place for one, every helper takes itself for the newest.
type turn struct{ path, number string }

// takeTurn makes its caller the newest on a desktop.
func takeTurn(folder, display string) turn {
	var b [16]byte
	_, _ = rand.Read(b[:])
	t := turn{number: hex.EncodeToString(b[:])}
	if folder == "" {
		return t
	}
	plain := func(r rune) rune {
		if r == '/' || r == filepath.Separator || r == ':' || r == 0 {
			return '-'
		}
		return r
	}
	t.path = filepath.Join(folder, "desktop"+strings.Map(plain, display))
	fresh := t.path + "." + t.number
	if !private(folder) || os.WriteFile(fresh, []byte(t.number), 0o600) != nil || os.Rename(fresh, t.path) != nil {
		_ = os.Remove(fresh)
		t.path = ""
	}
	return t
}

// newest reports whether nobody has taken a turn since.
func (t turn) newest() bool {
	if t.path == "" {
		return true
	}
	// Whatever else lies there, such as a pipe, was not put there by a helper.
	there, err := os.Lstat(t.path)
	if err != nil || !there.Mode().IsRegular() || there.Size() != int64(len(t.number)) {
		return true
	}
	number, err := os.ReadFile(t.path)
	return err != nil || string(number) == t.number
}

// private makes a folder, and reports whether nobody else can write in it.
func private(folder string) bool {
	if os.MkdirAll(folder, 0o700) != nil {
		return false
	}
	there, err := os.Lstat(folder)
	return err == nil && there.IsDir() && (runtime.GOOS == "windows" || there.Mode().Perm()&0o022 == 0)
}

// turnFolder is where the turns of this user lie, "" for nowhere. It goes with
// the session where the system has such a folder.
func turnFolder() string {
	if dir := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "provkeys")
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "provkeys")
}

// displayName tells one desktop of this user from another.
func displayName() string { return os.Getenv("WAYLAND_DISPLAY") + os.Getenv("DISPLAY") }
