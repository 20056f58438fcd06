package main

import (
	"context"

	"provkeys/client"
	"provkeys/cmd/internal/config"
	"provkeys/cmd/internal/journal"
	"provkeys/cmd/internal/store"
	"provkeys/tui"
)

// record writes down what was done. A journal that cannot be written keeps
// nobody from their work.
func (a *app) record(deeds ...journal.Deed) {
	if err := a.recordIn(deeds...); err != nil {
		a.note("the journal could not be written: %v", err)
	}
}

func (a *app) recordIn(deeds ...journal.Deed) error { return a.recordFor(a.profile, deeds...) }

func (a *app) recordFor(p config.Profile, deeds ...journal.Deed) error {
	dir, err := store.Dir(a.variableSet, a.env.Home)
	if err != nil {
		return err
	}
	return journal.Journal{
		Dir: dir, Who: a.who(), Profile: p.Name, Customer: p.CustomerID, Now: a.now,
	}.Record(deeds...)
}

// recordRevealed remembers the texts that the output is about to show, and writes
// down whose they are. That comes first: a reader that goes away ends the process
// in the middle of it. With an error nothing is to be shown.
func (a *app) recordRevealed(ctx context.Context, keys ...client.Key) error {
	if err := a.remember(ctx, keys...); err != nil {
		return err
	}
	deeds := make([]journal.Deed, 0, len(keys))
	for _, k := range keys {
		deeds = append(deeds, journal.Deed{Action: journal.Revealed, Key: k.Ref(), Name: k.Name})
	}
	a.record(deeds...)
	return nil
}

// recordUpdate writes down what an update has changed: a limit by its numbers,
// everything else by its name. What stayed is no deed.
func (a *app) recordUpdate(u client.Updated) {
	base := journal.Deed{Key: u.After.Ref(), Name: u.After.Name}
	limit, edit := base, base
	limit.Action, limit.From, limit.To = journal.Raised, u.Before.MaxUses, u.After.MaxUses
	if limit.From > limit.To {
		limit.Action = journal.Lowered
	}
	edit.Action = journal.Edited
	for _, c := range client.Conflicts(u.Before, u.After) {
		if c.Field != client.FieldMaxUses {
			edit.Fields = append(edit.Fields, c.Field)
		}
	}
	var deeds []journal.Deed
	if limit.From != limit.To {
		deeds = append(deeds, limit)
	}
	if edit.Fields != nil {
		deeds = append(deeds, edit)
	}
	if deeds != nil {
		a.record(deeds...)
	}
}

// consoleJournal is the journal as the console sees it, for one tenant.
type consoleJournal struct {
	app     *app
	profile config.Profile
}

// Record writes one deed down. The console says it when that fails.
func (c consoleJournal) Record(d tui.Deed) error {
	fields := make([]client.Field, 0, len(d.Fields))
	for _, f := range d.Fields {
		fields = append(fields, client.Field(f))
	}
	return c.app.recordFor(c.profile, journal.Deed{
		Action: journal.Action(d.Action), Key: d.Key, Name: d.Name,
		Route: d.Route, Evidence: d.Evidence, From: d.From, To: d.To, Fields: fields,
	})
}
