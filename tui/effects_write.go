package tui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"provkeys/client"
)

// changeKey sends a change, unless somebody changed the key since it was seen.
func (e effects) changeKey(ctx context.Context, gen int, seen client.Key, change client.Change) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, actionTimeout)
		defer cancel()
		updated, err := e.client.UpdateKey(ctx, seen, change)
		return keyEditedMsg{gen: gen, seen: seen, updated: updated, err: err}
	})
}

// undoChange takes a change back under the same rule.
func (e effects) undoChange(ctx context.Context, done client.Updated) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, actionTimeout)
		defer cancel()
		updated, err := e.client.UpdateKey(ctx, done.After, done.Taken())
		return keyUndoneMsg{done: done, updated: updated, err: err}
	})
}

func (e effects) raiseByOne(ctx context.Context, gen int, seen client.Key) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, actionTimeout)
		defer cancel()
		updated, err := e.client.RaiseToCopy(ctx, seen, 1)
		return keyRaisedMsg{gen: gen, seen: seen, updated: updated, err: err}
	})
}

// createKey makes a key; before are the keys that there were.
func (e effects) createKey(ctx context.Context, n client.NewKey, before []client.Key) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, actionTimeout)
		defer cancel()
		created, err := e.client.CreateKey(ctx, n, before)
		return keyCreatedMsg{created: created, err: err}
	})
}

// loadGroups asks for the groups that a new key may have, and for the certificates
// where nobody knows them yet.
func (e effects) loadGroups(ctx context.Context, gen int, kind client.Kind, certificates bool) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, actionTimeout)
		defer cancel()
		msg := groupsLoadedMsg{gen: gen}
		if kind.Listed() {
			msg.groups, msg.err = e.client.Groups(ctx, kind)
		}
		if certificates {
			msg.certificates, msg.certificatesErr = e.client.Certificates(ctx)
		}
		return msg
	})
}

// loadDependents asks what enrolled with a key.
func (e effects) loadDependents(ctx context.Context, gen int, k client.Key) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, machinesTimeout)
		defer cancel()
		msg := dependentsLoadedMsg{gen: gen}
		msg.machines, msg.listed, msg.err = e.client.Dependents(ctx, k)
		return msg
	})
}

// loadManyDependents asks what enrolled, of every kind that has a list.
func (e effects) loadManyDependents(ctx context.Context, gen int) tea.Cmd {
	return guard(func() tea.Msg {
		machines, err := e.machines(ctx)
		return manyDependentsMsg{gen: gen, machines: machines, err: err}
	})
}

func (e effects) deleteKey(ctx context.Context, gen int, seen client.Key) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, actionTimeout)
		defer cancel()
		already, err := e.client.DeleteKey(ctx, seen)
		return keyDeletedMsg{gen: gen, seen: seen, already: already, err: err}
	})
}

// awaitTurn waits until the rate limit has room for all that one key needs. The end
// of the context ends the waiting.
func (e effects) awaitTurn(ctx context.Context, gen int, deed bulkDeed) tea.Cmd {
	return guard(func() tea.Msg {
		reads, writes := 2, 1
		if deed == bulkDownload {
			reads, writes = 1, 0
		}
		// Why it ended does not matter: whoever ended it knows.
		_ = e.client.Ready(ctx, reads, writes)
		return bulkTurnMsg{gen}
	})
}

// bulkStep does one key's turn.
func (e effects) bulkStep(ctx context.Context, s bulkStep) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, 2*actionTimeout)
		defer cancel()
		return e.bulkTurn(ctx, s)
	})
}

func (e effects) bulkTurn(ctx context.Context, s bulkStep) bulkSteppedMsg {
	msg := bulkSteppedMsg{step: s}
	switch enabled := s.deed == bulkEnable; s.deed {
	case bulkRaise:
		msg.updated, msg.err = e.client.RaiseMaxUses(ctx, s.key, s.amount)
	case bulkSetMax:
		msg.updated, msg.err = e.client.UpdateKey(ctx, s.key, client.Change{MaxUses: &s.amount})
	case bulkDisable, bulkEnable:
		msg.updated, msg.err = e.client.UpdateKey(ctx, s.key, client.Change{Enabled: &enabled})
	case bulkDelete:
		msg.already, msg.err = e.client.DeleteKey(ctx, s.key)
	case bulkDownload:
		fresh, err := e.client.GetKey(ctx, s.key)
		if b := fresh.CopyBlock(s.now); err == nil && b != nil {
			err = &client.BlockedError{Now: fresh, Block: b}
		}
		if msg.err = err; err == nil {
			s.to.Key = fresh
			msg.updated.After = fresh
			msg.written, msg.err = e.downloads.Write(ctx, s.to)
		}
	}
	return msg
}

// prepareDownloads looks whether the recipients of many files will do, and makes a
// passphrase up for all of them where that was asked for.
func (e effects) prepareDownloads(gen int, d Download, makeUp bool) tea.Cmd {
	return guard(func() tea.Msg {
		msg := bulkPreparedMsg{gen: gen}
		msg.recipient, msg.refused = e.refusedRecipient(d)
		if makeUp {
			msg.made = e.downloads.MakePassphrase()
		}
		return msg
	})
}

// refusedRecipient returns which recipient will not do, and why.
func (e effects) refusedRecipient(d Download) (int, error) {
	for i, recipient := range d.Recipients {
		if err := e.downloads.CheckRecipient(recipient); err != nil {
			return i, err
		}
	}
	return 0, nil
}

// fetchMany reads marked keys again by their lists, which takes fewer calls than one
// for each.
func (e effects) fetchMany(ctx context.Context, gen int, keys []client.Key) tea.Cmd {
	return guard(func() tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, actionTimeout)
		defer cancel()
		var kinds []client.Kind
		for _, k := range keys {
			if !slices.Contains(kinds, k.Kind) {
				kinds = append(kinds, k.Kind)
			}
		}
		msg := keysFetchedMsg{gen: gen, asked: keys}
		msg.listing, msg.err = e.client.ListKeys(ctx, kinds...)
		return msg
	})
}
