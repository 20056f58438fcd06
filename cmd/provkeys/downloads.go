package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"provkeys/client"
	"provkeys/cmd/internal/download"
	"provkeys/tui"
)

// consoleDownloads writes files for the console. It keeps nothing, so that
// several goroutines may use it.
type consoleDownloads struct {
	home string // what ~/ stands for: no shell has read the console's fields
}

// FileName proposes a name in the folder that the console was started in.
func (consoleDownloads) FileName(k client.Key, encrypted bool) string {
	return download.FileName(k.Name, encrypted)
}

// CheckRecipient says why a recipient will not do: age1…, ssh-ed25519 …,
// ssh-rsa …, or the path of a file of them.
func (c consoleDownloads) CheckRecipient(text string) error {
	_, err := c.recipients(context.Background(), text)
	return err
}

// CheckPassphrase says why a passphrase will not do.
func (consoleDownloads) CheckPassphrase(p client.Secret) error { return download.CheckPassphrase(p) }

// MakePassphrase makes one up.
func (consoleDownloads) MakePassphrase() client.Secret { return download.MakePassphrase() }

// Write writes a key's text, whole or not at all. Its path may be a folder,
// which the file goes into. Once the context has ended nothing is written.
func (c consoleDownloads) Write(ctx context.Context, d tui.Download) (tui.Downloaded, error) {
	to, err := c.lock(ctx, d)
	if err != nil {
		return tui.Downloaded{}, err
	}
	written, err := download.Write(ctx, download.Request{
		Text: d.Key.Text, Path: downloadPath(c.atHome(d.Path), d.Key.Name, to != nil), To: to,
	})
	return tui.Downloaded{Path: written.Path, Readers: written.Readers}, err
}

// Where returns the absolute path that a key's file would have, and says why it
// cannot be written there.
func (c consoleDownloads) Where(path string, k client.Key, encrypted bool) (string, error) {
	path, err := filepath.Abs(downloadPath(c.atHome(path), k.Name, encrypted))
	if err != nil {
		return "", &download.Error{Problem: "the folder that this runs in is gone", Fix: "give a path that begins with /", Err: err}
	}
	if _, err := os.Lstat(path); err == nil {
		return "", &download.Error{Problem: path + " exists already, and nothing is written over a file", Fix: "choose another name, or move it away", Err: fs.ErrExist}
	}
	return path, nil
}

// lock returns what the file is encrypted with, nil for nothing.
func (c consoleDownloads) lock(ctx context.Context, d tui.Download) ([]age.Recipient, error) {
	var to []age.Recipient
	for _, text := range d.Recipients {
		list, err := c.recipients(ctx, text)
		if err != nil {
			return nil, err
		}
		to = append(to, list...)
	}
	switch secret := !d.Passphrase.IsZero(); {
	case d.Plain && to == nil && !secret:
		return nil, nil
	case !d.Plain && to != nil && !secret:
		return to, download.CheckTogether(to)
	case d.Plain || to != nil || !secret:
		return nil, &download.Error{Problem: "a file is for recipients, has a passphrase or is plain", Fix: "choose one of them"}
	}
	one, err := download.Passphrase(d.Passphrase)
	return []age.Recipient{one}, err
}

// recipients reads one recipient, or a file of them.
func (c consoleDownloads) recipients(ctx context.Context, text string) ([]age.Recipient, error) {
	one, err := download.ParseRecipient(text)
	if err == nil {
		return []age.Recipient{one}, nil
	}
	// What is no path keeps the words about what it is. Opening a pipe may wait for
	// ever.
	path := c.atHome(strings.TrimSpace(text))
	info, statErr := os.Stat(path)
	switch {
	case errors.Is(statErr, fs.ErrNotExist) && looksLikePath(text):
		return nil, &download.Error{Problem: "there is no file " + path, Fix: "correct its name, or give a recipient itself", Err: statErr}
	case statErr != nil || !info.Mode().IsRegular():
		return nil, err
	}
	list, err := readRecipients(ctx, path)
	if known := (*fault)(nil); errors.As(err, &known) {
		return nil, &download.Error{Problem: known.message, Fix: known.hint}
	}
	return list, err
}

// looksLikePath reports whether what is no recipient was meant to name a file.
func looksLikePath(text string) bool {
	text = strings.TrimSpace(text)
	for _, start := range []string{"/", "./", "../", "~/"} {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	return strings.HasSuffix(text, ".pub") || strings.HasSuffix(text, ".txt")
}

// atHome reads ~/ as a shell does.
func (c consoleDownloads) atHome(path string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok && c.home != "" {
		return filepath.Join(c.home, rest)
	}
	return path
}
