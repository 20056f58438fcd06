package clipboard

import "strings"

// Step is one route to try.
type Step struct {
	Route Route
	Also  Route  // RouteNative beside tmux, where both are at hand; else RouteNone
	Form  Form   // how OSC 52 is written
	Why   string // why this route, for diagnosis
}

// Plan is the routes to try, in order, until one works. Without any, Why says in
// one sentence what stands in the way and what to do instead.
type Plan struct {
	Steps []Step
	Why   string
	// Screen says that GNU screen is innermost, or may be where nobody answered,
	// and Bare that TERM names a terminal of the old kind. Neither has an alternate
	// screen of its own: what was shown there stays.
	Screen, Bare bool
	// Tmux says that the innermost is a tmux that can be asked, whose panes may have
	// no alternate screen either.
	Tmux bool
}

// Asks reports whether the terminal's answers matter, so that it is worth
// asking.
func (p Plan) Asks() bool {
	if p.Screen {
		return true
	}
	for _, s := range p.Steps {
		if s.Route == RouteOSC52 {
			return true
		}
	}
	return false
}

// Choose returns the routes for a session whose terminal answered t. It is
// pure: what neither tells is found out by trying.
//
// The order asks the session, not the tool: a native tool on a remote machine
// would succeed there, on the wrong clipboard, and through X forwarding it
// would hang the logout.
func Choose(m Mode, s Session, t Terminal) Plan {
	p := route(m, s, t)
	form, _ := formFor(s, t)
	p.Screen, p.Bare, p.Tmux = form == FormScreen, deaf(s) != "", s.get("TMUX") != ""
	return p
}

func route(m Mode, s Session, t Terminal) Plan {
	switch m {
	case Off:
		return Plan{Why: "copying is switched off: use --clipboard auto to allow it"}
	case Command:
		if s.get(CommandVariable) == "" {
			return Plan{Why: CommandVariable + " is not set: put a command into it that reads the key text from its standard input"}
		}
		return only(Step{Route: RouteCommand, Why: CommandVariable + " was asked for"})
	case Native:
		return only(Step{Route: RouteNative, Why: "a desktop tool was asked for"})
	case Tmux:
		if s.get("TMUX") == "" {
			return Plan{Why: "this is not inside tmux (TMUX is not set): use --clipboard auto to try the other routes"}
		}
		return only(Step{Route: RouteTmux, Why: "a tmux buffer was asked for"})
	case OSC52:
		return sequencePlan(s, t, nil)
	}
	local := !s.remote() && s.display()
	var steps []Step
	if s.get("TMUX") != "" {
		step := Step{Route: RouteTmux, Why: "we are inside tmux, whose buffer arrives whatever its settings are"}
		if local {
			step.Also = RouteNative
		}
		steps = append(steps, step)
	}
	if local {
		steps = append(steps, Step{Route: RouteNative, Why: "the session is local and has a display"})
	}
	return sequencePlan(s, t, steps)
}

func only(step Step) Plan { return Plan{Steps: []Step{step}} }

// sequencePlan ends the steps with OSC 52, unless the terminal is known to do
// nothing with it.
func sequencePlan(s Session, t Terminal, before []Step) Plan {
	if why := deaf(s); why != "" {
		return Plan{Steps: before, Why: why}
	}
	form, why := formFor(s, t)
	return Plan{Steps: append(before, Step{Route: RouteOSC52, Form: form, Why: why})}
}

// deaf returns why the terminal takes no sequence and what to do instead, or
// "" when it may.
func deaf(s Session) string {
	term := s.get("TERM")
	const instead = ": copy from a terminal emulator, or set " + CommandVariable + " and use --clipboard command"
	switch {
	case term == "" && s.GOOS == "windows":
		// A Windows console sets no TERM and its terminals take the sequence.
		return ""
	case term == "":
		return "TERM is not set, so there is no terminal to ask" + instead
	case term == "dumb":
		return "TERM=dumb says that the terminal takes no sequences" + instead
	case term == "linux":
		return "the Linux console has no clipboard" + instead
	case strings.HasPrefix(term, "vt"):
		return "a terminal of TERM=" + term + " has no clipboard" + instead
	}
	return ""
}

// formFor returns how OSC 52 must be written so that whoever is innermost
// passes it on. What the terminal answered beats what the environment says,
// which travels: GNU screen prints what is not made for it, the secret in it.
func formFor(s Session, t Terminal) (Form, string) {
	switch {
	case t.Program == ProgramScreen:
		return FormScreen, "the terminal says that it is GNU screen"
	case t.Program == ProgramTmux:
		return FormTmux, "the terminal says that it is tmux"
	case t.Answered:
		return FormPlain, "the terminal answered, and it is neither GNU screen nor tmux"
	case s.get("STY") != "":
		return FormScreen, "STY says that this is GNU screen"
	case s.screenName():
		return FormScreen, "TERM=" + s.get("TERM") + " may be GNU screen"
	case s.get("TMUX") != "" || strings.HasPrefix(s.get("TERM"), "tmux"):
		return FormTmux, "the environment says that this is tmux"
	}
	return FormPlain, "the terminal is asked to copy"
}
