package credential

import (
	"context"
	"errors"
	"time"

	"github.com/zalando/go-keyring"

	"provkeys/cmd/internal/config"
)

const (
	service = "provkeys"
	// keyringTimeout lets a person type the password of a keyring that is locked.
	keyringTimeout = 30 * time.Second
)

var errHungUp = errors.New("the keyring hung up")

// Keyring returns what the system's keyring holds for the service "provkeys" under
// a name: the Secret Service of a desktop, the keychain of macOS, the Credential
// Manager of Windows. It waits half a minute for a keyring that is locked. The error is
// that of the context once that has ended.
func Keyring(ctx context.Context, name string) (string, error) {
	if !hasKeyring() {
		return "", noKeyring()
	}
	return ask(ctx, name, keyring.Get)
}

// ask asks a keyring, which may wait for a person who is not there.
func ask(ctx context.Context, name string, get func(service, user string) (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	// With room for one answer, a late one keeps nobody waiting.
	answers := make(chan answer, 1)
	go func() {
		// The library panics where the bus hangs up while somebody is asked.
		defer func() {
			if recover() != nil {
				answers <- answer{err: errHungUp}
			}
		}()
		text, err := get(service, name)
		answers <- answer{text, err}
	}()
	select {
	case a := <-answers:
		switch {
		case errors.Is(a.err, keyring.ErrNotFound):
			return "", &config.UsageError{Problem: "the keyring holds nothing under that name", Fix: howToStore}
		case a.err != nil:
			return "", noKeyring()
		}
		return a.text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	case <-time.After(keyringTimeout):
		return "", &config.UsageError{
			Problem: "the keyring does not answer within " + keyringTimeout.String() + ": it may be locked",
			Fix:     "unlock it on its desktop, or take env:, file: or cmd:",
		}
	}
}

// noKeyring is the error where no keyring can be asked. What the library says is
// dropped: it speaks of buses and paths, and nobody can act on that.
func noKeyring() *config.UsageError {
	return &config.UsageError{
		Problem: "there is no keyring that answers, as is usual over SSH",
		Fix:     "take env:, file: or cmd: there, or run provkeys in a desktop session",
	}
}
