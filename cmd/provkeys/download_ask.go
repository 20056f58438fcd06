package main

import (
	"context"
	"errors"
	"fmt"

	"provkeys/client"
	"provkeys/cmd/internal/download"
	"provkeys/tui/style"
)

// maxTries is how often a passphrase is asked for that will not do.
const maxTries = 3

// waysWords are the ways to say without a terminal how the file is to be.
const waysWords = "give --recipient age1…, --passphrase-file PATH or --plaintext"

// settleLock asks a person what the command line leaves open.
func (a *app) settleLock(ctx context.Context, o downloadOptions, l lock) (lock, error) {
	attended := a.isTerminal(stdin)
	switch {
	case l.encrypts(), o.plaintext && (o.yes || !attended):
		return l, nil
	case !attended && o.generate:
		return lock{}, usageFault(waysWords, "a passphrase that is made can only be shown at a terminal, and there is none")
	case !attended:
		return lock{}, usageFault(waysWords, "without a terminal nobody can be asked for a passphrase")
	}
	tty, err := a.openTerminal()
	if err != nil {
		return lock{}, usageFault(waysWords, "there is no terminal to ask at")
	}
	// It was opened for the question alone.
	defer func() { _ = tty.Close() }()
	switch {
	case o.plaintext:
		return lock{}, confirmPlain(ctx, tty, o.name)
	case o.generate:
		return a.madeLock()
	}
	return a.askPassphrase(ctx, tty, o.name)
}

// undownloaded is said of a download that was not made.
const undownloaded = "nothing was written"

// refusedDownload is a download that a person did not go on with.
func refusedDownload(why string) *fault {
	return refused(undownloaded, why)
}

// confirmPlain asks whether the text may lie in the plain.
func confirmPlain(ctx context.Context, tty terminal, name string) error {
	answer, err := ask(ctx, tty, fmt.Sprintf("Write the text of %s unencrypted? [y/N] ", name), false, undownloaded)
	if err != nil {
		return err
	}
	if !oneOf(answer, yes) {
		return refusedDownload("it was not confirmed")
	}
	return nil
}

// askPassphrase asks for a passphrase twice, or makes one where none is given.
func (a *app) askPassphrase(ctx context.Context, tty terminal, name string) (lock, error) {
	question := fmt.Sprintf("Passphrase for the text of %s (empty: make one): ", name)
	for range maxTries {
		first, err := ask(ctx, tty, question, true, undownloaded)
		if err != nil {
			return lock{}, err
		}
		if first.IsZero() {
			return a.madeLock()
		}
		if why := download.CheckPassphrase(first); why != nil {
			say(tty, why.Error()+".\n")
			continue
		}
		second, err := ask(ctx, tty, "The same once more: ", true, undownloaded)
		if err != nil {
			return lock{}, err
		}
		if first.Equal(second) {
			return a.passphraseLock(first)
		}
		say(tty, "The two differ.\n")
	}
	return lock{}, refusedDownload("no passphrase came of it")
}

// madeLock makes a passphrase up.
func (a *app) madeLock() (lock, error) {
	made := download.MakePassphrase()
	l, err := a.passphraseLock(made)
	l.made = made
	return l, err
}

// showPassphrase shows a passphrase that was made, at the terminal and nowhere
// else. It comes before the file: one that nobody can open is worth nothing.
func (a *app) showPassphrase(k client.Key, made client.Secret) error {
	tty, err := a.openTerminal()
	if err != nil {
		return refusedDownload("there is no terminal to show the passphrase at")
	}
	_, err = fmt.Fprintf(tty, "The passphrase for %s, shown this once:\n\n    %s\n\n", style.Sanitize(k.Name), made.Reveal())
	if errors.Join(err, tty.Close()) != nil {
		return refusedDownload("the terminal took no passphrase")
	}
	return nil
}
