package doctor

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"
)

// displayTime is for one question; a display answers within some milliseconds.
const displayTime = time.Second

// Display is a desktop as its clipboard tool finds it.
type Display struct {
	Variable string // which names it: DISPLAY or WAYLAND_DISPLAY; "" where nobody was asked
	Name     string // its value
	Silent   bool   // it does not answer
}

// Mend says what to do about a display that does not answer.
func (d Display) Mend() string {
	return "unset " + d.Variable + ", or use --clipboard osc52"
}

// Finding says that it does not answer.
func (d Display) Finding() string { return "the display " + d.Name + " does not answer" }

// AskDisplay asks what is on a desktop's clipboard, through the tool that
// LookForTool found. It asks for the kinds of content where the tool can, and looks
// at none of it. The tool sees what finds a display, and no credential.
func AskDisplay(ctx context.Context, tool string, lookup func(string) (string, bool)) Display {
	d, words := Display{Variable: "DISPLAY"}, []string(nil)
	switch tool {
	case "wl-copy":
		d.Variable, words = "WAYLAND_DISPLAY", []string{"wl-paste", "--list-types"}
	case "xclip":
		words = []string{"xclip", "-out", "-selection", "clipboard", "-target", "TARGETS"}
	case "xsel":
		words = []string{"xsel", "--output", "--clipboard"}
	default:
		return Display{} // the system brings its own
	}
	d.Name, _ = lookup(d.Variable)
	limit, cancel := context.WithTimeout(ctx, displayTime)
	defer cancel()
	cmd := exec.CommandContext(limit, words[0], words[1:]...)
	cmd.Env = []string{}
	for _, name := range []string{"PATH", "HOME", "LANG", "LC_ALL", "DISPLAY", "XAUTHORITY", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"} {
		if value, ok := lookup(name); ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	var said strings.Builder
	cmd.Stderr = &said
	cmd.WaitDelay = displayTime
	err := cmd.Run()
	d.Silent = limit.Err() != nil && ctx.Err() == nil || unreachable(err, said.String())
	return d
}

// unreachable tells a tool that found no display from one that found nothing on the
// clipboard: both fail, and only their words differ.
func unreachable(err error, said string) bool {
	if !errors.As(err, new(*exec.ExitError)) {
		return false
	}
	said = strings.ToLower(said)
	return strings.Contains(said, "open display") || strings.Contains(said, "failed to connect")
}
