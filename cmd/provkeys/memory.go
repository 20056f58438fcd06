package main

import (
	"provkeys/client"
	"provkeys/client/diagnose"
	"provkeys/cmd/internal/memory"
	"provkeys/cmd/internal/store"
)

// remember keeps what the texts that leave here can be recognised by, once the
// API shows them no more. A memory that cannot be written keeps nobody from
// their work.
func (a *app) remember(keys ...client.Key) {
	if err := a.rememberIn(keys...); err != nil {
		a.note("inspect and explain will not recognise this text once it is hidden: %v", err)
	}
}

func (a *app) rememberIn(keys ...client.Key) error {
	dir, err := store.Dir(a.variableSet, a.env.Home)
	if err != nil {
		return err
	}
	return memory.Memory{Dir: dir, Customer: a.profile.CustomerID, Now: a.now}.Remember(keys...)
}

// recall reads what is remembered; without a state folder that is nothing.
func (a *app) recall() (diagnose.Memory, error) {
	dir, err := store.Dir(a.variableSet, a.env.Home)
	if err != nil {
		return nil, nil
	}
	return memory.Recall(dir)
}

// consoleMemory is the memory as the console sees it.
type consoleMemory struct{ app *app }

// Remember keeps what the key's text can be recognised by. The console says it
// when that fails.
func (c consoleMemory) Remember(k client.Key) error { return c.app.rememberIn(k) }

// Recall reads what is remembered.
func (c consoleMemory) Recall() (diagnose.Memory, error) { return c.app.recall() }
