//go:build unix

package main

import (
	"context"
	"os"
	"testing"
)

func TestWatchWithNothingToSayEndsWithItsReader(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	read, written, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = written.Close() }()
	f.stdout = written
	if err := read.Close(); err != nil {
		t.Fatal(err)
	}

	f.mustRun(exitInterrupted, "watch")

	if f.err.Len() > 0 {
		t.Errorf("stderr is %q", f.err.String())
	}
}

// oneLook is a context that lets somebody look once.
type oneLook struct {
	context.Context
	looked bool
}

func (c *oneLook) Err() error {
	if c.looked {
		return context.Canceled
	}
	c.looked = true
	return nil
}

func TestFileHasNoReaderThatCouldGo(t *testing.T) {
	t.Parallel()
	file, err := os.Create(t.TempDir() + "/changes")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()

	if unread(&oneLook{Context: t.Context()}, file) {
		t.Error("a file is taken for a pipe whose reader has gone")
	}
}
