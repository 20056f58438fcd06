package credential

import (
	"errors"
	"testing"

	"github.com/zalando/go-keyring"

	"provkeys/client"
)

func TestKeptCredentialIsFoundUntilItIsDropped(t *testing.T) {
	keyring.MockInit()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")

	for _, word := range []string{"old", "n3w"} {
		if err := Keep("acme", client.NewSecret(word)); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := Keyring(t.Context(), "acme"); err != nil || got != "n3w" {
		t.Errorf("%d bytes, %v", len(got), err)
	}

	for range 2 { // nothing there counts as done
		if err := Drop("acme"); err != nil {
			t.Fatal(err)
		}
	}
	_, err := Keyring(t.Context(), "acme")
	mustSay(t, "dropped", err, "nothing under that name")
}

func TestKeyringThatTakesNothingSaysSo(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
	keyring.MockInitWithError(errors.New("bus C4n4ry"))
	t.Cleanup(keyring.MockInit)
	mustSay(t, "keep", Keep("acme", client.NewSecret("n3w")), "no keyring")
	mustSay(t, "drop", Drop("acme"), "no keyring")
}
