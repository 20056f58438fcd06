package credential

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zalando/go-keyring"

	"provkeys/cmd/internal/config"
)

func TestKeyringIsAskedForOurServiceAndTheName(t *testing.T) {
	t.Parallel()
	got, err := ask(t.Context(), "acme", func(service, user string) (string, error) { return service + " " + user + "\n", nil })
	if err != nil || got != "provkeys acme\n" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestKeyringThatFailsSaysWhatToDo(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		err  error
		says []string
	}{
		"nothing there": {keyring.ErrNotFound, []string{"nothing under that name", "store it", "provkeys"}},
		"no service":    {errors.New("bus C4n4ry"), []string{"no keyring", "SSH", "file:"}},
		"no platform":   {keyring.ErrUnsupportedPlatform, []string{"no keyring"}},
	} {
		_, err := ask(t.Context(), "acme", func(string, string) (string, error) { return "C4n4ry", c.err })
		mustSay(t, what, err, c.says...)
	}
}

func TestKeyringThatHangsUpEndsNothingElse(t *testing.T) {
	t.Parallel()
	_, err := ask(t.Context(), "acme", func(string, string) (string, error) { panic("C4n4ry") })
	mustSay(t, "hung up", err, "no keyring")
}

func TestLockedKeyringIsNotWaitedForForever(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begun := time.Now()
		locked := make(chan struct{})
		_, err := ask(t.Context(), "acme", func(string, string) (string, error) {
			<-locked
			return "C4n4ry", nil
		})
		mustSay(t, "locked", err, "30s", "locked", "unlock", "file:")
		if took := time.Since(begun); took != keyringTimeout {
			t.Errorf("waited %v", took)
		}
		close(locked)
	})
}

func TestKeyringIsNotWaitedForAfterAnInterrupt(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	locked := make(chan struct{})
	defer close(locked)
	_, err := ask(ctx, "acme", func(string, string) (string, error) {
		interrupt()
		<-locked
		return "", nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func mustSay(t *testing.T, what string, err error, words ...string) {
	t.Helper()
	if usage := (*config.UsageError)(nil); !errors.As(err, &usage) {
		t.Fatalf("%s: error %v, want a UsageError", what, err)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%s: %q does not say %q", what, err, w)
		}
	}
	if strings.Contains(err.Error(), "C4n4ry") {
		t.Errorf("%s: %q repeats what came back", what, err)
	}
}
