package main

import (
	"encoding/base64"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"provkeys/tui/clipboard"
)

// said is a finding as JSON has it.
type said struct {
	Group, Check, Status, Finding string
	Mend                          *string
}

// examine runs doctor, which must end with code, and returns what it found.
func (f *fixture) examine(code exitCode, args ...string) []said {
	f.t.Helper()
	f.mustRun(code, append([]string{"doctor", "-o", "json"}, args...)...)
	return decode[[]said](f.t, f.out.Bytes())
}

// mustSay fails the test unless a check came to a status, with both texts in it.
func (f *fixture) mustSay(all []said, check, status, finding, mend string) {
	f.t.Helper()
	for _, s := range all {
		if s.Check != check {
			continue
		}
		given := ""
		if s.Mend != nil {
			given = *s.Mend
		}
		if s.Status != status || !strings.Contains(s.Finding, finding) || !strings.Contains(given, mend) {
			f.t.Errorf("%s is %s %q → %q, want %s %q → %q", check, s.Status, s.Finding, given, status, finding, mend)
		}
		return
	}
	f.t.Errorf("there is no %s in %s", check, f.out.String())
}

func TestDoctorFindsNothingWhereAllIsWell(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	all := f.examine(exitDone)
	f.mustSay(all, "profile", "ok", "ZPA_CLIENT_ID", "")
	f.mustSay(all, "sign-in", "ok", "accepted by mock.example", "")
	f.mustSay(all, "cloud controller keys", "ok", "readable: ", "")
	f.mustSay(all, "app connectors", "ok", "readable: ", "")
	if f.err.Len() > 0 {
		t.Errorf("stderr is %s", f.err.String())
	}
}

func TestDoctorSendsARefusedSignInOnceAndGoesOn(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["ZPA_CLIENT_SECRET"] = "a-wrong-secret-canary"
	all := f.examine(exitSignIn)
	f.mustSay(all, "sign-in", "FAIL", "ZPA_CLIENT_ID", "three refused sign-ins lock an API client")
	f.mustSay(all, "route", "note", "osc52", "")
	f.mustSay(all, "TERM", "ok", "xterm", "")
	if n := len(f.mock.Requests()); n != 1 {
		t.Errorf("%d requests were sent", n)
	}
	if strings.Contains(f.out.String()+f.err.String(), "canary") {
		t.Errorf("the secret is told: %s%s", f.out.String(), f.err.String())
	}
	if !strings.Contains(f.err.String(), `"code":3,"kind":"sign-in"`) || !strings.Contains(f.err.String(), "checks failed: sign-in") {
		t.Errorf("stderr is %s", f.err.String())
	}
}

func TestDoctorTellsARefusedKindFromNoPermissionAtAll(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.intercept(failing("NP_ASSISTANT_GRP", http.StatusForbidden, "{}"))
	all := f.examine(exitDone)
	f.mustSay(all, "network connector keys", "note", "the role of this API client may not see them", "the right to view network connector keys")
	f.mustSay(all, "service edge keys", "ok", "readable", "")

	f.intercept(failing("associationType", http.StatusForbidden, "{}"))
	f.mustSay(f.examine(exitError), "service edge keys", "FAIL", "may not see them", "the right to view service edge keys")
}

func TestDoctorStopsAtAProxysPage(t *testing.T) {
	t.Parallel()
	page := func(status int) *http.Response {
		r := response(status, "<html><h1>Blocked by\x1b[31m policy</h1></html>")
		r.Header.Set("Content-Type", "text/html")
		return r
	}
	f := newFixture(t)
	asked := 0
	f.intercept(func(*http.Request) *http.Response { asked++; return page(http.StatusForbidden) })
	all := f.examine(exitUnavailable)
	f.mustSay(all, "sign-in", "FAIL", "a web page (status 403) came in place of the API's answer", "NO_PROXY=mock.example")
	f.mustSay(all, "sign-in", "FAIL", `Blocked by\x1b[31m policy`, "")
	if asked != 1 {
		t.Errorf("it asked %d times", asked)
	}

	f.intercept(func(r *http.Request) *http.Response {
		if strings.Contains(r.URL.Path, "/associationType/NP_") {
			return page(http.StatusOK)
		}
		return nil
	})
	all = f.examine(exitUnavailable)
	f.mustSay(all, "network connector keys", "FAIL", "a web page (status 200)", "NO_PROXY")
	for _, s := range all {
		if s.Check == "service edge keys" {
			t.Errorf("it went on: %+v", s)
		}
	}
}

func TestDoctorTellsAClockThatIsOff(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	mock := f.mock.Transport()
	f.transport = roundTripper(func(r *http.Request) (*http.Response, error) {
		resp, err := mock.RoundTrip(r)
		if err == nil {
			resp.Header.Set("Date", time.Now().Add(10*time.Minute).UTC().Format(http.TimeFormat))
		}
		return resp, err
	})
	f.mustSay(f.examine(exitError), "clock", "FAIL", "behind the server's", "timedatectl")
}

func TestDoctorGivesUpOnATenantInTime(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	all := f.examine(exitUnavailable, "--timeout", "1ns")
	f.mustSay(all, "sign-in", "FAIL", "not done within 1ns", "--timeout")
	f.mustSay(all, "TERM", "ok", "xterm", "")
}

func TestDoctorGoesOnBelowABrokenConfiguration(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file          string
		vars          map[string]string
		check         string
		finding, mend string
	}{
		"readable by others": {"profiles: {a: {customer_id: '1', client_id: i, client_secret: a-secret-canary}}\n", nil,
			"settings", "open to other users (mode 0644)", "chmod 600"},
		"unknown cloud": {"", map[string]string{"ZPA_CLOUD": "nowhere", "PROVKEYS_BASE_URL": ""},
			"profile", `unknown cloud "nowhere": use one of BETA`, "correct the address"},
		"half a set": {"", map[string]string{"ZPA_CLIENT_SECRET": ""},
			"profile", "lacks ZPA_CLIENT_SECRET", "set what is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			for k, v := range c.vars {
				f.vars[k] = v
			}
			f.vars["PROVKEYS_CONFIG"] = filepath.Join(f.home, "config.yaml")
			if err := os.WriteFile(f.vars["PROVKEYS_CONFIG"], []byte(c.file), 0o644); err != nil {
				t.Fatal(err)
			}
			all := f.examine(exitUsage)
			f.mustSay(all, c.check, "FAIL", c.finding, c.mend)
			f.mustSay(all, "sign-in", "note", "no profile", "")
			f.mustSay(all, "route", "note", "osc52", "")
			if len(f.mock.Requests()) > 0 || strings.Contains(f.out.String(), "canary") {
				t.Errorf("%d requests were sent; it says %s", len(f.mock.Requests()), f.out.String())
			}
		})
	}
}

func TestDoctorFindsKeysThatTheConsoleWouldNotStartWith(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.vars["PROVKEYS_CONFIG"] = filepath.Join(f.home, "config.yaml")
	if err := os.WriteFile(f.vars["PROVKEYS_CONFIG"], []byte("keys:\n  edit: y\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	all := f.examine(exitUsage)
	f.mustSay(all, "keys", "FAIL", "line 2 of", "correct keys: there")
	f.mustSay(all, "sign-in", "ok", "", "")
}

func TestDoctorSendsNothingToWhoeverInterceptsTLS(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	server := httptest.NewUnstartedServer(f.mock)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	f.vars["PROVKEYS_BASE_URL"] = server.URL
	f.transport = nil
	all := f.examine(exitUnavailable)
	f.mustSay(all, "certificate", "FAIL", `signed by "Acme Co"`, "ca_file:")
	f.mustSay(all, "sign-in", "note", "not tried", "")
	if n := len(f.mock.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}

	f.vars["PROVKEYS_CA_FILE"] = filepath.Join(f.home, "missing.pem")
	f.mustSay(f.examine(exitUsage), "ca_file", "FAIL", "missing.pem", "correct ca_file")
	f.vars["PROVKEYS_CA_FILE"] = ""

	f.transport = server.Client().Transport
	all = f.examine(exitDone)
	f.mustSay(all, "certificate", "ok", `signed by "Acme Co" and valid until`, "")
	f.mustSay(all, "sign-in", "ok", "accepted by 127.0.0.1", "")
	f.mustSay(all, "clock", "ok", "within", "")
}

func TestDoctorAsksNobodyOffline(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.mustSay(f.examine(exitDone, "--offline"), "sign-in", "note", "--offline", "")
	if n := len(f.mock.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestDoctorMakesATestCopyOnlyWhereItIsAgreedTo(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args     []string
		answer   string // "" has nobody to ask
		made     bool
		contains string
	}{
		"agreed":         {nil, "y", true, "Copied and verified"},
		"declined":       {nil, "", false, "not made: it was not confirmed"},
		"--copy":         {[]string{"--copy"}, "-", true, "Copied and verified"},
		"--no-copy":      {[]string{"--no-copy"}, "-", false, "not made (--no-copy)"},
		"nobody to ask":  {[]string{"-o", "tsv"}, "-", false, "nobody can be asked"},
		"switched off":   {[]string{"--clipboard", "off", "--copy"}, "-", false, "switched off"},
		"no route there": {[]string{"--clipboard", "tmux", "--copy"}, "-", false, "not inside tmux"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t)
			f.board = &board{outcome: verified()}
			f.attended(c.answer)
			f.terminals[stdout] = true
			f.run(append([]string{"doctor", "--offline"}, c.args...)...)
			if made := strings.HasPrefix(f.board.held, "provkeys doctor test "); made != c.made || !strings.Contains(f.out.String(), c.contains) {
				t.Errorf("the clipboard holds %q\n%s", f.board.held, f.out.String())
			}
			if asked := strings.Contains(f.tty.String(), "Make it?"); asked != (c.args == nil) {
				t.Errorf("the terminal shows %q", f.tty.String())
			}
		})
	}
}

func TestDoctorAsksWhetherATerminalCopiedAndClearsIt(t *testing.T) {
	t.Parallel()
	for answer, code := range map[string]exitCode{"y": exitDone, "n": exitClipboard} {
		f := newFixture(t)
		f.attended("y", answer)
		f.terminals[stdout] = true
		f.mustRun(code, "doctor", "--offline")
		shown := f.tty.String()
		copied := strings.Index(shown, "\x1b]52;c;"+base64.StdEncoding.EncodeToString([]byte("provkeys doctor test"))[:26])
		if copied < 0 || !strings.HasSuffix(shown, clipboard.Blank(clipboard.FormPlain)) {
			t.Errorf("the terminal got %q", shown)
		}
		if code == exitClipboard && !strings.Contains(f.out.String(), "allow clipboard writes (OSC 52)") {
			t.Errorf("no mend is told: %s", f.out.String())
		}
	}
}

func TestDoctorWritesEveryFormat(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	f.cells, f.terminals[stdout] = 60, true
	for format, want := range map[string]string{
		"tsv":   "\nterminal\tTERM\tok\txterm\t\n",
		"csv":   "\"group\",\"check\",\"status\",\"finding\",\"mend\"\r\n",
		"yaml":  "- group: \"terminal\"\n  check: \"TERM\"\n  status: \"ok\"\n  finding: \"xterm\"\n  mend: null\n",
		"name":  "\nterminal/TERM\n",
		"table": "terminal\n  ok    session                  on this machine\n",
	} {
		f.mustRun(exitDone, "doctor", "--offline", "--no-color", "-o", format)
		if !strings.Contains(f.out.String(), want) {
			t.Errorf("-o %s lacks %q:\n%s", format, want, f.out.String())
		}
	}
	f.mustRun(exitUsage, "doctor", "--copy", "--no-copy")
	f.mustRun(exitUsage, "doctor", "now")
}
