//go:build unix && !darwin

package credential

import (
	"os"
	"path/filepath"
	"strconv"
)

const howToStore = `store it with "secret-tool store --label=provkeys service provkeys username NAME"`

// hasKeyring reports whether there is a session bus to ask. The library starts one
// where there is none, and that would stay behind with no keyring on it.
func hasKeyring() bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	dir := filepath.Join("/run/user", strconv.Itoa(os.Getuid()))
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			return true
		}
	}
	return false
}
