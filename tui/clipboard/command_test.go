//go:build unix

package clipboard

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"provkeys/client"
)

// commandSession has what sh needs, and a credential that it must not get.
func commandSession(command string) Session {
	return session(CommandVariable+"="+command, "PATH="+os.Getenv("PATH"), "HOME=/nowhere",
		"ZPA_CLIENT_SECRET=not-for-children", "SSH_TTY=/dev/pts/9")
}

func TestCommandGetsTheTextOnItsInputAlone(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	// $0 and $* are the arguments; env is what the command may know.
	command := `cat > "` + file("in") + `"; echo "$0 $*" > "` + file("args") + `"; env > "` + file("env") + `"`
	c := Clipboard{Mode: Command, Session: commandSession(command), Timeout: time.Minute}

	got, err := c.Copy(t.Context(), client.NewSecret(fakeText), nil)

	if err != nil || got.Outcome != (Outcome{Route: RouteCommand}) || got.Lease != nil || got.Blank != "" {
		t.Fatalf("Copy = %+v, %v", got.Outcome, err)
	}
	if read(t, file("in")) != fakeText {
		t.Error("the command's input differs from the text")
	}
	if args := read(t, file("args")); strings.Contains(args, "mock.example") {
		t.Error("the text is among the arguments")
	}
	env := read(t, file("env"))
	if strings.Contains(env, "mock.example") || strings.Contains(env, "not-for-children") {
		t.Error("the environment holds a secret")
	}
	if !strings.Contains(env, "SSH_TTY=/dev/pts/9") {
		t.Error("the environment lacks what finds the session")
	}
}

func TestFailedCommandTellsNeitherCommandNorText(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		command string
		timeout time.Duration
		want    string
	}{
		"non-zero exit": {"cat; exit 3 # token-in-the-command", time.Minute, "exit status 3"},
		"no such tool":  {"no-such-clipboard-tool # token-in-the-command", time.Minute, "exit status 127"},
		"hangs":         {"sleep 600; true # token-in-the-command", 50 * time.Millisecond, "did not answer in time"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := Clipboard{Mode: Command, Session: commandSession(tc.command), Timeout: tc.timeout}

			_, err := c.Copy(t.Context(), client.NewSecret(fakeText), nil)

			if !errors.Is(err, ErrClipboard) || !strings.Contains(err.Error(), tc.want) {
				t.Fatalf("error is %v, want %s", err, tc.want)
			}
			if strings.Contains(err.Error(), "mock.example") || strings.Contains(err.Error(), "token-in-the-command") {
				t.Errorf("the error %q tells too much", err)
			}
		})
	}
}

func TestCommandThatHangsIsEndedWithItsChildren(t *testing.T) {
	t.Parallel()
	pid := filepath.Join(t.TempDir(), "pid")
	c := Clipboard{Mode: Command, Session: commandSession(`sleep 600 & echo $! >"` + pid + `"; wait`), Timeout: 300 * time.Millisecond}

	_, err := c.Copy(t.Context(), client.NewSecret(fakeText), nil)

	if err == nil {
		t.Fatal("it did not hang")
	}
	child := strings.TrimSpace(read(t, pid))
	for end := time.Now().Add(10 * time.Second); running(child); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("its child %s still runs", child)
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
