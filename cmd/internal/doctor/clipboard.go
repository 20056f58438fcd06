package doctor

import (
	"os/exec"
	"slices"
	"strings"

	"provkeys/tui/clipboard"
)

// Clipboard is what a copy would be made with.
type Clipboard struct {
	Mode     clipboard.Mode
	Plan     clipboard.Plan
	Terminal bool   // there is one to be asked
	NoTmux   bool   // that of the variable TMUX does not answer
	Tool     string // of the desktop; "" for none
	Wayland  bool   // the desktop is of that kind
	Display  Display
}

// LookForTool returns the clipboard tool that a desktop would be copied with, ""
// for none. Systems that bring their own have it always.
func LookForTool(goos string, wayland bool) string {
	switch goos {
	case "darwin":
		return "pbcopy"
	case "windows":
		return "the system's own"
	}
	there := func(name string) bool {
		_, err := exec.LookPath(name)
		return err == nil
	}
	// In the order of the library that calls them.
	switch {
	case wayland && there("wl-copy") && there("wl-paste"):
		return "wl-copy"
	case there("xclip"):
		return "xclip"
	case there("xsel"):
		return "xsel"
	}
	return ""
}

// Desktop reports whether a copy may go to a desktop's clipboard.
func (c Clipboard) Desktop() bool {
	return slices.ContainsFunc(c.Plan.Steps, func(s clipboard.Step) bool {
		return s.Route == clipboard.RouteNative || s.Also == clipboard.RouteNative
	})
}

// CheckClipboard judges by which route a copy would go, and why.
func CheckClipboard(c Clipboard) []Finding {
	r := report{group: GroupClipboard}
	if c.Mode == clipboard.Off {
		r.note("route", "use --clipboard auto to allow it", "copying is switched off (--clipboard, PROVKEYS_CLIPBOARD or clipboard: in the file)")
		return r.all
	}
	install := "install xclip or xsel"
	if c.Wayland {
		install = "install wl-clipboard"
	}
	var usable []clipboard.Step
	desktop := c.Desktop()
	for _, step := range c.Plan.Steps {
		if step.Route == clipboard.RouteTmux && c.NoTmux || step.Route == clipboard.RouteNative && (c.Tool == "" || c.Display.Silent) {
			continue
		}
		usable = append(usable, step)
	}
	switch {
	case len(usable) > 0:
		r.route(usable, c.Terminal)
	case c.Plan.Why != "":
		r.fail("route", Problem{Text: "there is none: " + c.Plan.Why, Fault: FaultClipboard, Mend: "hand keys to a program instead: provkeys get NAME --field key | PROGRAM"})
	case desktop && c.Display.Silent:
		r.fail("route", Problem{Text: "there is none: " + c.Display.Finding(), Fault: FaultClipboard, Mend: c.Display.Mend()})
	case desktop:
		r.fail("route", Problem{Text: "there is none: the desktop has no clipboard tool", Fault: FaultClipboard, Mend: install + ", or use --clipboard osc52"})
	default:
		r.fail("route", Problem{Text: "there is none: tmux does not answer", Fault: FaultClipboard, Mend: "use --clipboard auto, which tries the other ways"})
	}
	switch {
	case !desktop || usable == nil:
	case c.Tool == "":
		r.warn("desktop tool", install+": then copies are read back and verified", "the desktop has no clipboard tool")
	case c.Display.Silent:
		r.warn("desktop tool", c.Display.Mend(), "%s: %s", c.Tool, c.Display.Finding())
	default:
		r.ok("desktop tool", "%s", c.Tool)
	}
	return r.all
}

// route says which way a copy takes, and which ones are left if it fails.
func (r *report) route(steps []clipboard.Step, terminal bool) {
	first := steps[0]
	text := first.Route.String() + ": " + first.Why
	if first.Also != clipboard.RouteNone {
		text = first.Route.String() + " and " + first.Also.String() + ": " + first.Why
	}
	var rest []string
	for _, s := range steps[1:] {
		rest = append(rest, s.Route.String())
	}
	if rest != nil {
		text += "; if that fails: " + strings.Join(rest, ", ")
	}
	switch {
	case first.Route != clipboard.RouteOSC52:
		r.ok("route", "%s", text)
	case terminal:
		r.note("route", "", "%s; no terminal confirms such a copy", text)
	default:
		r.warn("route", "run it in a terminal, over ssh with ssh -t; or use --clipboard command",
			"a terminal would be asked to copy, and there is none here")
	}
}

// Arrival is what a person says of a test copy that only they can see.
type Arrival int

// The arrivals.
const (
	ArrivalUnknown Arrival = iota // nobody was asked
	Arrived
	Missing
)

// CheckCopy judges a test copy that was made, by what is known of it, by what
// somebody says of it, and by what its clearing came to.
func CheckCopy(o clipboard.Outcome, a Arrival, ended clipboard.Ending) []Finding {
	r := report{group: GroupClipboard}
	words := o.RouteWords() + ": " + o.Words(0, false)
	sent := o.Route == clipboard.RouteOSC52 || o.Route == clipboard.RouteCommand
	switch {
	case o.Evidence == clipboard.EvidenceDiffers:
		r.fail("test copy", Problem{Text: words, Fault: FaultClipboard, Mend: "something else owns the clipboard: try --clipboard osc52, or PROVKEYS_CLIPBOARD_COMMAND with --clipboard command"})
		return r.all
	case a == Arrived:
		r.ok("test copy", "%s: it arrived, you say", o.RouteWords())
	case a == Missing:
		r.fail("test copy", Problem{Text: o.RouteWords() + ": sent, and it did not arrive, you say", Fault: FaultClipboard, Mend: allow(o.Form)})
	case sent:
		r.note("test copy", "", "%s", words)
	default:
		r.ok("test copy", "%s", words)
	}
	switch {
	case ended == clipboard.EndingFailed || o.Route == clipboard.RouteCommand:
		r.warn("clearing", "copy something else now, which takes its place", "the test text could not be cleared from here")
	case o.Route == clipboard.RouteOSC52:
		r.ok("clearing", "a space was sent in its place")
	case ended == clipboard.EndingCleared:
		r.ok("clearing", "the test text was cleared again")
	}
	return r.all
}

// allow says who must let a copy through.
func allow(form clipboard.Form) string {
	switch form {
	case clipboard.FormTmux:
		return "in that tmux: tmux set -s set-clipboard on, and allow clipboard writes (OSC 52) in the terminal around it; or use --clipboard command"
	case clipboard.FormScreen:
		return "allow clipboard writes (OSC 52) in the terminal around GNU screen, or use --clipboard command"
	}
	return "allow clipboard writes (OSC 52) in the terminal's settings, or use --clipboard command"
}
