//go:build e2e

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience is how long a test polls for words before it gives up.
const patience = 20 * time.Second

// server is a mockserver process.
type server struct {
	t         *testing.T
	cmd       *exec.Cmd
	listening struct {
		URL          string `json:"url"`
		TokenURL     string `json:"token_url"`
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
		CustomerID   string `json:"customer_id"`
		Vanity       string `json:"vanity"`
	}
	token string
}

// binary returns a built command; make e2e builds them first.
func binary(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "bin", name))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("%v: run make build first", err)
	}
	return path
}

// serve starts the stand-alone mock and reads what it prints.
func serve(t *testing.T, args ...string) *server {
	t.Helper()
	s := &server{t: t}
	s.start(append([]string{"--json", "--seed", "1"}, args...)...)
	t.Cleanup(s.stop)
	return s
}

func (s *server) start(args ...string) {
	s.t.Helper()
	s.cmd = exec.Command(binary(s.t, "mockserver"), args...)
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		s.t.Fatalf("the mock printed nothing: %v", err)
	}
	if err := json.Unmarshal(line, &s.listening); err != nil {
		s.t.Fatal(err)
	}
	s.token = ""
}

// stop ends the mock as an operating system does, and checks that it obeys.
func (s *server) stop() {
	if s.cmd == nil {
		return
	}
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("the mock did not stop cleanly: %v", err)
	}
	s.cmd = nil
}

// legacy returns the variables of the legacy front door.
func (s *server) legacy() []string {
	l := s.listening
	return []string{"ZPA_CLIENT_ID=" + l.ClientID, "ZPA_CLIENT_SECRET=" + l.ClientSecret, "ZPA_CUSTOMER_ID=" + l.CustomerID, "PROVKEYS_BASE_URL=" + l.URL}
}

// oneAPI returns the variables of OneAPI.
func (s *server) oneAPI() []string {
	l := s.listening
	return []string{"ZSCALER_CLIENT_ID=" + l.ClientID, "ZSCALER_CLIENT_SECRET=" + l.ClientSecret, "ZSCALER_VANITY_DOMAIN=" + l.Vanity,
		"ZPA_CUSTOMER_ID=" + l.CustomerID, "PROVKEYS_BASE_URL=" + l.URL, "PROVKEYS_TOKEN_URL=" + l.TokenURL}
}

// call speaks to the mock without our client, whose view it must not share.
func (s *server) call(method, path string, body string) []byte {
	s.t.Helper()
	if s.token == "" {
		resp, err := http.PostForm(s.listening.URL+"/signin", url.Values{"client_id": {s.listening.ClientID}, "client_secret": {s.listening.ClientSecret}})
		if err != nil {
			s.t.Fatal(err)
		}
		var token struct {
			Text string `json:"access_token"`
		}
		err = json.NewDecoder(resp.Body).Decode(&token)
		_ = resp.Body.Close()
		if err != nil {
			s.t.Fatal(err)
		}
		s.token = token.Text
	}
	req, err := http.NewRequest(method, s.listening.URL+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode > 299 {
		s.t.Fatalf("%s %s: %d %v", method, path, resp.StatusCode, err)
	}
	return answer
}

// key returns an App Connector key by name, every field as the server holds it.
func (s *server) key(name string) map[string]any {
	s.t.Helper()
	var page struct {
		List []map[string]any `json:"list"`
	}
	path := "/mgmtconfig/v1/admin/customers/" + s.listening.CustomerID + "/associationType/" + appKind + "/provisioningKey?pagesize=500&search=" + url.QueryEscape("name EQ "+name)
	if err := json.Unmarshal(s.call(http.MethodGet, path, ""), &page); err != nil || len(page.List) != 1 {
		s.t.Fatalf("%d keys are called %s: %v", len(page.List), name, err)
	}
	return page.List[0]
}

// change updates a key behind everybody's back.
func (s *server) change(name, field string, value any) {
	s.t.Helper()
	k := s.key(name)
	k[field] = value
	body, err := json.Marshal(k)
	if err != nil {
		s.t.Fatal(err)
	}
	s.call(http.MethodPut, "/mgmtconfig/v1/admin/customers/"+s.listening.CustomerID+"/associationType/"+appKind+"/provisioningKey/"+fmt.Sprint(k["id"]), string(body))
}

// terminal is a tmux session of its own with one console in it.
type terminal struct {
	t      *testing.T
	socket string
	dir    string
}

// open starts a command in a terminal of w by h cells. Its clipboard is a
// command that writes into a file.
func open(t *testing.T, w, h int, env []string, args ...string) *terminal {
	t.Helper()
	term := &terminal{t: t, socket: fmt.Sprintf("provkeys-%d-%d", os.Getpid(), time.Now().UnixNano()), dir: t.TempDir()}
	words := append([]string{"env", "-i", "HOME=" + term.dir, "PATH=" + os.Getenv("PATH"), "TERM=tmux-256color", "LANG=C.UTF-8",
		"PROVKEYS_CLIPBOARD=command", "PROVKEYS_CLIPBOARD_COMMAND=cat >" + term.clipboardFile()}, env...)
	words = append(append(words, binary(t, "provkeys")), args...)
	for i, word := range words {
		words[i] = "'" + word + "'"
	}
	script := strings.Join(words, " ") + "; echo \"exit $?\"; sleep 60"
	term.tmux("-f", "/dev/null", "new-session", "-d", "-x", fmt.Sprint(w), "-y", fmt.Sprint(h), script)
	t.Cleanup(func() { _ = exec.Command("tmux", "-L", term.socket, "kill-server").Run() })
	return term
}

func (term *terminal) clipboardFile() string { return filepath.Join(term.dir, "clipboard") }

func (term *terminal) tmux(args ...string) string {
	term.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-L", term.socket}, args...)...).Output()
	if err != nil {
		term.t.Fatalf("tmux %s: %v", args[0], err)
	}
	return string(out)
}

// keys presses keys by tmux's names, with the pauses of a person.
func (term *terminal) keys(keys ...string) {
	term.t.Helper()
	for _, k := range keys {
		term.tmux("send-keys", k)
		time.Sleep(60 * time.Millisecond)
	}
}

// types types a text as it is.
func (term *terminal) types(text string) {
	term.t.Helper()
	for _, r := range text {
		term.tmux("send-keys", "-l", string(r))
		time.Sleep(35 * time.Millisecond)
	}
}

func (term *terminal) screen() string { return term.tmux("capture-pane", "-p") }

// sees polls until every part is on the screen. Blanks and line breaks count as
// one blank, since words wrap.
func (term *terminal) sees(parts ...string) {
	term.t.Helper()
	term.until(parts, true)
}

// misses polls until no part is on the screen.
func (term *terminal) misses(parts ...string) {
	term.t.Helper()
	term.until(parts, false)
}

func (term *terminal) until(parts []string, want bool) {
	term.t.Helper()
	var screen string
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		screen = term.screen()
		flat := strings.Join(strings.Fields(screen), " ")
		done := true
		for _, p := range parts {
			done = done && strings.Contains(flat, strings.Join(strings.Fields(p), " ")) == want
		}
		if done {
			return
		}
	}
	term.t.Fatalf("waited for %q to be there: %v\n%s", parts, want, screen)
}

// copied polls until the clipboard's file holds something and returns it.
func (term *terminal) copied() string {
	term.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		if b, err := os.ReadFile(term.clipboardFile()); err == nil && len(b) > 0 {
			return string(b)
		}
	}
	term.t.Fatalf("nothing was copied\n%s", term.screen())
	return ""
}

// runCLI runs the built provkeys and returns its output and exit code.
func runCLI(t *testing.T, env []string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.Command(binary(t, "provkeys"), args...)
	cmd.Env = append([]string{"HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}, env...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}
