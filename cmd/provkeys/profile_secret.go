package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/store"
)

// secretFolder is beside the configuration file. A file in it holds the secret of
// one profile.
const secretFolder = "secrets"

// keptLabel is under what a profile's secret is kept: its name and a random part.
// Nobody types that, so neither an entry that somebody made by hand nor the secret
// of a profile of the same name in another configuration is ever taken for it.
var keptLabel = regexp.MustCompile(`^(.+)#[0-9a-f]{12}$`)

func newKeptLabel(name string) string {
	var unique [6]byte
	_, _ = rand.Read(unique[:]) // it never fails
	return name + "#" + hex.EncodeToString(unique[:])
}

// fromStdin in the place of a reference stands for standard input.
const fromStdin = "-"

// maxPiped is far above any secret and any private key, in bytes.
const maxPiped = 64 << 10

// piped reports whether the secret or the private key comes from standard input.
func (d profileDraft) piped() bool { return d.ClientSecret == fromStdin || d.PrivateKey == fromStdin }

// readPiped reads the secret or the private key from standard input. The line break at
// its end, which most programs write, is no part of it.
func (a *app) readPiped(ctx context.Context, d *profileDraft) error {
	whole, err := io.ReadAll(io.LimitReader(a.source(ctx, fromStdin), maxPiped+1))
	switch {
	case err != nil:
		return unreadable(ctx, err)
	case len(whole) > maxPiped:
		return unfit("is larger than %d KiB", maxPiped>>10)
	}
	text := strings.TrimRight(string(whole), "\r\n")
	if text == "" {
		return usageFault("write it into the pipe, or give a reference such as file:PATH", "standard input holds no secret")
	}
	if err := checkPiped(text, d.PrivateKey == fromStdin); err != nil {
		return err
	}
	if d.PrivateKey == fromStdin {
		d.PrivateKey, d.key = "", client.NewSecret(text)
		return nil
	}
	d.ClientSecret = ""
	if config.IsReference(text) {
		// A typed one is taken for what it is, but here it may just as well be a secret.
		return usageFault("give the reference itself: --client-secret env:NAME", "standard input holds a reference in place of a secret")
	}
	return d.takeSecret(client.NewSecret(text))
}

// checkPiped refuses what no secret or private key holds, which is another file or
// another encoding: each refused try counts. A private key has lines.
func checkPiped(text string, lines bool) error {
	if lines {
		text = strings.NewReplacer("\r", "", "\n", "", "\t", "").Replace(text)
	}
	switch {
	case strings.ContainsRune(text, '\ufeff'):
		return unfit("holds a byte order mark")
	case !utf8.ValidString(text):
		return unfit("is not UTF-8")
	case strings.ContainsAny(text, "\r\n\u2028\u2029"):
		return unfit("has more than one line")
	case strings.ContainsFunc(text, unicode.IsControl):
		return unfit("holds a control character")
	}
	return nil
}

// unfit says what standard input is, and never repeats it.
func unfit(format string, args ...any) error {
	return usageFault("pipe the secret alone, as plain text", "standard input "+format+"; nothing was sent", args...)
}

// keptSecret is where a secret was put.
type keptSecret struct {
	words string // "" for nowhere
	undo  func()
}

// keepTyped puts a typed secret where the profile can refer to it: into the
// keyring, or where there is none into a file.
func (a *app) keepTyped(stored config.Stored, d *profileDraft) (keptSecret, error) {
	secret, field := d.secret, &d.ClientSecret
	if secret.IsZero() {
		secret, field = d.key, &d.PrivateKey
	}
	if secret.IsZero() {
		return keptSecret{undo: func() {}}, nil
	}
	label := newKeptLabel(d.Name)
	if a.keepSecret != nil && a.keepSecret(label, secret) == nil {
		*field = "keyring:" + label
		// The profile could not be written; a secret that nobody refers to does no harm.
		return keptSecret{"in the keyring", func() { _ = a.dropSecret(label) }}, nil
	}
	file := secretFile(stored.Path, label)
	if err := keepInFile(file, secret); err != nil {
		return keptSecret{}, err
	}
	*field = "file:" + secretFolder + "/" + label
	return keptSecret{"in " + file + ", since no keyring answers here", func() { _ = os.Remove(file) }}, nil
}

// keepInFile writes a secret into a file of its own.
func keepInFile(file string, secret client.Secret) error {
	_, err := store.Keep(filepath.Dir(file), filepath.Base(file), []byte(secret.Reveal()))
	if err != nil {
		return &fault{faultError, fmt.Sprintf("the secret cannot be kept (%v); nothing was stored", err), "give it by reference: --client-secret env:NAME, file:PATH, keyring:NAME or cmd:COMMAND"}
	}
	return nil
}

// keptFor returns where the secret of a profile was kept for it alone, and what
// takes it away; nothing for any other secret. One that is gone already counts as
// taken away.
func (a *app) keptFor(d config.Draft, stored config.Stored) (place string, drop func() error) {
	reference := cmp.Or(d.ClientSecret, d.PrivateKey)
	scheme, at, _ := strings.Cut(reference, ":")
	of := keptLabel.FindStringSubmatch(path.Base(at))
	if of == nil || of[1] != d.Name || a.refersTo(stored, reference, d.Name) {
		return "", nil
	}
	switch label := of[0]; {
	case scheme == "keyring" && at == label && a.dropSecret != nil:
		return "in the keyring", func() error { return a.dropSecret(label) }
	case scheme == "file" && at == secretFolder+"/"+label:
		file := secretFile(stored.Path, label)
		return "in " + file, func() error {
			if err := os.Remove(file); !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return nil
		}
	}
	return "", nil
}

func secretFile(configPath, label string) string {
	return filepath.Join(filepath.Dir(configPath), secretFolder, label)
}

// refersTo reports whether another profile than that one has a reference, or
// another to the same file.
func (a *app) refersTo(stored config.Stored, reference, except string) bool {
	for _, d := range stored.Profiles {
		for _, other := range []string{d.ClientSecret, d.PrivateKey, d.ClientID} {
			if d.Name != except && other != "" && (other == reference || a.sameFile(stored.Path, other, reference)) {
				return true
			}
		}
	}
	return false
}

// sameFile reports whether two references lead to one file.
func (a *app) sameFile(configPath, one, other string) bool {
	first, isFile := config.ReferencedFile(one, configPath, a.env)
	second, areFiles := config.ReferencedFile(other, configPath, a.env)
	if !isFile || !areFiles {
		return false
	}
	if filepath.Clean(first) == filepath.Clean(second) {
		return true
	}
	// A file that is not there is no other's secret.
	held, err := os.Stat(first)
	also, missing := os.Stat(second)
	return err == nil && missing == nil && os.SameFile(held, also)
}
