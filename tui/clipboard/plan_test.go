package clipboard

import (
	"strings"
	"testing"
)

// The terminals of the table. What is not named did not answer.
var (
	silent = Terminal{}
	plain  = Terminal{Answered: true}
	claims = Terminal{Answered: true, Writes: true}
	asTmux = Terminal{Answered: true, Program: ProgramTmux}
	// A slow line brings the secondary attributes and no more.
	halfScreen = Terminal{Program: ProgramScreen}
	asScreen   = Terminal{Answered: true, Program: ProgramScreen}
)

const (
	xterm = "TERM=xterm-256color"
	ssh   = "SSH_CONNECTION=203.0.113.9 5 203.0.113.1 22"
	tmux  = "TMUX=/tmp/tmux-0/default,1,0"
	sty   = "STY=4.pts-1.host"
	x11   = "DISPLAY=:0"
	own   = CommandVariable + "=cat"
)

// planCase is a session and the routes that it gets: "tmux+native, osc52/plain",
// or "" for none.
type planCase struct {
	name     string
	mode     Mode
	in       Session
	terminal Terminal
	want     string
	why      string // part of the first route's reason, or of why there is none
}

func planCases() []planCase {
	return []planCase{
		// At the machine itself.
		{"X display", Auto, session(xterm, x11), silent, "native, osc52/plain", "local"},
		{"Wayland display", Auto, session(xterm, "WAYLAND_DISPLAY=wayland-0"), silent, "native, osc52/plain", "local"},
		{"mac", Auto, session(xterm, "GOOS=darwin"), plain, "native, osc52/plain", "local"},
		{"windows", Auto, session("GOOS=windows"), silent, "native, osc52/plain", "local"},
		{"display on a deaf terminal", Auto, session("TERM=linux", x11), silent, "native", "local"},
		{"display without a TERM", Auto, session(x11), silent, "native", "local"},
		{"no display", Auto, session(xterm), plain, "osc52/plain", "answered"},
		{"no display, silent", Auto, session(xterm), silent, "osc52/plain", "asked to copy"},
		{"empty display", Auto, session(xterm, "DISPLAY="), claims, "osc52/plain", "answered"},
		{"display in local screen", Auto, session("TERM=screen", sty, x11), asScreen, "native, osc52/screen", "local"},

		// Over ssh, mosh and what hides them.
		{"ssh", Auto, session(xterm, ssh), plain, "osc52/plain", "answered"},
		{"ssh by tty alone", Auto, session(xterm, "SSH_TTY=/dev/pts/1", x11), plain, "osc52/plain", "answered"},
		{"ssh by client alone", Auto, session(xterm, "SSH_CLIENT=203.0.113.9 5 22", x11), plain, "osc52/plain", "answered"},
		{"ssh with X forwarding", Auto, session(xterm, ssh, "DISPLAY=localhost:10.0"), plain, "osc52/plain", "answered"},
		{"ssh to a mac", Auto, session(xterm, ssh, "GOOS=darwin"), plain, "osc52/plain", "answered"},
		{"ssh to windows", Auto, session(ssh, "GOOS=windows"), silent, "osc52/plain", "asked to copy"},
		{"sudo over ssh", Auto, session(xterm, x11, "under=sshd"), plain, "osc52/plain", "answered"},
		{"sudo over ssh to a mac", Auto, session(xterm, "GOOS=darwin", "under=sshd"), plain, "osc52/plain", "answered"},
		{"mosh", Auto, session(xterm, x11, "under=mosh-server"), plain, "osc52/plain", "answered"},
		{"ssh, empty variables", Auto, session(xterm, "SSH_TTY=", "SSH_CONNECTION=", x11), plain, "native, osc52/plain", "local"},

		// In tmux.
		{"tmux", Auto, session("TERM=tmux-256color", tmux), asTmux, "tmux, osc52/tmux", "inside tmux"},
		{"tmux over ssh", Auto, session("TERM=tmux-256color", tmux, ssh), asTmux, "tmux, osc52/tmux", "inside tmux"},
		{"tmux over ssh with X forwarding", Auto, session("TERM=tmux-256color", tmux, ssh, x11), asTmux, "tmux, osc52/tmux", "inside tmux"},
		{"tmux at a display", Auto, session("TERM=tmux-256color", tmux, x11), asTmux, "tmux+native, native, osc52/tmux", "inside tmux"},
		{"tmux on a mac", Auto, session("TERM=tmux-256color", tmux, "GOOS=darwin"), asTmux, "tmux+native, native, osc52/tmux", "inside tmux"},
		{"tmux that calls itself screen", Auto, session("TERM=screen-256color", tmux), asTmux, "tmux, osc52/tmux", "inside tmux"},
		{"tmux like screen, silent", Auto, session("TERM=screen-256color", tmux), silent, "tmux, osc52/screen", "inside tmux"},
		{"tmux, silent", Auto, session("TERM=tmux-256color", tmux), silent, "tmux, osc52/tmux", "inside tmux"},
		{"stale TMUX in a plain terminal", Auto, session(xterm, tmux), plain, "tmux, osc52/plain", "inside tmux"},
		{"stale TMUX in a screen", Auto, session("TERM=screen", sty, tmux), asScreen, "tmux, osc52/screen", "inside tmux"},
		{"tmux on a deaf TERM", Auto, session("TERM=vt100", tmux), silent, "tmux", "inside tmux"},
		{"tmux without a TERM", Auto, session(tmux), silent, "tmux", "inside tmux"},
		{"tmux out of reach", Auto, session("TERM=tmux-256color"), asTmux, "osc52/tmux", "says that it is tmux"},
		{"tmux out of reach, silent", Auto, session("TERM=tmux-256color"), silent, "osc52/tmux", "environment"},
		{"sudo in tmux", Auto, session("TERM=screen", "under=sshd"), asTmux, "osc52/tmux", "says that it is tmux"},
		{"ssh out of a tmux", Auto, session("TERM=tmux-256color", ssh), asTmux, "osc52/tmux", "says that it is tmux"},
		{"empty TMUX", Auto, session(xterm, "TMUX="), plain, "osc52/plain", "answered"},

		// In GNU screen.
		{"screen", Auto, session("TERM=screen", sty), asScreen, "osc52/screen", "says that it is GNU screen"},
		{"screen, half an answer", Auto, session(xterm), halfScreen, "osc52/screen", "says that it is GNU screen"},
		{"screen, silent, own variable", Auto, session(xterm, sty), silent, "osc52/screen", "STY"},
		{"screen, silent, TERM", Auto, session("TERM=screen"), silent, "osc52/screen", "may be GNU screen"},
		{"screen with a foreign TERM", Auto, session(xterm), asScreen, "osc52/screen", "says that it is GNU screen"},
		{"bastion's screen", Auto, session("TERM=screen.xterm-256color", ssh), asScreen, "osc52/screen", "says that it is GNU screen"},
		{"bastion's screen, silent", Auto, session("TERM=screen-256color", ssh), silent, "osc52/screen", "may be GNU screen"},
		{"bastion's screen, foreign TERM", Auto, session(xterm, ssh), asScreen, "osc52/screen", "says that it is GNU screen"},
		{"STY brought into a plain terminal", Auto, session(xterm, sty), plain, "osc52/plain", "answered"},
		{"tmux in screen, TMUX lost", Auto, session("TERM=tmux-256color", sty), asTmux, "osc52/tmux", "says that it is tmux"},
		{"screen in tmux", Auto, session("TERM=screen", sty, tmux), asScreen, "tmux, osc52/screen", "inside tmux"},
		{"TERM=screen that answers", Auto, session("TERM=screen"), plain, "osc52/plain", "answered"},

		// Nothing to copy with.
		{"ssh without a terminal", Auto, session(ssh), silent, "", "TERM is not set"},
		{"ssh in a dumb terminal", Auto, session(ssh, "TERM=dumb"), silent, "", "TERM=dumb"},
		{"linux console", Auto, session("TERM=linux"), silent, "", "Linux console"},
		{"old terminal", Auto, session("TERM=vt220"), silent, "", "TERM=vt220"},
		{"no terminal", Auto, session(), silent, "", "TERM is not set"},
		{"nothing known", Auto, Session{}, silent, "", "TERM is not set"},

		// What somebody asked for.
		{"native over ssh", Native, session(xterm, ssh), plain, "native", "asked for"},
		{"native without display", Native, session(), silent, "native", "asked for"},
		{"native in tmux", Native, session(tmux), silent, "native", "asked for"},
		{"tmux asked for", Tmux, session("TERM=tmux", tmux, x11), asTmux, "tmux", "asked for"},
		{"tmux asked for outside", Tmux, session(xterm, x11), plain, "", "not inside tmux"},
		{"osc52 with a display", OSC52, session(xterm, x11), plain, "osc52/plain", "answered"},
		{"osc52 in screen", OSC52, session("TERM=screen", sty), asScreen, "osc52/screen", "says that it is GNU screen"},
		{"osc52 in tmux", OSC52, session("TERM=tmux-256color", tmux), asTmux, "osc52/tmux", "says that it is tmux"},
		{"osc52 on the linux console", OSC52, session("TERM=linux"), silent, "", "Linux console"},
		{"command", Command, session(own), silent, "command", "asked for"},
		{"command over ssh", Command, session(own, ssh, "TERM=dumb"), silent, "command", "asked for"},
		{"command without one", Command, session(xterm), plain, "", CommandVariable + " is not set"},
		{"auto leaves the command alone", Auto, session(xterm, own), plain, "osc52/plain", "answered"},
		{"off", Off, session(xterm, x11, tmux, own), plain, "", "switched off"},
	}
}

func TestRoutesFollowTheSession(t *testing.T) {
	t.Parallel()
	for _, tc := range planCases() {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got := Choose(tc.mode, tc.in, tc.terminal)
			why := got.Why
			if len(got.Steps) > 0 {
				why = got.Steps[0].Why
			}
			if words := planWords(got); words != tc.want || !strings.Contains(why, tc.why) {
				t.Errorf("the plan is %q because %q, want %q because …%s…", words, why, tc.want, tc.why)
			}
			if len(got.Steps) == 0 && !strings.Contains(got.Why, ": ") {
				t.Errorf("the refusal %q does not say what to do instead", got.Why)
			}
		})
	}
}

// planWords writes a plan as the table does.
func planWords(p Plan) string {
	var words []string
	for _, s := range p.Steps {
		word := s.Route.String()
		if s.Also != RouteNone {
			word += "+" + s.Also.String()
		}
		if s.Route == RouteOSC52 {
			word += "/" + map[Form]string{FormPlain: "plain", FormTmux: "tmux", FormScreen: "screen"}[s.Form]
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// TestRemoteSessionsNeverGetADesktop walks what the table samples: whatever
// else is set, a native tool of a remote machine is the wrong clipboard.
func TestRemoteSessionsNeverGetADesktop(t *testing.T) {
	t.Parallel()
	for _, remote := range []string{ssh, "SSH_TTY=/dev/pts/0", "SSH_CLIENT=203.0.113.9 1 22", "under=sshd", "under=mosh-server"} {
		for _, goos := range []string{"linux", "darwin", "windows"} {
			for _, inside := range []string{tmux, sty, x11, "WAYLAND_DISPLAY=wayland-0", "TERM=screen"} {
				plan := Choose(Auto, session(xterm, remote, "GOOS="+goos, inside, x11), silent)
				if strings.Contains(planWords(plan), "native") {
					t.Errorf("%s on %s with %s: %s", remote, goos, inside, planWords(plan))
				}
			}
		}
	}
}

// TestScreenIsNeverSentWhatItWouldPrint walks the same for GNU screen.
func TestScreenIsNeverSentWhatItWouldPrint(t *testing.T) {
	t.Parallel()
	for _, mode := range []Mode{Auto, OSC52} {
		for _, term := range []string{xterm, "TERM=screen", "TERM=screen-256color", "TERM=tmux-256color", "TERM=rxvt"} {
			for _, answer := range []Terminal{asScreen, halfScreen} {
				for _, also := range []string{tmux, sty, ssh, x11, "X=1"} {
					for _, step := range Choose(mode, session(term, also), answer).Steps {
						if step.Route == RouteOSC52 && step.Form != FormScreen {
							t.Errorf("%s %s %s: the form is %v", mode, term, also, step.Form)
						}
					}
				}
			}
		}
	}
}

func TestATerminalWithoutAnAlternateScreenIsKnownByItsTERM(t *testing.T) {
	t.Parallel()
	for term, want := range map[string]bool{"linux": true, "vt220": true, "dumb": true, "": true, "xterm-256color": false, "tmux-256color": false} {
		if got := Choose(Native, session("TERM="+term), silent).Bare; got != want {
			t.Errorf("TERM=%s: bare %v", term, got)
		}
	}
	if Choose(Native, session("GOOS=windows"), silent).Bare {
		t.Error("a Windows console is called bare")
	}
}

func TestASessionThatMayBeScreensSaysSo(t *testing.T) {
	t.Parallel()
	for _, mode := range []Mode{Auto, Native, Tmux, OSC52, Command, Off} {
		for _, tc := range []struct {
			name   string
			in     Session
			answer Terminal
			want   bool
		}{
			{"it answers", session(xterm), halfScreen, true},
			{"its variable", session(xterm, sty), silent, true},
			{"its TERM, over ssh", session("TERM=screen-256color", ssh), silent, true},
			{"a tmux with its TERM", session("TERM=screen-256color", tmux), asTmux, false},
			{"its variable in another terminal", session(xterm, sty), plain, false},
			{"another terminal", session(xterm, x11), silent, false},
		} {
			if got := Choose(mode, tc.in, tc.answer); got.Screen != tc.want || tc.want && !got.Asks() {
				t.Errorf("%s, %s: screen %v, asks %v", mode, tc.name, got.Screen, got.Asks())
			}
		}
	}
}

func TestTheTerminalIsAskedOnlyWhereItMatters(t *testing.T) {
	t.Parallel()
	for want, s := range map[bool]Session{true: session(xterm, x11), false: session("TERM=linux", x11)} {
		if got := Choose(Auto, s, silent).Asks(); got != want {
			t.Errorf("TERM=%s: asks %v, want %v", s.get("TERM"), got, want)
		}
	}
}

func TestAnswersTellTheProgram(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		secondary, primary []int
		want               Terminal
	}{
		"GNU screen 4.9": {[]int{83, 40900, 0}, []int{1, 2}, asScreen},
		"tmux":           {[]int{84, 0, 0}, []int{1, 2, 4}, asTmux},
		"xterm":          {[]int{41, 390, 0}, []int{64, 1, 2, 6, 9, 15, 18, 21, 22}, plain},
		"foot":           {[]int{1, 11600, 0}, []int{62, 4, 22, 28, 52}, claims},
		"empty answers":  {nil, nil, plain},
	} {
		if got := (Terminal{}).WithSecondary(tc.secondary).WithPrimary(tc.primary); got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
	}
}
