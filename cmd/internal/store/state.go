package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// RewriteState is Rewrite for a file of the state folder, which nobody keeps elsewhere:
// a link in its place is refused, and so is a folder that is somebody else's, as under
// sudo with another's home.
func RewriteState(dir, name string, change func(old []byte) ([]byte, error)) error {
	if err := OwnFolder(dir); err != nil {
		return err
	}
	path := filepath.Join(dir, name)
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return notPlain(path)
	}
	return Rewrite(dir, name, change)
}

// Lock waits until nobody else has the lock of that name in a folder of the state
// folder, or until the context ends, which is ErrLocked and the context's error. A
// process that ends gives its locks back.
func Lock(ctx context.Context, dir, name string) (unlocked func(), err error) {
	if err := OwnFolder(dir); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "."+name+".lock")
	for {
		f, err := lockFile(path, 0)
		switch {
		case err == nil:
			return func() { unlock(f) }, nil
		case !errors.Is(err, ErrLocked):
			return nil, err
		case ctx.Err() != nil:
			return nil, fmt.Errorf("%w: %w", ErrLocked, ctx.Err())
		}
		select {
		case <-time.After(lockPause):
		case <-ctx.Done():
		}
	}
}

// OwnFolder makes a folder of the state folder where it is missing, and returns an error
// where it is not the user's own.
func OwnFolder(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return orFull(err)
	}
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	if !mine(info) {
		return fmt.Errorf("%s belongs to another user", dir)
	}
	return prepare(dir)
}
