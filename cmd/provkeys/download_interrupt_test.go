//go:build unix

package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestInterruptEndsADownloadThatWaitsForAPipe(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{"--passphrase-file", "--recipients-file"} {
		f := newFixture(t)
		pipe := filepath.Join(t.TempDir(), "pipe")
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Fatal(err)
		}
		ctx, interrupt := context.WithCancel(t.Context())
		f.ctx = ctx
		time.AfterFunc(20*time.Millisecond, interrupt)

		f.mustRun(exitInterrupted, "download", okKey, flag, pipe, "--to", filepath.Join(t.TempDir(), "a"))
	}
}

func TestPipesAreReadToTheirEnd(t *testing.T) {
	t.Parallel()
	for flag, in := range map[string]string{"--passphrase-file": "correct horse battery\n", "--recipients-file": aRecipient + "\n"} {
		f := newFixture(t)
		pipe := filepath.Join(t.TempDir(), "pipe")
		if err := syscall.Mkfifo(pipe, 0o600); err != nil {
			t.Fatal(err)
		}
		go func() { _ = os.WriteFile(pipe, []byte(in), 0o600) }()

		f.mustRun(exitDone, "download", okKey, flag, pipe, "--to", filepath.Join(t.TempDir(), "a"))
	}
}

func TestInterruptAfterTheLastAnswerWritesNoFile(t *testing.T) {
	t.Parallel()
	f := attended(t)
	ctx, interrupt := context.WithCancel(t.Context())
	f.ctx = ctx
	f.tty.written = interrupt // by the passphrase that is shown
	path := filepath.Join(t.TempDir(), "a")

	f.mustRun(exitInterrupted, "download", okKey, "--generate-passphrase", "--to", path)

	if _, err := os.Lstat(path); err == nil || f.journalled() != nil || !strings.Contains(f.tty.String(), "shown this once") {
		t.Errorf("a file: %v, journal: %+v", err == nil, f.journalled())
	}
}

func TestConsoleWaitsForNoPipe(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (consoleDownloads{}).CheckRecipient(pipe); err == nil || !strings.Contains(err.Error(), "that is no recipient") {
		t.Error(err)
	}
}
