//go:build unix

package clipboard

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"provkeys/client"
)

func TestHelperCopiesVerifiesAndClears(t *testing.T) {
	t.Parallel()
	s, dir := tools(t, map[string]string{"xclip": honestTool})

	got, err := copies(t, Clipboard{Mode: Native, Session: s, Life: time.Hour})

	if err != nil || got.Outcome != (Outcome{Route: RouteNative, Evidence: EvidenceVerified}) || held(t, dir) != fakeText {
		t.Fatalf("%+v, %v", got.Outcome, err)
	}
	got.Lease.Clear()
	if ending := <-got.Lease.Ended(); ending != EndingCleared || held(t, dir) != "" {
		t.Errorf("ended %v with %d bytes left", ending, len(held(t, dir)))
	}
	got.Lease.Clear() // again, when the helper is gone: nothing happens
}

func TestHelperOutlivesTheProgram(t *testing.T) {
	t.Parallel()
	s, dir := tools(t, map[string]string{"xclip": honestTool})
	got, err := copies(t, Clipboard{Mode: Native, Session: s, Life: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	// What the end of the program does to the helper's input.
	for _, h := range got.Lease.holds {
		_ = h.in.Close()
	}
	if ending := <-got.Lease.Ended(); ending != EndingCleared || held(t, dir) != "" {
		t.Errorf("ended %v with %d bytes left", ending, len(held(t, dir)))
	}
}

func TestToolThatHangsIsEndedWithItsHelper(t *testing.T) {
	t.Parallel()
	s, dir := tools(t, map[string]string{"xclip": hangingTool})

	_, err := copies(t, Clipboard{Mode: Native, Session: s, Life: time.Hour, Timeout: 500 * time.Millisecond})

	if err == nil || !strings.Contains(err.Error(), "did not answer in time") {
		t.Fatal(err)
	}
	pid, err := os.ReadFile(filepath.Join(dir, "hung"))
	if err != nil {
		t.Fatal("the tool never ran: the test proves nothing")
	}
	for end := time.Now().Add(10 * time.Second); running(strings.TrimSpace(string(pid))); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("the tool %s still runs", pid)
		}
	}
}

func TestWithoutAHelperNothingIsCopied(t *testing.T) {
	t.Parallel()
	for _, argv := range [][]string{nil, {"/no/such/provkeys", HelperCommand}, {"/bin/false"}} {
		c := Clipboard{Mode: Native, Session: session(x11), Helper: argv}
		if _, err := c.Copy(t.Context(), client.NewSecret(fakeText), nil); !errors.Is(err, ErrClipboard) {
			t.Errorf("%q: %v", argv, err)
		}
	}
}

// TestHelperThatComesLateTakesItsCopyBack: it was said not to be copied.
func TestHelperThatComesLateTakesItsCopyBack(t *testing.T) {
	t.Parallel()
	s, dir := tools(t, map[string]string{"xclip": `echo "$*" >>"$HOME/calls"; ` + honestTool})
	late := []string{"/bin/sh", "-c", `/bin/sleep 2; exec "$0" "$1"`, os.Args[0], HelperCommand}
	c := Clipboard{Mode: Native, Session: s, Helper: late, Timeout: 100 * time.Millisecond}

	if _, err := c.Copy(t.Context(), client.NewSecret(fakeText), nil); err == nil {
		t.Fatal("it was not late")
	}

	for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		calls, _ := os.ReadFile(filepath.Join(dir, "calls"))
		if strings.Count(string(calls), "-in") == 2 && held(t, dir) == "" {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d bytes are left, the calls were\n%s", len(held(t, dir)), calls)
		}
	}
}

// TestHelperClearsThoughTheProgramIsGoneBeforeItsReport: whoever closes the
// terminal in the middle of a copy hangs up, and nobody reads the report.
func TestHelperClearsThoughTheProgramIsGoneBeforeItsReport(t *testing.T) {
	t.Parallel()
	s, dir := tools(t, map[string]string{"xclip": `case "$*" in *-in*) sleep 1;; esac; echo "$*" >>"$HOME/calls"; ` + honestTool})
	cmd := exec.Command(os.Args[0], HelperCommand)
	cmd.Env = s.environment()
	detach(cmd)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := writeJob(in, job{Route: RouteNative, Life: 100 * time.Millisecond}, client.NewSecret(fakeText)); err != nil {
		t.Fatal(err)
	}
	_, _ = out.Close(), in.Close()
	time.AfterFunc(500*time.Millisecond, func() { _ = cmd.Process.Signal(syscall.SIGHUP) })

	err = cmd.Wait()

	calls, _ := os.ReadFile(filepath.Join(dir, "calls"))
	if err != nil || held(t, dir) != "" || strings.Count(string(calls), "-in") != 2 {
		t.Errorf("it ended with %v; %d bytes are left; its calls were\n%s", err, len(held(t, dir)), calls)
	}
}

func running(pid string) bool {
	// A zombie has ended; only /proc or ps tells, and signal 0 counts it as alive
	// until its parent waits, which the test process does not control.
	status, err := os.ReadFile("/proc/" + pid + "/stat")
	if err != nil {
		return false
	}
	return !strings.Contains(string(status), ") Z ")
}
