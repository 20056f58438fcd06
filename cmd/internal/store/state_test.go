package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

func TestAStateFileIsNotWrittenThroughALink(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	target := filepath.Join(t.TempDir(), "target")
	if err := os.WriteFile(target, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, filepath.Join(dir, "f")); err != nil {
		t.Skip("there are no links here")
	}

	err := RewriteState(dir, "f", func([]byte) ([]byte, error) { return []byte("new"), nil })

	if content, _ := os.ReadFile(target); err == nil || string(content) != "old" {
		t.Errorf("the error is %v, and the link's target holds %q", err, content)
	}
}

func TestOneAtATimeHasALock(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var inside, most atomic.Int32
	done := make(chan error)
	for range 8 {
		go func() {
			unlock, err := Lock(t.Context(), dir, "l")
			if err == nil {
				most.Store(max(most.Load(), inside.Add(1)))
				inside.Add(-1)
				unlock()
			}
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if most.Load() != 1 {
		t.Errorf("%d had it at once", most.Load())
	}
}

func TestALockIsWaitedForAsLongAsTheContextLasts(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		unlock, err := Lock(t.Context(), dir, "l")
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), lockPatience)
		defer cancel()
		if _, err := Lock(ctx, dir, "l"); !errors.Is(err, ErrLocked) || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the error is %v", err)
		}
		unlock()
		if unlock, err = Lock(t.Context(), dir, "l"); err != nil {
			t.Fatal(err)
		}
		unlock()
	})
}
