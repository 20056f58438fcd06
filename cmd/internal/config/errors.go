package config

import (
	"errors"
	"fmt"
	"io/fs"
)

// ErrNoProfile is in the chain of Load's error when nothing at all gives
// credentials.
var ErrNoProfile = errors.New("no profile and no credentials")

// ErrNoChoice is in the chain of Load's error when the file has several profiles and
// nothing says which to use. The rest of the Config is filled.
var ErrNoChoice = errors.New("no profile was chosen")

// UsageError is a configuration that cannot be used. Its text names the place
// at fault and the next step, and never holds a credential.
type UsageError struct {
	Problem string // what is wrong, and where
	Fix     string // what to do about it
	cause   error
}

// Error returns both sentences.
func (e *UsageError) Error() string { return e.Problem + ": " + e.Fix }

// Unwrap returns the cause, such as ErrNoProfile or fs.ErrNotExist, or nil.
func (e *UsageError) Unwrap() error { return e.cause }

// WriteError is a configuration file that could not be written just now, although
// nothing is wrong with it. Its text names the next step.
type WriteError struct {
	Problem string // which file, and what kept it from being written
	Fix     string // what to do about it
	cause   error
}

// Error returns both sentences.
func (e *WriteError) Error() string { return e.Problem + ": " + e.Fix }

// Unwrap returns the cause: store.ErrLocked or store.ErrFull.
func (e *WriteError) Unwrap() error { return e.cause }

func usage(fix, problem string, args ...any) *UsageError {
	return &UsageError{Problem: fmt.Sprintf(problem, args...), Fix: fix}
}

// unreadable says that a file could not be read. The path stands in it once.
func unreadable(path, fix string, err error) *UsageError {
	return &UsageError{Problem: fmt.Sprintf("cannot read %s (%v)", path, withoutPath(err)), Fix: fix, cause: err}
}

// withoutPath returns what a file's error says without its path.
func withoutPath(err error) error {
	if pathErr := (*fs.PathError)(nil); errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}
