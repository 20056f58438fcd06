package doctor

import (
	"bytes"
	"context"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Tmux is what the tmux around us says.
type Tmux struct {
	Version      string
	SetClipboard string // on, external or off
	Passthrough  string // 1, all or 0; "" before 3.3
	EscapeTime   string // milliseconds
	FocusEvents  string // "1" or "0"
	Attached     string // number of terminals
	TermName     string // TERM of the terminal that is attached
	Features     string // what tmux thinks that it can do
}

// tmuxFormat asks for the fields of Tmux, in their order.
var tmuxFormat = strings.Join([]string{
	"#{version}", "#{set-clipboard}", "#{allow-passthrough}", "#{escape-time}", "#{focus-events}",
	"#{session_attached}", "#{client_termname}", "#{client_termfeatures}",
}, "\n")

// tmuxTime is for one question; tmux answers within some milliseconds.
const tmuxTime = 3 * time.Second

// AskTmux asks the tmux that the variable TMUX names. It sees what finds the
// tmux, and no credential.
func AskTmux(ctx context.Context, lookup func(string) (string, bool)) (Tmux, error) {
	ctx, cancel := context.WithTimeout(ctx, tmuxTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, "tmux", "display-message", "-p", tmuxFormat)
	cmd.Env = []string{}
	for _, name := range []string{"PATH", "HOME", "LANG", "LC_ALL", "TERM", "TMUX", "TMUX_PANE"} {
		if value, ok := lookup(name); ok {
			cmd.Env = append(cmd.Env, name+"="+value)
		}
	}
	var out bytes.Buffer
	cmd.Stdout = &out
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		return Tmux{}, err
	}
	return parseTmux(out.String()), nil
}

func parseTmux(answer string) Tmux {
	var t Tmux
	lines := strings.Split(strings.TrimSuffix(answer, "\n"), "\n")
	for i, field := range []*string{
		&t.Version, &t.SetClipboard, &t.Passthrough, &t.EscapeTime, &t.FocusEvents, &t.Attached, &t.TermName, &t.Features,
	} {
		if i < len(lines) {
			*field = strings.TrimSpace(lines[i])
		}
	}
	return t
}

// slowEscape is from when on a person notices that esc takes its time, in
// milliseconds.
const slowEscape = 50

// CheckTmux judges the tmux around us; err says why it could not be asked.
func CheckTmux(t Tmux, err error) []Finding {
	clip, term := report{group: GroupClipboard}, report{group: GroupTerminal}
	if err != nil {
		clip.warn("tmux", "leave it and start provkeys again, or unset TMUX", "TMUX is set, and that tmux does not answer: copies go another way")
		return clip.all
	}
	if old(t.Version) {
		clip.warn("tmux", "install tmux 3.2 or newer", "version %s cannot pass a copy on to your terminal", t.Version)
	} else {
		clip.ok("tmux", "version %s", t.Version)
	}
	clip.setClipboard(t.SetClipboard)
	clip.attached(t)
	if t.Passthrough != "" {
		clip.ok("allow-passthrough", "%s: copies made in this tmux do not need it", switchWord(t.Passthrough))
	}
	if ms, err := strconv.Atoi(t.EscapeTime); err == nil && ms > slowEscape {
		term.warn("escape-time", mendTmux("set -sg escape-time 10"), "%d ms: tmux holds every esc back that long", ms)
	} else {
		term.ok("escape-time", "%s ms", t.EscapeTime)
	}
	if t.FocusEvents == "0" {
		term.note("focus-events", mendTmux("set -g focus-events on"), "off: a key text that V shows is not hidden when you leave the window, only after its 10 s")
	}
	return append(clip.all, term.all...)
}

// setClipboard judges what becomes of copies that come from within the panes.
// Those made here take another way, which it does not close.
func (r *report) setClipboard(value string) {
	mend := mendTmux("set -s set-clipboard on")
	switch value {
	case "on":
		r.ok("set-clipboard", "on")
	case "off":
		r.warn("set-clipboard", mend,
			"off: copies made in this tmux pass by load-buffer -w, but those from a machine that you ssh to from here are dropped without a word")
	default:
		r.note("set-clipboard", mend, "%s: copies made in this tmux arrive; those from a machine that you ssh to from here are dropped without a word", orUnset(value))
	}
}

// attached judges whether the terminal around tmux gets what is copied.
func (r *report) attached(t Tmux) {
	switch {
	case t.Attached == "0":
		r.warn("tmux terminal", "attach to it, then copy", "no terminal is attached: copies stay in tmux")
	case !slices.Contains(strings.Split(t.Features, ","), "clipboard"):
		r.warn("tmux terminal", mendTmux("set -as terminal-features ',"+t.TermName+":clipboard'")+"; then detach and attach again",
			"tmux does not know that the terminal around it (TERM=%s) takes copies: they stay in tmux (prefix ])", t.TermName)
	default:
		r.ok("tmux terminal", "%s takes copies", t.TermName)
	}
}

// switchWord turns the number that tmux writes for a switch into its word.
func switchWord(value string) string {
	switch value {
	case "0":
		return "off"
	case "1":
		return "on"
	}
	return value
}

func mendTmux(line string) string { return "tmux " + line + ", and the same line into ~/.tmux.conf" }

// old reports whether a version such as 3.1c is before 3.2; one that is no
// number, such as next-3.6 or master, is new.
func old(version string) bool {
	major, rest, _ := strings.Cut(version, ".")
	minor := strings.TrimRight(rest, "abcdefghijklmnopqrstuvwxyz-")
	a, err := strconv.Atoi(major)
	if err != nil {
		return false
	}
	b, err := strconv.Atoi(minor)
	return a < 3 || a == 3 && err == nil && b < 2
}
