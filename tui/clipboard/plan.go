package clipboard

import "strings"

// Plan is the route to take. For RouteNone, Why says in one sentence what
// stands in the way and what to do instead; for the others, why this one.
type Plan struct {
	Route Route
	Why   string
}

// Choose returns the route for a session. It is pure: what the session cannot
// tell is found out by trying.
func Choose(m Mode, s Session) Plan {
	switch m {
	case Off:
		return Plan{Why: "copying is switched off: use --clipboard auto to allow it"}
	case Native:
		return Plan{RouteNative, "a desktop tool was asked for"}
	case Command:
		if s.get(CommandVariable) == "" {
			return Plan{Why: CommandVariable + " is not set: put a command into it that reads the key text from its standard input"}
		}
		return Plan{RouteCommand, CommandVariable + " was asked for"}
	case OSC52:
		return forcedSequence(s)
	}
	// A native tool on a remote machine would succeed there, on the wrong
	// clipboard, and through X forwarding it would hang the logout.
	if !s.remote() && s.display() {
		return Plan{RouteNative, "the session is local and has a display"}
	}
	return sequence(s)
}

// Fallback returns the route to take when the native one has failed: OSC 52
// where Auto allows it, else none.
func Fallback(m Mode, s Session) Plan {
	if m != Auto {
		return Plan{Why: "only the " + m.String() + " route is allowed: use --clipboard auto to try the others"}
	}
	return sequence(s)
}

// sequence chooses OSC 52 unless the terminal is known to do harm or nothing
// with it.
func sequence(s Session) Plan {
	if s.inScreen() {
		if s.inTmux() {
			return Plan{Why: "this tmux calls itself TERM=" + s.get("TERM") + ", which GNU screen does too, and that would print the key: " +
				"set " + CommandVariable + "='tmux load-buffer -w -' and use --clipboard command"}
		}
		return Plan{Why: "GNU screen would print the key on the screen: copy outside of it, " +
			"or set " + CommandVariable + " and use --clipboard command"}
	}
	return knownTerminal(s)
}

// forcedSequence differs for tmux alone: whoever asks for OSC 52 there knows
// that it is no GNU screen.
func forcedSequence(s Session) Plan {
	if s.inTmux() && strings.HasPrefix(s.get("TERM"), "screen") {
		return Plan{RouteOSC52, "OSC 52 was asked for"}
	}
	return sequence(s)
}

func knownTerminal(s Session) Plan {
	term := s.get("TERM")
	const instead = ": copy from a terminal emulator, or set " + CommandVariable + " and use --clipboard command"
	switch {
	case term == "" && s.GOOS == "windows":
		// A Windows console sets no TERM and its terminals take the sequence.
		return Plan{RouteOSC52, "the terminal is asked to copy"}
	case term == "":
		return Plan{Why: "TERM is not set, so there is no terminal to ask" + instead}
	case term == "dumb":
		return Plan{Why: "TERM=dumb says that the terminal takes no sequences" + instead}
	case term == "linux":
		return Plan{Why: "the Linux console has no clipboard" + instead}
	case strings.HasPrefix(term, "vt"):
		return Plan{Why: "a terminal of TERM=" + term + " has no clipboard" + instead}
	}
	return Plan{RouteOSC52, "the terminal is asked to copy"}
}
