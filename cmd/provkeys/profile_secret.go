package main

import (
	"fmt"
	"os"
	"path/filepath"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/store"
)

// secretFolder is beside the configuration file. A file in it has the name of the
// profile that its secret belongs to.
const secretFolder = "secrets"

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
	inKeyring, inFile := keptReferences(d.Name)
	if a.keepSecret != nil && !refersTo(stored, inKeyring, d.Name) && a.keepSecret(d.Name, secret) == nil {
		*field = inKeyring
		// The profile could not be written; a secret that nobody refers to does no harm.
		return keptSecret{"in the keyring", func() { _ = a.dropSecret(d.Name) }}, nil
	}
	path := secretPath(stored.Path, d.Name)
	if err := keepInFile(path, secret); err != nil {
		return keptSecret{}, err
	}
	*field = inFile
	return keptSecret{"in " + path + ", since no keyring answers here", func() { _ = os.Remove(path) }}, nil
}

// keepInFile writes a secret into a file of its own, never over another.
func keepInFile(path string, secret client.Secret) error {
	held, err := store.Keep(filepath.Dir(path), filepath.Base(path), []byte(secret.Reveal()))
	switch {
	case err != nil:
		return &fault{faultError, fmt.Sprintf("the secret cannot be kept (%v); nothing was stored", err), "give it by reference: --client-secret env:NAME, file:PATH, keyring:NAME or cmd:COMMAND"}
	case !secret.Equal(client.NewSecret(string(held))):
		return usageFault("choose another name, or delete that file if nothing needs it", "%s is there already, with another secret", path)
	}
	return nil
}

// dropKept takes away the secret that was kept for a profile, and returns where it
// was, in words. A secret from elsewhere, and one that another profile refers to,
// stays: that is "".
func (a *app) dropKept(d config.Draft, stored config.Stored) (words string, err error) {
	place, drop := a.keptFor(d, stored)
	if drop == nil {
		return "", nil
	}
	return place, drop()
}

// keptFor returns where the secret of a profile was kept for it alone, and what
// takes it away; nothing for any other secret.
func (a *app) keptFor(d config.Draft, stored config.Stored) (place string, drop func() error) {
	inKeyring, inFile := keptReferences(d.Name)
	for _, reference := range []string{d.ClientSecret, d.PrivateKey} {
		switch {
		case reference == "" || refersTo(stored, reference, d.Name):
		case reference == inKeyring && a.dropSecret != nil:
			return "in the keyring", func() error { return a.dropSecret(d.Name) }
		case reference == inFile:
			path := secretPath(stored.Path, d.Name)
			return "in " + path, func() error { return os.Remove(path) }
		}
	}
	return "", nil
}

// keptReferences returns the two references under which a profile's secret is kept.
func keptReferences(name string) (inKeyring, inFile string) {
	return "keyring:" + name, "file:" + secretFolder + "/" + name
}

func secretPath(configPath, name string) string {
	return filepath.Join(filepath.Dir(configPath), secretFolder, name)
}

// refersTo reports whether another profile than that one has a reference.
func refersTo(stored config.Stored, reference, except string) bool {
	for _, d := range stored.Profiles {
		if d.Name != except && (d.ClientSecret == reference || d.PrivateKey == reference || d.ClientID == reference) {
			return true
		}
	}
	return false
}
