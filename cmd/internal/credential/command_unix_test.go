//go:build unix

package credential

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"provkeys/cmd/internal/config"
)

// canary is a secret that must not fly out of any error.
const canary = "C4n4ry-w0rd"

func TestCommandsOutputComesBackToTheByte(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		words []string
		want  string
	}{
		"as printed":         {[]string{"printf", `%s\n\n`, canary}, canary + "\n\n"},
		"no shell":           {[]string{"printf", "%s", "$HOME *"}, "$HOME *"},
		"nothing to read":    {[]string{"cat"}, ""},
		"the most":           {[]string{"sh", "-c", "head -c 65536 /dev/zero"}, strings.Repeat("\x00", 64<<10)},
		"an error's words":   {[]string{"sh", "-c", "echo other >&2; printf word"}, "word"},
		"an agent left over": {[]string{"sh", "-c", "printf word; sleep 2 &"}, "word"},
	} {
		got, err := Run(t.Context(), c.words)
		if err != nil || got != c.want {
			t.Errorf("%s: %d bytes and %v, want %d bytes", what, len(got), err, len(c.want))
		}
	}
}

func TestFailedCommandSaysHowAndNotWhat(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	locked, text := filepath.Join(dir, "locked"), filepath.Join(dir, "text")
	if err := errors.Join(os.WriteFile(locked, nil, 0o600), os.WriteFile(text, []byte(canary), 0o700)); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		words []string
		says  string
	}{
		"refused":           {[]string{"sh", "-c", "echo " + canary + "; echo " + canary + " >&2; exit 7"}, "exit code 7: run it by hand"},
		"killed":            {[]string{"sh", "-c", "echo " + canary + "; kill -9 $$"}, "by a signal"},
		"too much":          {[]string{"sh", "-c", "head -c 65537 /dev/zero"}, "64 KiB"},
		"endless":           {[]string{"yes", canary}, "64 KiB"},
		"no such name":      {[]string{canary}, "is not there: write its whole path"},
		"no such path":      {[]string{filepath.Join(dir, canary)}, "is not there"},
		"not executable":    {[]string{locked, canary}, "chmod u+x"},
		"no program at all": {[]string{text, canary}, "cannot be run"},
	} {
		got, err := Run(t.Context(), c.words)
		if usage := (*config.UsageError)(nil); !errors.As(err, &usage) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want one that says %q", what, err, c.says)
		}
		if got != "" || strings.Contains(err.Error(), canary) {
			t.Errorf("%s: %d bytes came back, or the error %v repeats them", what, len(got), err)
		}
	}
}

func TestCommandThatDoesNotEndIsStopped(t *testing.T) {
	t.Parallel()
	if _, err := run(t.Context(), []string{"sleep", "600"}, 50*time.Millisecond); err == nil || !strings.Contains(err.Error(), "within 50ms") {
		t.Errorf("error %v", err)
	}
}

func TestInterruptEndsACommandAndWhatItStarted(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("what a command started is found on Linux and macOS alone")
	}
	alive := filepath.Join(t.TempDir(), "alive")
	if err := syscall.Mkfifo(alive, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		// A wrapper round a tool: a shell waits for another, which waits for a program.
		_, err := Run(ctx, []string{"sh", "-c", `sh -c 'exec 3>"$0"; sleep 600 & echo begun >&3; wait' "$0"; echo over`, alive})
		ended <- err
	}()
	f, err := os.Open(alive)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	held := bufio.NewReader(f)
	if word, err := held.ReadString('\n'); err != nil || word != "begun\n" {
		t.Fatalf("%q, %v", word, err)
	}

	interrupt()

	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	// The pipe ends with the last of those that hold it.
	if err := f.SetReadDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(held); err != nil {
		t.Errorf("what the command started still runs: %v", err)
	}
}
