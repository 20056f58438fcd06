package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"provkeys/client"
	"provkeys/cmd/internal/download"
)

// lock is what a file is encrypted with.
type lock struct {
	to         []age.Recipient // nil: nothing
	recipients int             // 0 for a passphrase
	made       client.Secret   // the passphrase that nobody knows yet; zero for none
}

func (l lock) encrypts() bool { return l.to != nil }

// lockOf reads what the command line names: recipients or a passphrase. It asks
// nobody.
func (a *app) lockOf(ctx context.Context, o downloadOptions) (lock, error) {
	if o.passphraseFile != "" {
		p, err := readPassphrase(ctx, o.passphraseFile, a.goos)
		if err != nil {
			return lock{}, err
		}
		return a.passphraseLock(p)
	}
	var l lock
	for i, text := range o.recipients {
		r, err := download.ParseRecipient(text)
		if err != nil {
			return lock{}, recipientFault(fmt.Sprintf("--recipient %d", i+1), text, err)
		}
		l.to = append(l.to, r)
	}
	for _, path := range o.files {
		list, err := readRecipients(ctx, path)
		if err != nil {
			return lock{}, err
		}
		l.to = append(l.to, list...)
	}
	l.recipients = len(l.to)
	if l.to != nil {
		if err := download.CheckTogether(l.to); err != nil {
			return lock{}, badInput("", err)
		}
	}
	return l, nil
}

func (a *app) passphraseLock(p client.Secret) (lock, error) {
	recipient := a.passphrase
	if recipient == nil {
		recipient = download.Passphrase
	}
	r, err := recipient(p)
	if err != nil {
		return lock{}, badInput("", err)
	}
	return lock{to: []age.Recipient{r}}, nil
}

// recipientFault helps who gave the path of a public key in place of the key.
func recipientFault(flag, text string, err error) error {
	if info, statErr := os.Stat(text); statErr == nil && info.Mode().IsRegular() {
		return usageFault("give it with --recipients-file", "%s is the path of a file", flag)
	}
	return badInput(flag+": ", err)
}

// badInput is a recipient or a passphrase that will not do.
func badInput(where string, err error) error { return downloadFault(faultUsage, where, err) }

// downloadFault finds the words for what stands in the way of a file.
func downloadFault(kind faultKind, where string, err error) error {
	var known *download.Error
	if !errors.As(err, &known) {
		return err
	}
	return &fault{kind, where + known.Problem, known.Fix}
}

// readRecipients reads a file of recipients. Its name is told only once the file
// is found: what stands in its place may be a passphrase.
func readRecipients(ctx context.Context, path string) ([]age.Recipient, error) {
	from := &breakable{ctx: ctx, open: func() (io.Reader, error) { return os.Open(path) }}
	defer from.close()
	list, err := download.ParseRecipients(from)
	switch gone := (*fs.PathError)(nil); {
	case err == nil:
		return list, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &gone):
		return nil, usageFault("give a file with one recipient a line", "the recipients cannot be read: %v", gone.Err)
	}
	return nil, badInput(path+": ", err)
}

// maxPassphraseFile is far beyond any passphrase, in bytes: what is longer is
// another file.
const maxPassphraseFile = 16 << 10

// readPassphrase reads a passphrase from a file that nobody else can read. The
// line break that an editor leaves at its end is not part of it.
func readPassphrase(ctx context.Context, path, goos string) (client.Secret, error) {
	from := &breakable{ctx: ctx, open: func() (io.Reader, error) { return openPrivate(path, goos) }}
	defer from.close()
	b, err := io.ReadAll(io.LimitReader(from, maxPassphraseFile))
	switch gone, known := (*fs.PathError)(nil), (*fault)(nil); {
	case ctx.Err() != nil:
		return client.Secret{}, ctx.Err()
	case errors.As(err, &known):
		return client.Secret{}, known
	case errors.As(err, &gone):
		// The name is not repeated: it may be the passphrase itself.
		return client.Secret{}, usageFault("give a file of mode 0600 with the passphrase on one line", "the passphrase cannot be read: %v", gone.Err)
	case err != nil:
		return client.Secret{}, usageFault("try again", "the passphrase cannot be read: %v", err)
	}
	// Nobody types a byte order mark when age asks for the passphrase.
	text := strings.TrimPrefix(string(b), "\ufeff")
	text = strings.TrimSuffix(strings.TrimSuffix(text, "\n"), "\r")
	return client.NewSecret(text), nil
}

// openPrivate opens a file that nobody else can read.
func openPrivate(path, goos string) (io.Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	switch {
	case err != nil:
	case info.IsDir():
		err = usageFault("give a file in it", "%s is a folder", path)
	case goos != "windows" && info.Mode().Perm()&0o077 != 0:
		// The mode bits that Go shows on Windows say nothing about who can read it.
		err = usageFault("take it from them with chmod 600", "the passphrase file %s is open to other users (mode %04o)", path, info.Mode().Perm())
	default:
		return f, nil
	}
	// It was not even read.
	_ = f.Close()
	return nil, err
}

// checkTarget says beforehand what stands in the way of the file. A key that is
// named by its id has another file name, about which the writing finds out.
func (o downloadOptions) checkTarget() error {
	name := o.name
	if word, rest, _ := strings.Cut(name, "/"); rest != "" {
		if _, known := client.ParseKind(word); known {
			name = rest
		}
	}
	if err := download.Check(downloadPath(o.to, name, !o.plaintext)); err != nil {
		return downloadFault(faultError, "", err)
	}
	return nil
}

// downloadPath returns the path of a key's file: the one that was asked for, or
// a name of its own in the folder that was, or here.
func downloadPath(to, name string, encrypted bool) string {
	own := download.FileName(name, encrypted)
	if to == "" {
		return own
	}
	if info, err := os.Stat(to); err == nil && info.IsDir() || os.IsPathSeparator(to[len(to)-1]) {
		return filepath.Join(to, own)
	}
	return to
}
