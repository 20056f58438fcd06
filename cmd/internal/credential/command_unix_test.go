//go:build unix

package credential

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
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
		got, err := Run(c.words)
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
		got, err := Run(c.words)
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
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if _, err := run(ctx, []string{"sleep", "600"}); err == nil || !strings.Contains(err.Error(), "within 10s") {
		t.Errorf("error %v", err)
	}
}
