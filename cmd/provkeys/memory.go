package main

import (
	"context"
	"errors"
	"fmt"

	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/memory"
	"provkeys/cmd/internal/store"
)

// remember keeps what the texts that leave here can be recognised by, once the
// API shows them no more. A memory that cannot be written keeps nobody from
// their work: the error is that of a context that has ended among several keys.
func (a *app) remember(ctx context.Context, keys ...client.Key) error {
	err := a.rememberIn(ctx, keys...)
	switch {
	case err != nil && errors.Is(err, ctx.Err()):
		return fmt.Errorf("remember what is shown: %w", err)
	case err != nil:
		a.note("inspect and explain will not recognise this text once it is hidden: %v", err)
	}
	return nil
}

func (a *app) rememberIn(ctx context.Context, keys ...client.Key) error {
	return a.rememberFor(ctx, a.profile, keys...)
}

func (a *app) rememberFor(ctx context.Context, p config.Profile, keys ...client.Key) error {
	dir, err := store.Dir(a.variableSet, a.env.Home)
	if err != nil {
		return err
	}
	return memory.Memory{Dir: dir, Customer: p.CustomerID, Now: a.now}.Remember(ctx, keys...)
}

// recall reads what is remembered; without a state folder that is nothing.
func (a *app) recall() (diagnose.Memory, error) {
	dir, err := store.Dir(a.variableSet, a.env.Home)
	if err != nil {
		return nil, nil
	}
	return memory.Recall(dir)
}

// consoleMemory is the memory as the console sees it, for one tenant.
type consoleMemory struct {
	app     *app
	profile config.Profile
}

// Remember keeps what the key's text can be recognised by. The console says it
// when that fails.
func (c consoleMemory) Remember(k client.Key) error {
	// The console bounds it, and one key takes no longer than a frame.
	return c.app.rememberFor(context.Background(), c.profile, k)
}

// Recall reads what is remembered.
func (c consoleMemory) Recall() (diagnose.Memory, error) { return c.app.recall() }
