package clipboard

import (
	"context"
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"provkeys/client"
)

// fakeText holds every character that a shell would act on and a key may have.
const fakeText = `3|mock.example|abc+/$HOME'"\` + "`id`"

// desktop is a clipboard with switches.
type desktop struct {
	held     string
	writeErr error
	readErr  error
	lies     bool
	hangs    chan struct{} // nil: answers at once
}

func (d *desktop) WriteAll(text string) error {
	if d.hangs != nil {
		<-d.hangs
	}
	if !d.lies {
		d.held = text
	}
	return d.writeErr
}

func (d *desktop) ReadAll() (string, error) { return d.held, d.readErr }

func TestReadBackDecidesWhatIsVerified(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name     string
		tool     *desktop
		verified bool
		words    string
	}{
		{"honest tool", &desktop{}, true, "Copied and verified."},
		{"lying tool", &desktop{held: "before", lies: true}, false, "Not confirmed: "},
		{"read-back fails", &desktop{readErr: errors.New("exit status 1")}, false, "Not confirmed: "},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			c := Clipboard{Mode: Native, Session: session(), Desktop: tc.tool}

			got, err := c.Copy(t.Context(), client.NewSecret(fakeText))

			if err != nil || got.Route != RouteNative || got.Verified != tc.verified {
				t.Fatalf("Copy = %+v, %v", got, err)
			}
			if !strings.HasPrefix(got.Words(), tc.words) {
				t.Errorf("words are %q, want %q", got.Words(), tc.words)
			}
		})
	}
}

func TestHangingDesktopToolTimesOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tool := &desktop{hangs: make(chan struct{})}
		c := Clipboard{Mode: Native, Session: session(), Desktop: tool}
		start := time.Now()

		_, err := c.Copy(t.Context(), client.NewSecret(fakeText))

		if !errors.Is(err, ErrClipboard) || !strings.Contains(err.Error(), "did not answer in time") {
			t.Errorf("error is %v", err)
		}
		if waited := time.Since(start); waited != nativeTimeout {
			t.Errorf("waited %v, want %v", waited, nativeTimeout)
		}
		close(tool.hangs)
	})
}

func TestCancelledCopyEndsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tool := &desktop{hangs: make(chan struct{})}
		sent := 0
		c := Clipboard{Session: session("TERM=xterm", "DISPLAY=:0"), Desktop: tool, Send: func(string) error { sent++; return nil }}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)

		_, err := c.Copy(ctx, client.NewSecret(fakeText))

		if !errors.Is(err, context.Canceled) || sent != 0 {
			t.Errorf("error is %v, sequences sent %d, want a cancelled copy and none", err, sent)
		}
		close(tool.hangs)
	})
}

func TestFailedDesktopToolFallsBackToTheTerminal(t *testing.T) {
	t.Parallel()
	var sent []string
	c := Clipboard{
		Session: session("TERM=xterm", "DISPLAY=:0"),
		Desktop: &desktop{writeErr: errors.New("exit status 1")},
		Send:    func(s string) error { sent = append(sent, s); return nil },
	}

	got, err := c.Copy(t.Context(), client.NewSecret(fakeText))

	if err != nil || got != (Outcome{Route: RouteOSC52}) {
		t.Fatalf("Copy = %+v, %v, want it sent by OSC 52", got, err)
	}
	want := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(fakeText)) + "\a"
	if !slices.Equal(sent, []string{want}) {
		t.Errorf("the terminal got %d sequences, want exactly the one of the text", len(sent))
	}
}

func TestForcedNativeNeverFallsBack(t *testing.T) {
	t.Parallel()
	c := Clipboard{
		Mode:    Native,
		Session: session("TERM=xterm", "DISPLAY=:0"),
		Desktop: &desktop{writeErr: errors.New("exit status 1")},
		Send:    func(string) error { t.Error("a sequence was sent"); return nil },
	}

	if _, err := c.Copy(t.Context(), client.NewSecret(fakeText)); !errors.Is(err, ErrClipboard) {
		t.Errorf("error is %v, want ErrClipboard", err)
	}
}

func TestRefusedCopySendsNothing(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxText+1)
	for _, tc := range []struct {
		name string
		c    Clipboard
		text string
	}{
		{"off", Clipboard{Mode: Off, Session: session("TERM=xterm")}, fakeText},
		{"screen", Clipboard{Mode: OSC52, Session: session("TERM=screen")}, fakeText},
		{"too long", Clipboard{Mode: OSC52, Session: session("TERM=xterm")}, long},
		{"empty", Clipboard{Mode: OSC52, Session: session("TERM=xterm")}, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			tc.c.Send = func(string) error { t.Error("a sequence was sent"); return nil }

			got, err := tc.c.Copy(t.Context(), client.NewSecret(tc.text))

			if !errors.Is(err, ErrClipboard) || got != (Outcome{}) {
				t.Errorf("Copy = %+v, %v, want nothing and ErrClipboard", got, err)
			}
		})
	}
}

func TestNoTerminalIsAnErrorOfTheSequenceRoute(t *testing.T) {
	t.Parallel()
	for name, send := range map[string]func(string) error{
		"none":   nil,
		"broken": func(string) error { return errors.New("no such device") },
	} {
		c := Clipboard{Session: session("TERM=xterm"), Send: send}
		if _, err := c.Copy(t.Context(), client.NewSecret(fakeText)); !errors.Is(err, ErrClipboard) {
			t.Errorf("%s terminal: error is %v, want ErrClipboard", name, err)
		}
	}
}

// commandSession has what sh needs, and a credential that it must not get.
func commandSession(command string) Session {
	return session(CommandVariable+"="+command, "PATH="+os.Getenv("PATH"), "HOME=/nowhere",
		"ZPA_CLIENT_SECRET=not-for-children", "SSH_TTY=/dev/pts/9")
}

func needShell(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("there is no sh on Windows")
	}
}

func TestCommandGetsTheTextOnItsInputAlone(t *testing.T) {
	t.Parallel()
	needShell(t)
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	// $0 and $* are the arguments; env is what the command may know.
	command := `cat > "` + file("in") + `"; echo "$0 $*" > "` + file("args") + `"; env > "` + file("env") + `"`
	c := Clipboard{Mode: Command, Session: commandSession(command), Timeout: time.Minute}

	got, err := c.Copy(t.Context(), client.NewSecret(fakeText))

	if err != nil || got != (Outcome{Route: RouteCommand}) {
		t.Fatalf("Copy = %+v, %v", got, err)
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
	needShell(t)
	for name, tc := range map[string]struct {
		command string
		timeout time.Duration
		want    string
	}{
		"non-zero exit": {"cat; exit 3 # token-in-the-command", time.Minute, "exit status 3"},
		"no such tool":  {"no-such-clipboard-tool # token-in-the-command", time.Minute, "exit status 127"},
		"hangs":         {"exec sleep 600 # token-in-the-command", 50 * time.Millisecond, "did not answer in time"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := Clipboard{Mode: Command, Session: commandSession(tc.command), Timeout: tc.timeout}

			_, err := c.Copy(t.Context(), client.NewSecret(fakeText))

			if !errors.Is(err, ErrClipboard) || !strings.Contains(err.Error(), tc.want) {
				t.Fatalf("error is %v, want %s", err, tc.want)
			}
			if strings.Contains(err.Error(), "mock.example") || strings.Contains(err.Error(), "token-in-the-command") {
				t.Errorf("the error %q tells too much", err)
			}
		})
	}
}

func TestWordsPromiseNoMoreThanIsKnown(t *testing.T) {
	t.Parallel()
	for o, want := range map[Outcome]string{
		{}:                                   "Not copied.",
		{Route: RouteNative, Verified: true}: "Copied and verified.",
		{Route: RouteOSC52}:                  "Sent to your terminal, which cannot confirm: paste to check.",
		{Route: RouteCommand}:                "Handed to your clipboard command.",
	} {
		if got := o.Words(); got != want {
			t.Errorf("%+v says %q, want %q", o, got, want)
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
