package doctor

import (
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"provkeys/client"
	"provkeys/tui/clipboard"
)

func TestTheConfigurationIsJudged(t *testing.T) {
	t.Parallel()
	file := func(mode, folder fs.FileMode) File {
		return File{There: true, Mode: mode, FolderMode: fs.ModeDir | folder, Modes: true}
	}
	const path = "/home/jo/my config/config.yaml"
	refused := &Problem{Text: "half a set", Mend: "set the rest", Fault: FaultConfiguration}
	for name, c := range map[string]struct {
		of         Configuration
		check      string
		status     Status
		text, mend string
	}{
		"private":          {Configuration{Path: path, File: file(0o600, 0o700)}, "file", OK, path, ""},
		"missing":          {Configuration{Path: path}, "file", Note, "none is needed", ""},
		"no home":          {Configuration{}, "file", Note, "no folder", "--config"},
		"readable":         {Configuration{Path: path, File: file(0o644, 0o755)}, "file", Note, "can be read by other users of this machine (mode 0644)", "chmod 600 '" + path + "'"},
		"writable":         {Configuration{Path: path, File: file(0o620, 0o755)}, "file", Warn, "can be changed by other users", "chmod 600"},
		"folder writable":  {Configuration{Path: path, File: file(0o600, 0o777)}, "file", Warn, "/home/jo/my config is a folder that other users can write", "chmod go-w '/home/jo/my config'"},
		"sticky folder":    {Configuration{Path: path, File: file(0o600, fs.ModeSticky|0o777)}, "file", OK, path, ""},
		"no modes":         {Configuration{Path: path, File: File{There: true, Mode: 0o666}}, "file", OK, path, ""},
		"settings refused": {Configuration{Path: path, Settings: refused}, "settings", Fail, "half a set", "set the rest"},
		"profile refused":  {Configuration{Path: path, Profile: refused}, "profile", Fail, "half a set", "set the rest"},
		"profile":          {Configuration{Source: "the environment"}, "profile", OK, "the environment", ""},
		"one of several":   {Configuration{Source: `profile "a"`, Names: []string{"a", "b"}}, "profile", OK, `profile "a"; the file has a, b`, ""},
		"scope":            {Configuration{Scope: []string{"read-only"}}, "scope", Note, "read-only", ""},
	} {
		t.Run(name, func(t *testing.T) { mustFind(t, CheckConfiguration(c.of), c.check, c.status, c.text, c.mend) })
	}
}

func TestTheStateFolderIsTriedAndLeftAsItWas(t *testing.T) {
	t.Parallel()
	const journal = "journal.jsonl"
	home := t.TempDir()
	missing := filepath.Join(home, "a", "b")
	mustFind(t, CheckState(LookAtState(missing, journal), journal), "state folder", OK, "is made when it is needed", "")
	mustFind(t, CheckState(LookAtState(home, journal), journal), "journal", OK, "is made with the first deed", "")

	plain := filepath.Join(home, journal)
	if err := os.WriteFile(plain, []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	mustFind(t, CheckState(LookAtState(home, journal), journal), "journal", OK, plain, "")
	if err := errors.Join(os.Remove(plain), os.Mkdir(plain, 0o700)); err != nil {
		t.Fatal(err)
	}
	mustFind(t, CheckState(LookAtState(home, journal), journal), "journal", Warn, "no plain file", "move it away")
	// A file stands where the folder would have to be.
	blocked := filepath.Join(home, "file")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	mustFind(t, CheckState(LookAtState(blocked, journal), journal), "state folder", Warn, "nothing can be written to "+blocked, "XDG_STATE_HOME")
	mustFind(t, CheckState(State{Unknown: fs.ErrNotExist}, journal), "state folder", Warn, "none is known", "XDG_STATE_HOME")
	if left, _ := filepath.Glob(filepath.Join(home, ".*")); left != nil {
		t.Errorf("it left %q behind", left)
	}
}

func TestTheProxyIsNamedWithoutItsPassword(t *testing.T) {
	t.Parallel()
	const host = "config.mock.example"
	for name, c := range map[string]struct {
		host       string
		proxy      func(*http.Request) (*url.URL, error)
		set        string
		status     Status
		text, mend string
	}{
		"none":      {host, nil, "", OK, host + " is reached directly", ""},
		"used":      {host, http.ProxyURL(&url.URL{Scheme: "http", Host: "proxy:3128", User: url.UserPassword("jo", "a-proxy-canary")}), "HTTPS_PROXY", OK, "through http://••••@proxy:3128", ""},
		"exempt":    {host, nil, "https_proxy", OK, "NO_PROXY exempts it", ""},
		"http only": {host, nil, "HTTP_PROXY", Note, "HTTP_PROXY is set, which does not count", "set HTTPS_PROXY"},
		"all only":  {host, nil, "all_proxy", Note, "ALL_PROXY is set, which does not count", "set HTTPS_PROXY"},
		"broken": {host, func(*http.Request) (*url.URL, error) { return nil, errors.New("a-proxy-canary") }, "HTTPS_PROXY",
			Fail, "names no proxy", "http://HOST:PORT"},
		"loopback": {"127.0.0.1", nil, "HTTPS_PROXY", OK, "on this machine", ""},
	} {
		t.Run(name, func(t *testing.T) {
			lookup := func(variable string) (string, bool) { return "http://jo:a-proxy-canary@proxy:3128", variable == c.set }
			got := CheckProxy(LookAtProxy(&http.Transport{Proxy: c.proxy}, &url.URL{Scheme: "https", Host: c.host}, lookup))
			mustFind(t, got, "proxy", c.status, c.text, c.mend)
			if strings.Contains(got[0].Text+got[0].Mend, "canary") {
				t.Errorf("the password is told: %+v", got)
			}
		})
	}
}

func TestARefusedKindIsANoteAndAllOfThemAreAFailure(t *testing.T) {
	t.Parallel()
	role := &client.APIError{Status: http.StatusForbidden}
	feature := &client.APIError{Status: http.StatusUnauthorized, Code: "authz.featureflag.permission.denied"}
	app, edge := Read{What: "app connector keys", Key: true, Count: 3}, Read{What: "service edge keys", Key: true, Err: feature}
	groups := Read{What: "app connector groups", Loss: "groups cannot be chosen", Err: role}
	got := CheckAccess([]Read{app, edge, groups})
	mustFind(t, got, "app connector keys", OK, "readable: 3", "")
	mustFind(t, got, "service edge keys", Note, "the tenant does not have this feature", "Zscaler")
	mustFind(t, got, "app connector groups", Note, "without them groups cannot be chosen", "role the right to view app connector groups")

	app.Err = role
	mustFind(t, CheckAccess([]Read{app, edge}), "app connector keys", Fail, "the role of this API client", "right to view app connector keys")
	app.Err, app.Problem = client.ErrUnavailable, Problem{"away", "try again", FaultUnavailable}
	got = CheckAccess([]Read{app, edge})
	mustFind(t, got, "app connector keys", Fail, "away", "try again")
	mustFind(t, got, "service edge keys", Note, "feature", "Zscaler")
}

func TestTheWorstFaultTellsForAll(t *testing.T) {
	t.Parallel()
	all := []Finding{
		{Status: OK, Fault: FaultConfiguration}, {Status: Fail}, {Status: Fail, Fault: FaultSignIn}, {Status: Fail, Fault: FaultClipboard},
	}
	if failed, worst := Failures(all); len(failed) != 3 || worst != FaultSignIn {
		t.Errorf("%d failed, the worst by %v", len(failed), worst)
	}
}

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
		"off":                {clipboard.Off, nil, "", true, "route", Note, "switched off", "--clipboard auto"},
		"terminal":           {clipboard.Auto, map[string]string{"TERM": "xterm"}, "", true, "route", Note, "osc52: the terminal is asked", ""},
		"no terminal":        {clipboard.Auto, map[string]string{"TERM": "xterm"}, "", false, "route", Warn, "there is none here", "ssh -t"},
		"desktop":            {clipboard.Auto, map[string]string{"TERM": "xterm", "DISPLAY": ":0"}, "xclip", true, "route", OK, "native: the session is local and has a display; if that fails: osc52", ""},
		"tool":               {clipboard.Auto, map[string]string{"TERM": "xterm", "DISPLAY": ":0"}, "xclip", true, "desktop tool", OK, "xclip", ""},
		"no tool":            {clipboard.Auto, map[string]string{"TERM": "xterm", "DISPLAY": ":0"}, "", true, "desktop tool", Warn, "no clipboard tool", "install xclip or xsel"},
		"no tool, osc52":     {clipboard.Auto, map[string]string{"TERM": "xterm", "DISPLAY": ":0"}, "", true, "route", Note, "osc52", ""},
		"no tool, no other":  {clipboard.Native, map[string]string{"WAYLAND_DISPLAY": "w"}, "", true, "route", Fail, "no clipboard tool", "install wl-clipboard"},
		"console":            {clipboard.Auto, map[string]string{"TERM": "linux"}, "", true, "route", Fail, "the Linux console has no clipboard", "provkeys get"},
		"command is not set": {clipboard.Command, nil, "", true, "route", Fail, "PROVKEYS_CLIPBOARD_COMMAND is not set", "provkeys get"},
		"tmux and desktop": {clipboard.Auto, map[string]string{"TERM": "tmux", "TMUX": "t", "DISPLAY": ":0"}, "xclip", true,
			"route", OK, "tmux and native", ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := clipboard.Session{Lookup: vars(c.vars), GOOS: "linux"}
			got := CheckClipboard(Clipboard{
				Mode: c.mode, Plan: clipboard.Choose(c.mode, s, clipboard.Terminal{}),
				Tool: c.tool, Terminal: c.terminal, Wayland: c.vars["WAYLAND_DISPLAY"] != "",
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
		"utf8":         {"LC_ALL=C.utf8", nil, "locale", OK, "LC_ALL=C.utf8", ""},
		"Latin 1":      {"LC_CTYPE=de_DE.ISO-8859-1", nil, "locale", Warn, "LC_CTYPE is de_DE.ISO-8859-1", "C.UTF-8"},
		"no locale":    {"LANG=", nil, "locale", Warn, "LANG is not set", "C.UTF-8"},
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
