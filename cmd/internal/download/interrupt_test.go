package download

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"filippo.io/age"

	"provkeys/client"
)

// interrupting is a recipient during whose encryption the process is interrupted.
type interrupting struct {
	age.Recipient
	interrupt func()
}

func (i interrupting) Wrap(key []byte) ([]*age.Stanza, error) {
	i.interrupt()
	return i.Recipient.Wrap(key)
}

func TestInterruptWhileItIsEncryptedMakesNoFile(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	to, err := ParseRecipient(anX25519)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()

	_, err = Write(ctx, Request{Text: client.NewSecret(keyText), Path: filepath.Join(folder, "a"), To: []age.Recipient{interrupting{to, interrupt}}})

	if left, _ := os.ReadDir(folder); !errors.Is(err, context.Canceled) || len(left) > 0 {
		t.Errorf("%v, %d files", err, len(left))
	}
}
