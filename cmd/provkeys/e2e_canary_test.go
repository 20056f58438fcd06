//go:build e2e

package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestE2ESecretsAreNowhereButOnTheClipboard walks through console and command
// line with --debug and searches the terminal's whole stream, every file and
// every process for the client secret and the key text.
func TestE2ESecretsAreNowhereButOnTheClipboard(t *testing.T) {
	s := serve(t, "--listen", "127.0.0.1:0", "--keys", "200", "--rate-limit", "off")
	text := fmt.Sprint(s.key(usedUpKey)["provisioningKey"])
	secrets := map[string]string{"the client secret": s.listening.ClientSecret, "the key text": text[30:70]}

	term := open(t, 110, 30, s.legacy(), "--debug")
	stream := filepath.Join(term.dir, "stream")
	term.tmux("pipe-pane", "-O", "cat >"+stream)
	term.sees("200 of 200 shown")
	choose(term, usedUpKey)
	term.keys("Enter", "y")
	term.sees("is used up")
	term.keys("E", "Enter")
	term.sees("Handed to your clipboard command.")
	if got := term.copied(); got != text {
		t.Error("the clipboard does not hold the key text")
	}
	notInProcesses(t, secrets)
	s.change(usedUpKey, "exportable", false)
	term.keys("y")
	term.sees("is hidden")
	s.stop()
	term.keys("r")
	term.sees("STALE")
	term.keys("q")
	term.sees("exit 0")

	if err := os.Remove(term.clipboardFile()); err != nil {
		t.Fatal(err)
	}
	files := 0
	if err := filepath.WalkDir(term.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		b, err := os.ReadFile(path)
		for what, secret := range secrets {
			if strings.Contains(string(b), secret) || strings.Contains(path, secret) {
				t.Errorf("%s is in %s", what, path)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(filepath.Join(term.dir, ".local", "state", "provkeys", "log"))
	if err != nil || !strings.Contains(string(log), "PUT ") || files < 2 {
		t.Errorf("%d files and a log of %d bytes prove nothing: %v", files, len(log), err)
	}
}

// notInProcesses searches the arguments of every process.
func notInProcesses(t *testing.T, secrets map[string]string) {
	t.Helper()
	lines, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range lines {
		args, err := os.ReadFile(path)
		// The test itself hands the client secret to env in tmux's arguments.
		if err != nil || strings.Contains(string(args), "ZPA_CLIENT_SECRET=") {
			continue
		}
		for what, secret := range secrets {
			if strings.Contains(string(args), secret) {
				t.Errorf("%s is in %s", what, path)
			}
		}
	}
}
