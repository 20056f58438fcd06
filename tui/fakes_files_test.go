package tui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"provkeys/client"
	"provkeys/tui"
)

// madeUp is the passphrase that the fake makes.
const madeUp = "made1-made2-made3-made4-made5"

// typedPassphrase is one of a person's own.
const typedPassphrase = "Quince and %9 walnuts, grated"

// fakeDownloads keeps what was to be written. It knows the recipient age1good
// and no other.
type fakeDownloads struct {
	slow time.Duration // how long a file takes

	mu      sync.Mutex
	written []tui.Download
	err     error
}

func (f *fakeDownloads) FileName(k client.Key, encrypted bool) string {
	if encrypted {
		return k.Name + ".provkey.age"
	}
	return k.Name + ".provkey"
}

// Where takes taken for a file and folder/ for a folder.
func (f *fakeDownloads) Where(path string, k client.Key, encrypted bool) (string, error) {
	if path == "taken" {
		return "", errors.New("/home/jo/taken exists already")
	}
	if strings.HasSuffix(path, "/") {
		path += f.FileName(k, encrypted)
	}
	if strings.HasPrefix(path, "/") {
		return path, nil
	}
	return "/home/jo/" + path, nil
}

func (f *fakeDownloads) CheckRecipient(text string) error {
	if strings.HasPrefix(text, "age1good") {
		return nil
	}
	return errors.New("that is no recipient: give age1…, ssh-ed25519 … or ssh-rsa …")
}

func (f *fakeDownloads) CheckPassphrase(p client.Secret) error {
	if n := len([]rune(p.Reveal())); n < 12 {
		return fmt.Errorf("the passphrase has %d characters and needs 12: take a longer one", n)
	}
	return nil
}

func (f *fakeDownloads) MakePassphrase() client.Secret { return client.NewSecret(madeUp) }

func (f *fakeDownloads) Write(ctx context.Context, d tui.Download) (tui.Downloaded, error) {
	select {
	case <-time.After(f.slow):
	case <-ctx.Done():
		return tui.Downloaded{}, ctx.Err()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return tui.Downloaded{}, f.err
	}
	f.written = append(f.written, d)
	return tui.Downloaded{Path: "/home/jo/" + d.Path, Readers: "whoever has the passphrase; the file itself is for you (jo) and root alone (mode 0600)"}, nil
}

// last returns the newest file, and how many there are.
func (f *fakeDownloads) last() (tui.Download, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.written) == 0 {
		return tui.Download{}, 0
	}
	return f.written[len(f.written)-1], len(f.written)
}

func (f *fakeDownloads) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

// writing is a setup whose console can write files.
func writing(f *fakeDownloads) setup {
	return setup{terminal: true, deps: func(_ *console, deps *tui.Deps) { deps.Downloads = f }}
}
