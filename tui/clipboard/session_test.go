package clipboard

import (
	"slices"
	"strings"
	"testing"
)

// session builds one from "NAME=value" words; GOOS is linux unless named, and
// "under=sshd" is an ancestor.
func session(words ...string) Session {
	vars := map[string]string{}
	s := Session{GOOS: "linux"}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		switch name {
		case "GOOS":
			s.GOOS = value
		case "under":
			s.Ancestor = value
		default:
			vars[name] = value
		}
	}
	s.Lookup = func(name string) (string, bool) {
		value, ok := vars[name]
		return value, ok
	}
	return s
}

func TestChildrenGetWhatFindsTheSessionAndNoCredential(t *testing.T) {
	t.Parallel()
	s := session("PATH=/bin", "TMUX=/tmp/t,1,0", "TMUX_PANE=%1", "DISPLAY=:0", "SSH_AUTH_SOCK=/tmp/a", "SYSTEMROOT=C:\\",
		"ZPA_CLIENT_SECRET=not-for-children", "ZSCALER_CLIENT_SECRET=not-for-children", "PROVKEYS_CLIPBOARD_COMMAND=secret-tool", "LD_PRELOAD=/tmp/x.so")

	got := s.environment()

	want := []string{"PATH=/bin", "DISPLAY=:0", "TMUX=/tmp/t,1,0", "TMUX_PANE=%1", "SSH_AUTH_SOCK=/tmp/a"}
	if !slices.Equal(got, want) {
		t.Errorf("children get %q, want %q", got, want)
	}
	if (Session{}).environment() == nil {
		t.Error("a session without variables gives children all of this process's")
	}
	s.GOOS = "windows"
	if !slices.Contains(s.environment(), "SYSTEMROOT=C:\\") {
		t.Error("a program of Windows would not start")
	}
}

func TestModeWordsAreReadBack(t *testing.T) {
	t.Parallel()
	for _, m := range []Mode{Auto, Tmux, Native, OSC52, Command, Off} {
		if got, err := ParseMode(m.String()); err != nil || got != m {
			t.Errorf("ParseMode(%q) = %v, %v", m.String(), got, err)
		}
		if !strings.Contains(ModeWords, m.String()) {
			t.Errorf("the words %q do not name %s", ModeWords, m)
		}
	}
	if got, err := ParseMode(""); err != nil || got != Auto {
		t.Errorf("the empty word is %v, %v, want auto", got, err)
	}
	if _, err := ParseMode("xclip"); err == nil || !strings.Contains(err.Error(), "osc52") {
		t.Errorf("an unknown word gives %v, want the words there are", err)
	}
}
