package doctor

import (
	"io/fs"
	"strings"
	"testing"

	"provkeys/tui/clipboard"
)

// vars looks variables up in a map.
func vars(of map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { value, ok := of[name]; return value, ok }
}

func TestTheRouteOfACopyIsJudged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		mode       clipboard.Mode
		vars       map[string]string
		tool       string
		terminal   bool
		check      string
		status     Status
		text, mend string
	}{
		"off":                 {clipboard.Off, nil, "", true, "route", Note, "switched off", "--clipboard auto"},
		"terminal":            {clipboard.Auto, map[string]string{"TERM": "xterm"}, "", true, "route", Note, "osc52: the terminal is asked", ""},
		"no terminal":         {clipboard.Auto, map[string]string{"TERM": "xterm"}, "", false, "route", Warn, "there is none here", "ssh -t"},
		"desktop":             {clipboard.Auto, map[string]string{"TERM": "xterm", "DISPLAY": ":0"}, "xclip", true, "route", OK, "native: the session is local and has a display; if that fails: osc52", ""},
		"tool":                {clipboard.Auto, map[string]string{"TERM": "xterm", "DISPLAY": ":0"}, "xclip", true, "desktop tool", OK, "xclip", ""},
		"no tool":             {clipboard.Auto, map[string]string{"TERM": "xterm", "DISPLAY": ":0"}, "", true, "desktop tool", Warn, "no clipboard tool", "install xclip or xsel"},
		"no tool, osc52":      {clipboard.Auto, map[string]string{"TERM": "xterm", "DISPLAY": ":0"}, "", true, "route", Note, "osc52", ""},
		"no tool, no other":   {clipboard.Native, map[string]string{"WAYLAND_DISPLAY": "w"}, "", true, "route", Fail, "no clipboard tool", "install wl-clipboard"},
		"console":             {clipboard.Auto, map[string]string{"TERM": "linux"}, "", true, "route", Fail, "the Linux console has no clipboard", "provkeys get"},
		"command is not set":  {clipboard.Command, nil, "", true, "route", Fail, "PROVKEYS_CLIPBOARD_COMMAND is not set", "provkeys get"},
		"tmux gone":           {clipboard.Auto, map[string]string{"TERM": "tmux", "TMUX": "gone"}, "", true, "route", Note, "osc52", ""},
		"tmux gone, no other": {clipboard.Tmux, map[string]string{"TERM": "tmux", "TMUX": "gone"}, "", true, "route", Fail, "tmux does not answer", "--clipboard auto"},
		"tmux and desktop": {clipboard.Auto, map[string]string{"TERM": "tmux", "TMUX": "t", "DISPLAY": ":0"}, "xclip", true,
			"route", OK, "tmux and native", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := clipboard.Session{Lookup: vars(c.vars), GOOS: "linux"}
			got := CheckClipboard(Clipboard{
				Mode: c.mode, Plan: clipboard.Choose(c.mode, s, clipboard.Terminal{}),
				Tool: c.tool, Terminal: c.terminal, NoTmux: c.vars["TMUX"] == "gone", Wayland: c.vars["WAYLAND_DISPLAY"] != "",
			})
			mustFind(t, got, c.check, c.status, c.text, c.mend)
			if _, worst := Failures(got); c.status == Fail && worst != FaultClipboard {
				t.Errorf("the fault is %v", worst)
			}
		})
	}
}

func TestATestCopyIsJudgedByWhatIsKnownOfIt(t *testing.T) {
	t.Parallel()
	native := clipboard.Outcome{Route: clipboard.RouteNative, Evidence: clipboard.EvidenceVerified}
	sent := clipboard.Outcome{Route: clipboard.RouteOSC52}
	differs, tmux, screen := native, sent, sent
	differs.Evidence, tmux.Form, screen.Form = clipboard.EvidenceDiffers, clipboard.FormTmux, clipboard.FormScreen
	for name, c := range map[string]struct {
		outcome    clipboard.Outcome
		arrival    Arrival
		status     Status
		text, mend string
	}{
		"verified":          {native, ArrivalUnknown, OK, "Copied and verified", ""},
		"differs":           {differs, ArrivalUnknown, Fail, "reading back gave something else", "--clipboard osc52"},
		"sent":              {sent, ArrivalUnknown, Note, "Sent to your terminal", ""},
		"arrived":           {sent, Arrived, OK, "it arrived", ""},
		"missing":           {sent, Missing, Fail, "did not arrive", "in the terminal's settings"},
		"missing in tmux":   {tmux, Missing, Fail, "did not arrive", "set-clipboard on"},
		"missing in screen": {screen, Missing, Fail, "did not arrive", "around GNU screen"},
	} {
		t.Run(name, func(t *testing.T) {
			mustFind(t, CheckCopy(c.outcome, c.arrival, clipboard.EndingUnknown), "test copy", c.status, c.text, c.mend)
		})
	}
	mustFind(t, CheckCopy(native, ArrivalUnknown, clipboard.EndingFailed), "clearing", Warn, "could not be cleared", "copy something else")
	mustFind(t, CheckCopy(native, ArrivalUnknown, clipboard.EndingCleared), "clearing", OK, "cleared again", "")
	mustFind(t, CheckCopy(sent, Arrived, clipboard.EndingUnknown), "clearing", OK, "a space", "")
}

func TestTmuxIsJudged(t *testing.T) {
	t.Parallel()
	const answer = "3.3a\nexternal\n0\n10\n1\n1\nxterm-256color\nbpaste,clipboard,title\n"
	for name, c := range map[string]struct {
		from, to   string // what is different in the answer
		check      string
		status     Status
		text, mend string
	}{
		"version":           {"", "", "tmux", OK, "version 3.3a", ""},
		"old":               {"3.3a", "3.1c", "tmux", Warn, "version 3.1c", "3.2 or newer"},
		"next":              {"3.3a", "next-3.7", "tmux", OK, "next-3.7", ""},
		"external":          {"", "", "set-clipboard", Note, "external", "set -s set-clipboard on"},
		"off":               {"external", "off", "set-clipboard", Warn, "off:", "set -s set-clipboard on"},
		"on":                {"external", "on", "set-clipboard", OK, "on", ""},
		"passthrough":       {"", "", "allow-passthrough", OK, "off: ", ""},
		"takes copies":      {"", "", "tmux terminal", OK, "xterm-256color takes copies", ""},
		"takes none":        {"clipboard,", "", "tmux terminal", Warn, "TERM=xterm-256color", "set -as terminal-features ',xterm-256color:clipboard'"},
		"nobody":            {"1\nxterm", "0\nxterm", "tmux terminal", Warn, "no terminal is attached", "attach"},
		"quick":             {"", "", "escape-time", OK, "10 ms", ""},
		"slow":              {"\n10\n", "\n500\n", "escape-time", Warn, "500 ms", "set -sg escape-time 10"},
		"focus not told":    {"\n10\n1\n", "\n10\n0\n", "focus-events", Note, "off", "set -g focus-events on"},
		"an answer cut off": {"external\n0\n10\n1\n1\nxterm-256color\nbpaste,clipboard,title\n", "", "set-clipboard", Note, "not set", "set-clipboard on"},
	} {
		t.Run(name, func(t *testing.T) {
			mustFind(t, CheckTmux(parseTmux(strings.Replace(answer, c.from, c.to, 1)), nil), c.check, c.status, c.text, c.mend)
		})
	}
	mustFind(t, CheckTmux(Tmux{}, fs.ErrNotExist), "tmux", Warn, "does not answer", "unset TMUX")
}

func TestTheTerminalIsJudged(t *testing.T) {
	t.Parallel()
	base := map[string]string{"TERM": "xterm-256color", "LANG": "de_DE.UTF-8"}
	for name, c := range map[string]struct {
		set        string // NAME=value on top of these
		change     func(*Terminal)
		check      string
		status     Status
		text, mend string
	}{
		"TERM":         {"", nil, "TERM", OK, "xterm-256color", ""},
		"no TERM":      {"TERM=", nil, "TERM", Fail, "not set", "xterm-256color"},
		"dumb":         {"TERM=dumb", nil, "TERM", Fail, "dumb", "xterm-256color"},
		"console":      {"TERM=linux", nil, "TERM", Warn, "no clipboard", "emulator"},
		"nowhere":      {"", func(t *Terminal) { t.There = false }, "terminal", Note, "there is none", "ssh -t"},
		"local":        {"", nil, "session", OK, "on this machine", ""},
		"ssh":          {"SSH_TTY=/dev/pts/1", nil, "session", OK, "over ssh (SSH_TTY", ""},
		"sudo":         {"", func(t *Terminal) { t.Ancestor = "sshd" }, "session", OK, "below sshd", ""},
		"screen":       {"", func(t *Terminal) { t.Screen = true }, "GNU screen", Note, "in pieces", "altscreen on"},
		"silent":       {"", nil, "answers", Note, "did not say", ""},
		"claims":       {"", func(t *Terminal) { t.Answer = clipboard.Terminal{Answered: true, Writes: true} }, "answers", OK, "says that it takes copies", ""},
		"tmux answers": {"", func(t *Terminal) { t.Answer = clipboard.Terminal{Answered: true, Program: clipboard.ProgramTmux} }, "answers", OK, "is tmux;", ""},
		"size":         {"", nil, "size", OK, "80×24", ""},
		"small":        {"", func(t *Terminal) { t.Width = 39 }, "size", Warn, "39×24 is too small", "40×8"},
		"no size":      {"", func(t *Terminal) { t.Width = 0 }, "size", Note, "unknown", ""},
		"colours":      {"COLORTERM=truecolor", nil, "colours", OK, "truecolor", ""},
		"no colours":   {"NO_COLOR=1", nil, "colours", OK, "NO_COLOR", ""},
		"locale":       {"", nil, "locale", OK, "LANG=de_DE.UTF-8", ""},
		"mono":         {"", func(t *Terminal) { t.Theme = "mono" }, "colours", OK, "the theme is mono", ""},
		"plain":        {"", func(t *Terminal) { t.Plain = true }, "colours", OK, "plain", ""},
		"no mouse":     {"", nil, "mouse", OK, "left to the terminal", ""},
		"mouse":        {"", func(t *Terminal) { t.Mouse = true }, "mouse", OK, "hold shift", ""},
		"no locale":    {"LANG=", nil, "locale", OK, "taken for granted", ""},
		"ASCII":        {"LC_ALL=C", func(t *Terminal) { t.ASCII = true }, "locale", Note, "LC_ALL=C: the console draws with ASCII alone", "C.UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			of := map[string]string{}
			for k, v := range base {
				of[k] = v
			}
			k, v, _ := strings.Cut(c.set, "=")
			of[k] = v
			term := Terminal{Lookup: vars(of), GOOS: "linux", There: true, Asked: true, Width: 80, Height: 24}
			if c.change != nil {
				c.change(&term)
			}
			mustFind(t, CheckTerminal(term), c.check, c.status, c.text, c.mend)
		})
	}
}
