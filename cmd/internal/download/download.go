// Package download writes a key text into a file of its own, encrypted with age
// or plain.
//
// It knows files, permissions and age. It must never know a key beyond its text
// and its name, the API or a screen, and it decides nothing: who asks has asked
// the copy function before.
package download

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"

	"provkeys/client"
)

// Request is one file to be written.
type Request struct {
	Text client.Secret
	Path string
	// To are who can read it: keys, or one passphrase. Nil writes it in the plain.
	To []age.Recipient
	// Armor writes an encrypted text as lines of ASCII.
	Armor bool
}

// Written is a file that was written.
type Written struct {
	Path string // absolute, links of its folder followed
	// Readers says who can read the file, for a person: "whoever has the
	// passphrase; the file itself is for you (jo) and root alone (mode 0600)".
	Readers string
}

// Error says what stands in the way of a file, and what to do about it. Neither
// holds a word of a key text, a passphrase or a recipient.
type Error struct {
	Problem string
	Fix     string
	Err     error // what it wraps; nil for nothing
}

// Error returns both sentences.
func (e *Error) Error() string { return e.Problem + ": " + e.Fix }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Write writes the file whole or not at all: 0600, never over a file and never
// through a link. Once the context has ended no file is made. The error is that
// of the context or an Error; it wraps fs.ErrExist where something is there
// already.
func Write(ctx context.Context, r Request) (Written, error) {
	t, err := vacant(r.Path)
	if err != nil {
		return Written{}, err
	}
	content, err := seal(r)
	if err != nil {
		return Written{}, err
	}
	// To encrypt for a passphrase takes a second.
	if err := ctx.Err(); err != nil {
		return Written{}, fmt.Errorf("write %s: %w", t.path(), err)
	}
	mode, err := t.create(content, r.To == nil)
	if err != nil {
		return Written{}, err
	}
	return Written{Path: t.path(), Readers: t.readers(mode, r.To)}, nil
}

// Check says beforehand what would keep Write from making the file.
func Check(path string) error {
	t, err := vacant(path)
	if err != nil {
		return err
	}
	if err := writable(t.folder); err != nil {
		return t.explain(err)
	}
	return nil
}

// seal returns what the file is to hold. Plain text never reaches the disk for
// an encrypted file, not even for a moment.
func seal(r Request) ([]byte, error) {
	switch {
	case r.Text.IsZero():
		return nil, &Error{Problem: "there is no key text to write", Fix: "take a key whose text is shown"}
	case r.To == nil:
		return []byte(r.Text.Reveal()), nil
	}
	var file bytes.Buffer
	to := io.WriteCloser(nopCloser{&file})
	if r.Armor {
		to = armor.NewWriter(&file)
	}
	err := encrypt(to, r.Text, r.To)
	if err = errors.Join(err, to.Close()); err != nil {
		return nil, &Error{Problem: fmt.Sprintf("the text could not be encrypted: %v", err), Fix: "check the recipients", Err: err}
	}
	return file.Bytes(), nil
}

func encrypt(to io.Writer, text client.Secret, recipients []age.Recipient) error {
	w, err := age.Encrypt(to, recipients...)
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, text.Reveal())
	return errors.Join(err, w.Close())
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

const (
	plainEnd     = ".provkey"
	encryptedEnd = ".provkey.age"
	// longestName keeps a name with its end below the 255 bytes of a file system.
	longestName = 200
)

// FileName returns the name of a key's file: its name with everything but
// letters, digits, ".", "_" and "-" replaced, and ".provkey.age" or ".provkey".
// It is ASCII, never hidden and never like an option.
func FileName(name string, encrypted bool) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '_', r == '-':
			return r
		}
		return '_'
	}, name)
	safe = safe[:min(len(safe), longestName)]
	if safe == "" || safe[0] == '.' || safe[0] == '-' {
		safe = "_" + safe
	}
	if encrypted {
		return safe + encryptedEnd
	}
	return safe + plainEnd
}
