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
		"private":         {Configuration{Path: path, File: file(0o600, 0o700)}, "file", OK, path, ""},
		"missing":         {Configuration{Path: path}, "file", Note, "none is needed", ""},
		"no home":         {Configuration{}, "file", Note, "no folder", "--config"},
		"readable":        {Configuration{Path: path, File: file(0o644, 0o755)}, "file", Note, "can be read by other users of this machine (mode 0644)", "chmod 600 '" + path + "'"},
		"writable":        {Configuration{Path: path, File: file(0o620, 0o755)}, "file", Warn, "can be changed by other users", "chmod 600"},
		"folder writable": {Configuration{Path: path, File: file(0o600, 0o777)}, "file", Warn, "/home/jo/my config is a folder that other users can write", "chmod go-w '/home/jo/my config'"},
		"sticky folder":   {Configuration{Path: path, File: file(0o600, fs.ModeSticky|0o777)}, "file", OK, path, ""},
		"a stranger's": {Configuration{Path: path, File: File{There: true, Mode: 0o600, FolderMode: fs.ModeDir | 0o700, Modes: true, Stranger: 1001}},
			"file", Warn, "belongs to another user of this machine (1001)", `sudo chown "$(id -u)" '` + path + "' && chmod 600"},
		"a stranger's folder": {Configuration{Path: path, File: File{There: true, Mode: 0o600, FolderMode: fs.ModeDir | 0o700, Modes: true, FolderStranger: 1001}},
			"file", Warn, "/home/jo/my config belongs to another user of this machine (1001)", "chmod go-w"},
		"half a set":       {Configuration{Overlooked: "a OneAPI sign-in lacks X"}, "environment", Note, "lacks X", "set what is missing"},
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
			Fail, "names no proxy", "%25, %23 and %40"},
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
