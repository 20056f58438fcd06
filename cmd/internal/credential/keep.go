package credential

import (
	"context"
	"errors"

	"github.com/zalando/go-keyring"

	"provkeys/client"
)

// Keep puts a credential into the system's keyring, where Keyring finds it again
// under the name. What was there under that name is gone. No interrupt cuts it off:
// nobody would know whether it was done.
func Keep(name string, secret client.Secret) error {
	if !hasKeyring() {
		return noKeyring()
	}
	_, err := ask(context.Background(), name, func(service, user string) (string, error) {
		return "", keyring.Set(service, user, secret.Reveal())
	})
	return err
}

// Drop takes what Keep put there out again. Nothing under that name counts as
// done.
func Drop(name string) error {
	if !hasKeyring() {
		return noKeyring()
	}
	_, err := ask(context.Background(), name, func(service, user string) (string, error) {
		if err := keyring.Delete(service, user); !errors.Is(err, keyring.ErrNotFound) {
			return "", err
		}
		return "", nil
	})
	return err
}
