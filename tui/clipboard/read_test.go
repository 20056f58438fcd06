package clipboard_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"provkeys/tui/clipboard"
)

// tools makes shell scripts the only programs there are, besides cat and env.
func tools(t *testing.T, scripts map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, script := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\nPATH=/usr/bin:/bin\n"+script+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
}

func reading(vars map[string]string) clipboard.Clipboard {
	return clipboard.Clipboard{Session: clipboard.Session{GOOS: "linux", Lookup: func(name string) (string, bool) {
		value, ok := vars[name]
		return value, ok
	}}}
}

func TestClipboardOfTheNearestPlaceIsRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // there is no sh for the tools
	}
	for _, tt := range []struct {
		name    string
		scripts map[string]string
		vars    map[string]string
		want    string
		say     string // of the error
	}{
		{name: "X", scripts: map[string]string{"xclip": `printf 'x11\n'`, "tmux": "printf tmux"}, vars: map[string]string{"DISPLAY": ":0", "TMUX": "x"}, want: "x11\n"},
		{name: "X without xclip", scripts: map[string]string{"xsel": "printf xsel"}, vars: map[string]string{"DISPLAY": ":0"}, want: "xsel"},
		{name: "Wayland", scripts: map[string]string{"wl-paste": "printf wayland", "xclip": "printf x11"}, vars: map[string]string{"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, want: "wayland"},
		{name: "tmux where no tool is", scripts: map[string]string{"tmux": "printf tmux"}, vars: map[string]string{"DISPLAY": ":0", "TMUX": "x"}, want: "tmux"},
		{name: "tmux of a remote machine", scripts: map[string]string{"tmux": "printf tmux", "xclip": "printf wrong"}, vars: map[string]string{"DISPLAY": ":0", "TMUX": "x", "SSH_TTY": "y"}, want: "tmux"},
		{name: "remote", scripts: map[string]string{"xclip": "printf wrong"}, vars: map[string]string{"DISPLAY": ":0", "SSH_CONNECTION": "y"}, say: "the session is remote"},
		{name: "no tool", vars: map[string]string{"DISPLAY": ":0"}, say: "xclip or xsel"},
		{name: "nothing on it", scripts: map[string]string{"xclip": "echo canary >&2; exit 1", "tmux": "printf tmux"}, vars: map[string]string{"DISPLAY": ":0", "TMUX": "x"}, say: "xclip finds no text on it (exit status 1)"},
		{name: "more than a text", scripts: map[string]string{"xclip": "head -c 2000000 /dev/zero"}, vars: map[string]string{"DISPLAY": ":0"}, say: "it holds more than 1 MiB"},
		{name: "environment", scripts: map[string]string{"xclip": `printf '%s' "$ZPA_CLIENT_SECRET$DISPLAY"`}, vars: map[string]string{"DISPLAY": ":7"}, want: ":7"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("ZPA_CLIENT_SECRET", "canary")
			tools(t, tt.scripts)

			got, err := reading(tt.vars).Read(t.Context())

			if got.Reveal() != tt.want || (err == nil) != (tt.say == "") {
				t.Fatalf("%q, %v", got.Reveal(), err)
			}
			if err != nil && (!errors.Is(err, clipboard.ErrUnreadable) || !strings.Contains(err.Error(), tt.say) || strings.Contains(err.Error(), "canary")) {
				t.Errorf("error is %v, want %q", err, tt.say)
			}
		})
	}
}
