package main

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"provkeys/mockserver"
)

// TestEveryExampleOfTheConsoleShowsIt runs those that need somebody at a terminal, who
// leaves with q as soon as the keys have come.
func TestEveryExampleOfTheConsoleShowsIt(t *testing.T) {
	t.Parallel()
	program := built(t)
	for line, r := range rehearsals() {
		if r.pipe != exitUsage || !r.unseen || strings.Contains(line, "inspect") {
			continue
		}
		t.Run(line, func(t *testing.T) {
			t.Parallel()
			mock, err := mockserver.New(mockserver.Options{Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(mock)
			defer server.Close()
			home, c, p := t.TempDir(), mock.Credentials(), newPTY(t)
			writeViews(t, home, someViews)
			if err := unix.IoctlSetWinsize(int(p.terminal.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 100}); err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			cmd := exec.CommandContext(ctx, "sh", "-c", "exec "+line)
			cmd.Stdin, cmd.Stdout, cmd.Stderr = p.terminal, p.terminal, p.terminal
			cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
			cmd.Env = []string{
				"PATH=" + program + string(os.PathListSeparator) + os.Getenv("PATH"), "HOME=" + home, "TERM=xterm", "PROVKEYS_BASE_URL=" + server.URL,
				"ZPA_CLIENT_ID=" + c.ClientID, "ZPA_CLIENT_SECRET=" + c.ClientSecret, "ZPA_CUSTOMER_ID=" + c.CustomerID,
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			// With the program's end nobody has it open any more.
			_ = p.terminal.Close()
			shown := p.leaveOnce(t, " shown")
			if err := cmd.Wait(); err != nil || strings.Contains(shown, c.ClientSecret) {
				t.Errorf("%v\n%q", err, shown)
			}
		})
	}
}

// leaveOnce presses q once a word shows, and returns all that showed.
func (p pty) leaveOnce(t *testing.T, word string) string {
	t.Helper()
	var seen strings.Builder
	some, left := make([]byte, 4096), false
	for {
		n, err := p.person.Read(some)
		seen.Write(some[:n])
		if !left && strings.Contains(seen.String(), word) {
			left = true
			if _, err := p.person.WriteString("q"); err != nil {
				t.Fatal(err)
			}
		}
		if err != nil {
			return seen.String()
		}
	}
}
