package clipboard

import "strings"

// CommandVariable names the operator's own clipboard command.
const CommandVariable = "PROVKEYS_CLIPBOARD_COMMAND"

// Session is what a choice is made from. The zero value knows nothing and
// finds no route.
type Session struct {
	Lookup func(name string) (string, bool) // as os.LookupEnv
	GOOS   string                           // as runtime.GOOS
	// Ancestor is the remote login that this process descends from, as
	// RemoteAncestor finds it; "" for none. sudo drops the variables of ssh.
	Ancestor string
}

// get returns a variable, "" when it is not set.
func (s Session) get(name string) string {
	if s.Lookup == nil {
		return ""
	}
	value, _ := s.Lookup(name)
	return value
}

func (s Session) anySet(names ...string) bool {
	for _, name := range names {
		if s.get(name) != "" {
			return true
		}
	}
	return false
}

// remote reports whether the operator sits at another machine than this one.
func (s Session) remote() bool {
	return s.Ancestor != "" || s.anySet("SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT")
}

// display reports whether a desktop of this machine can be reached.
func (s Session) display() bool {
	return s.GOOS == "darwin" || s.GOOS == "windows" || s.anySet("DISPLAY", "WAYLAND_DISPLAY")
}

// passed returns the variables that helper, tools and command may see: what
// finds a display, a tmux or an agent, and no credential.
func passed() []string {
	return []string{
		"PATH", "HOME", "USER", "LANG", "LC_ALL", "TERM",
		"DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
		"TMUX", "TMUX_PANE",
		"SSH_TTY", "SSH_CONNECTION", "SSH_CLIENT", "SSH_AUTH_SOCK", "SSH_AGENT_PID",
	}
}

// environment returns the variables for a child, never nil: that would mean
// all of them.
func (s Session) environment() []string {
	list := []string{}
	if s.Lookup == nil {
		return list
	}
	names := passed()
	if s.GOOS == "windows" {
		// Without these no program of Windows starts or finds its temp folder.
		names = append(names, "SYSTEMROOT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TEMP", "TMP", "PATHEXT", "COMSPEC")
	}
	for _, name := range names {
		if value, ok := s.Lookup(name); ok {
			list = append(list, name+"="+value)
		}
	}
	return list
}

// screenName reports whether TERM is one that GNU screen sets. It travels over
// ssh where screen's own variable does not; a tmux may use it too.
func (s Session) screenName() bool { return strings.HasPrefix(s.get("TERM"), "screen") }
