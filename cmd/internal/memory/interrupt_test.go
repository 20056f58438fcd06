package memory_test

import (
	"context"
	"errors"
	"testing"

	"provkeys/client"
	"provkeys/cmd/internal/memory"
)

func TestInterruptedRememberingKeepsWhatItHasAndAtLeastOne(t *testing.T) {
	t.Parallel()
	ended, end := context.WithCancel(t.Context())
	end()
	one, two := fakeKey("1", "one", fakeText("aaaaaaa")), fakeKey("2", "two", fakeText("bbbbbbb"))
	for _, keys := range [][]client.Key{{one}, {one, two}} {
		dir := t.TempDir()
		err := in(dir, noon).Remember(ended, keys...)
		if errors.Is(err, context.Canceled) != (len(keys) > 1) {
			t.Errorf("%d keys: %v", len(keys), err)
		}
		m, err := memory.Recall(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := m.ByText(one.Text); !ok {
			t.Errorf("of %d keys the first is not remembered", len(keys))
		}
	}
}
