package clipboard

import (
	"strings"
	"testing"
)

// session builds one from "NAME=value" words; GOOS is linux unless named.
func session(words ...string) Session {
	vars := map[string]string{}
	s := Session{GOOS: "linux"}
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		if name == "GOOS" {
			s.GOOS = value
			continue
		}
		vars[name] = value
	}
	s.Lookup = func(name string) (string, bool) {
		value, ok := vars[name]
		return value, ok
	}
	return s
}

func TestRouteFollowsTheSession(t *testing.T) {
	t.Parallel()
	const xterm, ssh = "TERM=xterm-256color", "SSH_CONNECTION=203.0.113.9 5 203.0.113.1 22"
	const own = CommandVariable + "=cat"
	for _, tc := range []struct {
		name string
		mode Mode
		in   Session
		want Route
		why  string // part of the reason
	}{
		{"X display", Auto, session(xterm, "DISPLAY=:0"), RouteNative, "local"},
		{"Wayland display", Auto, session(xterm, "WAYLAND_DISPLAY=wayland-0"), RouteNative, "local"},
		{"mac", Auto, session(xterm, "GOOS=darwin"), RouteNative, "local"},
		{"windows", Auto, session("GOOS=windows"), RouteNative, "local"},
		{"no display", Auto, session(xterm), RouteOSC52, "terminal"},
		{"empty display", Auto, session(xterm, "DISPLAY="), RouteOSC52, "terminal"},
		{"display in local screen", Auto, session("TERM=screen", "STY=1.pts", "DISPLAY=:0"), RouteNative, "local"},
		{"ssh", Auto, session(xterm, ssh), RouteOSC52, "terminal"},
		{"ssh by tty alone", Auto, session(xterm, "SSH_TTY=/dev/pts/1", "DISPLAY=:0"), RouteOSC52, "terminal"},
		{"ssh by client alone", Auto, session(xterm, "SSH_CLIENT=203.0.113.9 5 22", "DISPLAY=:0"), RouteOSC52, "terminal"},
		{"ssh with X forwarding", Auto, session(xterm, ssh, "DISPLAY=localhost:10.0"), RouteOSC52, "terminal"},
		{"ssh to a mac", Auto, session(xterm, ssh, "GOOS=darwin"), RouteOSC52, "terminal"},
		{"ssh to windows", Auto, session(ssh, "GOOS=windows"), RouteOSC52, "terminal"},
		{"ssh without a terminal", Auto, session(ssh), RouteNone, "TERM is not set"},
		{"ssh in a dumb terminal", Auto, session(ssh, "TERM=dumb"), RouteNone, "TERM=dumb"},
		{"screen, own variable", Auto, session(xterm, "STY=4.pts"), RouteNone, "GNU screen would print the key"},
		{"screen, TERM", Auto, session("TERM=screen"), RouteNone, "GNU screen would print the key"},
		{"screen of the bastion's client", Auto, session("TERM=screen-256color", ssh), RouteNone, "GNU screen would print the key"},
		{"screen in tmux", Auto, session("TERM=screen", "STY=4.pts", "TMUX=/tmp/t,1,0"), RouteNone, "GNU screen would print the key"},
		{"tmux like screen", Auto, session("TERM=screen-256color", "TMUX=/tmp/t,1,0"), RouteNone, "tmux load-buffer"},
		{"tmux", Auto, session("TERM=tmux-256color", "TMUX=/tmp/t,1,0"), RouteOSC52, "terminal"},
		{"linux console", Auto, session("TERM=linux"), RouteNone, "Linux console"},
		{"old terminal", Auto, session("TERM=vt220"), RouteNone, "TERM=vt220"},
		{"no terminal", Auto, session(), RouteNone, "TERM is not set"},
		{"nothing known", Auto, Session{}, RouteNone, "TERM is not set"},
		{"native over ssh", Native, session(xterm, ssh), RouteNative, "asked for"},
		{"native without display", Native, session(), RouteNative, "asked for"},
		{"osc52 with a display", OSC52, session(xterm, "DISPLAY=:0"), RouteOSC52, "terminal"},
		{"osc52 in screen", OSC52, session("TERM=screen"), RouteNone, "GNU screen would print the key"},
		{"osc52 in screen in tmux", OSC52, session("TERM=screen", "STY=4.pts", "TMUX=/tmp/t,1,0"), RouteNone, "GNU screen"},
		{"osc52 in tmux like screen", OSC52, session("TERM=screen", "TMUX=/tmp/t,1,0"), RouteOSC52, "asked for"},
		{"osc52 on the linux console", OSC52, session("TERM=linux"), RouteNone, "Linux console"},
		{"command", Command, session(own), RouteCommand, "asked for"},
		{"command over ssh", Command, session(own, ssh, "TERM=dumb"), RouteCommand, "asked for"},
		{"command without one", Command, session(xterm), RouteNone, CommandVariable + " is not set"},
		{"auto leaves the command alone", Auto, session(xterm, own), RouteOSC52, "terminal"},
		{"off", Off, session(xterm, "DISPLAY=:0", own), RouteNone, "switched off"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := Choose(tc.mode, tc.in)
			if got.Route != tc.want || !strings.Contains(got.Why, tc.why) {
				t.Errorf("Choose = %v because %q, want %v because …%s…", got.Route, got.Why, tc.want, tc.why)
			}
			if got.Route == RouteNone && !strings.Contains(got.Why, ": ") {
				t.Errorf("the refusal %q does not say what to do instead", got.Why)
			}
		})
	}
}

func TestOnlyAutoFallsBack(t *testing.T) {
	t.Parallel()
	here := session("TERM=xterm", "DISPLAY=:0")

	if got := Fallback(Auto, here); got.Route != RouteOSC52 {
		t.Errorf("auto falls back to %v (%s), want osc52", got.Route, got.Why)
	}
	if got := Fallback(Native, here); got.Route != RouteNone {
		t.Errorf("native falls back to %v, want none", got.Route)
	}
	if got := Fallback(Auto, session("TERM=screen", "DISPLAY=:0")); got.Route != RouteNone {
		t.Errorf("auto falls back to %v in screen, want none", got.Route)
	}
}

func TestModeWordsAreReadBack(t *testing.T) {
	t.Parallel()
	for _, m := range []Mode{Auto, Native, OSC52, Command, Off} {
		if got, err := ParseMode(m.String()); err != nil || got != m {
			t.Errorf("ParseMode(%q) = %v, %v", m.String(), got, err)
		}
	}
	if got, err := ParseMode(""); err != nil || got != Auto {
		t.Errorf("the empty word is %v, %v, want auto", got, err)
	}
	if _, err := ParseMode("xclip"); err == nil || !strings.Contains(err.Error(), "osc52") {
		t.Errorf("an unknown word gives %v, want the words there are", err)
	}
}

func TestTmuxIsNamedWhereItMaySwallowTheCopy(t *testing.T) {
	t.Parallel()
	for term, named := range map[string]bool{"TMUX=/tmp/t,1,0": true, "SSH_TTY=/dev/pts/1": false} {
		words := session("TERM=tmux-256color", term).Sent().Words()
		if strings.Contains(words, "set-clipboard on") != named || !strings.Contains(words, "cannot confirm") {
			t.Errorf("%s: %q", term, words)
		}
	}
}
